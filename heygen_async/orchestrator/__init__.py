"""Many jobs at once, through stages of ours and of one's own, each with a bound of its own."""

from heygen_async.orchestrator.estimates import Cost, Costed, Estimate, estimate
from heygen_async.orchestrator.jobs import Outcome, State, StateChanged, VideoJob
from heygen_async.orchestrator.plans import (
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    StepFinished,
    VideoPlan,
    VideoResult,
)
from heygen_async.orchestrator.results import Result, Span
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.stages import Chain, Stage
from heygen_async.orchestrator.studio import Orchestrator

__all__ = [
    "Chain",
    "Cost",
    "Costed",
    "Estimate",
    "Orchestrator",
    "Outcome",
    "PhotoAvatarMade",
    "PhotoAvatarPlan",
    "PhotoAvatarResult",
    "Result",
    "Slots",
    "Span",
    "Stage",
    "State",
    "StateChanged",
    "StepFinished",
    "VideoJob",
    "VideoPlan",
    "VideoResult",
    "estimate",
]
