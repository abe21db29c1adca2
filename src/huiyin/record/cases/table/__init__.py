"""The table of a dispute: what each side does and sees there."""
