"""Sealed names, in a database of their own."""
