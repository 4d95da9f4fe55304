"""Many jobs at once: uploads, renders and downloads, each with a bound of its own."""

from heygen_async.orchestrator.estimates import Cost, Costed, Estimate, estimate
from heygen_async.orchestrator.jobs import Outcome, Span, State, StateChanged, VideoJob
from heygen_async.orchestrator.plans import (
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    StepFinished,
    VideoPlan,
    VideoResult,
)
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.studio import Orchestrator

__all__ = [
    "Cost",
    "Costed",
    "Estimate",
    "Orchestrator",
    "Outcome",
    "PhotoAvatarMade",
    "PhotoAvatarPlan",
    "PhotoAvatarResult",
    "Slots",
    "Span",
    "State",
    "StateChanged",
    "StepFinished",
    "VideoJob",
    "VideoPlan",
    "VideoResult",
    "estimate",
]
