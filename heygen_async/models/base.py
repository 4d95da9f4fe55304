"""What requests and replies have in common: strict out, lenient in."""

from enum import StrEnum
from typing import Any, Final, Self, dataclass_transform

import msgspec


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class _Keywords(msgspec.StructMeta):
    """Makes every field of every subclass keyword-only, which msgspec does not inherit."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any
    ) -> "_Keywords":
        config.setdefault("kw_only", True)
        return super().__new__(cls, name, bases, namespace, **config)


class Record(msgspec.Struct, metaclass=_Keywords, frozen=True):
    """Plain facts that do not change: settings, events, outcomes."""


class Request(
    msgspec.Struct,
    metaclass=_Keywords,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """A body that we send. What is left at its default is not sent.

    Types, enums and limits are checked when the request is encoded, before anything is sent.
    """


class Reply(msgspec.Struct, metaclass=_Keywords, frozen=True, gc=False):
    """A body that we receive. Fields we do not know are ignored, most may be absent.

    ``gc=False`` keeps replies out of the garbage collector's sight, which halves decoding time;
    they are trees, so nothing can leak.
    """


_SECRETS: Final = frozenset(
    {"access_token", "credential", "realtime_endpoint", "sdp", "secret", "token", "upload_url"}
)


class KeepsSecrets(Reply):
    """A reply whose secrets are not shown, in no log and no traceback."""

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        shown = [(name, getattr(self, name)) for name in self.__struct_fields__]
        return [(name, "…" if name in _SECRETS and value else value) for name, value in shown]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"


class OpenEnum(StrEnum):
    """Words that HeyGen may add to: an unknown one survives and still compares as its text."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        # Not registered on the class: a server inventing words must not grow our memory.
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether this version of the library knows the word."""
        return self._name_ in type(self).__members__
