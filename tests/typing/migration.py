"""Typical use of the bridge to v3, never run: new requests have the types that methods take."""

from typing import assert_type

from heygen_async import HeyGen, Migration, to_v3
from heygen_async.migration import Note, from_json
from heygen_async.models import (
    AvatarVideo,
    CreateSpeech,
    CreateVideoTranslation,
    ImageVideo,
    Request,
    StudioVideo,
    v2,
)


async def use(heygen: HeyGen, video: v2.GenerateVideo, photo: v2.GenerateAvatarIV) -> None:
    migration = to_v3(video, engine="avatar_iv", strict=True)
    assert_type(migration, Migration[AvatarVideo | StudioVideo])
    assert_type(migration.notes, tuple[Note, ...])
    assert_type(migration.lost, tuple[Note, ...])
    await heygen.videos.create(migration.request)
    assert_type(to_v3(photo).request, ImageVideo)
    await heygen.videos.create(to_v3(photo).request)


async def others(
    heygen: HeyGen,
    translation: v2.TranslateVideo,
    template: v2.GenerateTemplateVideo,
    prompt: v2.GenerateFromPrompt,
    speech: CreateSpeech,
) -> None:
    assert_type(to_v3(translation), Migration[CreateVideoTranslation])
    await heygen.translations.create(to_v3(translation).request)
    await heygen.templates.generate("t", request=to_v3(template, template_id="t").request)
    await heygen.video_agents.create(to_v3(prompt).request)
    await heygen.voices.create_speech(to_v3(speech).request)
    assert_type(from_json({"prompt": "A tour."}), Migration[Request])
