"""Voices: https://developers.heygen.com/reference/list-voices."""

from typing import Literal

from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource
from heygen_async.models import Voice
from heygen_async.wire.routes import voices as routes


class Voices(Resource):
    """``heygen.voices``: who can speak."""

    def list(
        self,
        *,
        type: Literal["public", "private"] | None = None,  # noqa: A002  the vendor's word
        engine: str | None = None,
        language: str | None = None,
        gender: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Voice]:
        """Voices, page by page: ``await`` it for the first page, or iterate over all.

        Args:
            type: The shared library (when left out), or your own clones.
            engine: Only voices that this engine knows, such as ``starfish``.
            language: Such as ``English``.
            gender: ``male`` or ``female``.
            limit: Voices per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-voices
        """
        return self._list(
            routes.VOICES_LIST,
            Voice,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"type": type, "engine": engine, "language": language, "gender": gender},
        )
