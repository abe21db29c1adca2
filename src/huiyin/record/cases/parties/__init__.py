"""The sides of a dispute, and what each of them says yes or no to."""
