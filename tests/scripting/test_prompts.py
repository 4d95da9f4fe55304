"""Prompts: taken apart without losing any of it, and held to the guide."""

from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting import (
    MOTION_VERBS,
    STYLES,
    TRANSITIONS,
    Level,
    PromptScene,
    SceneKind,
    find_style,
    lint,
    parse_prompt,
    styles_for,
)
from heygen_async.scripting.motion import moves
from heygen_async.scripting.prompts import Span

LINES = st.sampled_from(
    [
        *("FORMAT: 60 seconds, landscape", "## STYLE", "**AVATAR:** A baker, by the oven", "TONE"),
        *("SCENE 1 - A-ROLL (8s)", "scene 2 — B-Roll (12 seconds)", "### SCENE 3: OVERLAY"),
        *("VOICEOVER: “Good day.”", "VO: It costs $5 & more.", "LAYER 1: A grid drifts", "[Wide"),
        *("[Avatar left 40%, content right 60%]", "LAYER 22:", "TRANSITION: hard cut", "", "  "),
        *("- CTA: Try it now!", "CRITICAL ON-SCREEN TEXT:", "upper-left", "free words", "MUSIC:"),
    ]
)
TEXTS = st.one_of(
    st.lists(LINES, max_size=25).map("\n".join),
    st.lists(LINES, max_size=25).map("\r\n".join),
    st.text(max_size=200),
)


def spans(part: PromptScene) -> Iterator[Span]:
    yield from (part.whole, *part.directions, *part.voiceovers)
    yield from (layer.body for layer in part.layers)
    if part.transition is not None:
        yield part.transition


@given(TEXTS)
def test_nothing_of_a_prompt_is_lost(text: str) -> None:
    prompt = parse_prompt(text)
    assert "".join(part.whole.text for part in prompt.parts) == text
    for part in prompt.parts:
        found = spans(part) if isinstance(part, PromptScene) else (part.whole, part.body)
        for span in found:
            assert text.startswith(span.text, span.at)


@given(TEXTS, st.lists(st.text(max_size=10), max_size=2), st.none() | st.floats())
def test_every_text_can_be_linted(text: str, files: list[str], seconds: float | None) -> None:
    lines = text.split("\n")
    findings = lint(text, files=files, seconds=seconds)
    for finding in findings:
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1
    places = [(finding.place.line, finding.place.column) for finding in findings]
    assert places == sorted(places)


SAMPLE = """A film about bread.
FORMAT: 90-second explainer, landscape
**Style**: like Swiss Pulse
SCENE 1 — A-ROLL (8s)
[Close on the baker]
VOICEOVER: "Bread takes time,
and little else."
LAYER 1: flour drifts

SCENE 2 - FULL SCREEN B-ROLL (12 seconds)
**VOICEOVER:** It needs heat.
- LAYER 1: embers glow
- LAYER 2: a loaf
TRANSITION: grid wipe
SCENE 3: A-ROLL + OVERLAY
MUSIC: none
"""


def test_a_prompt_is_taken_apart() -> None:
    prompt = parse_prompt(SAMPLE)
    assert prompt.seconds == 90
    assert prompt.scene_seconds is None
    assert [part.name for part in prompt.parts if not isinstance(part, PromptScene)] == [
        "", "FORMAT", "STYLE", "MUSIC",
    ]  # fmt: skip
    first, second, third = prompt.scenes
    assert (first.number, first.kind, first.seconds) == (1, SceneKind.A_ROLL, 8)
    assert first.directions[0].text == "Close on the baker"
    assert first.voiceovers[0].text == '"Bread takes time,\nand little else."'
    assert (second.kind, second.seconds) == (SceneKind.B_ROLL, 12)
    assert second.voiceovers[0].text == "It needs heat."
    assert [(each.number, each.body.text) for each in second.layers] == [
        (1, "embers glow"), (2, "a loaf"),
    ]  # fmt: skip
    assert second.transition is not None
    assert second.transition.text == "grid wipe"
    assert (third.kind, third.seconds, third.voiceovers) == (SceneKind.OVERLAY, None, ())


