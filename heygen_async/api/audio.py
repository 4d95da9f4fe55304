"""Music and sound effects: https://developers.heygen.com/reference/search-sounds."""

from typing import Final, Literal

from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Sound
from heygen_async.wire.routes import audio as routes

_PAGE_MAX: Final = 50
_QUERY_MAX: Final = 5000


class Audio(Resource):
    """``heygen.audio``: music and sound effects."""

    def search_sounds(
        self,
        query: str,
        *,
        type: Literal["music", "sound_effects"] | None = None,  # noqa: A002  the vendor's word
        min_score: float | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Sound]:
        """Sounds that fit a description, the nearest first.

        Args:
            query: What to look for, in words; 1 to 5,000 characters.
            type: ``music`` when left out.
            min_score: Leaves out what is further away, 0 to 1; 0.7 when left out.
            limit: Sounds per page, 1 to 50; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: An argument is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/search-sounds
        """
        if not 1 <= len(query) <= _QUERY_MAX:
            raise InvalidRequestError("query", query, f"must be 1 to {_QUERY_MAX:,} characters")
        if min_score is not None and not 0 <= min_score <= 1:
            raise InvalidRequestError("min_score", min_score, "must be 0 to 1")
        return self._list(
            routes.AUDIO_SEARCH_SOUNDS,
            Sound,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"query": query, "type": type, "min_score": min_score},
        )
