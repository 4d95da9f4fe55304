"""How layers move and scenes end, in the words that the video agent is known to follow."""

import re
from typing import Final

MOTION_VERBS: Final[dict[str, tuple[str, ...]]] = {
    "high": ("slam", "crash", "punch", "stamp", "shatter", "smash"),
    "medium": ("cascade", "slide", "drop", "fill", "draw", "build"),
    "low": (
        *("type on", "fade in", "float", "morph", "count up", "count down"),
        *("drift", "materialize", "breathe"),
    ),
}
"""HeyGen's verbs for what a layer does, by how hard it does it."""

_ALSO: Final = (
    *("move", "pan", "zoom", "scroll", "spin", "rotate", "rise", "fall", "sweep", "pulse", "glow"),
    *("grow", "shrink", "expand", "flow", "ripple", "bounce", "pop", "snap", "flash", "flicker"),
    *("scale", "wipe", "unfold", "reveal", "roll", "swing", "fly", "orbit", "blink", "shift"),
    *("stretch", "spread", "swirl", "burst", "explode", "stack", "shimmer", "light up", "fade"),
)


def _forms(verb: str) -> str:
    """A pattern for a verb as it stands in a description: slam, slams, slamming, slammed."""
    stem, _, particle = verb.partition(" ")
    if stem.endswith("e"):
        forms = rf"{stem[:-1]}(?:es|ed|ing)"
    elif stem.endswith("y"):
        forms = rf"{stem[:-1]}(?:ies|ied|ying)"
    else:
        forms = rf"{stem}(?:e?s|{stem[-1]}?ed|{stem[-1]}?ing)"
    if particle:
        return rf"(?:{stem}|{forms})\s+{particle}"
    return rf"{forms}|{_BEFORE_PLAIN}{stem}"


# “A stamp” does not move: such a word is a verb at a beginning, and behind several things.
_BEFORE_PLAIN: Final = (
    r"(?:(?<=s\s)|(?<=[\n,;:.+/(-]\s)|(?<=[\n,;:.+/(-])|(?<=\band\s)|(?<=\bthen\s)|(?<=\bto\s)"
    r"|(?<=\bpeople\s)|(?<![\s\S]))"
)
_MOTION: Final = re.compile(
    rf"\b(?:{'|'.join(_forms(verb) for verb in (*sum(MOTION_VERBS.values(), ()), *_ALSO))})\b",
    re.IGNORECASE,
)

TRANSITIONS: Final[dict[str, tuple[str, ...]]] = {
    "smash cut": ("Deconstructed", "Maximalist Type", "Carnival Surge"),
    "white flash frame": ("Deconstructed", "Maximalist Type"),
    "grid wipe": ("Swiss Pulse", "Digital Grid"),
    "hard cut": ("Swiss Pulse", "Shadow Cut"),
    "liquid dissolve": ("Data Drift", "Dream State"),
    "slow cross-dissolve": ("Velvet Standard",),
    "pop cut": ("Play Mode", "Carnival Surge"),
    "snap cut": ("Red Wire", "Contact Sheet"),
    "soft dissolve": ("Soft Signal", "Warm Grain", "Quiet Drama"),
    "iris wipe": ("Heritage Reel",),
    "particle dissolve": (),
    "glitch": (),
    "clean wipe": (),
}
"""HeyGen's transitions, and the styles that its guide gives each of them to."""


def moves(text: str) -> bool:
    """Whether a description has a verb of motion in it.

    Args:
        text: Such as what a layer shows.
    """
    return _MOTION.search(text) is not None
