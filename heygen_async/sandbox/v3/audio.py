"""``/v3/audio``: music and sound effects."""

from typing import Any, Final

from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.library import PIECES, Piece, ranked
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import invalid
from heygen_async.sandbox.validation import whole_number

_QUERY_MAX: Final = 5000
_LEAST_SCORE: Final = 0.7


async def search_sounds(ctx: Context, call: Call) -> Reply:
    """Finds sounds by words, the nearest first."""
    words = searched(call, _QUERY_MAX)
    kind = call.query.get("type", "music")
    if kind not in {"music", "sound_effects"}:
        raise invalid("type", f"type: {kind!r} is neither 'music' nor 'sound_effects'")
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=50)
    least = _score(call.query.get("min_score"))
    pieces = [(f"{piece.name} {piece.words}", piece) for piece in PIECES.values()
              if piece.type == kind]  # fmt: skip
    found = [
        _shown(ctx, call, piece, score) for score, piece in ranked(words, pieces) if score >= least
    ]
    return page(found, limit=limit, token=call.query.get("token"))


def searched(call: Call, longest: int) -> str:
    """What is looked for.

    Raises:
        Refusal: 400, when it is missing, empty or too long.
    """
    words = call.query.get("query")
    if words is None:
        raise invalid("query", "query: Field required")
    if not 1 <= len(words) <= longest:
        raise invalid("query", f"query: must be 1 to {longest} characters")
    return words


def _score(text: str | None) -> float:
    if text is None:
        return _LEAST_SCORE
    try:
        score = float(text)
    except ValueError:
        raise invalid("min_score", f"min_score: {text!r} is not a number") from None
    if not 0 <= score <= 1:
        raise invalid("min_score", f"min_score: {score} is not between 0 and 1")
    return score


def _shown(ctx: Context, call: Call, piece: Piece, score: float) -> dict[str, Any]:
    return {
        "id": piece.id,
        "name": piece.name,
        "description": piece.words.capitalize(),
        "audio_url": ctx.link(call, "sounds", piece.id, "sound.wav"),
        "duration": piece.seconds,
        "peak_offset": piece.peak,
        "placement": piece.placement,
        "score": score,
        "type": piece.type,
    }


ROUTES: Final = (Route(method="GET", path="/v3/audio/sounds", handler=search_sounds),)
