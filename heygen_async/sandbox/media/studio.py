"""One renderer in one process: specs in, files out. Runs in the worker."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import msgspec

from . import cut, dub, mask, sound, tones
from .encode import Film, encode
from .errors import RenderError
from .look import is_key_color
from .spec import ClipSpec, Speech, joined
from .speech import Heard, Speaker
from .sprites import layers_of
from .stage import Stage, build_stage
from .stills import write_gif, write_thumbnail

__all__ = ["Studio"]

_LARGEST = 4096
_KEPT = 4
_NOT_DRAWN = {
    "script": "",
    "voice_id": "",
    "gender": "",
    "language": "",
    "speed": 1.0,
    "audio": None,
    "duration": None,
    "captions": False,
    "video": None,
    "span": None,
}


class Studio:
    """Renders clip specs, with the last few stages and voices at hand."""

    def __init__(self, folder: Path) -> None:
        self._speaker = Speaker(folder, sound.listen)
        self._stages: OrderedDict[str, Stage] = OrderedDict()

    def make(self, kind: str, spec: ClipSpec, target: Path) -> Speech | None:
        """Write the file for the spec, or return its speech when that is what is asked for.

        Raises:
            RenderError: The spec cannot be rendered; the message says why.
        """
        if kind == "speech":
            return self._heard(spec).speech
        if kind == "length":
            return Speech(dub.length(spec.video or ""), (), ())
        makers: dict[str, Callable[[ClipSpec, Path], None]] = {
            "clip": self._clip,
            "dub": self._dub,
            "cut": lambda spec, path: cut.write(spec.video or "", spec.cuts, spec.size, path),
            "mask": self._mask,
            "thumbnail": lambda spec, path: write_thumbnail(self._stage(spec), path),
            "gif": lambda spec, path: write_gif(self._stage(spec), self._heard(spec).shapes, path),
            "wav": lambda spec, path: tones.write_wav(self._heard(spec).pcm, path),
            "mp3": lambda spec, path: sound.write_mp3(self._heard(spec).pcm, path),
        }
        makers[kind](spec, target)
        return None

    def _dub(self, spec: ClipSpec, path: Path) -> None:
        dub.write(spec.video or "", self._heard(spec).pcm, path, span=spec.span)

    def _mask(self, spec: ClipSpec, path: Path) -> None:
        figure = self._stage(msgspec.structs.replace(spec, alpha=True)).image
        mask.write(figure, spec.duration or 0.0, path)

    def _heard(self, spec: ClipSpec) -> Heard:
        if not spec.scenes:
            return self._speaker.hear(spec)
        parts = [self._speaker.hear(scene) for scene in spec.scenes]
        pcm = array("h")
        for part in parts:
            pcm += part.pcm
        return Heard(
            joined(part.speech for part in parts),
            pcm,
            b"".join(part.shapes for part in parts),
            tuple(level for part in parts for level in part.levels),
        )

    def _clip(self, spec: ClipSpec, path: Path) -> None:
        # One film at a time: many scenes take no more memory than one.
        encode(map(self._film, spec.scenes or (spec,)), path)

    def _film(self, spec: ClipSpec) -> Film:
        kept = self._stage(spec)
        # The "speaking" pill is drawn on the stage, which is kept for other clips without it.
        stage = Stage(kept.image.copy(), kept.face, kept.plain)
        heard = self._heard(spec)
        layers = layers_of(stage, heard, captions=spec.captions, seed=spec.avatar_id)
        # Nothing but the figure belongs on what will be keyed out.
        progress = not spec.alpha and not is_key_color(spec.background)
        return Film(stage, layers, heard, progress)

    def _stage(self, spec: ClipSpec) -> Stage:
        if max(spec.width, spec.height) > _LARGEST:
            raise RenderError(f"{spec.width}x{spec.height} is more than {_LARGEST} pixels wide")
        digest = msgspec.structs.replace(spec, **_NOT_DRAWN).digest()
        if digest not in self._stages:
            self._stages[digest] = build_stage(spec)
            if len(self._stages) > _KEPT:
                self._stages.popitem(last=False)
        self._stages.move_to_end(digest)
        return self._stages[digest]
