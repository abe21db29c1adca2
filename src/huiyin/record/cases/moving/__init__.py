"""The only way to change where a case stands."""
