"""Numbers as people read them."""

from typing import Final

_STEP: Final = 1000


def size(count: float) -> str:
    """Bytes, such as ``4.2 MB``."""
    units = ("B", "kB", "MB", "GB")
    for unit in units[:-1]:
        if count < _STEP:
            return f"{count:.0f} {unit}" if unit != "MB" else f"{count:.1f} {unit}"
        count /= _STEP
    return f"{count:.1f} {units[-1]}"


def clock(seconds: float) -> str:
    """A length of time, such as ``1:05``."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def seconds(value: float | None) -> str:
    """A length of time, such as ``8.9 s``; a dash when there is none."""
    if value is None:
        return "-"
    return f"{value:.1f} s" if value < 100 else f"{value:.0f} s"  # noqa: PLR2004  three digits
