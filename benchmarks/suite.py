"""What is measured, in which order."""

from collections.abc import Collection
from typing import Final

from benchmarks import (
    calls,
    decoding,
    download_work,
    importing,
    orchestrating,
    polling,
    upload_work,
    waiting,
)
from benchmarks.plan import Plan, Section
from benchmarks.rows import Row

SECTIONS: Final[tuple[Section, ...]] = (
    calls.SECTION,
    decoding.SECTION,
    importing.SECTION,
    upload_work.SECTION,
    download_work.SECTION,
    polling.SECTION,
    waiting.SECTION,
    orchestrating.SECTION,
)


def run(plan: Plan, only: Collection[str] = ()) -> list[Row]:
    """Everything, or only the sections of these names."""
    chosen = [section for section in SECTIONS if not only or section.name in only]
    return [row for section in chosen for row in section.run(plan)]
