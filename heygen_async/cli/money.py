"""Balances in words."""

from heygen_async.models.users import User


def balance_line(user: User) -> str:
    """What is left, in the words of how the account is billed."""
    if (wallet := user.wallet) is not None and wallet.remaining_balance is not None:
        return f"{wallet.remaining_balance:,.2f} {wallet.currency.upper()}"
    if (plan := user.subscription) is not None:
        pools = plan.credits
        left = [
            pool.remaining
            for pool in ((pools.premium_credits, pools.add_on_credits) if pools else ())
            if pool is not None and pool.remaining is not None
        ]
        return f"{sum(left):,.0f} credits (plan {plan.plan})" if left else f"plan {plan.plan}"
    if (use := user.usage_based) is not None:
        if use.remaining_credits is not None:
            return f"{use.remaining_credits:,.0f} credits"
        if use.spending_cap_usd is not None and use.spending_current_usd is not None:
            return f"{use.spending_cap_usd - use.spending_current_usd:,.2f} USD below the cap"
    return "not told"
