"""The other videos of one avatar: ``/v2/video/av4``, ``/v1/video.webm`` and ``/v2/videos``."""

import re
from typing import Any, Final

from heygen_async.migration.characters import engine_of, look, placed, tell_engine
from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.migration.sizes import sized
from heygen_async.migration.voices import said
from heygen_async.models import AssetId, AssetUrl, AvatarVideo, ImageVideo
from heygen_async.wire import dollars, rates

_KEY: Final = re.compile(r"image/([^/]+)/original(?:\.\w+)?")
_SAME: Final = (
    *("title", "resolution", "aspect_ratio", "voice_id", "audio_url", "audio_asset_id"),
    *("voice_settings", "background", "remove_background", "caption", "output_format"),
    *("callback_url", "callback_id"),
)
_SHAPES: Final = {"landscape": "16:9", "portrait": "9:16", "square": "1:1"}


def avatar_iv(fields: Fields, _options: Options) -> ImageVideo:
    """``/v2/video/av4/generate``: a picture that speaks."""
    fields.drop(
        "enhance_custom_motion_prompt",
        usual=False,
        reason="v3 takes a motion prompt as it is.",
        instead="Write it out.",
    )
    rate = 60 * dollars.VIDEO_RATES["photo_avatar", "avatar_iv"]
    fields.note(
        "needs_attention",
        "image_key",
        f"It cost {rates.AV4_VIDEO:g} credits a minute; v3 was last seen at {rate:.2f} USD.",
    )
    shape = fields.take("video_orientation")
    if shape is None:
        fields.note(
            "needs_attention",
            "video_orientation",
            "No page says what v2 took for none; v3 takes 16:9 at 1080p.",
        )
    size: dict[str, Any] = {}
    if shape is not None:
        size = {"resolution": "720p", "aspect_ratio": _SHAPES[shape]}
    return ImageVideo(
        image=keyed(fields, "image_key", fields.take("image_key")),
        **_heard(fields),
        **fields.carry("voice_id", "fit"),
        **fields.carry(title="video_title", motion_prompt="custom_motion_prompt"),
        **size,
    )


def _heard(fields: Fields) -> dict[str, Any]:
    """A recording, which v2 took beside a script; the script where there is none."""
    recorded = fields.carry("audio_url", "audio_asset_id")
    if not recorded:
        return said(fields, "script")
    fields.drop("script", reason="v3 takes a recording or a script, and gets the recording.")
    return recorded


def webm(fields: Fields, options: Options) -> AvatarVideo:
    """``/v1/video.webm``: a studio avatar on nothing."""
    placed(fields, "avatar_style", "normal")
    tell_engine(fields, "avatar_pose_id", options.drawn, photo=False)
    fields.note(
        "needs_attention",
        "avatar_pose_id",
        "v3 makes WebM of looks that were trained with matting only, and says so when asked.",
    )
    audio = fields.take("input_audio")
    place = "audio_url" if audio is not None and "://" in audio else "audio_asset_id"
    size: dict[str, Any] = {"resolution": "720p", "aspect_ratio": "16:9"}
    if fields.source.dimension is not None:
        size = sized(fields)
    return AvatarVideo(
        output_format="webm",
        engine=engine_of(options.drawn),
        **look(fields, "avatar_pose_id"),
        **said(fields, "input_text"),
        **fields.carry("voice_id", **{place: "input_audio"}),
        **size,
    )


def avatar_video(fields: Fields, options: Options) -> AvatarVideo | ImageVideo:
    """``/v2/videos``: what v3 takes, but for the names of who is seen."""
    found = said(fields, "script") | fields.carry(*_SAME)
    if fields.source.avatar_id is not None:
        return AvatarVideo(**look(fields, "avatar_id"), **_engine(fields, options), **found)
    found |= fields.carry("motion_prompt", "expressiveness")
    url, asset_id = fields.take("image_url"), fields.take("image_asset_id")
    image = AssetId(asset_id=asset_id) if url is None else AssetUrl(url=url)
    return ImageVideo(image=image, **found)


def _engine(fields: Fields, options: Options) -> dict[str, Any]:
    """``engine`` where the caller chose one, with what it allows."""
    if options.engine is None:
        fields.note(
            "needs_attention",
            "avatar_id",
            "No page says which engine v2 drew this with; v3 takes Avatar IV when none is named.",
            "Migrate with engine= for another one.",
        )
        return fields.carry("motion_prompt", "expressiveness")
    tell_engine(fields, "avatar_id", options.engine, photo=False)
    found: dict[str, Any] = {"engine": engine_of(options.engine)}
    if options.engine != "avatar_iv":
        fields.drop("expressiveness", reason="In v3 it is for Avatar IV only.")
    if options.engine == "avatar_iii":
        fields.drop("motion_prompt", reason="In v3 it is not for Avatar III.")
    allowed = {"avatar_iv": ("motion_prompt", "expressiveness"), "avatar_v": ("motion_prompt",)}
    return found | fields.carry(*allowed.get(options.engine, ()))


def keyed(fields: Fields, name: str, key: str) -> AssetId:
    """The asset that an image key stands for."""
    match = _KEY.fullmatch(key)
    if match is None:
        fields.note(
            "approximated",
            name,
            "v3 takes the id of an asset, which this key does not show.",
            "Put the id that the upload gave in its place.",
        )
        return AssetId(asset_id=key)
    fields.note(
        "needs_attention",
        name,
        "v3 takes the id of an asset, which is read out of the key.",
        "See that it is the id that the upload gave.",
    )
    return AssetId(asset_id=match[1])
