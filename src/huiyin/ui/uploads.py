"""A file that is sent stays in memory until it is sealed: nothing of it lies in a temporary folder in clear."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = (settings.HUIYIN_FILE_MEGABYTES + 4) * 1024 * 1024  # bytes of all files of one request

ACCEPTED = ".jpg,.jpeg,.png,.webp,.heic,.pdf,.docx,.xlsx,.odt,.mp3,.m4a,.ogg,.wav,.amr,.mp4,.mov,.3gp,.webm,.txt"
"""What a browser offers to choose. It is a help for people and no check: a file is judged by its content."""


class InMemory(FileUploadHandler):
    """Keeps what a request may hold; of what is beyond, only the size is known, so that a form can say "too large"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held = 0
        self._file = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file of the same request begins."""
        super().new_file(*args, **kwargs)
        self._file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take in the next piece, while there is room."""
        self._held += len(raw_data)
        if self._held <= LARGEST:
            self._file.write(raw_data)
        else:
            self._file = io.BytesIO()  # nobody reads half a file

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file with its true size."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )
