"""Scripts: counted, checked, and cut in scenes of which nothing is lost."""

import re

import msgspec
import pytest
from hypothesis import assume, example, given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarVideo, CreateSpeech, preview, v2
from heygen_async.scripting import (
    METHODS,
    PAUSES,
    check_script,
    lint,
    mend_breaks,
    pause,
    sentences,
    spell_numbers,
    split_script,
    spoken_seconds,
)
from heygen_async.wire.routes import ALL

PIECES = st.sampled_from(
    [
        *("word", "Mr.", "U.S.", "e.g.", "3.5", "1,000", "(so", "said)", "“Why?”", "no..."),
        *(". ", "! ", "? ", "… ", ", ", "; ", " — ", "\n\n", "\n", " "),
        *("。", "、", "「好」", "你", "で", "ไทย"),
        *(' <break time="1.5s"/> ', '<break time="1s"></break>', "<break/>", "<", " 1 < 2 > 0 "),
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))


def is_cut_from(scenes: list[str], script: str) -> bool:
    """Whether the scenes are the script, with white space at the cuts left out."""
    pattern = r"\s*".join(map(re.escape, scenes))
    return re.fullmatch(rf"\s*{pattern}\s*", script) is not None


def splits(script: str, characters: int, seconds: float | None = None) -> list[str]:
    try:
        return split_script(script, characters=characters, seconds=seconds)
    except InvalidRequestError as problem:
        assume(problem.field != "script")
        raise


@given(TEXTS)
@example('A <break time="1.5s"/>.')
def test_the_sentences_of_a_text_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(TEXTS, st.integers(30, 200), st.none() | st.floats(4, 30))
def test_nothing_is_lost_and_every_scene_keeps_the_limits(
    script: str, characters: int, seconds: float | None
) -> None:
    scenes = splits(script, characters, seconds)
    assert is_cut_from(scenes, script)
    for scene in scenes:
        assert scene == scene.strip() != ""
        assert len(scene) <= characters
        assert seconds is None or round(spoken_seconds(scene), 6) <= seconds
        assert split_script(scene, characters=characters, seconds=seconds) == [scene]


@given(TEXTS, st.integers(30, 60))
def test_no_tag_is_cut(script: str, characters: int) -> None:
    tag = re.compile(r"<break\b[^<>]*>(?:</break>)?")
    whole = [found for scene in splits(script, characters) for found in tag.findall(scene)]
    assert whole == tag.findall(script)


