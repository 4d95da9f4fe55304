"""From rounds of figures to lines of a table."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

Rounds = Mapping[str, Sequence[float]]
"""By variant, one figure per round; the n-th figures were measured one right after the other."""


class Goal(NamedTuple):
    """What this client should reach.

    Attributes:
        text: How the table shows it.
        of_ratio: Whether it is about the ratio, not about the figure.
        holds: Whether a number reaches it.
    """

    text: str
    of_ratio: bool
    holds: Callable[[float], bool]


class Row(NamedTuple):
    """One line.

    Attributes:
        work: What was done.
        variant: By whom.
        figure: Median over the rounds.
        unit: Of the figure.
        low: The least of the rounds.
        high: The most.
        ratio: To the yardstick: the median over the rounds of the ratio within a round, since
            two figures of one round met the same machine.
        yardstick: Whom it was compared with.
        goal: What was to be reached, for this client.
        met: Whether it was.
    """

    work: str
    variant: str
    figure: float
    unit: str
    low: float
    high: float
    ratio: float
    yardstick: str
    goal: str | None = None
    met: bool | None = None


def at_most_ratio(limit: float) -> Goal:
    return Goal(f"ratio <= {limit:.2f}", of_ratio=True, holds=lambda ratio: ratio <= limit)


def at_least_ratio(limit: float) -> Goal:
    return Goal(f"ratio >= {limit:.2f}", of_ratio=True, holds=lambda ratio: ratio >= limit)


def below(limit: float, unit: str) -> Goal:
    return Goal(f"< {limit:g} {unit}", of_ratio=False, holds=lambda figure: figure < limit)


def fastest(rounds: Rounds, variants: Sequence[str]) -> str:
    """The variant with the highest median."""
    return max(variants, key=lambda name: median(rounds[name]))


def rows(
    work: str,
    unit: str,
    rounds: Rounds,
    *,
    yardstick: str,
    ours: str,
    goal: Goal | None = None,
) -> list[Row]:
    """A line per variant; the goal stands beside ours."""
    found: list[Row] = []
    for variant, figures in rounds.items():
        ratio = median(
            figure / base if base else float(figure > 0)
            for figure, base in zip(figures, rounds[yardstick], strict=True)
        )
        figure = median(figures)
        held = goal if variant == ours else None
        found.append(
            Row(
                work,
                variant,
                figure,
                unit,
                min(figures),
                max(figures),
                ratio,
                yardstick,
                held.text if held else None,
                held.holds(ratio if held.of_ratio else figure) if held else None,
            )
        )
    return found
