"""A page of 1,000 voices, decoded into what a user gets."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
import pydantic

from benchmarks.plan import Plan, Section, interleaved, say
from benchmarks.process import work
from benchmarks.rows import Row, at_most_ratio, rows
from heygen_async.models import Voice
from heygen_async.wire.envelope import HttpReply, envelope_decoder, unwrap

OURS: Final = "heygen_async"
UNTYPED: Final = "msgspec, untyped"
PYDANTIC: Final = "pydantic, from JSON"
VARIANTS: Final = (OURS, UNTYPED, PYDANTIC, "pydantic, from json.loads", "json.loads")
_VOICES: Final = 1000
_PAGE_SHARE: Final = 10
_METHOD: Final = """\
- **Decode**: one page of 1,000 voices with fields that nobody reads, into what a user gets. CPU per
  page after a warm-up, garbage collection as it comes. The ratio is to pydantic's best way.
"""


class _Voice(pydantic.BaseModel):
    voice_id: str
    name: str
    language: str
    gender: str
    preview_audio_url: str | None = None
    support_pause: bool
    support_locale: bool
    type: str


class _Page(pydantic.BaseModel):
    data: list[_Voice]
    has_more: bool
    next_token: str | None = None


def page() -> bytes:
    """A page as HeyGen sends it, with fields that nobody reads."""
    voices = [
        {
            "voice_id": f"{number:032x}",
            "name": f"Voice {number}",
            "language": ("English", "German", "日本語")[number % 3],
            "gender": ("female", "male")[number % 2],
            "preview_audio_url": f"https://resource.heygen.ai/voices/{number:032x}/preview.mp3",
            "support_pause": True,
            "support_locale": number % 5 == 0,
            "type": "public",
            "tags": ["calm", "narration", "news"],
            "emotions": [{"name": "Friendly", "weight": 0.5}] * 3,
        }
        for number in range(_VOICES)
    ]
    return json.dumps({"data": voices, "has_more": True, "next_token": "abc"}).encode()


def _ours() -> Callable[[bytes], Any]:
    decoder = envelope_decoder(list[Voice])
    return lambda body: unwrap(HttpReply(200, {}, body), decoder, now=0.0)


def _untyped() -> Callable[[bytes], Any]:
    return msgspec.json.Decoder().decode


_WAYS: Final[dict[str, Callable[[], Callable[[bytes], Any]]]] = {
    OURS: _ours,
    UNTYPED: _untyped,
    PYDANTIC: lambda: _Page.model_validate_json,
    VARIANTS[3]: lambda: lambda body: _Page.model_validate(json.loads(body)),
    VARIANTS[4]: lambda: json.loads,
}


async def measure(*, variant: str, count: int) -> dict[str, float]:
    """Microseconds of CPU per page, after a warm-up; garbage collection as it comes."""
    body, decode = page(), _WAYS[variant]()
    for _ in range(max(1, count // 5)):
        decode(body)
    before = time.process_time()
    for _ in range(count):
        decode(body)
    return {"us CPU/page": (time.process_time() - before) / count * 1e6}


def _run_all(plan: Plan) -> Iterator[Row]:
    say(f"a page of 1,000 voices, {plan.call_rounds} rounds")
    count = max(1, plan.calls // _PAGE_SHARE)
    found = interleaved(
        VARIANTS,
        plan.call_rounds,
        lambda variant: work("decoding:measure", variant=variant, count=count),
    )
    for unit, rounds in found.items():
        yield from rows(
            "decode 1,000 voices",
            unit,
            rounds,
            yardstick=PYDANTIC,
            ours=OURS,
            goal=at_most_ratio(0.25),
        )


SECTION: Final = Section("decoding", _METHOD, _run_all)
