"""The account, and what it can still spend."""

from heygen_async.models.base import OpenEnum, Reply


class BillingType(OpenEnum):
    """Which of the three blocks of a user is filled."""

    WALLET = "wallet"
    SUBSCRIPTION = "subscription"
    USAGE_BASED = "usage_based"


class AutoReload(Reply):
    """Whether the wallet fills itself up.

    Attributes:
        enabled: Whether it does.
        threshold_usd: Below which balance.
        amount_usd: By how much.
    """

    enabled: bool = False
    threshold_usd: float | None = None
    amount_usd: float | None = None


class Wallet(Reply):
    """A prepaid balance.

    Attributes:
        currency: ``usd`` or ``credits``.
        remaining_balance: What is left, in that currency.
        auto_reload: Whether it fills itself up.
    """

    currency: str = "usd"
    remaining_balance: float | None = None
    auto_reload: AutoReload | None = None


class CreditPool(Reply):
    """One pool of credits.

    Attributes:
        remaining: Credits left.
        resets_at: When it is filled again, as HeyGen writes it.
    """

    remaining: float | None = None
    resets_at: str | None = None


class SubscriptionCredits(Reply):
    """The pools of a subscription.

    Attributes:
        premium_credits: Of the plan.
        add_on_credits: Bought on top.
    """

    premium_credits: CreditPool | None = None
    add_on_credits: CreditPool | None = None


class Subscription(Reply):
    """A web plan.

    Attributes:
        plan: Its name.
        credits: What is left.
    """

    plan: str = ""
    credits: SubscriptionCredits | None = None


class UsageBased(Reply):
    """Billing by use.

    Attributes:
        spending_current_usd: Spent in this period.
        spending_cap_usd: Most that may be spent.
        included_credits: Credits of the contract.
        remaining_credits: Credits left of those.
    """

    spending_current_usd: float | None = None
    spending_cap_usd: float | None = None
    included_credits: float | None = None
    remaining_credits: float | None = None


class User(Reply):
    """The account that the key belongs to. Exactly one of the three blocks is filled.

    Attributes:
        username: Login; empty where v1 sends none.
        email: Address.
        first_name: First name.
        last_name: Last name.
        billing_type: Which block is filled.
        wallet: Prepaid, by API key.
        subscription: Web plan.
        usage_based: Enterprise.
    """

    username: str = ""
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    billing_type: BillingType | None = None
    wallet: Wallet | None = None
    subscription: Subscription | None = None
    usage_based: UsageBased | None = None
