"""A photo in, a trained avatar that talks out: HeyGen's guide to photo avatars, step by step (v2).

With HEYGEN_API_KEY it is made by HeyGen (and billed: 6.5 credits); without, by a sandbox inside
this process. With --at-once a plan makes the same in one call:

    python examples/photo_avatar.py talking.mp4 [--at-once]
"""

import asyncio
import sys
import warnings
from contextlib import AsyncExitStack
from pathlib import Path

import msgspec
from quickstart import PHOTO, client

from heygen_async import (
    HeyGen,
    HeyGenDeprecationWarning,
    PhotoAvatarMade,
    PhotoAvatarPlan,
    VideoPlan,
    estimate,
)
from heygen_async.models.v2 import (
    Dimension,
    GenerateLook,
    GenerateVideo,
    PhotoLook,
    Scene,
    TalkingPhoto,
    TextVoice,
)

NAME = "Chelsea"
LOOK = "avatar on a beach, in the evening sun"
SCRIPT = "Hello. I was trained a moment ago, and this is how I move."


async def trained(heygen: HeyGen, photos: list[Path]) -> str:
    """Uploads photos, makes a group of them, and trains it. Returns the group's id."""
    avatars = heygen.v2.photo_avatars
    assets = [await heygen.v2.assets.upload(photo) for photo in photos]
    keys = [asset.image_key for asset in assets if asset.image_key]  # groups take keys, not ids
    first = await (await avatars.create_group(name=NAME, image_key=keys[0])).wait()
    print(f"group {first.group_id}")
    for job in await avatars.add_looks(first.group_id, image_keys=keys[1:], name=NAME):
        print(f"look {(await job.wait()).id}")
    training = await avatars.train(first.group_id)
    async for update in training.updates():
        print(f"training is {update.status}")
    await training.wait()  # raises what went wrong, if anything did
    return first.group_id


async def moving(heygen: HeyGen, group_id: str) -> PhotoLook:
    """Generates a look, has it move, and gives it a sound."""
    avatars = heygen.v2.photo_avatars
    generation = await avatars.generate_look(
        GenerateLook(
            group_id=group_id,
            prompt=LOOK,
            orientation="square",
            pose="half_body",
            style="Realistic",
        )
    )
    pictures = await generation.wait()
    print(f"{len(pictures.image_key_list or [])} pictures: {LOOK}")
    (added,) = await avatars.add_looks(
        group_id,
        image_keys=(pictures.image_key_list or [])[:1],
        name=NAME,
        generation_id=generation.id,
    )
    still = await added.wait()
    motion = await (await avatars.add_motion(still.id)).wait()
    await avatars.add_sound_effect(motion.id)
    look = await avatars.get(motion.id)
    print(f"look {look.id} is {look.status}, it moves, and sounds: {look.background_sound_effect}")
    return look


async def step_by_step(heygen: HeyGen, photos: list[Path], target: Path) -> Path:
    """The whole guide, call by call."""
    look = await moving(heygen, await trained(heygen, photos))
    voices = await heygen.v2.voices.list()
    voice = next(voice for voice in voices if voice.language == "English")
    video = await heygen.v2.videos.generate(
        GenerateVideo(
            dimension=Dimension(width=1280, height=720),
            video_inputs=[
                Scene(
                    character=TalkingPhoto(talking_photo_id=look.id),
                    voice=TextVoice(input_text=SCRIPT, voice_id=voice.voice_id),
                )
            ],
        )
    )
    return await video.download(target, overwrite=True)


async def at_once(heygen: HeyGen, photos: list[Path], target: Path) -> Path | None:
    """The same in one call, which looks at the quota first."""
    plan = PhotoAvatarPlan(
        name=NAME,
        photos=photos,
        looks=[LOOK],
        video=VideoPlan(script=SCRIPT, target=target, overwrite=True),
    )
    notes = target.with_suffix(".json")  # whoever starts it again goes on where it was broken off

    def keep(made: PhotoAvatarMade) -> None:
        new = notes.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(made))
        new.replace(notes)

    made = PhotoAvatarMade()
    if notes.exists():
        made = msgspec.json.decode(notes.read_bytes(), type=PhotoAvatarMade)
    print(", ".join(map(str, estimate(plan, made=made).costs)))
    async with heygen.orchestrator() as studio:
        result = await studio.photo_avatar(plan, made=made, keep=keep)
    notes.unlink(missing_ok=True)
    return None if result.video is None else result.video.path


async def main(target: Path, *, plan: bool) -> None:
    """Does it with the key of the environment, or in a sandbox."""
    make = at_once if plan else step_by_step
    async with AsyncExitStack() as stack:
        print(await make(await client(stack), [PHOTO, PHOTO], target))


if __name__ == "__main__":
    warnings.simplefilter("ignore", HeyGenDeprecationWarning)
    targets = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    asyncio.run(main((targets or [Path("talking.mp4")])[0], plan="--at-once" in sys.argv))
