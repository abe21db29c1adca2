"""The rows of matters, held against their history."""
