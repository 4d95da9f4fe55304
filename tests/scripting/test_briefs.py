"""Briefs: what is written in them stands in the prompt, and passes the rules where it can."""

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting import (
    STYLES,
    AvatarDescription,
    Brief,
    BriefScene,
    Level,
    brief_from_toml,
    build_prompt,
    lint,
    parse_prompt,
)
from heygen_async.scripting.briefs import Kind

PAGE = Path(__file__).resolve().parents[2] / "examples/brief.toml"
TOML = PAGE.read_text("utf-8")

PIECES = st.sampled_from(
    [
        *("bread", "rises", "slides", "and", "“37%”", "$5", "@baker", "a—b", "—", "(4s)", "[note]"),
        *("SCENE 2 - A-ROLL (3s)", "LAYER 1: x", "STYLE:", "\n", "\n\n"),
    ]
)
WORDS = st.lists(PIECES, min_size=1, max_size=12).map(" ".join).filter(str.strip)
LAYERS = WORDS.map(lambda words: f"{words} drifts")
ORDER: tuple[Kind, ...] = ("a-roll", "b-roll", "overlay", "b-roll")


BY_ITSELF = {
    *("critical-text", "layer-motion", "broll-layers", "overlay-layers", "overlay-split"),
    *("files-used", "total-length", "style-complete"),
}
"""What a brief of such scenes never breaks."""


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    scenes = [
        BriefScene(
            kind=ORDER[number % 4],
            voiceover=draw(WORDS),
            seconds=draw(st.none() | st.floats(10, 15)),
            direction=draw(st.none() | WORDS),
            layers=draw(st.lists(LAYERS, min_size=4, max_size=5)),
            transition=draw(st.none() | WORDS),
        )
        for number in range(draw(st.integers(4, 9)))
    ]
    return Brief(
        format=draw(WORDS),
        tone=draw(WORDS),
        style=draw(st.sampled_from(list(STYLES))),
        scenes=scenes,
        themes=draw(st.lists(WORDS, max_size=3)),
        texts=draw(st.lists(WORDS, max_size=3)),
        attachments=draw(st.dictionaries(st.just("logo.png"), WORDS, max_size=1)),
        music=draw(st.none() | WORDS),
        narration=draw(st.none() | WORDS),
    )


@settings(max_examples=50)
@given(briefs())
def test_a_prompt_says_what_its_brief_says(brief: Brief) -> None:
    text = build_prompt(brief)
    prompt = parse_prompt(text)
    assert prompt.seconds == pytest.approx(brief.seconds, rel=1e-3)
    assert len(prompt.scenes) == len(brief.scenes)
    rows = zip(prompt.scenes, brief.scenes, brief.scene_seconds(), strict=True)
    for number, (made, asked, seconds) in enumerate(rows, 1):
        assert made.number == number
        assert made.kind is not None
        assert made.kind.endswith(asked.kind.upper())
        assert made.seconds == pytest.approx(seconds)
        assert len(made.voiceovers) == 1
        assert [layer.body.text for layer in made.layers] == [
            " ".join(layer.split()) for layer in asked.layers
        ]
    findings = lint(text, files=list(brief.attachments))
    assert {each.rule for each in findings if each.level is Level.ERROR} == set()
    assert not {each.rule for each in findings} & BY_ITSELF


def test_the_example_is_clean() -> None:
    brief = brief_from_toml(TOML)
    assert lint(build_prompt(brief), files=list(brief.attachments)) == ()


def test_scenes_are_as_long_as_their_words_and_not_too_short() -> None:
    def seconds(kind: Kind, words: int) -> float:
        scene = BriefScene(kind=kind, voiceover="word " * words)
        return Brief(format="f", tone="t", style="s", scenes=[scene]).seconds

    assert [seconds(kind, 1) for kind in ("a-roll", "b-roll", "overlay")] == [6, 10, 8]
    assert seconds("a-roll", 25) == 10
    assert seconds("b-roll", 100) == 40


def brief(**changes: Any) -> Brief:
    scene = BriefScene(kind="a-roll", voiceover="In 1984 I had 3.")
    return Brief(**{"format": "f", "tone": "t", "style": "s", "scenes": [scene], **changes})


def test_overlays_change_sides_with_those_that_are_told() -> None:
    told = (None, None, "The host sits right", "A cup on the left", None)
    scenes = [BriefScene(kind="overlay", voiceover="x", direction=each) for each in told]
    made = [line for line in build_prompt(brief(scenes=scenes)).splitlines() if line[:1] == "["]
    assert made == [
        "[Avatar left 35%, content right 65%.]",
        "[Avatar right 35%, content left 65%.]",
        "[The host sits right]",
        "[Avatar left 35%, content right 65%. A cup on the left]",
        "[Avatar right 35%, content left 65%.]",
    ]


def test_what_is_counted_is_no_text() -> None:
    layers = [
        "3 cards slide",
        "$2.4 million slams",
        "37 % counts up",
        "1,200 drops fall",
        "@me pops",
    ]
    scene = BriefScene(kind="a-roll", voiceover="x", layers=layers)
    prompt = build_prompt(brief(scenes=[scene], texts=["“37 %”", "Hello"]))
    listed = [line for line in prompt.splitlines() if line.startswith("- ")]
    assert listed == ["- “37 %”", "- “Hello”", "- “$2.4 million”", "- “1,200”", "- “@me”"]


