"""The append-only history: chains of events, one tree over them, proofs that outsiders can check."""
