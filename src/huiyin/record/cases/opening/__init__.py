"""The only way to read a case."""
