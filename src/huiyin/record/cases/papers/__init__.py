"""Letters and files as somebody takes them in hand: each opening is a look."""
