"""Many jobs at once: uploads, renders and downloads, each with a bound of its own."""

from heygen_async.orchestrator.jobs import Outcome, Span, Stage, StageChanged, VideoJob
from heygen_async.orchestrator.plans import PhotoAvatarPlan, PhotoAvatarResult, StepFinished
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.studio import Orchestrator

__all__ = [
    "Orchestrator",
    "Outcome",
    "PhotoAvatarPlan",
    "PhotoAvatarResult",
    "Slots",
    "Span",
    "Stage",
    "StageChanged",
    "StepFinished",
    "VideoJob",
]
