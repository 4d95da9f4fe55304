"""Turns what a job shows into files, by way of the renderer, and only when somebody asks."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from heygen_async.sandbox.catalogue import StockVoice, find_voice
from heygen_async.sandbox.files import FileStore
from heygen_async.sandbox.people import Spoken
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Asset, Shot, World

if TYPE_CHECKING:
    from heygen_async.sandbox.media import ClipSpec, Cue, Renderer, Speech

_PREVIEW_SIDE: Final = 512
_MOTION_SECONDS: Final = 3.0
_LEAST_SOUND: Final = 1.0
_ASS_HEAD: Final = (
    "[Script Info]\nScriptType: v4.00+\n\n"
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


class Studio:
    """The renderer, and the way from ids to its specs.

    Args:
        folder: Where rendered files are kept.
        files: Where the bytes of assets lie.
        media: True for true renders, False for canned ones, None for whatever is installed.
    """

    def __init__(self, folder: Path, files: FileStore, *, media: bool | None) -> None:
        self._folder = folder
        self._files = files
        self._media = media
        self._renderer: Renderer | None = None

    @property
    def renderer(self) -> "Renderer":
        """The renderer, made when it is first needed."""
        if self._renderer is None:
            # Imported late: a sandbox that renders nothing should not pay for it.
            from heygen_async.sandbox.media import Renderer  # noqa: PLC0415

            self._renderer = Renderer(self._folder, real=self._media)
        return self._renderer

    async def aclose(self) -> None:
        """Ends the renderer, if there is one. Idempotent."""
        renderer, self._renderer = self._renderer, None
        if renderer is not None:
            await renderer.aclose()

    async def seconds(self, world: World, shot: Shot) -> float:
        """How long a shot will be.

        Raises:
            Refusal: 400, when its recording cannot be read.
        """
        from heygen_async.sandbox.media import RenderError  # noqa: PLC0415

        spec = await self.spec(world, shot)
        try:
            return (await self.renderer.speak(spec)).duration
        except RenderError as error:
            if spec.audio is None:
                raise
            raise Refusal(
                400, "invalid_parameter", f"The audio cannot be read: {error}", number=40044
            ) from None

    async def video(self, world: World, shot: Shot, *, captions: bool) -> Path:
        """The clip of a shot."""
        return await self.renderer.clip(await self.spec(world, shot, captions=captions))

    async def thumbnail(self, world: World, shot: Shot) -> Path:
        """A still of a shot, JPEG."""
        return await self.renderer.thumbnail(await self.spec(world, shot))

    async def gif(self, world: World, shot: Shot) -> Path:
        """An animated preview of a shot."""
        return await self.renderer.gif(await self.spec(world, shot))

    async def subtitles(self, world: World, shot: Shot, *, ass: bool = False) -> bytes:
        """The captions of a shot as SRT or, as v1 has them, as ASS."""
        from heygen_async.sandbox.media.captions import srt  # noqa: PLC0415

        speech = await self.renderer.speak(await self.spec(world, shot))
        return (_ass(speech.cues) if ass else srt(speech.cues)).encode()

    async def portrait(self, seed: str, width: int, height: int) -> Path:
        """A drawn portrait, JPEG; the same seed always gives the same one."""
        from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

        spec = ClipSpec(
            width=width or _PREVIEW_SIDE, height=height or _PREVIEW_SIDE, avatar_id=seed
        )
        return await self.renderer.thumbnail(spec)

    async def sample(self, voice: StockVoice) -> Path:
        """A few words of a voice, WAV."""
        words = Spoken(
            id="",
            text=f"Hello, I am {voice.name}.",
            voice_id=voice.voice_id,
            gender=voice.gender.lower(),
            language=voice.language,
            speed=1.0,
        )
        return await self.sound(words)

    async def sound(self, spoken: Spoken, *, format: Literal["wav", "mp3"] = "wav") -> Path:  # noqa: A002
        """A spoken text."""
        return await self.renderer.audio(_heard(spoken), format=format)

    async def words(self, spoken: Spoken) -> "Speech":
        """How long a spoken text is, and when each of its words is heard."""
        return await self.renderer.speak(_heard(spoken))

    async def picture(self, world: World, asset_id: str | None) -> Path | None:
        """The file of an asset; a drawn one for an asset whose bytes we do not have."""
        asset = world.assets.get(asset_id) if asset_id else None
        return await self.file(asset) if asset is not None else None

    async def file(self, asset: Asset) -> Path:
        """The file of an asset."""
        if asset.drawn is None:
            return self._files.path(asset.id)
        if asset.base is None:
            return await self.portrait(asset.drawn, 0, 0)
        from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

        spec = ClipSpec(
            width=_PREVIEW_SIDE,
            height=_PREVIEW_SIDE,
            photo=str(self._files.path(asset.base)),
            fit="contain",
            background=_tint(asset.drawn),
        )
        return await self.renderer.thumbnail(spec)

    async def spec(self, world: World, shot: Shot, *, captions: bool = False) -> "ClipSpec":
        """What the renderer is told for a shot."""
        from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

        voice = find_voice(world, shot.voice_id)
        shown = world.assets.get(shot.photo) if shot.photo else None
        color, portrait = shot.color, shot.portrait
        if shown is not None and shown.drawn is not None:
            # What we drew is drawn again, so that its mouth moves.
            portrait = shown.drawn
            color = color or (_tint(shown.drawn) if shown.base else None)
            shown = world.assets.get(shown.base) if shown.base else None
        photo = await self.file(shown) if shown is not None else None
        backdrop = await self.picture(world, shot.backdrop)
        audio = world.assets.get(shot.audio) if shot.audio else None
        return ClipSpec(
            width=shot.width,
            height=shot.height,
            script=shot.script,
            voice_id=shot.voice_id,
            gender=voice.gender.lower() if voice else "",
            language=voice.language if voice else "English",
            speed=shot.speed,
            audio=str(self._files.path(audio.id)) if audio and audio.drawn is None else None,
            duration=shot.duration,
            avatar_id=portrait,
            photo=str(photo) if photo else None,
            fit=shot.fit,
            background=color,
            background_image=str(backdrop) if backdrop else None,
            circle=shot.circle,
            captions=captions,
            motion=shot.motion,
            alpha=shot.alpha,
            scenes=tuple(
                [await self.spec(world, scene, captions=captions) for scene in shot.scenes]
            ),
        )


def _heard(spoken: Spoken) -> "ClipSpec":
    from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

    return ClipSpec(
        width=16,
        height=16,
        script=spoken.text,
        voice_id=spoken.voice_id,
        gender=spoken.gender,
        language=spoken.language,
        speed=spoken.speed,
        duration=_LEAST_SOUND,
    )


def _tint(seed: str) -> str:
    """A calm colour for new surroundings."""
    red, green, blue = (64 + byte // 3 for byte in hashlib.sha256(seed.encode()).digest()[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


def _ass(cues: "Iterable[Cue]") -> str:
    def clock(seconds: float) -> str:
        minutes, rest = divmod(seconds, 60)
        return f"{int(minutes // 60)}:{int(minutes % 60):02}:{rest:05.2f}"

    lines = (
        f"Dialogue: 0,{clock(cue.start)},{clock(cue.end)},Default,,0,0,0,,{cue.text}\n"
        for cue in cues
    )
    return _ASS_HEAD + "".join(lines)


def motion_shot(portrait: str, photo: str | None, width: int, height: int) -> Shot:
    """The shot that shows how a look moves."""
    scale = min(1.0, _PREVIEW_SIDE / max(width, height, 1))
    return Shot(
        width=max(128, int(width * scale)) & ~1,
        height=max(128, int(height * scale)) & ~1,
        portrait=portrait,
        photo=photo,
        motion=True,
        duration=_MOTION_SECONDS,
    )
