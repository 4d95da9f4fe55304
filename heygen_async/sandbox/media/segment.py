"""A clip as a segment of an HLS stream: the same pictures and sound, packed anew."""

# PyAV mentions the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from pathlib import Path

import av

__all__ = ["pack"]


def pack(clip: Path, target: Path, *, begin: float) -> None:
    """Write an MP4 as MPEG-TS whose times begin at so many seconds; nothing is coded again."""
    part = target.with_name(f"{target.name}.part")
    # Its counters begin anew, and it has to say so, or a player takes its beginning for damage.
    options = {"mpegts_flags": "initial_discontinuity"}
    with (
        av.open(str(clip)) as film,
        av.open(str(part), "w", format="mpegts", options=options) as segment,
    ):
        tracks = {
            stream.index: segment.add_stream_from_template(stream)
            for stream in (film.streams.video[0], film.streams.audio[0])
        }
        for packet in film.demux():
            if packet.dts is not None and packet.pts is not None:
                shift = round(begin / packet.time_base)
                packet.pts += shift
                packet.dts += shift
                packet.stream = tracks[packet.stream.index]
                segment.mux(packet)
    part.replace(target)
