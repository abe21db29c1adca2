"""What is done in a case beside its moves, by the complainant and by the office."""
