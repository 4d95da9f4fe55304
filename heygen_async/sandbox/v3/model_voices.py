"""``/v3/models/audio/voices``: voices of HeyGen's own speech model, a preview."""

import asyncio
import wave
from typing import Any, Final

from heygen_async.models.preview import InstantVoice, ProfessionalVoice
from heygen_async.sandbox import prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.ids import between
from heygen_async.sandbox.jobs import FAIL_TOKEN
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.previews import ModelVoice
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.world import Asset

LEAST_SECONDS: Final = 1200.0
"""Seconds of recordings that a professional voice needs."""

SLOTS: Final = 5
"""Professional voices that the account may have; failed ones do not count."""

TRAININGS_PER_SLOT: Final = 5
"""Trainings that each slot gives to the pool of a month; failed ones do not count."""

TRAINING: Final = (1200.0, 3600.0)
COPYING: Final = (8.0, 20.0)
"""Virtual seconds, from and to, that these take."""

_MONTH: Final = 30 * 24 * 3600.0
# 128 kbit a second: what a recording that tells no length counts as.
_BYTES_PER_SECOND: Final = 16_000


async def create_model_audio_voice(ctx: Context, call: Call) -> Reply:
    """Starts a voice, or trains a professional one again."""
    body = _body(call)
    files = [
        resolve(ctx, call, file, kind="audio", param=f"audio.{index}")
        for index, file in enumerate(body.audio)
    ]
    if isinstance(body, InstantVoice):
        return _started(ctx, call, _new(ctx, "instant", body.name, body.language or "en"))
    seconds = sum([await _seconds(ctx, each) for each in files])
    if seconds < LEAST_SECONDS:
        raise invalid("audio", f"audio: {seconds:.0f} s, at least {LEAST_SECONDS:.0f} s needed")
    # From here on nothing is awaited: two requests cannot share the last slot.
    voice = _again(ctx, body.voice_id) if body.voice_id is not None else None
    if voice is None:
        for name, given in (("name", body.name), ("language", body.language)):
            if given is None:
                raise invalid(name, f"{name}: Field required for a new voice")
        _check_slots(ctx)
    _check_trainings(ctx)
    if voice is None:
        voice = _new(ctx, "professional", body.name or "", body.language or "")
    return _started(ctx, call, voice)


def _again(ctx: Context, voice_id: str) -> ModelVoice:
    """The voice to train again, if that can be done."""
    voice = _found(ctx, voice_id)
    if voice.mode != "professional":
        raise invalid("voice_id", "voice_id: an instant voice cannot be trained again")
    if status_of(voice, ctx.clock.now()) == "PENDING":
        raise _not_ready(voice)
    return voice


def _body(call: Call) -> ProfessionalVoice | InstantVoice:
    """The request; a professional voice need not say its mode."""
    plain: dict[str, Any] = decode(call.body, dict[str, Any])
    instant = plain.get("mode") == "instant"
    body: ProfessionalVoice | InstantVoice = decode(
        call.body, InstantVoice if instant else ProfessionalVoice
    )
    return body


def _new(ctx: Context, mode: str, name: str, language: str) -> ModelVoice:
    voice_id = ctx.new_id("model_voice")
    gender = "female" if between(0, 1, voice_id) < 0.5 else "male"  # noqa: PLR2004 - a coin
    now = ctx.clock.now()
    return ModelVoice(
        id=voice_id,
        mode=mode,
        name=name,
        language=language,
        gender=gender,
        created=now,
        ready=now,
    )


def _started(ctx: Context, call: Call, voice: ModelVoice) -> Reply:
    now = ctx.clock.now()
    bounds = COPYING if voice.mode == "instant" else TRAINING
    voice.ready = now + ctx.span(bounds, f"{voice.id}:{now}")
    failure = "PREPROCESSING_FAILED" if voice.mode == "instant" else "TRAINING_FAILED"
    voice.failure = failure if FAIL_TOKEN in voice.name else None
    ctx.world.model_voices[voice.id] = voice
    if voice.mode == "professional" and voice.failure is None:
        ctx.world.trainings.append(now)
    ctx.charge(call, "model_voice_create", voice.id, prices.MODEL_VOICE)
    return Reply({"voice_id": voice.id}, status=202)


