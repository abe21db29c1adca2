"""A process of its own that takes one file apart: small memory, little time, no other file and no network.

It knows nothing of Django, of keys or of cases; whatever a hostile file makes of it, there is nothing here to take.
"""
