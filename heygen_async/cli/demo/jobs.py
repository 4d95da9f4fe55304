"""From rows to jobs for the orchestrator."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from heygen_async.cli.demo.inputs import ASPECTS, Row
from heygen_async.models import Asset, AvatarVideo, Background, Caption, Voice
from heygen_async.models.v2 import (
    ColorBackground,
    Dimension,
    GenerateVideo,
    Scene,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.models.videos import AspectRatio
from heygen_async.orchestrator import VideoJob

_PICTURE: Final = "background"
_RATIOS: Final[dict[str, AspectRatio]] = {"16:9": "16:9", "9:16": "9:16", "1:1": "1:1"}


def target(folder: Path, row: Row) -> Path:
    """The file that a row becomes."""
    return folder / f"{row.key}.mp4"


def v3_job(row: Row, *, look_id: str, voice_id: str, folder: Path) -> VideoJob:
    """A video of a v3 look; a background picture goes up with it."""

    def request(assets: Mapping[str, Asset]) -> AvatarVideo:
        background = None
        if row.color is not None:
            background = Background(type="color", value=row.color)
        elif _PICTURE in assets:
            background = Background(type="image", asset_id=assets[_PICTURE].asset_id)
        return AvatarVideo(
            avatar_id=look_id,
            title=row.title,
            script=row.script,
            voice_id=voice_id,
            resolution="720p",
            aspect_ratio=_RATIOS[row.aspect],
            background=background,
            caption=Caption(file_format="srt", style="default") if row.captions else None,
        )

    files = {} if row.picture is None else {_PICTURE: row.picture}
    return VideoJob(
        request=request,
        key=row.key,
        files=files,
        target=target(folder, row),
        file="captioned_video_url" if row.captions else None,
        overwrite=True,
    )


def v2_job(row: Row, *, look_id: str, voice_id: str, folder: Path) -> VideoJob:
    """A video of a look of a trained v2 photo avatar."""
    width, height = ASPECTS[row.aspect]
    scene = Scene(
        character=TalkingPhoto(talking_photo_id=look_id),
        voice=TextVoice(input_text=row.script, voice_id=voice_id),
        background=None if row.color is None else ColorBackground(value=row.color),
    )
    request = GenerateVideo(
        video_inputs=[scene],
        dimension=Dimension(width=width, height=height),
        title=row.title,
        caption=True if row.captions else None,
        caption_mode="burn_in" if row.captions else None,
    )
    return VideoJob(
        request=request,
        key=row.key,
        target=target(folder, row),
        file="video_url_caption" if row.captions else None,
        overwrite=True,
    )


def cast(rows: Sequence[Row], voices: Sequence[Voice]) -> dict[str, Voice]:
    """A voice for every row, by its key: all take their turn."""
    return {row.key: voices[index % len(voices)] for index, row in enumerate(rows)}