def _check_slots(ctx: Context) -> None:
    taken = sum(
        each.mode == "professional" and not each.deleted and each.failure is None
        for each in ctx.world.model_voices.values()
    )
    if taken >= SLOTS:
        words = f"All {SLOTS} professional voice slots are taken: delete a voice first."
        raise Refusal(400, "resource_limit_reached", words)


def _check_trainings(ctx: Context) -> None:
    world, since = ctx.world, ctx.clock.now() - _MONTH
    world.trainings = [at for at in world.trainings if at > since]
    most = SLOTS * TRAININGS_PER_SLOT
    if len(world.trainings) >= most:
        raise Refusal(400, "resource_limit_reached", f"All {most} trainings of the month are used.")


async def _seconds(ctx: Context, asset: Asset) -> float:
    """How long a recording is; one that we cannot fetch counts as long enough."""
    if asset.drawn is not None:
        return LEAST_SECONDS
    path = ctx.files.path(asset.id)

    def read() -> float:
        try:
            with wave.open(str(path), "rb") as file:
                return file.getnframes() / file.getframerate()
        except (OSError, EOFError, wave.Error, ZeroDivisionError):
            return asset.size / _BYTES_PER_SECOND

    return await asyncio.to_thread(read)


async def list_model_audio_voices(ctx: Context, call: Call) -> Reply:
    """Lists the account's voices, the newest first, in pages."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    token = call.query.get("token")
    if token == "":
        raise invalid("token", "token: must not be empty")
    now = ctx.clock.now()
    voices = [each for each in reversed(ctx.world.model_voices.values()) if not each.deleted]
    return page([_shown(each, now) for each in voices], limit=limit, token=token)


async def get_model_audio_voice(ctx: Context, call: Call) -> Reply:
    """Reads a voice."""
    return Reply(_shown(_found(ctx, call.params["voice_id"]), ctx.clock.now()))


async def delete_model_audio_voice(ctx: Context, call: Call) -> Reply:
    """Deletes a voice; again is as good, while it is trained is not."""
    voice_id = call.params["voice_id"]
    voice = ctx.world.model_voices.get(voice_id)
    if voice is None:
        raise _unknown(voice_id)
    pending = status_of(voice, ctx.clock.now()) == "PENDING"
    if pending and voice.mode == "professional" and not voice.deleted:
        raise _not_ready(voice)
    voice.deleted = True
    return Reply({"status": "ok"})


def status_of(voice: ModelVoice, now: float) -> str:
    """``PENDING``, and then ``ACTIVE`` or ``FAILED``."""
    if now < voice.ready:
        return "PENDING"
    return "FAILED" if voice.failure else "ACTIVE"


def speaking_voice(ctx: Context, voice_id: str) -> ModelVoice:
    """The voice with an id, if it can speak.

    Raises:
        Refusal: 404 when it is unknown, 409 while it is trained and when that failed.
    """
    voice = _found(ctx, voice_id)
    status = status_of(voice, ctx.clock.now())
    if status == "PENDING":
        raise Refusal(409, "voice_not_ready", f"Voice {voice_id} is still being trained.")
    if status == "FAILED":
        raise Refusal(409, "voice_training_failed", f"The training of {voice_id} failed.")
    return voice


def _found(ctx: Context, voice_id: str) -> ModelVoice:
    voice = ctx.world.model_voices.get(voice_id)
    if voice is None or voice.deleted:
        raise _unknown(voice_id)
    return voice


def _unknown(voice_id: str) -> Refusal:
    return missing("voice_not_found", f"Voice {voice_id} not found.")


def _not_ready(voice: ModelVoice) -> Refusal:
    words = f"Voice {voice.id} is being trained: wait until that has ended."
    return Refusal(409, "resource_not_ready", words)


def _shown(voice: ModelVoice, now: float) -> dict[str, Any]:
    status = status_of(voice, now)
    return {
        "voice_id": voice.id,
        "mode": voice.mode,
        "name": voice.name,
        "language": voice.language,
        "status": status,
        "created_at": int(voice.created),
        "failure_reason": voice.failure if status == "FAILED" else None,
    }


_PATH: Final = "/v3/models/audio/voices"
ROUTES: Final = (
    Route(method="POST", path=_PATH, handler=create_model_audio_voice, keyed=True),
    Route(method="GET", path=_PATH, handler=list_model_audio_voices),
    Route(method="GET", path=f"{_PATH}/{{voice_id}}", handler=get_model_audio_voice),
    Route(method="DELETE", path=f"{_PATH}/{{voice_id}}", handler=delete_model_audio_voice),
)
