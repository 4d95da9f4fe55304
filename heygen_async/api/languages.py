"""Jobs of one call in several languages: a handle for each, and one for all of them."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from heygen_async.api.job import Job
from heygen_async.errors import HeyGenError
from heygen_async.models.base import Record

T = TypeVar("T")


class TranslationResults(Record, Generic[T]):
    """What came of every language: each is in one of the two.

    Attributes:
        results: What is finished, by language.
        errors: Why there is nothing, by language.
    """

    results: dict[str, T]
    errors: dict[str, HeyGenError]


class TranslationJobs(Generic[T]):
    """Jobs of one call, one per language, in the order asked for.

    Iterating gives the jobs, ``jobs["German"]`` one of them.

    Attributes:
        jobs: The jobs by language; by their ids, should HeyGen answer more or fewer of them than
            languages were asked for.
    """

    __slots__ = ("jobs",)

    def __init__(self, languages: Sequence[str], jobs: Sequence[Job[T]]) -> None:
        matched = len(languages) == len(jobs)
        # What is paid for must stay within reach, also if it cannot be told for what it is.
        names = languages if matched else [job.id for job in jobs]
        self.jobs: dict[str, Job[T]] = dict(zip(names, jobs, strict=True))

    def __repr__(self) -> str:
        return f"<TranslationJobs {', '.join(self.jobs)}>"

    def __iter__(self) -> Iterator[Job[T]]:
        return iter(self.jobs.values())

    def __len__(self) -> int:
        return len(self.jobs)

    def __getitem__(self, language: str) -> Job[T]:
        return self.jobs[language]

    @property
    def ids(self) -> list[str]:
        """HeyGen's ids, in the order of the languages."""
        return [job.id for job in self.jobs.values()]

    async def wait(self, *, timeout: float | None = None) -> TranslationResults[T]:
        """Waits until every language has ended, well or not.

        One that fails, or takes too long, does not hide the others: look at ``errors``.
        Cancelling the wait cancels no job.

        Args:
            timeout: Seconds for each; a generous time for the kind of job when left out.
        """
        ended = await asyncio.gather(
            *(job.wait(timeout=timeout) for job in self), return_exceptions=True
        )
        results: dict[str, T] = {}
        errors: dict[str, HeyGenError] = {}
        for language, outcome in zip(self.jobs, ended, strict=True):
            if isinstance(outcome, HeyGenError):
                errors[language] = outcome
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                results[language] = outcome
        return TranslationResults(results=results, errors=errors)
