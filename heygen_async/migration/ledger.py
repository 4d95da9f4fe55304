"""What becomes of every field of an old request: nothing that was set goes without a word."""

from collections.abc import Iterable
from typing import Any, cast

import msgspec

from heygen_async.migration.results import Note, NoteKind
from heygen_async.models.base import Request
from heygen_async.wire import redact

_NO_FIELD = "v3 has no field for it."


class Ledger:
    """Keeps the notes on one request.

    Attributes:
        notes: What is to be told, in the order in which it was found.
        implied: Paths of what v3 does anyway.
    """

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.implied: list[str] = []
        self._opened: dict[str, Fields] = {}
        self._said: set[object] = set()

    def open(self, source: Request, path: str = "") -> "Fields":
        """Looks into an object: what is never asked of it counts as dropped."""
        return self._opened.setdefault(path, Fields(self, source, path))

    def first(self, thing: object) -> bool:
        """Whether it is the first time that this is asked."""
        new = thing not in self._said
        self._said.add(thing)
        return new

    def close(self, path: str) -> None:
        """Asks no more of an object of which everything is told by one note."""
        self._opened.pop(path, None)

    def settle(self) -> None:
        """Notes every field that nobody has asked for."""
        for fields in self._opened.values():
            fields.drop_rest()


class Fields:
    """One object of an old request. What is taken from it is carried over.

    Attributes:
        source: The object.
        ledger: Where its notes go.
    """

    def __init__(self, ledger: Ledger, source: Request, path: str) -> None:
        self.source: Any = source
        self.ledger = ledger
        self._path = path
        self._seen: set[str] = set()

    def take(self, name: str) -> Any:
        """The value of a field, which the new request will hold."""
        self._seen.add(name)
        return getattr(self.source, name)

    def carry(self, *names: str, **renamed: str) -> dict[str, Any]:
        """Several values by the names that the new request has for them.

        Args:
            names: Fields with the same name there.
            renamed: The new name, and the old one.
        """
        pairs = [*((name, name) for name in names), *renamed.items()]
        found = {new: self.take(old) for new, old in pairs}
        return {name: value for name, value in found.items() if value is not None}

    def at(self, name: str) -> "Fields | None":
        """The object in a field, to be looked into; None when it was left out."""
        return None if getattr(self.source, name) is None else self.open(name)

    def open(self, name: str) -> "Fields":
        """The object in a field that is set."""
        return self.ledger.open(self.take(name), self._at(name))

    def each(self, name: str) -> list["Fields"]:
        """The objects of a list, to be looked into."""
        return [
            self.ledger.open(value, f"{self._at(name)}[{index}]")
            for index, value in enumerate(self.take(name) or ())
        ]

    def members(self, name: str) -> dict[str, "Fields"]:
        """The objects of a mapping, to be looked into."""
        found: dict[str, Request] = self.take(name)
        where = self._at(name)
        return {key: self.ledger.open(each, f"{where}.{key}") for key, each in found.items()}

    def note(self, kind: NoteKind, name: str, reason: str, instead: str = "") -> None:
        """Tells something about a field, whether it is set or not."""
        value = shown(self.take(name))
        self.ledger.notes.append(
            Note(field=self._at(name), value=value, kind=kind, reason=reason, instead=instead)
        )

    def imply(self, *names: str) -> None:
        """Fields that say what v3 does anyway."""
        self.ledger.implied += [self._at(each) for each in names if self.take(each) is not None]

    def drop(
        self, name: str, *, usual: object = None, reason: str = _NO_FIELD, instead: str = ""
    ) -> None:
        """A field that v3 does not have.

        Args:
            name: The field.
            usual: The value that means what v3 does anyway: then nothing is lost.
            reason: Why it is not there.
            instead: What to do about it.
        """
        value = self.take(name)
        if value is None:
            return
        if value == usual:
            self.imply(name)
        else:
            self.note("dropped", name, reason, instead)
            self.ledger.close(self._at(name))

    def drop_rest(self) -> None:
        """Fields that nobody has asked for."""
        for name in self.source.__struct_fields__:
            if name not in self._seen and getattr(self.source, name) is not None:
                self.drop(name)

    def where(self, name: str) -> str:
        """The path of a field."""
        return self._at(name)

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def shown(value: object) -> Any:
    """A value as plain data, in which no address shows its query."""
    plain = msgspec.to_builtins(value)
    match plain:
        case str():
            return redact.url(plain) if "://" in plain else plain
        case dict():
            pairs = cast("dict[str, Any]", plain).items()
            return {name: shown(each) for name, each in pairs}
        case list():
            return [shown(each) for each in cast("Iterable[Any]", plain)]
        case _:
            return plain
