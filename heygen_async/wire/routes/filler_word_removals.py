"""Filler-word removals."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-filler-word-removal and the page beside it
_ROOT: Final = "/v3/filler-word-removals"

FILLER_WORD_REMOVALS_CREATE: Final = Route("filler_word_removals.create", "POST", _ROOT, Kind.KEYED)
FILLER_WORD_REMOVALS_GET: Final = Route(
    "filler_word_removals.get", "GET", f"{_ROOT}/{{filler_word_removal_id}}", Kind.READ
)
