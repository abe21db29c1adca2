"""What an answer promised, until it is done."""