def test_what_a_scene_names_besides_is_not_said() -> None:
    text = (
        "SCENE 1 - A-ROLL (8s)\nVOICEOVER: It\nis new.\nLower third: “7 loaves”\nOn-screen text: 3"
    )
    (scene,) = parse_prompt(f"{text}\nLAYER 1: x\nMUSIC: y").scenes
    assert scene.voiceovers[0].text == "It\nis new."
    assert len(scene.layers) == 1


def test_a_header_may_say_more() -> None:
    prompt = parse_prompt(
        "**STYLE — Play Mode (Ahn Sang-soo):** #ff0000, wide sans, bounces, pop cut"
    )
    style = prompt.section("STYLE")
    assert style is not None
    assert style.body.text.startswith("#ff0000")
    assert not lint(prompt)


@pytest.mark.parametrize(
    "header",
    ["SCENE 4 - A-ROLL (8s)", "Scene 4 (8 sec): A-roll", "**SCENE 4 — A ROLL (8 seconds)**",
     "### Scene 4. A-Roll (8.0s, fast)", "SCENE 4 - A-ROLL - 8s", "SCENE 4 - A-ROLL [8s]",
     "**SCENE 4** - A-ROLL (8s)", "SCENE FOUR - A-ROLL (8s)", "SCENE 4 - A-ROLL: 8 seconds",
     "SCENE 4 (8s): A-ROLL"],
)  # fmt: skip
def test_the_header_of_a_scene_is_read_as_people_write_it(header: str) -> None:
    (scene,) = parse_prompt(header).scenes
    assert (scene.number, scene.kind, scene.seconds) == (4, SceneKind.A_ROLL, 8)
    assert scene.label.upper().replace("-", " ") == "A ROLL"


@pytest.mark.parametrize(
    ("format_", "seconds"),
    [
        ("75s", 75),
        ("2 minutes", 120),
        ("1.5 min", 90),
        ("a 30-second spot", 30),
        ("16:9", None),
        ("2 minutes 30 seconds", 150),
        ("1 minute and 5 s", 65),
        ("1m 30s", 90),
        ("10–22s", None),
    ],
)
def test_the_length_is_read_as_people_write_it(format_: str, seconds: float | None) -> None:
    assert parse_prompt(f"FORMAT: {format_}").seconds == seconds


def test_a_finding_has_its_line_and_its_column() -> None:
    text = "SCENE 1 - B-ROLL (12s)\nVOICEOVER: It grew by 37%\nLAYER 1: A logo, top-left, glows"
    placed = {each.rule: str(each.place) for each in lint(text)}
    assert placed["voiceover-figures"] == "2:23"
    assert placed["layout-words"] == "3:18"
    assert placed["broll-count"] == "1:1"


@pytest.mark.parametrize(
    "text",
    [
        "Make a friendly film about our new bread for people who bake at home.",
        "Tone: friendly\nWe sell bread. Style: up to you. The scene: a kitchen.",
        "Scene 1: a kitchen at dawn.\nScene 2: hands in flour.\nScene 3: a loaf.",
    ],
)
def test_a_prompt_without_scenes_may_be_fine(text: str) -> None:
    assert not lint(text)


def test_what_is_said_may_name_a_corner() -> None:
    assert "layout-words" not in {
        each.rule for each in lint("SCENE 1 - A-ROLL (8s)\nVOICEOVER: Look at the top left.")
    }


def scenes(*lengths: int, format_: str, style: str = "Swiss Pulse") -> str:
    kinds = ("A-ROLL", "B-ROLL", "A-ROLL + OVERLAY", "B-ROLL")
    head = f"FORMAT: {format_}\nSTYLE: {STYLES[style]}\n"
    return head + "\n".join(
        f"SCENE {number} - {kinds[(number - 1) % 4]} ({seconds}s)"
        for number, seconds in enumerate(lengths, 1)
    )


def bitten(text: str) -> dict[str, Level]:
    return {each.rule: each.level for each in lint(text)}


