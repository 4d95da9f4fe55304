"""Fields of v1 and v2 that go by several names."""

from typing import Any

from msgspec.structs import force_setattr

from heygen_async.models.base import Reply


def same(reply: Reply, *names: str) -> None:
    """Fills fields that are names of one thing with the first of them that has come.

    Call it in ``__post_init__``: before that, nobody has seen the reply.

    Args:
        reply: What came.
        names: Of its fields; the value of the first one, where none has come.
    """
    found: list[Any] = [getattr(reply, name) for name in names]
    first: Any = next((each for each in found if each), found[0])
    for name in names:
        force_setattr(reply, name, first)
