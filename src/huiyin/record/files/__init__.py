"""Letters as they were sent: typeset, sealed, kept; and the record of how each reached the person."""
