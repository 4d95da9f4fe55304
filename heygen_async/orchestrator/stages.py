"""Stages: pieces of work that an item passes one after the other, each with a bound of its own."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from heygen_async.errors import ConfigError

In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)
Next = TypeVar("Next")


class Chain(Generic[In_contra, Out_co]):
    """Stages one after the other: ``write | studio.videos() | publish``.

    What one stage returns, the next one is given. Made with ``|``, never by hand.

    Attributes:
        stages: In their order.

    Raises:
        ConfigError: Two of the stages have the same name.
    """

    def __init__(self, *stages: "Stage[Any, Any]") -> None:
        self.stages: tuple[Stage[Any, Any], ...] = stages
        names = [stage.name for stage in stages]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ConfigError(f"two stages of a chain have the same name: {', '.join(twice)}")

    def __or__(self, following: "Chain[Out_co, Next]") -> "Chain[In_contra, Next]":
        return Chain(*self.stages, *following.stages)

    def __repr__(self) -> str:
        return " | ".join(f"{stage.name} x {stage.at_once}" for stage in self.stages)


class Stage(Chain[In_contra, Out_co]):
    """One piece of work: ``Stage("publish", publish, at_once=2)``.

    Any async function of one argument will do, and so will a plan of the orchestrator:
    ``Stage("avatar", studio.photo_avatar, at_once=4)``.

    Args:
        name: Names it in results: their ``stage`` and ``spans``.
        work: Does it. What it raises fails its item, and no other. Broken off, it should let the
            ``CancelledError`` out; if it does not, its item goes no further all the same.
        at_once: How many items may be in it at once.

    Raises:
        ConfigError: ``at_once`` is below 1.
    """

    def __init__(
        self, name: str, work: Callable[[In_contra], Awaitable[Out_co]], *, at_once: int = 1
    ) -> None:
        if at_once < 1:
            raise ConfigError(f"at_once of stage {name!r} must be at least 1, got {at_once}")
        self.name: str = name
        self.at_once: int = at_once
        self._work = work
        super().__init__(self)

    def start(self, index: int, item: In_contra, flow: object) -> Awaitable[Out_co]:  # noqa: ARG002  rows need them
        """The work on one item.

        Args:
            index: The item's number, from 0.
            item: What the stage before returned.
            flow: Stands for the flow that the item is in: several may share a stage.
        """
        return self._work(item)

    def reached(self, item: In_contra, error: Exception) -> object:  # noqa: ARG002  rows need it
        """What a result shows of an item that fails here: what it was before.

        Args:
            item: What the stage before returned.
            error: Why it fails.
        """
        return item
