"""Who is seen and heard: chosen from lists, with an error that says what there was."""

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarLook, Voice
from heygen_async.models.v2 import LegacyAvatar, LegacyAvatarDetails, LegacyVoice
from heygen_async.scripting import default_voice, pick_avatars, pick_voices
from heygen_async.wire.choice import Wish, what_there_is

VOICES = [
    Voice(voice_id="a", name="Ada", language="English", gender="Female", support_pause=True),
    Voice(voice_id="b", name="Brian", language="English (UK)", gender="male"),
    Voice(voice_id="c", name="Clara", language="German", gender="female", support_locale=True),
]
LOOKS = [
    AvatarLook(id="1", name="Ada at work", gender="Woman", tags=["office"],
               supported_api_engines=["avatar_iii", "avatar_iv"]),
    AvatarLook(id="2", name="Bob", gender="man", tags=["Beach", "new"],
               supported_api_engines=["avatar_v"]),
    AvatarLook(id="3", name="Nobody"),
]  # fmt: skip


def hint_of(problem: InvalidRequestError) -> str:
    assert problem.hint is not None
    return problem.hint


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "abc"),
        ({"language": "english"}, "ab"),
        ({"gender": "Woman"}, "ac"),
        ({"gender": "unknown"}, "abc"),
        ({"language": "English", "gender": "MALE"}, "b"),
        ({"name": "LA"}, "c"),
        ({"support_pause": True}, "a"),
        ({"support_locale": True}, "c"),
    ],
)
def test_voices_are_picked(wanted: dict[str, str], found: str) -> None:
    assert "".join(voice.voice_id for voice in pick_voices(VOICES, **wanted)) == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "123"),
        ({"gender": "female"}, "1"),
        ({"tag": "beach"}, "2"),
        ({"engine": "avatar_iv"}, "1"),
        ({"name": "b"}, "23"),
    ],
)
def test_avatars_are_picked(wanted: dict[str, str], found: str) -> None:
    assert "".join(look.id for look in pick_avatars(LOOKS, **wanted)) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Malay", "Malay"),
        ("es", "Spanish (Spain)"),
        ("en", "English"),
        ("english us", "English - US"),
        ("spanish", "Spanish (Spain)"),
    ],
)
def test_a_language_is_a_whole_word_and_the_plain_one_comes_first(wanted: str, found: str) -> None:
    languages = ["Japanese", "Malayalam", "English - US", "Spanish (Spain)", "English", "Malay"]
    voices = [Voice(voice_id=each, name=each, language=each) for each in languages]
    assert default_voice(LOOKS[2], voices, language=wanted) == found
    assert found in {voice.voice_id for voice in pick_voices(voices, language=wanted)}


@pytest.mark.parametrize("wanted", ["xx", "Span", "es-419", "()"])
def test_a_language_that_nobody_names_is_refused(wanted: str) -> None:
    voices = [Voice(voice_id="s", name="S", language="Spanish")]
    with pytest.raises(InvalidRequestError) as caught:
        default_voice(LOOKS[2], voices, language=wanted)
    assert "Of language there is Spanish (1)." in hint_of(caught.value)


def test_those_of_v2_are_picked_too() -> None:
    avatars = [LegacyAvatar(avatar_id="x", avatar_name="Anna", gender="female", tags=None)]
    assert pick_avatars(avatars, name="ann") == avatars
    voices = [LegacyVoice(voice_id="v"), LegacyVoice(voice_id="w", emotion_support=True)]
    assert pick_voices(voices, emotion_support=True) == voices[1:]


def test_when_nothing_fits_the_error_says_what_there_is() -> None:
    with pytest.raises(InvalidRequestError, match="voices: none of 3 fits, got") as caught:
        pick_voices(VOICES, language="Klingon")
    assert hint_of(caught.value) == (
        "Of language there is English (1), English (UK) (1), German (1)."
    )
    with pytest.raises(InvalidRequestError) as caught:
        pick_voices(VOICES, language="German", gender="male")
    assert hint_of(caught.value) == "Each fits some, but none fits all of it."
    with pytest.raises(InvalidRequestError) as caught:
        pick_voices(VOICES, emotion_support=True)
    assert hint_of(caught.value) == "Of feature there is support_pause (1), support_locale (1)."
    with pytest.raises(InvalidRequestError) as caught:
        pick_avatars(LOOKS[2:], tag="x")
    assert hint_of(caught.value) == "Of tag nothing is known."
    with pytest.raises(InvalidRequestError, match="none of 0 fits") as caught:
        pick_avatars([])
    assert hint_of(caught.value) == "There is nothing to choose from."


def test_a_long_list_of_what_there_is_is_cut() -> None:
    wish = Wish(name="letter", wanted="?", offers=lambda each: [each])
    assert what_there_is(list("abcdefghijk"), [wish]).endswith("h (1) and 3 more.")


@given(
    st.lists(st.sampled_from(VOICES)),
    st.sampled_from([None, "English", "German", "a"]),
    st.sampled_from([None, "female", "man", ""]),
)
def test_what_is_picked_was_there_in_that_order(
    voices: list[Voice], language: str | None, gender: str | None
) -> None:
    try:
        found = pick_voices(voices, language=language, gender=gender)
    except InvalidRequestError:
        return
    left = iter(voices)
    assert all(any(each is voice for voice in left) for each in found)
    assert pick_voices(found, language=language, gender=gender) == found


def test_the_own_voice_of_an_avatar_comes_first() -> None:
    assert default_voice(AvatarLook(id="1", default_voice_id="own")) == "own"
    assert default_voice(LOOKS[0], VOICES, language="German") == "c"
    assert default_voice(LOOKS[0], VOICES, language="English", gender="male") == "b"
    assert default_voice(LegacyAvatarDetails(id="1", gender="Man"), VOICES) == "b"
    assert default_voice(LOOKS[2], VOICES) == "a"
    with pytest.raises(InvalidRequestError, match="language 'German' and gender 'male'") as caught:
        default_voice(LOOKS[1], VOICES, language="German")
    assert "none fits all" in hint_of(caught.value)
