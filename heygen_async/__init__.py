"""An asyncio-first client for the HeyGen video API.

async with HeyGen() as heygen:
    job = await heygen.videos.create(AvatarVideo(avatar_id="...", script="Hello."))
    await job.download("hello.mp4")
"""

from typing import TYPE_CHECKING

from heygen_async.lazy import lazily

if TYPE_CHECKING:
    from heygen_async import errors, events, migration, models, webhooks
    from heygen_async.api.completed import JobOutcome
    from heygen_async.api.job import Job, JobUpdate
    from heygen_async.api.languages import TranslationJobs, TranslationResults
    from heygen_async.api.streams import EventStream
    from heygen_async.client import HeyGen
    from heygen_async.config import Config, Timeouts
    from heygen_async.errors import HeyGenError
    from heygen_async.jobs.cadence import Cadence
    from heygen_async.jobs.inbox import Inbox
    from heygen_async.migration import Migration, to_v3
    from heygen_async.orchestrator import (
        AgentVideoPlan,
        AvatarResult,
        AvatarVideoPlan,
        Cost,
        DigitalTwinPlan,
        Estimate,
        FinishedVideo,
        Made,
        Orchestrator,
        Outcome,
        PhotoAvatarMade,
        PhotoAvatarPlan,
        PhotoAvatarResult,
        PhotoGroupPlan,
        PromptAvatarPlan,
        Result,
        Stage,
        TranslationPlan,
        VideoJob,
        VideoPlan,
        VideoResult,
        estimate,
    )
    from heygen_async.transport.clock import Clock, SystemClock, World
    from heygen_async.version import __version__
    from heygen_async.wire.calls import Call, Host, Route
    from heygen_async.wire.kinds import Kind
    from heygen_async.wire.retry import RetryPolicy
    from heygen_async.wire.soft_limits import HeyGenLimitWarning
    from heygen_async.wire.streams import ServerEvent
    from heygen_async.wire.sunset import HeyGenDeprecationWarning

__all__ = [
    "AgentVideoPlan",
    "AvatarResult",
    "AvatarVideoPlan",
    "Cadence",
    "Call",
    "Clock",
    "Config",
    "Cost",
    "DigitalTwinPlan",
    "Estimate",
    "EventStream",
    "FinishedVideo",
    "HeyGen",
    "HeyGenDeprecationWarning",
    "HeyGenError",
    "HeyGenLimitWarning",
    "Host",
    "Inbox",
    "Job",
    "JobOutcome",
    "JobUpdate",
    "Kind",
    "Made",
    "Migration",
    "Orchestrator",
    "Outcome",
    "PhotoAvatarMade",
    "PhotoAvatarPlan",
    "PhotoAvatarResult",
    "PhotoGroupPlan",
    "PromptAvatarPlan",
    "Result",
    "RetryPolicy",
    "Route",
    "ServerEvent",
    "Stage",
    "SystemClock",
    "Timeouts",
    "TranslationJobs",
    "TranslationPlan",
    "TranslationResults",
    "VideoJob",
    "VideoPlan",
    "VideoResult",
    "World",
    "__version__",
    "errors",
    "estimate",
    "events",
    "migration",
    "models",
    "to_v3",
    "webhooks",
]

lazily(
    __name__,
    {
        "": "errors events migration models webhooks",
        "api.completed": "JobOutcome",
        "api.job": "Job JobUpdate",
        "api.languages": "TranslationJobs TranslationResults",
        "api.streams": "EventStream",
        "client": "HeyGen",
        "config": "Config Timeouts",
        "errors": "HeyGenError",
        "jobs.cadence": "Cadence",
        "jobs.inbox": "Inbox",
        "migration": "Migration to_v3",
        "orchestrator": (
            "AgentVideoPlan AvatarResult AvatarVideoPlan Cost DigitalTwinPlan Estimate "
            "FinishedVideo Made Orchestrator Outcome PhotoAvatarMade PhotoAvatarPlan "
            "PhotoAvatarResult PhotoGroupPlan PromptAvatarPlan Result Stage TranslationPlan "
            "VideoJob VideoPlan VideoResult estimate"
        ),
        "transport.clock": "Clock SystemClock World",
        "version": "__version__",
        "wire.calls": "Call Host Route",
        "wire.kinds": "Kind",
        "wire.retry": "RetryPolicy",
        "wire.soft_limits": "HeyGenLimitWarning",
        "wire.streams": "ServerEvent",
        "wire.sunset": "HeyGenDeprecationWarning",
    },
)
