"""What an account of v2 can still spend."""

from heygen_async.models.base import Reply


class Quota(Reply):
    """The quota. HeyGen counts it in sixtieths of a credit.

    Attributes:
        remaining_quota: As HeyGen sends it: sixty times the credits; None where it says nothing.
        used_quota: The same for what is spent; rarely sent.
        details: Parts of it by name, in the same unit; may be empty.
    """

    remaining_quota: float | None = None
    used_quota: float | None = None
    details: dict[str, float | None] | None = None

    @property
    def credits(self) -> float | None:
        """Credits left: ``remaining_quota / 60``; None where HeyGen says nothing."""
        return None if self.remaining_quota is None else self.remaining_quota / 60
