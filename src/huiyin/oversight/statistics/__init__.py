"""Counts for the public and for the next higher level."""
