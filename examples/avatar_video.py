"""An avatar of HeyGen's talks: list avatars and voices, generate, status, download (v2).

With HEYGEN_API_KEY it is made by HeyGen (and billed); without, by a sandbox inside this process:

    python examples/avatar_video.py hello.mp4
"""

import asyncio
import sys
import warnings
from contextlib import AsyncExitStack
from pathlib import Path

from quickstart import client

from heygen_async import HeyGen, HeyGenDeprecationWarning
from heygen_async.models.v2 import (
    AvatarCharacter,
    ColorBackground,
    Dimension,
    GenerateVideo,
    Scene,
    TextVoice,
)

SCRIPT = 'Hello. <break time="0.5s"/> I was on a list of avatars a moment ago.'


async def avatar_video(heygen: HeyGen, target: Path) -> Path:
    """Step by step, as the endpoints are; ``studio.avatar_video`` does the same in one call."""
    avatar = (await heygen.v2.avatars.list()).avatars[0]
    gender = (avatar.gender or "").lower()
    voices = [voice for voice in await heygen.v2.voices.list() if voice.language == "English"]
    alike = [voice for voice in voices if (voice.gender or "").lower() == gender]
    voice = (alike or voices)[0]
    print(f"{avatar.avatar_name} speaks with the voice of {voice.name}")

    job = await heygen.v2.videos.generate(
        GenerateVideo(
            dimension=Dimension(width=1280, height=720),
            video_inputs=[
                Scene(
                    character=AvatarCharacter(avatar_id=avatar.avatar_id),
                    voice=TextVoice(input_text=SCRIPT, voice_id=voice.voice_id),
                    background=ColorBackground(value="#1a1a2e"),
                )
            ],
        )
    )
    async for update in job.updates():
        print(f"video {job.id} is {update.status}")
    return await job.download(target, overwrite=True)


async def main(target: Path) -> None:
    """Does it with the key of the environment, or in a sandbox."""
    async with AsyncExitStack() as stack:
        heygen = await client(stack)
        print(f"{(await heygen.v2.users.remaining_quota()).credits:,.1f} credits are left")
        print(await avatar_video(heygen, target))


if __name__ == "__main__":
    warnings.simplefilter("ignore", HeyGenDeprecationWarning)
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "avatar.mp4")))
