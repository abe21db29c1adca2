"""The clocks of a case: terms started, stopped, met and counted anew, and the day that counts next."""
