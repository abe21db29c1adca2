"""What pages receive: frozen values and the story of a case, never a row and never a name."""
