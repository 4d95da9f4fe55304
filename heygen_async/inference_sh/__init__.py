"""HeyGen's apps at inference.sh: the same avatars and videos by another road.

async with Inference() as inference:
    made = await inference.run(apps.PhotoAvatar(name="Me", file=Path("me.jpg")))
    video = await inference.run(apps.AvatarVideo(avatar_id=made.output.avatar.id, script="Hello."))
    await inference.download(video, "hello.mp4")
"""

from heygen_async.inference_sh import apps
from heygen_async.inference_sh.client import Inference
from heygen_async.inference_sh.handle import TaskHandle
from heygen_async.inference_sh.local import FileInput, LocalFile
from heygen_async.inference_sh.models import (
    App,
    AppFunction,
    AppVersion,
    DeletedFiles,
    OutputFile,
    Session,
    SessionStatus,
    SkippedFile,
    StoredFile,
    Task,
    TaskEvent,
    TaskFile,
    TaskGlance,
    TaskLog,
    TaskLogs,
    TaskTimings,
)
from heygen_async.inference_sh.orders import RunOptions
from heygen_async.inference_sh.statuses import StatusScheme, TaskStatus, read_status
from heygen_async.inference_sh.webhooks import WebhookHint, read_webhook

__all__ = [
    "App",
    "AppFunction",
    "AppVersion",
    "DeletedFiles",
    "FileInput",
    "Inference",
    "LocalFile",
    "OutputFile",
    "RunOptions",
    "Session",
    "SessionStatus",
    "SkippedFile",
    "StatusScheme",
    "StoredFile",
    "Task",
    "TaskEvent",
    "TaskFile",
    "TaskGlance",
    "TaskHandle",
    "TaskLog",
    "TaskLogs",
    "TaskStatus",
    "TaskTimings",
    "WebhookHint",
    "apps",
    "read_status",
    "read_webhook",
]
