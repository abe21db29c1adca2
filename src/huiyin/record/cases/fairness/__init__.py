"""Complaints about staff, and whoever must be kept away from a matter."""
