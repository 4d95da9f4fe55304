"""What the HeyGen apps do: one function each, over the handlers of the sandbox's own v3."""

import asyncio
import shutil
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from heygen_async.models.base import Request
from heygen_async.sandbox import ageing, jobs
from heygen_async.sandbox.catalogue import VOICES, as_listed
from heygen_async.sandbox.dubs import Dubbed
from heygen_async.sandbox.inference import cloud, inputs
from heygen_async.sandbox.inference.house import AppError, House
from heygen_async.sandbox.v3 import (
    avatars,
    consent,
    lipsyncs,
    speech,
    translations,
    video_agents,
    videos,
)
from heygen_async.sandbox.world import Asset, Look

_MP4: Final = "video/mp4"


@dataclass(kw_only=True, slots=True)
class Made:
    """What comes of a run.

    Attributes:
        done: Virtual Unix time at which the app ends.
        output: What it gives back.
        error: Why it fails then.
    """

    done: float
    output: dict[str, Any] | None = None
    error: str | None = None


async def create_avatar(house: House, given: inputs.CreateAvatar) -> Made:
    """Makes an avatar look, and for a twin a page on which the person consents.

    Raises:
        AppError: What the type needs is missing, or HeyGen refuses.
    """
    # These rules are not in the schema: the real app finds out as late as this one.
    body: dict[str, Any] = {"type": given.type, "name": given.name}
    if given.type == "prompt":
        body["prompt"] = _needed(given, "prompt", given.prompt)
    else:
        body["file"] = _file(_needed(given, "file", given.file))
    body["avatar_group_id"] = given.avatar_group_id
    item = (await house.ask(avatars.create_avatar, body))["avatar_item"]
    look = house.world.looks[item["id"]]
    if look.failure is not None:
        words = f"Avatar generation failed [{look.failure.code}]: {look.failure.message}"
        return Made(done=look.ready, error=words)
    return Made(done=look.ready, output=await _avatar_shown(house.later(look.ready), look))


def _needed(given: inputs.CreateAvatar, name: str, value: str | None) -> str:
    if not value:
        raise AppError(f"{name} is required for type '{given.type}'")
    return value


async def _avatar_shown(house: House, look: Look) -> dict[str, Any]:
    call = house.call({})
    shown = avatars.look_shown(house, call, look)
    group = avatars.group_shown(house, call, house.world.groups[look.group_id])
    made = inputs.AvatarMade(
        avatar=inputs.Avatar(
            id=look.id,
            name=look.name,
            avatar_type=look.avatar_type,
            group_id=look.group_id,
            preview_image_url=shown["preview_image_url"],
            supported_engines=look.engines,
        ),
        group=inputs.Group(
            id=look.group_id,
            name=group["name"],
            consent_status=group["consent_status"],
            consent_url=await _consent_url(house, look.group_id, group["consent_status"]),
        ),
    )
    return _plain(made)


async def _consent_url(house: House, group_id: str, status: str | None) -> str | None:
    """A page for a twin that waits for consent; without one the task ends well all the same."""
    if status in {None, "approved"}:
        return None
    try:
        answer = await house.ask(consent.create_avatar_consent, {}, group_id=group_id)
    except AppError:
        return None
    url: str = answer["url"]
    return url


async def avatar_video(house: House, given: inputs.AvatarVideo) -> Made:
    """Makes a video of an avatar look.

    Raises:
        AppError: The look does not know the engine, or HeyGen refuses.
    """
    look = await house.ask(avatars.get_avatar_look, {}, look_id=given.avatar_id)
    five = given.engine == "avatar_v"
    if five and given.engine not in look["supported_api_engines"]:
        raise AppError(f"Avatar {given.avatar_id} does not support engine {given.engine}")
    body = _given(given) | {"type": "avatar", "engine": {"type": given.engine}}
    if five:
        body |= {"expressiveness": None, "motion_prompt": None}
    answer = await house.ask(videos.create_video, body)
    return _video(house, answer["video_id"])


async def list_resources(house: House, given: inputs.ListResources) -> Made:
    """Lists avatars and voices, those of the account first."""
    now, world = house.clock.now(), house.world
    found = inputs.Resources()
    if given.resource_type != "voices":
        looks = [
            look for look in world.looks.values() if ageing.look_status(look, now) == "completed"
        ]
        looks.sort(key=lambda look: look.public)
        found.avatars = [
            inputs.Resource(
                id=look.id,
                name=look.name,
                avatar_type=look.avatar_type,
                supported_engines=look.engines,
            )
            for look in looks[: given.limit]
        ]
    if given.resource_type != "avatars":
        clones = [
            as_listed(clone)
            for clone in world.clones.values()
            if ageing.clone_status(clone, now) == "complete"
        ]
        found.voices = [
            inputs.Resource(id=voice.voice_id, name=voice.name, avatar_type=voice.language)
            for voice in [*clones, *VOICES.values()][: given.limit]
        ]
    return Made(done=now, output=_plain(found))


