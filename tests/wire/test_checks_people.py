"""What HeyGen says in prose about consents and speech: what is refused, and its neighbour."""

from typing import Any

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AssetId, CreateAvatarConsent, CreateSpeech, Request
from heygen_async.wire.encode import encode

VIDEO = AssetId(asset_id="a")


def speech(**more: Any) -> CreateSpeech:
    return CreateSpeech(**{"text": "Hi.", "voice_id": "v"} | more)


@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        (
            CreateAvatarConsent(consent_text="a < b"),
            "consent_text",
            CreateAvatarConsent(consent_text="a & b"),
        ),
        (
            CreateAvatarConsent(consent_text="a > b"),
            "consent_text",
            CreateAvatarConsent(consent_text="x" * 1000),
        ),
        (
            CreateAvatarConsent(consent_video=VIDEO, reroute_url="https://x.com"),
            "reroute_url",
            CreateAvatarConsent(consent_video=VIDEO),
        ),
        (
            CreateAvatarConsent(consent_video=VIDEO, consent_text="Yes."),
            "consent_text",
            CreateAvatarConsent(reroute_url="https://x.com", consent_text="Yes."),
        ),
        (speech(text=" \n"), "text", speech(text=" x")),
        (
            speech(text='a <break time="350ms"/> b'),
            "text",
            speech(text='a <break time="0.35s"/> 350 ms b'),
        ),
        (speech(text="a <BREAK time='1 ms'> b"), "text", speech(text="a <break> 1ms b")),
        (speech(input_type="html"), "input_type", speech(input_type="ssml")),
        (speech(speed=0.49), "speed", speech(speed=0.5)),
        (speech(speed=2.01), "speed", speech(speed=2.0)),
    ],
)
def test_an_example_is_refused_and_its_neighbour_is_not(
    bad: Request, field: str, good: Request
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        encode(bad)
    assert caught.value.field == field
    assert encode(good)
