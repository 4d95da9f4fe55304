"""What is heard in a clip: samples, the times of its words, and the mouth that goes with them."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from heygen_async.wire.rates import in_pictures

from . import mouth, tones
from .captions import cues_of
from .errors import RenderError
from .espeak import Spoken, Synthesiser
from .script import FPS, TAIL, clamp_speed, parts_of, tokens_of
from .spec import ClipSpec, Speech, Word
from .voices import Voice, voice_of

__all__ = ["RATE", "Heard", "Speaker"]

#: Samples per second of everything heard; a picture lasts 882 of them.
RATE = 22050
_PER_PICTURE = RATE // FPS
#: How many voices are kept, and how long (in seconds) they may be: some 40 MB at most.
_KEPT = 8
_KEPT_SECONDS = 120.0


class Plan(msgspec.Struct, frozen=True):
    """What must come out the same each time a script is spoken, kept as a small file."""

    speech: Speech
    shapes: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """Samples (mono, 22050 a second, as long as the clip), and one mouth shape per picture."""

    speech: Speech
    pcm: array[int]
    shapes: bytes
    levels: tuple[float, ...]

    @property
    def pictures(self) -> int:
        """How many pictures the clip has."""
        return len(self.shapes)


class Speaker:
    """Speaks clip specs; keeps the last few, and the plan of each as a file in `folder`.

    The speech library does not give the same samples twice, so words and duration are taken from
    the first time a script was spoken, in whatever process that was.
    """

    def __init__(self, folder: Path, listen: Callable[[str], array[int]]) -> None:
        self._folder = folder
        self._listen = listen
        self._kept: OrderedDict[str, Heard] = OrderedDict()
        self._library: Synthesiser | None = None
        self._tried = False

    def hear(self, spec: ClipSpec) -> Heard:
        """Speak the spec, read its recording, or be silent for its duration.

        Raises:
            RenderError: The recording cannot be read, or there is nothing to hear and no duration.
        """
        digest = spec.speech_digest()
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        heard = self._perform(spec, self._folder / f"{digest}.speech")
        if heard.speech.duration <= _KEPT_SECONDS:
            self._kept[digest] = heard
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return heard

    def _perform(self, spec: ClipSpec, path: Path) -> Heard:
        words: tuple[Word, ...] = ()
        sounds: list[mouth.Sound] | None = None
        if spec.audio is not None:
            pcm = self._listen(spec.audio)
        else:
            pcm, words, sounds = self._speak(spec)
        plan = _load(path)
        if plan is None:
            seconds = in_pictures(max(len(pcm) / RATE, spec.duration or 0.0, 1 / FPS))
            pictures = round(seconds * FPS)
            speech = Speech(seconds, words, cues_of(words))
            shapes = mouth.from_sounds(sounds, pictures) if sounds is not None else b""
            plan = Plan(speech, shapes)
        fitted = _fit(pcm, round(plan.speech.duration * FPS) * _PER_PICTURE)
        levels = _levels(fitted)
        if not plan.shapes:
            plan = Plan(plan.speech, mouth.from_levels(levels))
        _store(path, plan)
        return Heard(plan.speech, fitted, plan.shapes, levels)

    def _speak(self, spec: ClipSpec) -> tuple[array[int], tuple[Word, ...], list[mouth.Sound]]:
        pcm = array("h")
        words: list[Word] = []
        sounds: list[mouth.Sound] = []
        speed = clamp_speed(spec.speed)
        voice = voice_of(spec.voice_id, spec.gender, spec.language, speed)
        parts = parts_of(spec.script)
        for index, part in enumerate(parts):
            offset = len(pcm) / RATE
            if part.text:
                spoken = self._say(part.text, voice, speed)
                words += timed(part.text, spoken, offset)
                sounds += [(offset + second, ipa) for second, ipa in spoken.sounds]
                pcm += _trim(spoken, last=index == len(parts) - 1)
            sounds.append((len(pcm) / RATE, ""))
            pcm.frombytes(bytes(2 * round(part.pause * RATE)))
        return pcm, tuple(words), sounds

    def _say(self, text: str, voice: Voice, speed: float) -> Spoken:
        if not self._tried:
            self._tried = True
            try:
                self._library = Synthesiser()
            except (ImportError, OSError):
                self._library = None
            if self._library is not None and self._library.rate != RATE:
                self._library = None
        if self._library is None:
            return tones.say(text, voice, speed)
        try:
            return self._library.say(text, voice)
        except OSError as error:
            raise RenderError(f"the script cannot be spoken: {error}") from error


def timed(text: str, spoken: Spoken, offset: float) -> list[Word]:
    """Times for the words as written, from what the library said by position in the text.

    A word it named no time for (it reads some scripts as one) is placed between its neighbours by
    its position. A word ends where the next begins, or where a pause sets in.
    """
    tokens = tokens_of(text)
    end = _last_sound(spoken)
    known = _anchors([token.at for token in tokens], len(text), spoken.words, end)
    pauses = [at for at, ipa in spoken.sounds if not ipa]
    words: list[Word] = []
    for index, token in enumerate(tokens):
        start = known[index]
        stop = known[index + 1] if index + 1 < len(tokens) else max(end, start)
        stop = next((at for at in pauses if start < at < stop), stop)
        words.append(Word(token.text, round(offset + start, 3), round(offset + stop, 3)))
    return words


def _anchors(
    places: list[int], length: int, marks: list[tuple[int, float]], end: float
) -> list[float]:
    """The second at which each place in the text is reached, never going back."""
    points: list[tuple[int, float]] = []
    for index, place in enumerate(places):
        until = places[index + 1] if index + 1 < len(places) else length + 1
        hit = next((second for at, second in marks if place <= at < until), None)
        if hit is not None and (not points or hit >= points[-1][1]):
            points.append((place, hit))
    if not points or points[0][0] > 0:
        points.insert(0, (0, 0.0))
    points.append((max(length, points[-1][0] + 1), max(end, points[-1][1])))
    reached: list[float] = []
    segment = 0
    for place in places:
        while segment + 2 < len(points) and points[segment + 1][0] <= place:
            segment += 1
        (left, begin), (right, finish) = points[segment], points[segment + 1]
        share = min(1.0, (place - left) / max(1, right - left))
        reached.append(begin + (finish - begin) * share)
    return reached


def _trim(spoken: Spoken, *, last: bool) -> array[int]:
    """The samples without most of the silence that the library leaves at the end."""
    pause = _last_sound(spoken)
    keep = round((pause + (TAIL if last else 0.08)) * RATE)
    return _fit(spoken.pcm, keep) if last else spoken.pcm[:keep]


def _last_sound(spoken: Spoken) -> float:
    """The second at which the last sound has died away."""
    end = len(spoken.pcm) / RATE
    for at, ipa in reversed(spoken.sounds):
        if ipa:
            return end
        end = at
    return 0.0


def _fit(pcm: array[int], samples: int) -> array[int]:
    fitted = pcm[:samples]
    fitted.frombytes(bytes(2 * (samples - len(fitted))))
    return fitted


def _levels(pcm: array[int]) -> tuple[float, ...]:
    """Loudness of each picture between 0 and 1; every fourth sample is enough to tell."""
    found = [
        sum(map(abs, pcm[at : at + _PER_PICTURE : 4])) / (_PER_PICTURE / 4)
        for at in range(0, len(pcm), _PER_PICTURE)
    ]
    peak = max(found, default=0.0)
    return tuple(level / max(peak, 500.0) for level in found)


def _load(path: Path) -> Plan | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Plan)
    except (OSError, msgspec.MsgspecError):
        return None


def _store(path: Path, plan: Plan) -> None:
    if path.exists():
        return
    part = path.with_name(f"{path.name}.{id(plan):x}.part")
    part.write_bytes(msgspec.msgpack.encode(plan))
    part.replace(path)