async def photo_video(house: House, given: inputs.PhotoVideo) -> Made:
    """Makes a video of a picture.

    Raises:
        AppError: HeyGen refuses.
    """
    body = _given(given) | {"type": "image", "image": _file(given.image)}
    answer = await house.ask(videos.create_video, body)
    return _video(house, answer["video_id"])


async def video_agent(house: House, given: inputs.VideoAgent) -> Made:
    """Has an agent make a video.

    Raises:
        AppError: HeyGen refuses.
    """
    answer = await house.ask(video_agents.create_video_agent_session, _given(given))
    run = house.world.agents[answer["session_id"]].run
    if run.video_id is None:
        return Made(done=run.thought, error="Video agent session returned no video_id")
    return _video(house, run.video_id)


async def video_translate(house: House, given: inputs.VideoTranslate) -> Made:
    """Makes a video in another language.

    Raises:
        AppError: HeyGen refuses.
    """
    body = _given(given) | {"video": _file(given.video)}
    body["output_languages"] = [body.pop("output_language")]
    answer = await house.ask(translations.create_video_translation, body)
    return _dubbed(house, house.world.dubs[answer["video_translation_ids"][0]])


async def lipsync(house: House, given: inputs.Lipsync) -> Made:
    """Makes a video with another recording.

    Raises:
        AppError: HeyGen refuses.
    """
    body = _given(given) | {"video": _file(given.video), "audio": _file(given.audio)}
    answer = await house.ask(lipsyncs.create_lipsync, body)
    return _dubbed(house, house.world.dubs[answer["lipsync_id"]])


async def text_to_speech(house: House, given: inputs.TextToSpeech) -> Made:
    """Speaks a text.

    Raises:
        AppError: HeyGen refuses.
    """
    if jobs.FAIL_TOKEN in given.text:
        raise AppError("HeyGen API error (400): The text violates the moderation policy.")
    answer = await house.ask(speech.create_speech, _given(given))
    sound = await house.studio.sound(house.world.spoken[answer["request_id"]], format="mp3")
    file = cloud.result(house, house.task, "speech.mp3", size=sound.stat().st_size)
    await asyncio.to_thread(shutil.copyfile, sound, house.files.path(file.id))
    _asset(house, file.id, "speech.mp3", "audio/mpeg")
    return Made(done=house.clock.now(), output={"audio": house.task.base + cloud.path_of(file)})


def _video(house: House, video_id: str) -> Made:
    video = house.world.videos[video_id]
    if video.failure is not None:
        words = f"Video generation failed [{video.failure.code}]: {video.failure.message}"
        return Made(done=video.done, error=words)
    name, mime = ("video.webm", "video/webm") if video.shot.alpha else ("video.mp4", _MP4)
    return _copied(house, video.id, name, mime, done=video.done)


def _dubbed(house: House, made: Dubbed) -> Made:
    if made.failure is not None:
        subject = made.kind.replace("_", " ").capitalize()
        return Made(done=made.done, error=f"{subject} failed: {made.failure}")
    return _copied(house, made.id, "video.mp4", _MP4, done=made.done)


def _copied(house: House, thing: str, name: str, mime: str, *, done: float) -> Made:
    """A result that has the bytes of a video, a translation or a lipsync."""
    file = cloud.result(house, house.task, name)
    asset = _asset(house, file.id, name, mime)
    asset.copy_of = asset.drawn = thing
    uri = house.task.base + cloud.path_of(file)
    return Made(done=done + ageing.LINK_DELAY, output={"video": uri})


def _asset(house: House, asset_id: str, name: str, mime: str) -> Asset:
    asset = cloud.asset_of(asset_id, name, mime, created=house.clock.now())
    house.world.assets[asset_id] = asset
    return asset


def _given(given: Request) -> dict[str, Any]:
    """An input as the body of a request: what was left out has the app's defaults."""
    return {name: getattr(given, name) for name in given.__struct_fields__}


def _plain(struct: msgspec.Struct) -> dict[str, Any]:
    return dict(msgspec.to_builtins(struct))


def _file(url: str) -> dict[str, str]:
    return {"type": "url", "url": url}
