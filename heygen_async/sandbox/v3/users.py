"""``/v3/users/me``: the account and its wallet."""

from typing import Final

from heygen_async.sandbox.context import Call, Context, Reply, Route

USERNAME: Final = "sandbox"
"""Whose account it is."""


async def get_current_user(ctx: Context, _call: Call) -> Reply:
    """Reads the account: a wallet, since it is asked with a key."""
    return Reply(
        {
            "username": USERNAME,
            "email": "sandbox@example.com",
            "first_name": "Sandy",
            "last_name": "Box",
            "billing_type": "wallet",
            "wallet": {
                "currency": "usd",
                "remaining_balance": round(ctx.world.balance, 4),
                "auto_reload": {"enabled": False, "threshold_usd": None, "amount_usd": None},
            },
            "subscription": None,
            "usage_based": None,
        }
    )


ROUTES: Final = (Route(method="GET", path="/v3/users/me", handler=get_current_user),)
