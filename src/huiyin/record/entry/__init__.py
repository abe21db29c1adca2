"""How an officer comes in: sessions, second factors, the way back after a lost one, sign-in through another house."""
