"""From a case to the words of its letters."""