def test_the_samples_of_the_guide_do_not_fail_by_its_rules() -> None:
    # It announces 90 s, and has seven scenes of 69 s together.
    found = bitten(scenes(8, 12, 9, 12, 8, 12, 8, format_="90 seconds"))
    assert "scene-count" not in found
    assert found["total-length"] is Level.INFO
    # Three scenes in 30 s.
    assert "scene-count" not in bitten(scenes(8, 12, 10, format_="30 seconds, portrait"))
    # Styles that cut every one to three seconds.
    for style in ("Play Mode", "Carnival Surge", "Maximalist Type"):
        assert "broll-length" not in bitten(scenes(8, 7, 9, 7, format_="31 s", style=style))
    assert "broll-length" in bitten(scenes(8, 7, 9, 7, format_="31 s"))


@pytest.mark.parametrize(
    ("count", "seconds", "good"),
    [
        (2, 30, False), (3, 30, True), (7, 30, True), (4, 31, False), (5, 45, True), (8, 45, False),
        (5, 50, True), (9, 50, True), (10, 50, False), (6, 60, False), (7, 60, True), (9, 75, True),
        (10, 75, False), (13, 80, True), (9, 90, False), (13, 120, True), (14, 120, False),
        (1, 121, True),
    ],
)  # fmt: skip
def test_how_many_scenes_are_good(count: int, seconds: int, good: object) -> None:
    text = f"FORMAT: {seconds} s\n" + "\n".join(f"SCENE {n} - A-ROLL" for n in range(count))
    assert ("scene-count" in bitten(text)) is not good


def test_overlays_change_sides() -> None:
    def overlay(number: int, words: str) -> str:
        return f"SCENE {number} - A-ROLL + OVERLAY (10s)\n[{words}]\n"

    left = overlay(1, "Content right 65%, avatar left 35%")
    assert "overlay-split" not in bitten(left + overlay(2, "Avatar right, 30/70"))
    assert "overlay-split" in bitten(left + overlay(2, "The avatar stays left"))
    assert "overlay-split" in bitten(left + overlay(2, "Avatar right, 30/60"))
    other = overlay(2, "Avatar right 35%").replace("\n", "\nLAYER 1: A speaker slides left\n")
    assert "overlay-split" not in bitten(left + other)


def test_the_length_that_is_asked_for_besides_counts() -> None:
    assert "video-duration" in {each.rule for each in lint("A film.", seconds=301)}
    assert not lint("A film.", seconds=300)


@pytest.mark.parametrize(
    ("text", "files", "used"),
    [
        ("Show the team photo at the end.", ["team_photo.jpg"], True),
        ("Use the attached chart.", ["q3.pdf"], True),
        ("Use the attached chart.", ["q3.pdf", "q4.pdf"], False),
        ("logo.png", ["logo.png"], False),
        ("Bread.", ["logo.png"], False),
    ],
)
def test_files_are_named_with_their_use(text: str, files: list[str], used: object) -> None:
    assert ("files-used" in {each.rule for each in lint(text, files=files)}) is not used


@pytest.mark.parametrize(
    "text", ["it SLAMS in", "slamming", "Text types on", "cards slide", "dropped"]
)
def test_verbs_of_motion_are_known_in_their_forms(text: str) -> None:
    assert moves(text)
    assert all(moves(verb) for verbs in MOTION_VERBS.values() for verb in verbs)


@pytest.mark.parametrize("text", ["a type specimen", "a blue grid", "he counts", "company"])
def test_what_stands_still_does_not_move(text: str) -> None:
    assert not moves(text)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("#1a1a1a, grotesque sans, blocks slide", "no transition"),
        ("#1a1a1a, grotesque sans, grid wipe", "no motion"),
        ("#1a1a1a, blocks slide, grid wipe", "no typography"),
        ("grotesque sans, blocks slide, grid wipe", "no colors"),
        ("after Neville Brody", "no colors, no typography, no motion, no transition"),
    ],
)
def test_a_style_says_what_it_lacks(text: str, missing: str) -> None:
    (finding,) = lint(f"STYLE: {text}")
    assert finding.message == f"STYLE names {missing}"


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_style_is_all_that_the_guide_asks_for(style: object) -> None:
    assert not lint(f"STYLE: {style}")


def test_styles_and_transitions_fit() -> None:
    assert [style.number for style in STYLES.values()] == list(range(1, 21))
    for transition, fitting in TRANSITIONS.items():
        assert set(fitting) <= set(STYLES)
        for style in STYLES.values():
            if style.transition == transition and fitting:
                assert style.name in fitting or style.name not in sum(TRANSITIONS.values(), ())
    assert {style.transition for style in STYLES.values()} <= set(TRANSITIONS)


