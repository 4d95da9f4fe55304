"""Member: a resource that is made, and whose module is imported, when it is first asked for."""

from importlib import import_module
from typing import Any, Generic, Self, TypeVar, overload

R = TypeVar("R")


class Member(Generic[R]):
    """A resource as an attribute of what has ``_tools``. The same object each time.

    A program uses two or three of the fifty, and each brings the models that it speaks of.

    Args:
        module: Where it is, below ``heygen_async.api``.
        kind: Its class.
        needs: Names of other parts that it is made with, besides the tools.
    """

    def __init__(self, module: str, kind: str, *needs: str) -> None:
        self._module = module
        self._kind = kind
        self._needs = needs
        self._name = ""

    def load(self) -> type[R]:
        """Its class."""
        found: type[R] = getattr(import_module(f"heygen_async.api.{self._module}"), self._kind)
        return found

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: object, kind: type) -> R: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            return self
        make: Any = self.load()
        made = make(owner._tools, *(getattr(owner, name) for name in self._needs))  # noqa: SLF001
        # It hides this descriptor from now on.
        vars(owner)[self._name] = made
        return made
