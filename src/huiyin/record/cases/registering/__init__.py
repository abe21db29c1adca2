"""A matter becomes a case, and what grows out of it another one."""
