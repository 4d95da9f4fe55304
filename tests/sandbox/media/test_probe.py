from __future__ import annotations

import io

import pytest

from heygen_async.sandbox.media import image_size


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("GIF", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0"}),
    ],
)
def test_sizes(kind: str, options: dict[str, object]) -> None:
    image = pytest.importorskip("PIL.Image")
    file = io.BytesIO()
    image.new("RGB", (321, 123)).save(file, kind, **options)
    assert image_size(file.getvalue()[:65536]) == (321, 123)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"\xff\xd8" + b"\xff\xe0\x00\x10" + bytes(14),
        b"\xff\xd8" + b"\xff" * 40,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(30),
        b"%PDF-1.7",
        b"GIF89a" + bytes(20),
    ],
)
def test_what_cannot_be_told(head: bytes) -> None:
    assert image_size(head) is None