@given(st.lists(st.sampled_from(["one", "two", "Dr.", "3.14", "you,", "he.", "Yes!"]), min_size=1))
def test_no_word_is_cut(words: list[str]) -> None:
    scenes = split_script(" ".join(words), characters=8)
    assert [word for scene in scenes for word in scene.split()] == words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Mr. Smith paid 3.5 dollars. He left.", ["Mr. Smith paid 3.5 dollars. ", "He left."]),
        ("“Why?” he asked. “No.” She sat.", ["“Why?” he asked. ", "“No.” ", "She sat."]),
        ("She sat... and wept. Then...", ["She sat... and wept. ", "Then..."]),
        ("Wait... Go!", ["Wait... ", "Go!"]),
        ("The U.S. Army. J. K. Rowling.", ["The U.S. Army. ", "J. K. Rowling."]),
        ("I did. So can I. And you?", ["I did. ", "So can I. ", "And you?"]),
        ("At Acme Inc. we care. At Acme Inc. You care.",
         ["At Acme Inc. we care. ", "At Acme Inc. ", "You care."]),
        ("Fruit, nuts, etc. Then home, e.g. by bus.",
         ["Fruit, nuts, etc. ", "Then home, e.g. by bus."]),
        ("你好。我们走！“好的。”他说。", ["你好。", "我们走！", "“好的。”", "他说。"]),
        ("「はい。」と言った。そう？", ["「はい。」", "と言った。", "そう？"]),
        ('Stop. <break time="1.5s"/> Go.', ['Stop. <break time="1.5s"/> ', "Go."]),
        ("A title\n\nA text", ["A title\n\n", "A text"]),
        ("No full stop", ["No full stop"]),
        ("What?! Really?", ["What?! ", "Really?"]),
        ("", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


def test_a_long_sentence_is_cut_at_its_clauses_and_a_long_clause_at_its_words() -> None:
    script = "Short. This one is longer, much longer, and at its end very much longer still."
    assert split_script(script, characters=28) == [
        "Short.",
        "This one is longer,",
        "much longer,",
        "and at its end very much",
        "longer still.",
    ]


def test_chinese_is_cut_between_characters_and_never_before_a_mark() -> None:
    assert split_script("一二三四五，六七八九。", characters=4) == [
        "一二三四",
        "五，",
        "六七八",
        "九。",
    ]


def test_scenes_are_as_long_as_they_may_be() -> None:
    script = "One two three. " * 4
    assert split_script(script, seconds=2.4) == ["One two three. One two three."] * 2
    assert len(split_script(script, seconds=2.4, speed=2.0)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"characters": 0}, "characters"),
        ({"seconds": -1.0}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"speed": 0.0}, "speed"),
        ({"words_a_minute": float("inf")}, "words_a_minute"),
        ({"characters": 3}, "script"),
        ({"seconds": 0.3}, "script"),
    ],
)
def test_limits_that_are_none_are_refused(wrong: dict[str, float], field: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        split_script("Hello there.", **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_script_with_other_tags_is_not_split() -> None:
    with pytest.raises(InvalidRequestError, match="no tags but <break>"):
        split_script("<speak>One. Two.</speak>")


def test_a_pause_is_written_as_heygen_takes_it() -> None:
    assert pause(1.5) == '<break time="1.5s"/>'
    assert pause(2) == '<break time="2s"/>'
    assert pause(1e-7) == '<break time="0.001s"/>'
    assert pause("question") == '<break time="1s"/>'
    for name in PAUSES:
        assert not check_script(f"One. {pause(name)} Two.").findings
    for wrong in (0, -1.0, float("nan"), "nap"):
        with pytest.raises(InvalidRequestError):
            pause(wrong)


def test_breaks_are_mended() -> None:
    wrong = "One.<break time='500ms'/>Two. <break time=1s></break><break time=\"2s\"/>Three."
    right = (
        'One. <break time="0.5s"/> Two. <break time="1s"/> <break time="2s"/> Three.'
    )  # fmt: skip
    assert mend_breaks(wrong) == right
    assert mend_breaks('<break time="1s"/>One.<break time="1s"/>') == (
        '<break time="1s"/> One. <break time="1s"/>'
    )
    assert mend_breaks("One.<break/>Two.") == "One.<break/>Two."


@given(TEXTS)
def test_mending_is_done_once_and_changes_no_pause(script: str) -> None:
    mended = mend_breaks(script)
    assert mend_breaks(mended) == mended
    assert spoken_seconds(mended) >= spoken_seconds(script) - 1e-6
    bare = re.compile(r"<break\b[^<>]*>(?:\s*</break>)?|\s+")
    assert bare.sub("", mended) == bare.sub("", script)


def test_a_script_is_counted() -> None:
    report = check_script('Hello there. <break time="1.5s"/> This is new.', speed=2.0)
    assert (report.characters, report.words, report.sentences) == (46, 5, 2)
    assert report.seconds == pytest.approx(5 * 0.2 + 1.5)
    assert report.pause_seconds == 1.5
    assert report.ok
    assert not report.findings


def test_a_finding_says_where_and_what_to_do() -> None:
    report = check_script("It is here.\nPay $1.5 million to R2D2.\nThen.<break time='1s'/>")
    mend = "mend_breaks writes it as HeyGen takes it."
    words = "Write “one point five million dollars”."
    spell = "Write it in words, as it is to be said."
    assert [str(each) for each in report.findings] == [
        f"2:5 advice script-figures: “$1.5 million” has figures. {words}",
        f"2:21 advice script-figures: “R2D2.” has figures. {spell}",
        f"3:6 warn break-form: “<break time='1s'/>” is written in another way. {mend}",
        f"3:6 warn break-spaces: “<break time='1s'/>” touches the text beside it. {mend}",
    ]
    assert report.ok


def test_other_languages_get_no_english_words() -> None:
    (finding,) = check_script("Es kostet 3 Euro, ca. etc.", language="de").findings
    assert finding.rule == "script-figures"
    assert "three" not in finding.advice
    text = "SCENE 1 - A-ROLL (8s)\nVOICEOVER: Es kostet 3 Euro."
    assert [
        each.advice for each in lint(text, language="de") if each.rule == "voiceover-figures"
    ] == ["Write it in words, as it is to be said."]


def test_ssml_counts_what_is_said() -> None:
    report = check_script(
        "<speak>This is <emphasis>new</emphasis>.</speak>", method="voices.create_speech", ssml=True
    )
    assert report.words == 3
    assert not report.findings


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"method": "videos.make"}, "method"),
        ({"ssml": True}, "ssml"),
        ({"speed": 2.1}, "speed"),
        ({"words_a_minute": 0.0}, "words_a_minute"),
    ],
)
def test_what_cannot_be_checked_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        check_script("Hello.", **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


MODELS = {
    "videos.create": lambda text: AvatarVideo(avatar_id="a", script=text),
    "voices.create_speech": lambda text: CreateSpeech(voice_id="v", text=text),
    "preview.model_speech.generate": lambda text: preview.GenerateSpeech(
        voice_id="v", language="en", text=text
    ),
    "preview.model_speech.stream": lambda text: preview.StreamSpeech(
        voice_id="v", language="en", text=text
    ),
    "v2.videos.generate": lambda text: v2.TextVoice(voice_id="v", input_text=text),
    "v2.videos.generate_av4": lambda text: v2.GenerateAvatarIV(
        image_key="k", video_title="t", voice_id="v", script=text
    ),
    "v2.videos.generate_webm": lambda text: v2.GenerateWebm(
        avatar_pose_id="a", avatar_style="normal", voice_id="v", input_text=text
    ),
    "v2.audio.text_to_speech": lambda text: CreateSpeech(voice_id="v", text=text),
}


@pytest.mark.parametrize("method", METHODS)
def test_the_limits_are_those_of_the_models(method: str) -> None:
    assert method in {route.name for route in ALL.values()}
    for more, fits in ((0, True), (1, False)):
        body = MODELS[method]("x" * (METHODS[method].characters + more))
        try:
            msgspec.json.decode(msgspec.json.encode(body), type=type(body))
        except msgspec.ValidationError:
            assert not fits
        else:
            assert fits


@pytest.mark.parametrize(
    "piece",
    ["<break ", "<", "(", " ", "\n", ".", '“"', "$5 ", "*", "e.g.", "@a", "- ", "5", "SCENE 1 ("],
)
def test_a_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    text = piece * (200_000 // len(piece))  # looking back from each place would take minutes
    assert "".join(sentences(text)) == text
    assert check_script(text).characters == len(text)
    assert mend_breaks(text) == text
    assert lint(f"SCENE 1 - B-ROLL (9s)\nVOICEOVER: {text}\nLAYER 1: {text}")
    spell_numbers(text)


@pytest.mark.parametrize(
    ("script", "mended"),
    [
        ('a <break time="1,5s"/> b', 'a <break time="1.5s"/> b'),
        ('a < break time="1s"/> b', 'a <break time="1s"/> b'),
        ('a <break time="500ms"></break></break> b', 'a <break time="0.5s"/> b'),
    ],
)
def test_odd_breaks_are_told_and_mended_once(script: str, mended: str) -> None:
    assert {each.rule for each in check_script(script).findings} & {
        "break-form",
        "break-milliseconds",
    }
    assert mend_breaks(script) == mend_breaks(mended) == mended


def test_a_pause_without_end_is_no_pause() -> None:
    script = f'Hi <break time="{"9" * 400}s"/> there'
    report = check_script(script)
    assert (report.seconds, report.ok) == (0.8, False)
    assert mend_breaks(script) == script


def test_comments_of_ssml_are_not_said() -> None:
    text = "<speak><!-- not said, 37% -->\n<p>Hi & you</p></speak>"
    report = check_script(text, method="voices.create_speech", ssml=True)
    assert (report.characters, report.words) == (len(text), 3)
    (finding,) = report.findings
    assert (finding.rule, str(finding.place)) == ("ssml-balance", "2:7")
    assert finding.advice == "Write “&amp;”."
