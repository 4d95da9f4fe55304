"""An MP4 muxer on the standard library: a short canned clip repeated to any length.

Coded pictures and sounds are copied as they are; only the index is new, so that times run on and
players can seek. Pictures never refer back past the start of a round, so the loop may be cut
anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

__all__ = ["Canned", "write_loop", "write_mp3_loop"]

#: Ticks per second of every track: 25 pictures a second and AAC frames are whole numbers of them.
_SCALE = 24000
_PICTURE = 960
_SOUND = 1024
_MP3 = 576
_PER_CHUNK = 25
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_LARGEST = 0xFFFF_0000


class Canned(msgspec.Struct, frozen=True):
    """One round of the canned clip, as coded samples.

    Attributes:
        width: Width in pixels.
        height: Height in pixels.
        avc: The H.264 decoder configuration (`avcC`).
        aac: The AAC decoder configuration.
        pictures: Coded pictures, the first of which stands alone.
        sounds: AAC frames of 1024 samples at 24 kHz, as long together as the pictures.
        mp3: MP3 frames of 576 samples at 24 kHz, each standing alone.
    """

    width: int
    height: int
    avc: bytes
    aac: bytes
    pictures: tuple[bytes, ...]
    sounds: tuple[bytes, ...]
    mp3: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Track:
    number: int
    samples: Sequence[bytes]
    step: int
    count: int
    per_chunk: int
    duration: int

    def sizes(self) -> list[int]:
        once = [len(sample) for sample in self.samples]
        rounds, rest = divmod(self.count, len(once))
        return once * rounds + once[:rest]

    def chunks(self) -> Iterator[tuple[int, int]]:
        """First sample and sample count of each chunk."""
        for first in range(0, self.count, self.per_chunk):
            yield first, min(self.per_chunk, self.count - first)

    def bytes_of(self, first: int, count: int) -> bytes:
        size = len(self.samples)
        return b"".join(self.samples[at % size] for at in range(first, first + count))


def write_loop(canned: Canned, seconds: float, path: Path, *, title: str, comment: str) -> None:
    """Write an MP4 of that many seconds, rounded to whole pictures, at least one.

    Raises:
        ValueError: The file would exceed 4 GB (about two days).
    """
    pictures = max(1, round(seconds * _SCALE / _PICTURE))
    duration = pictures * _PICTURE
    sounds = -(-duration // _SOUND)
    video = _Track(1, canned.pictures, _PICTURE, pictures, _PER_CHUNK, duration)
    # A chunk of sound is about as long as a chunk of pictures: 23 x 1024 is nearly 24000.
    audio = _Track(2, canned.sounds, _SOUND, sounds, 23, duration)
    sizes = {track.number: track.sizes() for track in (video, audio)}
    if sum(map(sum, sizes.values())) > _LARGEST:
        raise ValueError(f"{seconds} seconds are too long for one file")
    order = sorted(
        (
            (first * track.step, track, first, count)
            for track in (video, audio)
            for first, count in track.chunks()
        ),
        key=lambda item: (item[0], item[1].number),
    )
    head = _box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    # The index holds the places of the chunks, and its own length moves them: hence twice.
    unplaced = {1: [0] * len(list(video.chunks())), 2: [0] * len(list(audio.chunks()))}
    info = _info(title, comment)
    start = len(head) + len(_moov(canned, (video, audio), sizes, unplaced, info)) + 8
    places: dict[int, list[int]] = {1: [], 2: []}
    at = start
    for _, track, first, count in order:
        places[track.number].append(at)
        at += sum(sizes[track.number][first : first + count])
    with path.open("wb") as file:
        file.write(head + _moov(canned, (video, audio), sizes, places, info))
        file.write(struct.pack(">I4s", at - start + 8, b"mdat"))
        for _, track, first, count in order:
            file.write(track.bytes_of(first, count))


def write_mp3_loop(canned: Canned, seconds: float, path: Path) -> None:
    """Write an MP3 of at least that many seconds."""
    count = max(1, -int(-seconds * _SCALE // _MP3))
    with path.open("wb") as file:
        file.writelines(canned.mp3[at % len(canned.mp3)] for at in range(count))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *parts)


def _moov(
    canned: Canned,
    tracks: tuple[_Track, _Track],
    sizes: dict[int, list[int]],
    places: dict[int, list[int]],
    info: bytes,
) -> bytes:
    video, audio = tracks
    head = _full(
        b"mvhd",
        struct.pack(">IIII", 0, 0, _SCALE, video.duration),
        struct.pack(">IH10x", 0x10000, 0x100),
        _MATRIX,
        bytes(24),
        struct.pack(">I", 3),
    )
    keys = range(1, video.count + 1, len(video.samples))
    sync = _full(b"stss", struct.pack(f">I{len(keys)}I", len(keys), *keys))
    return _box(
        b"moov",
        head,
        _trak(
            video, _avc1(canned), sizes[1], places[1], size=(canned.width, canned.height), sync=sync
        ),
        _trak(audio, _mp4a(canned), sizes[2], places[2]),
        info,
    )


def _trak(
    track: _Track,
    entry: bytes,
    sizes: list[int],
    places: list[int],
    *,
    size: tuple[int, int] | None = None,
    sync: bytes = b"",
) -> bytes:
    sound = size is None
    width, height = size or (0, 0)
    header = _full(
        b"tkhd",
        struct.pack(">IIIII8x", 0, 0, track.number, 0, track.duration),
        struct.pack(">HHHH", 0, int(sound), 0x100 if sound else 0, 0),
        _MATRIX,
        struct.pack(">II", width << 16, height << 16),
        flags=3,
    )
    # The edit cuts the last AAC frame, so that both tracks end together.
    edit = _box(b"edts", _full(b"elst", struct.pack(">IIiHH", 1, track.duration, 0, 1, 0)))
    media = _full(
        b"mdhd", struct.pack(">IIIIHH", 0, 0, _SCALE, track.count * track.step, 0x55C4, 0)
    )
    kind, name = (b"soun", b"Sound\0") if sound else (b"vide", b"Video\0")
    handler = _full(b"hdlr", bytes(4), kind, bytes(12), name)
    own = _full(b"smhd", bytes(4)) if sound else _full(b"vmhd", bytes(8), flags=1)
    where = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), entry),
        _full(b"stts", struct.pack(">III", 1, track.count, track.step)),
        sync,
        _stsc(track),
        _full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        _full(b"stco", struct.pack(f">I{len(places)}I", len(places), *places)),
    )
    return _box(
        b"trak", header, edit, _box(b"mdia", media, handler, _box(b"minf", own, where, table))
    )


def _stsc(track: _Track) -> bytes:
    """Samples per chunk: one entry, and one more when the last chunk is shorter."""
    chunks = list(track.chunks())
    entries = [(1, chunks[0][1])]
    if chunks[-1][1] != chunks[0][1]:
        entries.append((len(chunks), chunks[-1][1]))
    rows = b"".join(struct.pack(">III", first, count, 1) for first, count in entries)
    return _full(b"stsc", struct.pack(">I", len(entries)), rows)


def _avc1(canned: Canned) -> bytes:
    return _box(
        b"avc1",
        struct.pack(">6xH16xHHIIIH", 1, canned.width, canned.height, 0x480000, 0x480000, 0, 1),
        bytes(32),
        struct.pack(">Hh", 24, -1),
        _box(b"avcC", canned.avc),
        _box(b"colr", b"nclx", struct.pack(">HHHB", 1, 1, 1, 0)),
    )


def _mp4a(canned: Canned) -> bytes:
    config = _descriptor(5, canned.aac)
    decoder = _descriptor(4, struct.pack(">BBHBII", 0x40, 0x15, 0, 0, 64000, 32000), config)
    stream = _descriptor(3, struct.pack(">HB", 2, 0), decoder, _descriptor(6, b"\x02"))
    return _box(
        b"mp4a",
        struct.pack(">6xH8xHHIHH", 1, 1, 16, 0, _SCALE, 0),
        _full(b"esds", stream),
    )


def _descriptor(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes((tag, 0x80, 0x80, 0x80, len(body))) + body


def _info(title: str, comment: str) -> bytes:
    """Title and comment where players and ffprobe look for them."""
    items = b"".join(
        _box(key, _box(b"data", struct.pack(">II", 1, 0), text.encode()))
        for key, text in ((b"\xa9nam", title), (b"\xa9cmt", comment))
    )
    handler = _full(b"hdlr", bytes(4), b"mdir", b"appl", bytes(9))
    return _box(b"udta", _full(b"meta", handler, _box(b"ilst", items)))
