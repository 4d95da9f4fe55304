"""What the tests of plans share."""

import asyncio
from collections import Counter

from heygen_async.models.v2 import GeneratePhotos
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.catalogue import VOICES

VOICE = next(iter(VOICES))
DESCRIBE = GeneratePhotos(
    name="Ada",
    age="Unspecified",
    gender="Woman",
    ethnicity="Unspecified",
    orientation="square",
    pose="half_body",
    style="Realistic",
    appearance="A friendly engineer in a green jacket",
)


def tasks() -> list["asyncio.Task[object]"]:
    """What a plan has left running."""
    return [task for task in asyncio.all_tasks() if "heygen_async/orchestrator" in repr(task)]


def posts(sandbox: Sandbox) -> Counter[str]:
    """What was asked for that makes something, and how often."""
    paths = [request.path for request in sandbox.requests if request.method == "POST"]
    return Counter(path.removeprefix("/v2/photo_avatar/") for path in paths)
