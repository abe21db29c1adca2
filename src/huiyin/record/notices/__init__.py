"""Word to the people that there is something new in their matter, and nothing more."""
