"""A photo, footage or words become an avatar: through HeyGen's v3, and through inference.sh.

With HEYGEN_API_KEY and INFERENCE_API_KEY it is done there (and billed: inference.sh takes $1.00 for
an avatar); without, by a sandbox inside this process, which is both of them:

    python examples/create_avatar.py talking.mp4
"""

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from heygen_async import HeyGen, World
from heygen_async.inference_sh import Inference, apps
from heygen_async.models import CreateAvatar, DigitalTwin, PhotoAvatar, PromptAvatar
from heygen_async.sandbox import Sandbox
from heygen_async.testing.clock import ScaledClock

PHOTO = Path(__file__).parent / "media" / "chelsea.jpg"
PROMPT = "a friendly cat at a desk, studio light"
SPEED = 150.0  # the sandbox's and the clients' clocks agree, so waiting is short here too


async def clients(stack: AsyncExitStack) -> tuple[HeyGen, Inference]:
    """Both roads; a sandbox is at the end of both when a key is missing."""
    if os.environ.get("HEYGEN_API_KEY") and os.environ.get("INFERENCE_API_KEY"):
        heygen, inference = HeyGen(), Inference()
    else:
        sandbox = await stack.enter_async_context(Sandbox(speed=SPEED))
        world = World(clock=ScaledClock(SPEED))
        heygen = HeyGen(api_key="any", base_url=sandbox.url, world=world)
        inference = Inference(api_key="any", base_url=sandbox.url, world=world)
    return await stack.enter_async_context(heygen), await stack.enter_async_context(inference)


async def through_inference(inference: Inference, request: apps.CreateAvatar) -> apps.NewAvatar:
    """One task, paid for once. A file in the request is uploaded on the way."""
    started = await inference.run(request, wait=False)
    task = inference.task(started.id, type(request))  # as good in another process
    async for update in task.updates():
        print(f"  task {task.id} is {update.status.word}")
    made = (await task.wait()).output
    if made.group.consent_url:
        print(f"  the person consents at {made.group.consent_url}")
    return made.avatar


async def through_v3(heygen: HeyGen, request: CreateAvatar) -> str:
    """The same at HeyGen itself. Returns the id of the look."""
    job = await heygen.avatars.create(request)
    if isinstance(request, DigitalTwin):
        look = await job.read()
        consent = await heygen.avatars.create_consent(look.group_id or "")
        if consent.created:
            print(f"  the person consents at {consent.created.url}")
    else:
        async for update in job.updates():
            print(f"  look {job.id} is {update.status}")
    return job.id


async def talk(inference: Inference, avatar_id: str, target: Path) -> Path:
    """Lets an avatar speak, and fetches the video."""
    video = await inference.run(
        apps.AvatarVideo(avatar_id=avatar_id, script="Hello. I came by another road.")
    )
    return await inference.download(video, target, overwrite=True)


async def both(heygen: HeyGen, inference: Inference, target: Path) -> list[str]:
    """Three ways on each road. Returns the ids of the looks."""
    print("photo, through inference.sh")
    photo = await through_inference(inference, apps.PhotoAvatar(name="Chelsea", file=PHOTO))
    footage = await talk(inference, photo.id, target)
    print("footage, through inference.sh")
    twin = await through_inference(inference, apps.DigitalTwin(name="Twin", file=footage))
    print("words, through inference.sh")
    drawn = await through_inference(inference, apps.PromptAvatar(name="Cat", prompt=PROMPT))

    ids = [photo.id, twin.id, drawn.id]
    requests: dict[str, CreateAvatar] = {
        "photo": PhotoAvatar(name="Chelsea", file=PHOTO),
        "footage": DigitalTwin(name="Twin", file=footage),
        "words": PromptAvatar(name="Cat", prompt=PROMPT),
    }
    for name, request in requests.items():
        print(f"{name}, through v3")
        ids.append(await through_v3(heygen, request))
    return ids


async def main(target: Path) -> None:
    """Does it with the keys of the environment, or in a sandbox."""
    async with AsyncExitStack() as stack:
        await both(*await clients(stack), target)
        print(target)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "talking.mp4")))
