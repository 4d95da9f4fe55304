"""Many jobs at once, through stages of ours and of one's own, each with a bound of its own."""

from heygen_async.orchestrator.avatar_plans import (
    AvatarResult,
    AvatarVideoPlan,
    DigitalTwinPlan,
    FinishedVideo,
    PhotoGroupPlan,
    PromptAvatarPlan,
)
from heygen_async.orchestrator.estimates import Cost, Costed, Estimate, estimate
from heygen_async.orchestrator.jobs import Outcome, State, StateChanged, VideoJob
from heygen_async.orchestrator.made import Made, Sent
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
from heygen_async.orchestrator.video_plans import AgentVideoPlan, TranslationPlan

__all__ = [
    "AgentVideoPlan",
    "AvatarResult",
    "AvatarVideoPlan",
    "Chain",
    "Cost",
    "Costed",
    "DigitalTwinPlan",
    "Estimate",
    "FinishedVideo",
    "Made",
    "Orchestrator",
    "Outcome",
    "PhotoAvatarMade",
    "PhotoAvatarPlan",
    "PhotoAvatarResult",
    "PhotoGroupPlan",
    "PromptAvatarPlan",
    "Result",
    "Sent",
    "Slots",
    "Span",
    "Stage",
    "State",
    "StateChanged",
    "StepFinished",
    "TranslationPlan",
    "VideoJob",
    "VideoPlan",
    "VideoResult",
    "estimate",
]
