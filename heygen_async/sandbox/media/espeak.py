"""Speech by eSpeak NG, driven through ctypes; loaded in the worker only.

The library keeps global state, so one process holds one `Synthesiser` and uses it from one thread.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import shutil
import tempfile
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from .voices import Voice

__all__ = ["Spoken", "Synthesiser", "forget_links"]

_SYNCHRONOUS = 2
#: Phoneme events, as IPA, and never leave the process on a missing data folder.
_OPTIONS = 0x1 | 0x2 | 0x8000
_WORD, _PHONEME = 1, 7
_RATE, _PITCH, _RANGE = 1, 3, 4
_UTF8, _END_PAUSE = 0x1, 0x1000
#: Longer data paths overflow a buffer in the library.
_LONGEST_PATH = 140


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("text", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(slots=True)
class Spoken:
    """The samples of one text, and when its words and sounds begin.

    `words` holds (character offset, second), `sounds` holds (second, IPA or "" for a pause).
    """

    pcm: array[int] = field(default_factory=lambda: array("h"))
    words: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    sounds: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])


class Synthesiser:
    """The loaded library.

    Raises:
        ImportError: The wheel that carries the library is not installed.
        OSError: The library or its data cannot be loaded here.
    """

    rate: int

    def __init__(self) -> None:
        loader = cast("Any", importlib.import_module("espeakng_loader"))
        self._library = ctypes.CDLL(str(loader.get_library_path()))
        self._library.espeak_Synth.argtypes = (
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint),
            *(ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        )
        folder = _short(Path(str(loader.get_data_path())))
        self.rate = int(
            self._library.espeak_Initialize(_SYNCHRONOUS, 0, str(folder).encode(), _OPTIONS)
        )
        if self.rate <= 0:
            raise OSError("the speech library refused its data folder")
        self._spoken = Spoken()
        self._callback = _CALLBACK(self._collect)  # kept: the library holds a bare pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, voice: Voice) -> Spoken:
        """Speak the text; an unknown language falls back to English.

        Raises:
            OSError: The library refused the text.
        """
        names = (f"{voice.language}+{voice.variant}", voice.language, f"en-us+{voice.variant}")
        set_voice = cast("Callable[[bytes], int]", self._library.espeak_SetVoiceByName)
        if all(set_voice(name.encode()) != 0 for name in names):
            raise OSError("no voice could be loaded")
        for parameter, value in (
            (_RATE, min(max(voice.rate, 80), 450)),
            (_PITCH, voice.pitch),
            (_RANGE, voice.spread),
        ):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._spoken = Spoken()
        data = _clean(text).encode()
        flags = _UTF8 | _END_PAUSE
        if self._library.espeak_Synth(data, len(data) + 1, 0, 0, 0, flags, None, None) != 0:
            raise OSError("the speech library refused the text")
        return self._spoken

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        spoken = self._spoken
        if samples and count > 0:
            spoken.pcm.frombytes(ctypes.string_at(samples, count * 2))
        index = 0
        while events[index].type:
            event = events[index]
            second = event.sample / self.rate
            if event.type == _WORD:
                spoken.words.append((event.text_position - 1, second))
            elif event.type == _PHONEME:
                spoken.sounds.append((second, event.text.decode(errors="ignore")))
            index += 1
        return 0


_links: list[Path] = []


def forget_links() -> None:
    """Delete the temporary links to the data folder, when the process is about to end."""
    for link in _links:
        shutil.rmtree(link, ignore_errors=True)


def _clean(text: str) -> str:
    """The text without what would end it early, each character still at its place."""
    return "".join(
        char if char.isprintable() or char in "\n\t" else " "
        for char in text.encode(errors="replace").decode()
    )


def _short(folder: Path) -> Path:
    """The data folder under a path short enough for the library."""
    if len(str(folder).encode()) <= _LONGEST_PATH:
        return folder
    near = Path(tempfile.mkdtemp(prefix="speech-"))
    _links.append(near)
    link = near / "data"
    with contextlib.suppress(OSError, NotImplementedError):
        link.symlink_to(folder, target_is_directory=True)
        return link
    shutil.copytree(folder, link)
    return link
