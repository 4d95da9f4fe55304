"""What a file is by its bytes, and what HeyGen would refuse of it."""

import re
import struct

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.wire.limits import (
    ASSET_TYPES,
    AUDIO_MAX,
    DIRECT_TYPES,
    IMAGE_MAX,
    LEGACY_TYPES,
    MIB,
    MULTIPART_MAX,
    VIDEO_MAX,
    check_id,
    check_size,
    content_type_of,
)
from heygen_async.wire.media_types import EXTENSIONS, HEAD_BYTES, sniff

HEADS = {
    "image/png": [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0"],
    "image/jpeg": [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0H\0H\0\0",
        b"\xff\xd8\xff\xe1\x1c\x45Exif\0\0MM\0*",
        b"\xff\xd8\xff\xdb\0C\0",
    ],
    "image/gif": [b"GIF89a\x10\0\x10\0", b"GIF87a\x10\0\x10\0"],
    "image/webp": [b"RIFF\x24\0\0\0WEBPVP8 "],
    "image/heic": [
        b"\0\0\0\x24ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x1cftypmif1\0\0\0\0heic",
    ],
    "image/avif": [b"\0\0\0\x20ftypavif\0\0\0\0avifmif1"],
    "video/mp4": [
        b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42mp41",
        b"\0\0\0\x14ftypM4V \0\0\0\1",
        b"\0\0\0\x1cftypdash\0\0\0\0",
    ],
    "video/webm": [
        b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4B\xf3\x81\x08B\x82\x84webm"
    ],
    "audio/mpeg": [
        b"ID3\4\0\0\0\0\0#TSSE\0\0\0\x0f",
        b"\xff\xfb\x90\x64\0\0\0",
        b"\xff\xf3\x40\xc4\0\0",
        b"\xff\xfa\x90\x64",
    ],
    "audio/wav": [b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt \x10\0\0\0\1\0\1\0"],
    "application/pdf": [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"],
    "application/zip": [b"PK\x03\x04\x14\0\0\0\x08\0"],
    "application/x-subrip": [
        b"1\n00:00:00,000 --> 00:00:02,000\nHello\n",
        b"1\r\n00:00:00,000 --> 00:00:02,000\r\nHello\r\n",
        b"\xef\xbb\xbf1\n00:00:00,000 --> 00:00:02,000\n",
        b"\n\n12\n00:00:00,000 --> 00:00:02,000\n",
    ],
}
STRANGERS = [
    b"",
    b"\0",
    b"\xff",
    b"\xff\xd8",
    b"hello, world",
    b"<svg xmlns='http://www.w3.org/2000/svg'>",
    b"BM\x36\0\0\0",
    b"II*\0",
    b"OggS\0\2",
    b"fLaC\0\0",
    b"\xff\xf1\x50\x80",  # AAC
    b"RIFF\x24\0\0\0AVI LIST",
    b"RIFF",
    b"1\nno time\n",
    b"00:00:00,000 --> 00:00:02,000\n",
    b"PK\x05\x06",
    b"ftyp",
]


@pytest.mark.parametrize(
    ("kind", "head"), [(kind, head) for kind, heads in HEADS.items() for head in heads]
)
def test_real_beginnings_are_known(kind: str, head: bytes) -> None:
    assert sniff(head) == kind
    assert sniff((head + b"\0" * HEAD_BYTES)[:HEAD_BYTES]) == kind


@pytest.mark.parametrize("head", STRANGERS)
def test_other_beginnings_say_nothing(head: bytes) -> None:
    assert sniff(head) is None


def test_every_known_type_has_an_example_and_an_extension() -> None:
    assert set(HEADS) == set(EXTENSIONS)


@given(
    st.one_of(
        st.binary(max_size=HEAD_BYTES),
        st.builds(
            bytes.__add__,
            st.sampled_from([head[:12] for heads in HEADS.values() for head in heads]),
            st.binary(max_size=52),
        ),
    )
)
def test_no_bytes_break_the_look_at_them(head: bytes) -> None:
    assert sniff(head) in {None, *EXTENSIONS}


@pytest.mark.parametrize("kind", sorted(ASSET_TYPES))
def test_what_the_endpoint_takes_passes_with_and_without_its_name(kind: str) -> None:
    for head in HEADS[kind]:
        for declared in (None, kind):
            seen = content_type_of(head, name="f", declared=declared, allowed=ASSET_TYPES)
            assert seen == kind


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("application/zip", ASSET_TYPES),
        ("image/gif", DIRECT_TYPES),
        ("image/webp", DIRECT_TYPES),
        ("image/heic", DIRECT_TYPES),
        ("image/avif", DIRECT_TYPES),
        ("application/pdf", LEGACY_TYPES),
        ("application/x-subrip", LEGACY_TYPES),
    ],
)
def test_a_type_that_the_endpoint_refuses_is_refused_here(
    kind: str, allowed: frozenset[str]
) -> None:
    for declared in (None, kind, "image/png"):
        with pytest.raises(InvalidRequestError) as caught:
            content_type_of(HEADS[kind][0], name="photo.png", declared=declared, allowed=allowed)
        assert caught.value.field == "file"
        assert "photo.png" in caught.value.value
        assert kind in caught.value.value
        assert "png" in caught.value.limit


def test_a_declared_type_that_the_bytes_deny_is_refused() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        content_type_of(
            HEADS["image/jpeg"][0], name="a.png", declared="image/png", allowed=ASSET_TYPES
        )
    assert caught.value.field == "content_type"
    assert caught.value.value == "'image/png'"
    assert "image/jpeg" in caught.value.limit


@pytest.mark.parametrize("declared", ["image/png", "video/mp4", None, "text/plain"])
def test_unknown_bytes_are_refused_whatever_picture_they_claim_to_be(declared: str | None) -> None:
    with pytest.raises(InvalidRequestError, match="unknown type"):
        content_type_of(b"hello, world", name="a", declared=declared, allowed=ASSET_TYPES)


@pytest.mark.parametrize("declared", ["audio/mpeg", "application/x-subrip"])
def test_types_without_a_reliable_beginning_may_be_declared(declared: str) -> None:
    seen = content_type_of(b"\0\0\0 odd", name="a", declared=declared, allowed=ASSET_TYPES)
    assert seen == declared


@pytest.mark.parametrize(
    ("kind", "maximum"),
    [
        ("video/mp4", VIDEO_MAX),
        ("video/webm", VIDEO_MAX),
        ("image/png", IMAGE_MAX),
        ("audio/wav", AUDIO_MAX),
    ],
)
def test_the_limit_of_a_family_is_the_last_size_that_passes(kind: str, maximum: int) -> None:
    check_size(maximum, name="f", content_type=kind)
    with pytest.raises(InvalidRequestError) as caught:
        check_size(maximum + 1, name="f.bin", content_type=kind)
    assert caught.value.field == "file"
    assert f"{maximum + 1:,}" in caught.value.value
    assert f"{maximum:,}" in caught.value.limit


def test_families_have_the_vendors_limits() -> None:
    assert (MULTIPART_MAX, VIDEO_MAX, IMAGE_MAX, AUDIO_MAX) == (
        32 * MIB,
        100 * MIB,
        50 * MIB,
        50 * MIB,
    )


def test_another_limit_takes_the_place_of_the_familys() -> None:
    check_size(MULTIPART_MAX, name="f", content_type="image/png", maximum=MULTIPART_MAX)
    with pytest.raises(InvalidRequestError):
        check_size(MULTIPART_MAX + 1, name="f", content_type="image/png", maximum=MULTIPART_MAX)


def test_types_without_a_limit_are_only_not_empty() -> None:
    check_size(10**12, name="f", content_type="application/zip")
    with pytest.raises(InvalidRequestError, match="empty"):
        check_size(0, name="f", content_type="application/zip")


@pytest.mark.parametrize("value", ["a", "Ada_public", "a:b.c-d", "日本", "a%2Fb", "...", "a" * 128])
def test_an_id_is_taken_as_it_is(value: str) -> None:
    assert check_id("video_id", value) == value


@pytest.mark.parametrize(
    "value",
    ["", " ", "a b", "a/b", "/", "a\n", "\u00a0", ".", "..", "a,b", "a\x00", "a\x7f", "\ud800"],
)
def test_what_cannot_be_an_id_is_refused(value: str) -> None:
    with pytest.raises(InvalidRequestError, match=re.escape("video_id")) as caught:
        check_id("video_id", value)
    assert caught.value.value == repr(value)


@pytest.mark.parametrize("value", ["a" * 129, None, 7, b"x"])
def test_what_is_no_text_or_too_long_is_no_id(value: str) -> None:
    with pytest.raises(InvalidRequestError, match="video_id"):
        check_id("video_id", value)
