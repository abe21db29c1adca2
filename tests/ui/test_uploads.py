"""What is sent as a file stays in memory, and never more of it than a request may hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from huiyin.ui import uploads


def sent(**files: bytes) -> Any:
    data = {name: SimpleUploadedFile(f"{name}.pdf", content) for name, content in files.items()}
    return RequestFactory().post("/", data | {"after": "the file"})


def test_a_file_never_touches_the_disk() -> None:
    request = sent(scan=b"x" * (4 * 1024 * 1024))
    scan = request.FILES["scan"]
    assert isinstance(scan, InMemoryUploadedFile)
    assert scan.read() == b"x" * (4 * 1024 * 1024)
    assert request.POST["after"] == "the file"


def test_of_what_is_too_large_only_the_size_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 100_000)
    request = sent(first=b"x" * 60_000, second=b"y" * 60_000)
    assert request.FILES["first"].read() == b"x" * 60_000
    assert (request.FILES["second"].size, request.FILES["second"].read()) == (60_000, b"")
    assert request.POST["after"] == "the file"
