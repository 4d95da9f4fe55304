"""What a demo at HeyGen itself would cost, before it does."""

from collections.abc import Sequence
from typing import Final

from heygen_async.cli.demo.inputs import Row
from heygen_async.cli.demo.making import LOOKS
from heygen_async.cli.money import balance_line
from heygen_async.client import HeyGen
from heygen_async.errors import APIError, UnauthorizedError
from heygen_async.models.base import Record
from heygen_async.wire import rates
from heygen_async.wire.speech import spoken_seconds

_AVATAR_DOLLARS: Final = 1.00
_SECOND_DOLLARS: Final = 0.05


class Estimate(Record):
    """What it would cost.

    Attributes:
        dollars: On v3.
        credits: On v2.
        spoken: Seconds of speech.
    """

    dollars: float
    credits: float
    spoken: float


def estimate(rows: Sequence[Row]) -> Estimate:
    """The cost of some rows at the last public rates."""
    dollars, points, spoken = _AVATAR_DOLLARS, 0.0, 0.0
    for row in rows:
        seconds = spoken_seconds(row.script)
        spoken += seconds
        if row.road == "v3":
            dollars += seconds * _SECOND_DOLLARS
        else:
            points += rates.video_credits(seconds)
    if any(row.road == "v2" for row in rows):
        points += rates.TRAINING + len(LOOKS) * rates.LOOK_GENERATION + rates.MOTION
    return Estimate(dollars=dollars, credits=points, spoken=spoken)


async def quote(rows: Sequence[Row]) -> list[str]:
    """Lines that tell the cost and the balance; makes two reads and spends nothing.

    Raises:
        HeyGenError: There is no key, or HeyGen cannot be asked.
    """
    cost = estimate(rows)
    async with HeyGen() as heygen:
        user = await heygen.users.get_current()
        quota = await _quota(heygen)
        where = heygen.config.base_url
    return [
        f"This makes {len(rows)} videos at {where}, with about {cost.spoken:.0f} s of speech.",
        f"  v3  about {cost.dollars:.2f} USD      balance: {balance_line(user)}",
        f"  v2  about {cost.credits:.1f} credits     balance: {quota}",
        "These are the last rates that HeyGen published; nobody has proven that they still hold.",
    ]


async def _quota(heygen: HeyGen) -> str:
    try:
        left = (await heygen.v2.users.remaining_quota()).credits
    except UnauthorizedError:
        raise
    except APIError as problem:
        return f"not told ({problem.code})"
    return "not told" if left is None else f"{left:,.1f} credits"
