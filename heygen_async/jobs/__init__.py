"""Waiting: one board for all jobs of a client."""

from heygen_async.api.job import Job, JobUpdate
from heygen_async.jobs.board import StatusBoard
from heygen_async.jobs.cadence import Cadence

__all__ = ["Cadence", "Job", "JobUpdate", "StatusBoard"]
