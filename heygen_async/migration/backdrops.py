"""What lies behind a scene of v2."""

import base64
import struct
import zlib
from typing import Any, Final

from heygen_async.migration.ledger import Fields
from heygen_async.models import (
    AssetBase64,
    AssetId,
    AssetInput,
    AssetUrl,
    Background,
    ScenePlayback,
)
from heygen_async.models.studio import SceneBackground
from heygen_async.models.v2 import ColorBackground, ImageBackground, VideoBackground

_WHITE: Final = "#ffffff"
_EXTRA_BODY: Final = (
    "carry the field by extra_body: HeyGen's own command takes pictures and clips behind scenes"
    " since 2026-10-08, but no page shows how."
)
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def behind_avatar(scene: Fields) -> dict[str, Any]:
    """``background`` of a video of one avatar: a colour or a picture."""
    behind = scene.source.background
    if isinstance(behind, VideoBackground):
        scene.drop(
            "background",
            reason="v3's video of one avatar has a colour or a picture behind it, and no clip.",
            instead="Lay a transparent video (output_format='webm') over the clip yourself, or make"
            f" it a studio video and {_EXTRA_BODY}",
        )
        return {}
    fields = scene.at("background")
    if fields is None:
        return {}
    if isinstance(behind, ColorBackground):
        return {"background": Background(type="color", **fields.carry("value"))}
    if behind.fit == "cover":
        fields.note(
            "needs_attention", "fit", "No page of v3 says how a picture behind an avatar is fitted."
        )
    fields.drop("fit", reason="v3 fits a picture behind an avatar by itself.")
    found = fields.carry("url", asset_id="image_asset_id")
    return {"background": Background(type="image", **found)}


def behind_scene(scene: Fields) -> dict[str, Any]:
    """``background`` of an avatar in one of several scenes: a colour."""
    if isinstance(scene.source.background, ColorBackground):
        fields = scene.open("background")
        return {"background": SceneBackground(**fields.carry(color="value"))}
    scene.drop(
        "background",
        reason="Behind avatars of several scenes HeyGen's pages of v3 show colours only.",
        instead=f"Make the scene a video of its own, or {_EXTRA_BODY}",
    )
    return {}


def clip(scene: Fields) -> AssetInput | None:
    """The clip that fills a scene, if it is one."""
    if not isinstance(scene.source.background, VideoBackground):
        return None
    fields = scene.open("background")
    _whole(fields)
    return _asset(fields, "video_asset_id")


def playback(scene: Fields, *, narrated: bool) -> ScenePlayback:
    """How a clip is played that fills a scene; v2 never let its sound be heard."""
    fields = scene.open("background")
    style = fields.source.play_style
    if not narrated:
        fields.drop(
            "play_style",
            usual="full_video",
            reason="v3 shows a clip whole where nothing is said over it.",
        )
        return ScenePlayback(mute=True)
    if style is None:
        fields.note(
            "needs_attention",
            "play_style",
            "HeyGen's pages disagree on what v2 did with a clip that is too short; it is repeated.",
        )
    if style in {"once", "full_video"}:
        fields.note(
            "approximated",
            "play_style",
            "v3 has freeze, loop and fit_to_scene; its last picture is held.",
        )
        return ScenePlayback(mode="freeze", mute=True)
    return ScenePlayback(mode=fields.take("play_style") or "loop", mute=True)


def picture(scene: Fields) -> AssetInput:
    """The picture that fills a scene; one of a single colour where it was a colour."""
    behind = scene.source.background
    if isinstance(behind, ImageBackground):
        fields = scene.open("background")
        _whole(fields)
        return _asset(fields, "image_asset_id")
    if isinstance(behind, ColorBackground):
        scene.note(
            "changed", "background", "v3 has no empty scenes: a picture of the colour fills it."
        )
        return plain_picture(behind.value)
    scene.note(
        "needs_attention",
        "background",
        "v3 has no empty scenes: a white picture fills it.",
        "Give the scene a background of your choice.",
    )
    return plain_picture(_WHITE)


def plain_picture(color: str) -> AssetBase64:
    """A picture of one colour, as large as HeyGen wants pictures at least.

    Args:
        color: Such as ``#1a2b3c``.
    """
    side, bits, palette = 512, 1, 3
    header = struct.pack(">IIBBBBB", side, side, bits, palette, 0, 0, 0)
    rows = bytes((1 + side // 8) * side)
    chunks = {b"IHDR": header, b"PLTE": bytes.fromhex(color[1:]), b"IDAT": zlib.compress(rows, 9)}
    png = _SIGNATURE + b"".join(_chunk(*each) for each in [*chunks.items(), (b"IEND", b"")])
    return AssetBase64(media_type="image/png", data=base64.b64encode(png).decode())


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _whole(fields: Fields) -> None:
    fields.drop(
        "fit", usual="cover", reason="v3 fills the frame with it, and crops what is too much."
    )


def _asset(fields: Fields, name: str) -> AssetInput:
    url, asset_id = fields.take("url"), fields.take(name)
    return AssetId(asset_id=asset_id) if url is None else AssetUrl(url=url)
