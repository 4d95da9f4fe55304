"""What an observer is called with: ``HeyGen(observers=[print])``."""

from heygen_async.orchestrator.jobs import State, StateChanged
from heygen_async.orchestrator.plans import StepFinished
from heygen_async.transport.events import (
    CallFinished,
    DeprecationNoticed,
    DownloadProgress,
    Event,
    Observer,
    RetryScheduled,
    StatusChanged,
    UnknownValueSeen,
    UploadProgress,
)

__all__ = [
    "CallFinished",
    "DeprecationNoticed",
    "DownloadProgress",
    "Event",
    "Observer",
    "RetryScheduled",
    "State",
    "StateChanged",
    "StatusChanged",
    "StepFinished",
    "UnknownValueSeen",
    "UploadProgress",
]
