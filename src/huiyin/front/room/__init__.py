"""The table of a dispute: pages for its sides, for whoever mediates, and the sheets of the room."""
