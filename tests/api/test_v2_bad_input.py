"""Bad input to v1 and v2: refused with its field, its value and its limit, and nothing is sent."""

from collections.abc import Callable
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError
from heygen_async.models import v2
from tests.transport.kit import Wire

ADDRESS = "must be a web address"


def filmed(**parts: Any) -> v2.GenerateVideo:
    voice = v2.TextVoice(input_text="Hi.", voice_id="vo1")
    return v2.GenerateVideo(video_inputs=[v2.Scene(**{"voice": voice, **parts})])


@pytest.mark.parametrize(
    ("call", "field", "limit"),
    [
        (
            lambda it: it.videos.generate(filmed(background=v2.ImageBackground(url="foo"))),
            "video_inputs[0].background.url",
            ADDRESS,
        ),
        (
            lambda it: it.videos.generate(filmed(background=v2.VideoBackground(url=""))),
            "video_inputs[0].background.url",
            ADDRESS,
        ),
        (
            lambda it: it.videos.generate(filmed(voice=v2.AudioVoice(audio_url=""))),
            "video_inputs[0].voice.audio_url",
            ADDRESS,
        ),
        (
            lambda it: it.videos.generate(
                filmed(voice=v2.TextVoice(input_text=" \n", voice_id="v"))
            ),
            "video_inputs[0].voice.input_text",
            "must not be blank",
        ),
        (
            lambda it: it.videos.generate(
                v2.GenerateVideo(
                    video_inputs=filmed().video_inputs,
                    dimension=v2.Dimension(width=1280, height=720),
                    aspect_ratio="9:16",
                )
            ),
            "aspect_ratio",
            "1280 by 720",
        ),
        (lambda it: it.videos.generate_av4({}), "request", "must be a GenerateAvatarIV"),
        (
            lambda it: it.videos.generate(
                v2.GenerateWebm(avatar_pose_id="a", avatar_style="normal", input_audio="x")
            ),
            "request",
            "must be a GenerateVideo",
        ),
        (lambda it: it.workflows.execute(filmed()), "request", "FaceSwap or FilmPrompt"),
        (
            lambda it: it.workflows.face_swap(
                source_image_url="not a url", target_video_url="https://x/v.mp4"
            ),
            "input.source_image_url",
            ADDRESS,
        ),
        (
            lambda it: it.translations.create(
                v2.TranslateVideo(
                    video_url="https://x/v.mp4", output_language="English", speaker_num=-1
                )
            ),
            "speaker_num",
            ">= 0",
        ),
        (
            lambda it: it.video_agent.generate(
                v2.GenerateFromPrompt(
                    prompt="x", duration_sec=10, config=v2.AgentConfig(duration_sec=50)
                )
            ),
            "config.duration_sec",
            "must not contradict",
        ),
        (
            lambda it: it.streaming.new_session(
                v2.NewStreamingSession(voice=v2.StreamingVoice(rate=-5))
            ),
            "voice.rate",
            "> 0",
        ),
        (
            lambda it: it.templates.generate(
                "t",
                request=v2.GenerateTemplateVideo(
                    variables=v2.template_variables({"a": "x", "typo": "y"})
                ),
                template=v2.LegacyTemplate(variables=[v2.LegacyTemplateVariable(name="a")]),
            ),
            "variables.typo",
            "is no variable",
        ),
        (lambda _: v2.template_variables({"a": 5}), "variables.a", "a text or"),  # type: ignore[dict-item]
        (
            lambda it: it.photo_avatars.add_looks("g", image_keys=None, name="n"),
            "image_keys",
            "list",
        ),
        (
            lambda it: it.personalized_videos.add_contact("p", variables_list="abc"),
            "variables_list",
            "list",
        ),
        (
            lambda it: it.personalized_videos.add_contact("p", variables_list={"email": "x"}),
            "variables_list",
            "list",
        ),
        (
            lambda it: it.personalized_videos.add_contact("p", variables_list=[{}]),
            "variables_list[0]",
            "length >= 1",
        ),
        (lambda it: it.translations.get_caption("t", caption_type="ass"), "caption_type", "srt or"),
        (lambda it: it.assets.list(file_type="pdf"), "file_type", "audio or video or image"),
        (lambda it: it.audio.list_voices(gender="robot"), "gender", "female or male"),
        (lambda it: it.folders.list(is_trash="yes"), "is_trash", "True or False"),
        (lambda it: it.avatars.list_groups(include_public="yes"), "include_public", "True or"),
        (lambda it: it.brand_voices.list(name_only=1), "name_only", "True or False"),
        (lambda it: it.videos.list(limit="5"), "limit", "1 to 100"),
        (lambda it: it.videos.list(limit=True), "limit", "1 to 100"),
        (lambda it: it.videos.list(limit=1.5), "limit", "1 to 100"),
        (lambda it: it.videos.list(max_items=-1), "max_items", "0 or more"),
    ],
)
async def test_what_is_wrong_is_refused_before_it_is_sent(
    heygen: HeyGen, wire: Wire, call: Callable[[Any], Any], field: str, limit: str
) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        await call(heygen.v2)
    assert refused.value.field == field
    assert limit in str(refused.value)
    assert not wire.sent


async def test_a_video_without_a_size_is_sent_with_one(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v2/video/generate", {"data": {"video_id": "v1"}}, repeat=True)
    await heygen.v2.videos.generate(filmed())
    tall = v2.GenerateVideo(video_inputs=filmed().video_inputs, aspect_ratio="9:16")
    await heygen.v2.videos.generate(tall)
    plain, ratio = (each.json for each in wire.sent)
    assert plain["dimension"] == {"width": 1280, "height": 720}
    assert "dimension" not in ratio
