"""What may be asked about cases without opening one: lists, counts, search."""