def test_figures_are_spelled_in_english_alone() -> None:
    assert "In 1984 I had three." in build_prompt(brief())
    assert "In 1984 I had 3." in build_prompt(brief(spell=False))
    assert "nineteen eighty-four I had three." in build_prompt(brief(years=True))
    assert "In 1984 I had 3." in build_prompt(brief(language="de"))


def test_an_avatar_is_described_in_sentences() -> None:
    avatar = AvatarDescription(
        person="A baker.",
        clothes="an apron",
        setting="a bakery",
        light="warm light",
        props=["a bowl", "a sack", "a knife"],
        manner="She smiles.",
    )
    assert str(avatar) == (
        "A baker, wearing an apron. In a bakery, in warm light. Props around: a bowl, a sack and a"
        " knife. She smiles."
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tone": " "}, "tone"),
        ({"scenes": []}, "scenes"),
        ({"scenes": [BriefScene(kind="a-roll", voiceover="")]}, "scenes[0].voiceover"),
        ({"scenes": [BriefScene(kind="b-roll", voiceover="x", seconds=5)]}, "scenes[0].seconds"),
        ({"scenes": [BriefScene(kind="a-roll", voiceover="x", seconds=0)]}, "scenes[0].seconds"),
        ({"scenes": [BriefScene(kind="a-roll", voiceover="x", seconds=math.inf)]},
         "scenes[0].seconds"),
        ({"scenes": [BriefScene(kind="a-roll", voiceover="x", seconds=math.nan)]},
         "scenes[0].seconds"),
        ({"scenes": [BriefScene(kind="c-roll", voiceover="x")]}, "scenes[0].kind"),  # type: ignore[arg-type]
        ({"scenes": [BriefScene(kind="a-roll", voiceover="x", seconds=4)]}, "scenes"),
        ({"scenes": [BriefScene(kind="a-roll", voiceover="x", seconds=200)] * 2}, "scenes"),
        ({"music": "x" * 10_000}, "brief"),
        ({"orientation": "square"}, "orientation"),
        ({"avatar": 5}, "avatar"),
        ({"music": object()}, "brief"),
    ],
)  # fmt: skip
def test_a_brief_without_a_good_prompt_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        build_prompt(brief(**changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ('kind = "overlay"', 'kind = "over"', "scenes[2].kind: invalid enum value 'over'", "kind"),
        ('music = "', 'music = 5\n# "', "music: expected `str | null`, got 5", "music = 5"),
        ('manner = "', 'manners = "', "avatar: object contains unknown field `manners`", "[avatar"),
        ('voiceover = "Then', 'voice = "Then', "object contains unknown field `voice`", "[[scenes"),
        ('kind = "b-roll"', 'kind="b-roll"\nseconds = 5', "scenes[1].seconds: must be above 5",
         "seconds = 5"),
        ('"logo.png" = "', '"logo.png" = 3 # "', "attachments", "[attachments"),
    ],
)  # fmt: skip
def test_an_error_in_a_file_tells_field_and_line(old: str, new: str, said: str, line: str) -> None:
    text = TOML.replace(old, new, 1)
    with pytest.raises(InvalidRequestError) as refused:
        brief_from_toml(text, name="brief.toml")
    assert said in str(refused.value)
    hint = refused.value.hint or ""
    assert hint.endswith(" of brief.toml.")
    number = int(hint.split()[2])
    assert text.splitlines()[number - 1].lstrip().startswith(line)


@pytest.mark.parametrize("text", ["x = ", "a" * 10, "x = " + "[" * 100_000])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"^b\.toml: "):
        brief_from_toml(text, name="b.toml")


def test_what_is_missing_has_no_line() -> None:
    with pytest.raises(InvalidRequestError, match="missing required field `format`") as refused:
        brief_from_toml("")
    assert refused.value.hint is None


def test_what_is_to_be_read_is_listed_to_the_letter() -> None:
    layers = ['“Say "yes"” slams in', 'A 6" pipe slides, a 7" pipe drops', '"Hi" pops']
    scene = BriefScene(kind="a-roll", voiceover="x", layers=layers)
    texts = ['He said "no"', '6"', "“A” and “B”", "“Go”", '"Stop"']
    prompt = build_prompt(brief(scenes=[scene], texts=texts))
    listed = [line for line in prompt.splitlines() if line.startswith("- ")]
    assert listed == [
        f"- “{text}”"
        for text in ('He said "no"', '6"', "“A” and “B”", "Go", "Stop", 'Say "yes"', "Hi")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "format=" + "9" * 5000,
        "format=-0x" + "9" * 5000,
        "a" + ".a" * 5000 + "=1",
        "format" + ".a" * 5000 + "=1",
        "x=" + "[" * 100_000,
    ],
)
def test_toml_that_is_too_much_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError):
        brief_from_toml(text)


def test_the_line_of_an_error_is_not_looked_for_in_texts() -> None:
    text = 'format="a"\ntone="b"\nstyle="c"\n[[scenes]]\nkind="a-roll"\n'
    text += 'voiceover="""Hi.\n[laughs]\nseconds=3"""\nseconds="x"\n'
    with pytest.raises(InvalidRequestError) as caught:
        brief_from_toml(text)
    assert caught.value.hint == "See line 9 of the brief."
