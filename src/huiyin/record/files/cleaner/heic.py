"""Photos as some telephones write them: one more decoder, which no other picture needs."""

from __future__ import annotations

import pi_heif

from huiyin.record.files.cleaner.images import clean

pi_heif.options.DECODE_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False)

__all__ = ["clean"]
