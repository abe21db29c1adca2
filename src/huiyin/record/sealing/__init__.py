"""The keys of officers and desks to sealed matters, and what keys one request has in hand."""
