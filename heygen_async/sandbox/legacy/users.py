"""``/v2/user/remaining_quota``: what is left, in sixtieths of a credit."""

from typing import Final

from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family

UNITS: Final = 60
"""Units of quota in one credit."""


async def get_remaining_quota(ctx: Context, _call: Call) -> Reply:
    """Reads the quota."""
    left = int(ctx.world.balance * UNITS)
    return Reply({"remaining_quota": left, "details": {"api": left, "plan_credit": left}})


ROUTES: Final = (
    Route(
        method="GET",
        path="/v2/user/remaining_quota",
        handler=get_remaining_quota,
        family=Family.ERROR,
    ),
)
