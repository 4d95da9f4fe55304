"""Pixels, as a resolution and an aspect ratio."""

import math
from typing import Any

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.ledger import Fields
from heygen_async.wire.frames import RATIOS, SHORT_SIDES, frame

_4K = (
    "v3 had no public rate for 4K when rates were last seen; it draws avatars in 4K on Avatar III"
    " only, and no photo avatars."
)


def size_of(fields: Fields) -> dict[str, Any]:
    """``resolution`` and ``aspect_ratio`` for what ``dimension`` and ``aspect_ratio`` say."""
    dimension = fields.take("dimension")
    ratio = fields.take("aspect_ratio")
    if dimension is None:
        fields.note(
            "needs_attention",
            "dimension",
            "HeyGen's pages disagree on the size that v2 took for none (1280x720 or 1920x1080);"
            " v3 takes 1080p.",
            "Give resolution='720p' for the smaller one.",
        )
        return {} if ratio is None else {"aspect_ratio": _ratio(fields, ratio)}
    found = sized(fields)
    if ratio is not None:
        given = _number(ratio)
        if given is not None and math.isclose(given, dimension.width / dimension.height):
            fields.imply("aspect_ratio")
        else:
            fields.note("dropped", "aspect_ratio", "The dimension says otherwise, and is kept.")
    return found


def sized(fields: Fields) -> dict[str, Any]:
    """``resolution`` and ``aspect_ratio`` for a ``dimension`` that is there."""
    dimension = fields.take("dimension")
    width, height = dimension.width, dimension.height
    ratio = min(RATIOS, key=lambda each: _distance(RATIOS[each], width / height))
    short = min(width, height)
    # What is less than 4K never becomes 4K: nobody knows what that would cost.
    sides = [each for each in SHORT_SIDES if each != "4k" or short >= SHORT_SIDES[each]]
    resolution = min(sides, key=lambda each: _distance(SHORT_SIDES[each], short))
    made = frame(resolution, RATIOS[ratio])
    if made != (width, height):
        fields.note(
            "approximated",
            "dimension",
            f"v3 has no {width}x{height}: {resolution} at {ratio} is {made[0]}x{made[1]}.",
            "Crop or scale the finished video where its pixels matter.",
        )
    if resolution == "4k":
        fields.note("needs_attention", "dimension", _4K, "Take 1080p unless 4K is a must.")
    return {"resolution": resolution, "aspect_ratio": ratio}


def _ratio(fields: Fields, given: str) -> str:
    if given in RATIOS:
        return given
    number = _number(given)
    if number is None:
        raise InvalidRequestError(fields.where("aspect_ratio"), given, "must be such as 16:9")
    nearest = min(RATIOS, key=lambda each: _distance(RATIOS[each], number))
    fields.note(
        "approximated",
        "aspect_ratio",
        f"v3 knows {', '.join(RATIOS)} and auto; {nearest} is the nearest.",
        "Crop the finished video where its shape matters.",
    )
    return nearest


def _number(ratio: str) -> float | None:
    width, height = map(float, ratio.split(":"))
    return width / height if 0 < width < math.inf and 0 < height < math.inf else None


def _distance(one: float, other: float) -> float:
    return abs(math.log(one / other))
