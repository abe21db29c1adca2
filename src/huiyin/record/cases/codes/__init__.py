"""Receipt codes: made, checked, and what they open; a matter is sealed at its filing or later."""