def test_a_style_is_found_by_name_and_by_what_it_is_for() -> None:
    assert find_style("swiss pulse ") is STYLES["Swiss Pulse"]
    assert [style.number for style in styles_for("Analytical")] == [6, 9]
    assert [style.number for style in styles_for("warm")] == [1]
    assert styles_for("boring") == []
    with pytest.raises(InvalidRequestError, match="Soft Signal, Warm Grain"):
        find_style("Swiss")


def test_a_scene_from_one_moment_to_another_has_no_length() -> None:
    for header in ("Scene 1: B-roll (10–22s)", "Scene 1: B-roll (10 to 22 s)", "SCENE 1 - B-ROLL"):
        (scene,) = parse_prompt(header).scenes
        assert (scene.kind, scene.seconds) == (SceneKind.B_ROLL, None)


def test_what_is_said_may_stand_below_its_header() -> None:
    text = "SCENE 1 - B-ROLL (12s)\n**VOICEOVER:**\n\n“It is new.”\nLAYER 1: x\n\nVOICEOVER:\n"
    (scene,) = parse_prompt(f"{text}\n  LAYER 2: y").scenes
    assert [each.text for each in scene.voiceovers] == ["“It is new.”", ""]
    assert [layer.number for layer in scene.layers] == [1, 2]


def test_what_is_read_is_listed_whatever_it_is() -> None:
    scene = "SCENE 1 - B-ROLL (12s)\n[“Go” glows]\nLAYER 1: $1.5M slams in, @me types on, 7% drops"
    found = [each for each in lint(scene) if each.rule == "critical-text"]
    assert [str(each.place) for each in found] == ["2:3"]
    listed = "CRITICAL ON-SCREEN TEXT:\n- “Go”\n- 37%\n"
    found = [each for each in lint(listed + scene) if each.rule == "critical-text"]
    assert [each.message.split("”")[0] for each in found] == ["“$1.5M", "“@me", "“7%"]
    assert [str(each.place) for each in found] == ["6:10", "6:26", "6:40"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SCENE 1 - A-ROLL (8s)", False),
        ("Show 1.png at the end.", True),
        ("Show 1.PNG at the end.", True),
        ("Show 11.png at the end.", False),
    ],
)
def test_a_number_names_no_file(text: str, named: object) -> None:
    assert ("files-used" in bitten_by(text, "1.png")) is not named


def bitten_by(text: str, file: str) -> set[str]:
    return {each.rule for each in lint(text, files=[file])}


def test_the_place_of_a_file_is_one_in_the_text() -> None:
    (finding,) = lint("ß" * 30 + "\n" + "ß" * 30 + "\nlogo.png\n", files=["logo.png"])
    assert str(finding.place) == "3:1"


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("A logo in the corner of the screen", True),
        ("A logo in the upper corner", True),
        ("A logo in the centre of the screen", True),
        ("A logo at x: 100, y: 200", True),
        ("A logo at (100, 200)", True),
        ("Explain three facts (1, 2)", False),
        ("A bakery on the corner of the street", False),
    ],
)
def test_places_on_the_screen_are_known(text: str, placed: object) -> None:
    assert ("layout-words" in bitten(text)) is placed


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("Avatar left 40%, content right 70%", False),
        ("LAYER 1: Split 50/50 drifts", False),
        ("Avatar left 35%, content right 65%", True),
        ("VOICEOVER: The host has 40%, and 60% are left.", True),
        ("LAYER 1: 40% of 90% drifts", True),
    ],
)
def test_a_split_counts_without_brackets(line: str, good: object) -> None:
    assert ("overlay-split" in bitten(f"SCENE 1 - A-ROLL + OVERLAY (10s)\n{line}")) is not good


@pytest.mark.parametrize("text", ["A postage stamp", "A blank scale", "a red drop", "The draw"])
def test_a_thing_is_no_motion(text: str) -> None:
    assert not moves(text)


@pytest.mark.parametrize("text", ["Loaves drop", "People move", "bars, fill", "Title and stamp"])
def test_a_verb_may_stand_by_itself(text: str) -> None:
    assert moves(text)
