"""JSON schemas of apps, as far as it takes to know which fields are files. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from heygen_async.inference_sh.plain import fields_of, items_of

_CHOICES = ("anyOf", "oneOf", "allOf")


class Schema:
    """What a schema says about one place of an input, in every variant that may hold there."""

    def __init__(self, root: dict[str, Any], nodes: Iterable[dict[str, Any]] | None = None) -> None:
        """The place at the top, when no other is named.

        Args:
            root: The whole schema, in which references are looked up.
            nodes: What it says about this place.
        """
        self._root = root
        self._nodes = [
            variant
            for node in ([root] if nodes is None else nodes)
            for variant in self._variants(node, frozenset())
        ]

    @property
    def is_file(self) -> bool:
        """Whether a file belongs here."""
        return any(node.get("format") == "file" for node in self._nodes)

    def field(self, name: str) -> "Schema":
        """The place of an object's field."""
        inner: list[Any] = []
        for node in self._nodes:
            known = fields_of(node.get("properties"))
            inner.append(known[name] if name in known else node.get("additionalProperties"))
        return Schema(self._root, map(fields_of, inner))

    def item(self, index: int) -> "Schema":
        """The place of a list's item."""
        inner: list[Any] = []
        for node in self._nodes:
            first = items_of(node.get("prefixItems"))
            inner.append(first[index] if index < len(first) else node.get("items"))
        return Schema(self._root, map(fields_of, inner))

    def _variants(self, node: dict[str, Any], seen: frozenset[str]) -> Iterator[dict[str, Any]]:
        """A node with everything that it refers to and lets choose from."""
        yield node
        reference = node.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            yield from self._variants(self._look_up(reference), seen | {reference})
        for word in _CHOICES:
            for choice in items_of(node.get(word)):
                yield from self._variants(fields_of(choice), seen)

    def _look_up(self, reference: str) -> dict[str, Any]:
        found: dict[str, Any] = self._root
        for step in reference.removeprefix("#").split("/")[1:]:
            found = fields_of(found.get(step.replace("~1", "/").replace("~0", "~")))
        return found
