"""Writes the last table of docs/scripting.md: the rules, with a text for and against each."""

from pathlib import Path
from typing import Final

from heygen_async.scripting import RULES, Rule

TARGET: Final = Path(__file__).with_suffix(".md")
_HEAD: Final = "| rule | level | what | broken by | kept by |\n|---|---|---|---|---|\n"
_LONGEST: Final = 240


def render(page: str) -> str:
    """The page with its table made anew.

    Args:
        page: The page, which ends with the table.
    """
    return page.partition(_HEAD)[0] + _HEAD + "".join(map(_line, RULES.values()))


def _line(rule: Rule) -> str:
    number = "" if rule.number is None else f"{rule.number}. "
    given = "".join(f", with {name}={value!r}" for name, value in rule.given.items())
    cells = (
        f"{number}`{rule.id}`",
        rule.level,
        f"{rule.what} {rule.advice}".replace("<", "&lt;"),
        _example(rule.fails) + given,
        _example(rule.passes) + given,
    )
    return f"| {' | '.join(cells)} |\n"


def _example(text: str) -> str:
    shown = text.replace("\n", " ⏎ ").replace("|", "\\|")
    if len(shown) > _LONGEST:
        shown = f"{shown[:40]}… {len(text):,} characters"
    return f"`{shown}`"


if __name__ == "__main__":
    TARGET.write_text(render(TARGET.read_text("utf-8")), "utf-8")
