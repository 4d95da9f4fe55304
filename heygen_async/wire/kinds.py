"""How often a call may be sent."""

from enum import Enum


class Kind(Enum):
    """How a call may be repeated. One line per endpoint says it, not the verb."""

    READ = "read"
    """Changes nothing."""
    IDEMPOTENT = "idempotent"
    """Changes something, and twice is the same as once: DELETE, PUT, ``complete``."""
    KEYED = "keyed"
    """A v3 POST that ``Idempotency-Key`` protects for 24 hours."""
    BODY_KEYED = "body_keyed"
    """Protected by a field of the body instead of the header."""
    ONCE = "once"
    """A POST that nothing protects: sent twice, it is done and billed twice."""
