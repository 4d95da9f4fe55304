"""``/v2/user/remaining_quota``, in sixtieths of a credit, and ``/v1/user/me``."""

from typing import Final

from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.v3.users import get_current_user

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
    Route(method="GET", path="/v1/user/me", handler=get_current_user, family=Family.CODE),
)
