"""What makes sending twice safe: the answer to a filing, sealed under the sender's own key."""

from __future__ import annotations

from django.db import models


class SealedAnswer(models.Model):
    """A 201 answer, found by HMAC of its key and readable only with the key, for 48 hours.

    Afterwards ``sealed`` is emptied and the row stays, so that an old key is
    refused instead of filing twice.
    """

    key_hash = models.BinaryField(max_length=32, unique=True)
    body_hash = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"answer {self.pk}"
