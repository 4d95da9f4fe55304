"""Captions as files: what is written is read, what is read is written, and nothing is lost."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Speech, WordTimestamp
from heygen_async.sandbox.media import Cue as SandboxCue, srt as sandbox_srt, vtt as sandbox_vtt
from heygen_async.scripting import (
    Cue,
    Subtitles,
    convert_subtitles,
    join_subtitles,
    merge_subtitles,
    read_subtitles,
    shift_subtitles,
    split_subtitles,
    subtitles_of,
    write_subtitles,
)
from heygen_async.scripting.cue_text import Form, plain
from heygen_async.wire.media_types import sniff

SRT = """\
1
00:00:01,000 --> 00:00:02,500
Hello, <i>world</i>.

2
00:00:02,500 --> 01:00:04,000 X1:10 X2:20 Y1:30 Y2:40
Two lines,
both kept.

"""
VTT = """\
WEBVTT - a title
Kind: captions

STYLE
::cue { color: #fff }

NOTE before all

intro
00:00:01.000 --> 00:00:02.500 line:0 align:start
<v Ada>Hello</v> &amp; <b>welcome</b>

NOTE
between
two

00:00:02.500 --> 01:00:04.000
Bye.

NOTE the end
"""

# Milliseconds, as files have them.
seconds = st.integers(0, 90_000_000).map(lambda each: each / 1000)
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")
row = st.text(characters, min_size=1).filter(lambda each: each.strip(" \t") and "-->" not in each)
words = st.lists(
    st.sampled_from(
        ["a", "to", "<i>so</i>", "<b>far", "out</b>", "你好。", "wonderful", "A&amp;B"]
    ),
    min_size=1,
    max_size=30,
)
forms = st.sampled_from(["srt", "vtt"])


@st.composite
def cues(draw: st.DrawFn, text: st.SearchStrategy[str], *, named: bool = False) -> Cue:
    start, end = sorted([draw(seconds), draw(seconds)])
    name = draw(st.sampled_from(["", "1", "intro"])) if named else ""
    settings_ = draw(st.sampled_from(["", "line:0 align:start"])) if named else ""
    return Cue(start=start, end=end, text=draw(text), name=name, settings=settings_)


Blocks = tuple[str, ...]
blocks: st.SearchStrategy[Blocks] = st.lists(
    st.sampled_from(["NOTE", "NOTE x", "NOTE\nmore", "STYLE\n::cue {}"]), max_size=2
).map(tuple)
rows = st.lists(row, max_size=3).map("\n".join)
spoken = words.map(" ".join)


def said(subtitles: Subtitles) -> str:
    """Everything that is read, without the spaces between."""
    return "".join("".join(plain(cue.text, subtitles.form).split()) for cue in subtitles.cues)


@pytest.mark.parametrize("text", [SRT, VTT, "", "WEBVTT\n", "WEBVTT\n\nNOTE alone\n"])
def test_what_is_well_formed_comes_back_to_the_letter(text: str) -> None:
    assert write_subtitles(read_subtitles(text)) == text


def test_a_vtt_is_read_with_all_that_is_in_it() -> None:
    read = read_subtitles(VTT)
    assert read.header == " - a title\nKind: captions"
    assert read.blocks == ("STYLE\n::cue { color: #fff }", "NOTE before all")
    assert read.cues[0].name == "intro"
    assert read.cues[0].settings == "line:0 align:start"
    assert read.cues[1].notes == ("NOTE\nbetween\ntwo",)
    assert read.closing == ("NOTE the end",)


@given(st.lists(cues(rows)))
def test_srt_that_is_written_is_read(made: list[Cue]) -> None:
    subtitles = Subtitles(cues=tuple(made))
    assert read_subtitles(write_subtitles(subtitles)) == subtitles
    assert read_subtitles(write_subtitles(subtitles).encode()) == subtitles


@given(
    st.lists(cues(rows, named=True), min_size=1),
    blocks,
    blocks,
    blocks,
    st.sampled_from(["", " - title", "\nKind: captions"]),
)
def test_vtt_that_is_written_is_read(
    made: list[Cue], first: Blocks, between: Blocks, last: Blocks, header: str
) -> None:
    head, *rest = made
    noted = (msgspec.structs.replace(cue, notes=between) for cue in rest)
    subtitles = Subtitles(
        cues=(head, *noted), form="vtt", header=header, blocks=first, closing=last
    )
    assert read_subtitles(write_subtitles(subtitles)) == subtitles


@given(st.lists(cues(rows)), forms)
def test_windows_and_a_byte_order_mark_change_nothing(made: list[Cue], form: Form) -> None:
    text = write_subtitles(Subtitles(cues=tuple(made)), form)
    read = read_subtitles(text)
    for odd in (
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        "\ufeff" + text,
        text.replace("\n", "\r\n").encode("utf-16"),
        text.encode("utf-8-sig"),
    ):
        assert read_subtitles(odd) == read


@given(st.text())
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    try:
        read = read_subtitles(text)
    except InvalidRequestError as problem:
        assert re.match(r"line \d+: ", str(problem))  # noqa: PT017  most texts are none
    else:
        assert read_subtitles(write_subtitles(read)).cues == read.cues


@given(
    st.lists(st.sampled_from(["1", "42", "Hi", "", " ", "NOTE x", "00:01.0 --> 00:02", "WEBVTT"]))
)
def test_of_lines_in_any_order_no_word_is_lost(lines: list[str]) -> None:
    try:
        read = read_subtitles("\n".join(lines))
    except InvalidRequestError:
        return
    kept = [*read.blocks, *read.closing, read.header]
    for cue in read.cues:
        kept += [cue.name, cue.text, *cue.notes]
    assert " ".join(kept).count("Hi") == lines.count("Hi")
    assert len(read.cues) == lines.count("00:01.0 --> 00:02")


@pytest.mark.parametrize(
    ("wild", "found"),
    [
        ("00:01.5 --> 00:02\nA", [(1.5, 2.0, "A")]),
        ("1\n00:00:01.500-->00:00:02.000\nA", [(1.5, 2.0, "A")]),
        ("1\n0:0:1,5 --> 0:0:2\nA\n2\n0:0:3,0 --> 0:0:4,0\nB", [(1.5, 2, "A"), (3, 4, "B")]),
        ("\n\n1\n00:00:01,000 --> 00:00:02,000\n\nA\n\nB\n\n\n", [(1, 2, "A\nB")]),
        ("1\n00:00:01,000 --> 00:00:02,000\n2\n00:00:03,000 --> 00:00:04,000\nB",
         [(1, 2, ""), (3, 4, "B")]),
        ("1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\nB",
         [(1, 2, "42"), (3, 4, "B")]),
        ("WEBVTT\n00:01.000 --> 00:02.000\nA\n00:02.000 --> 00:03.000\nB",
         [(1, 2, "A"), (2, 3, "B")]),
        ("WEBVTT\n\n90:00.000 --> 100:00.000\nA", [(5400, 6000, "A")]),
        ("1\n00:00:01,000 --> 00:00:01,000\n\u00a0", [(1, 1, "\u00a0")]),
        ("1\n00:00:01,000 --> 00:00:02,000\nfrom --> to", [(1, 2, "from --> to")]),
    ],
)  # fmt: skip
def test_what_occurs_in_the_wild_is_taken(wild: str, found: list[tuple[float, float, str]]) -> None:
    assert [(cue.start, cue.end, cue.text) for cue in read_subtitles(wild).cues] == found


@pytest.mark.parametrize(
    ("wrong", "line", "why"),
    [
        ("1\n00:00:01,000 --> 00:00:0x,000\nA", 2, "must be a time"),
        ("1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:61,000 --> 00:01:03,000\nB", 6, "60"),
        ("1\n00:61:00,000 --> 00:62:00,000\nA", 2, "less than 60 minutes"),
        ("1\n00:00:03,000 --> 00:00:02,000\nA", 2, "must end after it begins"),
        ("1\n-00:00:03,000 --> 00:00:02,000\nA", 2, "must be a time"),
        ("Hello", 1, "must be a time, or the number before one"),
        ("WEBVTT\n\nlost\n\n00:01.000 --> 00:02.000\nA", 3, "must be a time, or the number"),
        (b"1\n00:00:01,000 --> 00:00:02,000\ncaf\xe9", 3, "UTF-8"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(wrong: str | bytes, line: int, why: str) -> None:
    with pytest.raises(InvalidRequestError, match=rf"^line {line}: .*{why}"):
        read_subtitles(wrong)


@pytest.mark.parametrize(
    ("cue", "field"),
    [
        (Cue(start=2, end=1), "start"),
        (Cue(start=-1, end=1), "start"),
        (Cue(start=0, end=float("inf")), "start"),
        (Cue(start=float("nan"), end=1), "start"),
        (Cue(start=0, end=1, text="A\n00:01.000 --> 00:02.000"), "text"),
        (Cue(start=0, end=1, text="a --> b"), "text"),
        (Cue(start=0, end=1, settings="line:0\nA"), "settings"),
        (Cue(start=0, end=1, name="NOTE"), "name"),
        (Cue(start=0, end=1, name=" "), "name"),
        (Cue(start=0, end=1, name="a\nb"), "name"),
        (Cue(start=0, end=1, name="00:01.000 --> 00:02.000"), "name"),
        (Cue(start=0, end=1, notes=("NOTE\n\nx",)), r"notes\[0\]"),
        (Cue(start=0, end=1, notes=("note",)), r"notes\[0\]"),
    ],
)
def test_what_could_not_be_read_is_not_written(cue: Cue, field: str) -> None:
    with pytest.raises(InvalidRequestError, match=rf"^cues\[0\]\.{field}: "):
        write_subtitles(Subtitles(cues=(cue,), form="vtt"))


@pytest.mark.parametrize("header", ["x", " a\n\nb", "\n00:01.000 --> 00:02.000"])
def test_a_header_that_would_not_be_one_is_refused(header: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"^header: "):
        write_subtitles(Subtitles(form="vtt", header=header))


def test_the_sandbox_writes_the_same() -> None:
    made = [SandboxCue(0.0, 1.5, "A < B"), SandboxCue(1.5, 3.25, "And & more.")]
    read = read_subtitles(sandbox_srt(made))
    assert write_subtitles(read) == sandbox_srt(made)
    assert write_subtitles(read, "vtt") == sandbox_vtt(made).removesuffix("\n")


def test_heygen_knows_it_for_srt() -> None:
    assert sniff(SRT.encode()[:64]) == "application/x-subrip"


@pytest.mark.parametrize(
    ("srt", "vtt", "settings_"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d", ""),
        ("<B>x</B> <font color=red>y</font>", "<b>x</b> y", ""),
        ("{\\an8}top", "top", "line:0"),
        ("{\\an1}left", "left", "align:start"),
        ("{\\an6}right", "right", "line:50% align:end"),
    ],
)
def test_srt_becomes_vtt(srt: str, vtt: str, settings_: str) -> None:
    (cue,) = convert_subtitles(Subtitles(cues=(Cue(start=0, end=1, text=srt),)), "vtt").cues
    assert (cue.text, cue.settings) == (vtt, settings_)


@pytest.mark.parametrize(
    ("vtt", "where", "srt"),
    [
        ("&lt;a&gt; &amp; b", "", "<a> & b"),
        ("<v Ada>Hi <i.loud>there</i>", "", "Hi <i>there</i>"),
        ("<00:00:01.000>word", "", "word"),
        ("up", "line:0", "{\\an8}up"),
        ("up", "align:start line:0%", "{\\an8}up"),
        ("down", "line:90%", "down"),
        ("&#10;x", "", " x"),
    ],
)
def test_vtt_becomes_srt(vtt: str, where: str, srt: str) -> None:
    cue = Cue(start=0, end=1, text=vtt, settings=where)
    (made,) = convert_subtitles(Subtitles(cues=(cue,), form="vtt"), "srt").cues
    assert made.text == srt


@given(st.lists(cues(rows)))
def test_there_and_back_the_same_is_read(made: list[Cue]) -> None:
    subtitles = Subtitles(cues=tuple(made))
    back = convert_subtitles(convert_subtitles(subtitles, "vtt"), "srt")
    assert [(cue.start, cue.end) for cue in back.cues] == [(c.start, c.end) for c in made]
    assert said(back) == said(subtitles)


@given(st.lists(cues(spoken)), forms, st.integers(1, 60), st.integers(1, 3))
@settings(max_examples=200)
def test_a_split_keeps_words_order_times_and_limits(
    made: list[Cue], form: Form, max_chars: int, max_lines: int
) -> None:
    subtitles = Subtitles(cues=tuple(made), form=form)
    split = split_subtitles(subtitles, max_chars=max_chars, max_lines=max_lines)
    assert said(split) == said(subtitles)
    for cue in split.cues:
        lines = re.sub("<[^>]*>", "", cue.text).split("\n")
        assert len(lines) <= max_lines
        for line in lines:
            assert len(line) <= max_chars or len(line.split()) == 1
            assert line == line.strip()
        # Whatever is opened is closed.
        for tag in "bi":
            open_ = cue.text.count(f"<{tag}>") > cue.text.count(f"</{tag}>")
            assert not open_ or cue in made
        assert cue.start <= cue.end
    assert split_subtitles(split, max_chars=max_chars, max_lines=max_lines) == split


@given(cues(spoken), st.integers(5, 60))
def test_the_pieces_fill_the_time_of_the_whole(cue: Cue, max_chars: int) -> None:
    split = split_subtitles(Subtitles(cues=(cue,)), max_chars=max_chars, max_lines=1).cues
    assert (split[0].start, split[-1].end) == (cue.start, cue.end)
    assert [each.end for each in split[:-1]] == [each.start for each in split[1:]]


@given(st.lists(cues(spoken)), forms, st.integers(1, 60), st.integers(1, 3))
def test_a_merge_keeps_words_and_order(
    made: list[Cue], form: Form, max_chars: int, max_lines: int
) -> None:
    subtitles = Subtitles(cues=tuple(made), form=form)
    limits = {"max_chars": max_chars, "max_lines": max_lines}
    merged = merge_subtitles(subtitles, **limits, max_gap=5, max_seconds=1e9)
    assert said(merged) == said(subtitles)
    assert len(merged.cues) <= len(made)
    assert merge_subtitles(merged, **limits, max_gap=5, max_seconds=1e9) == merged


def test_short_neighbours_become_one() -> None:
    made = (
        Cue(start=0, end=1, text="Hello", notes=("NOTE a",)),
        Cue(start=1.1, end=2, text="there.", notes=("NOTE b",)),
        Cue(start=4, end=5, text="Later."),
    )
    merged = merge_subtitles(Subtitles(cues=made, form="vtt"))
    assert [cue.text for cue in merged.cues] == ["Hello there.", "Later."]
    assert (merged.cues[0].end, merged.cues[0].notes) == (2, ("NOTE a", "NOTE b"))
    assert len(merge_subtitles(Subtitles(cues=made), max_seconds=1.5).cues) == 3
    assert len(merge_subtitles(Subtitles(cues=made), max_chars=6, max_lines=1).cues) == 3


def test_an_open_tag_goes_on_in_the_next_piece() -> None:
    text = "<i>The quick <b>brown fox</b> jumps</i> over"
    split = split_subtitles(
        Subtitles(cues=(Cue(start=0, end=4, text=text),)), max_chars=15, max_lines=1
    )
    assert [cue.text for cue in split.cues] == [
        "<i>The quick <b>brown</b></i>",
        "<i><b>fox</b> jumps</i> over",
    ]


def test_every_piece_stands_where_the_whole_did() -> None:
    top = Cue(start=0, end=2, text="{\\an8}one <b>two</b> three")
    split = split_subtitles(Subtitles(cues=(top,)), max_chars=7, max_lines=1)
    assert [cue.text for cue in split.cues] == ["{\\an8}one <b>two</b>", "{\\an8}three"]
    assert [cue.settings for cue in convert_subtitles(split, "vtt").cues] == ["line:0"] * 2


def test_scripts_without_spaces_get_none() -> None:
    made = Subtitles(cues=(Cue(start=0, end=1, text="你好、"), Cue(start=1, end=2, text="世界。")))
    assert [cue.text for cue in merge_subtitles(made).cues] == ["你好、世界。"]
    assert [cue.text for cue in split_subtitles(merge_subtitles(made), max_chars=3).cues] == [
        "你好、\n世界。"
    ]


def test_there_are_two_forms() -> None:
    for change in (convert_subtitles, write_subtitles):
        with pytest.raises(InvalidRequestError, match="form: must be srt or vtt"):
            change(Subtitles(), "ass")  # type: ignore[arg-type]


@given(st.lists(cues(rows)), st.integers(0, 10_000))
def test_a_shift_can_be_taken_back(made: list[Cue], millis: int) -> None:
    subtitles = Subtitles(cues=tuple(made))
    later = shift_subtitles(subtitles, millis / 1000)
    assert shift_subtitles(later, -millis / 1000) == subtitles


@pytest.mark.parametrize("by", [-1.5, float("nan"), float("inf")])
def test_nothing_is_shifted_before_the_beginning(by: float) -> None:
    with pytest.raises(InvalidRequestError, match="at least -1"):
        shift_subtitles(Subtitles(cues=(Cue(start=1, end=2),)), by)


def test_parts_are_joined_with_everything_between_them() -> None:
    first, second = read_subtitles(VTT), read_subtitles(SRT)
    whole = join_subtitles([(0, first), (10, second), (20.5, first)])
    assert [cue.start for cue in whole.cues] == [1, 2.5, 11, 12.5, 21.5, 23]
    assert [whole.cues[at].notes for at in (0, 2, 4)] == [
        (),
        ("NOTE the end",),
        ("NOTE before all",),
    ]
    assert (whole.form, whole.blocks, whole.closing) == ("vtt", first.blocks, first.closing)
    assert read_subtitles(write_subtitles(whole)) == whole
    with pytest.raises(InvalidRequestError, match="parts"):
        join_subtitles([])


def timed(*said: str, step: float = 0.4) -> list[WordTimestamp]:
    return [
        WordTimestamp(word=word, start=at * step, end=at * step + step)
        for at, word in enumerate(said)
    ]


def test_of_a_speech_only_what_is_spoken_is_shown() -> None:
    speech = Speech(
        audio_url="https://x", word_timestamps=timed("<start>", "Hello", " ", "world.", "<end>")
    )
    for given_ in (speech, speech.word_timestamps or []):
        (cue,) = subtitles_of(given_).cues
        assert (cue.text, round(cue.start, 3), round(cue.end, 3)) == ("Hello world.", 0.4, 1.6)
    with pytest.raises(InvalidRequestError, match="word_timestamps"):
        subtitles_of(Speech(audio_url="https://x"))


@given(st.lists(st.sampled_from(["a", "you.", "wonderful", "你", "。", "<start>", "x"])),
       st.integers(1, 50), st.floats(0.5, 9))  # fmt: skip
def test_captions_of_words_keep_all_of_them_within_the_limits(
    said_: list[str], max_chars: int, max_seconds: float
) -> None:
    made = subtitles_of(timed(*said_), max_chars=max_chars, max_seconds=max_seconds)
    assert said(made) == "".join(word for word in said_ if word != "<start>")
    for cue in made.cues:
        alone = len(cue.text.split()) == 1 or cue.text in {"你", "。"}
        assert len(cue.text) <= max_chars or alone
        assert cue.end - cue.start <= max_seconds + 1e-9 or alone


@pytest.mark.parametrize("limit", ["max_chars", "max_lines"])
def test_a_limit_is_at_least_one(limit: str) -> None:
    for change in (split_subtitles, merge_subtitles):
        with pytest.raises(InvalidRequestError, match=limit):
            change(Subtitles(), **{limit: 0})


def test_a_file_of_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(SRT.encode("utf-8-sig"))
    assert read_subtitles((tmp_path / "a.srt").read_bytes()) == read_subtitles(SRT)


MISTYPED = [
    "00:00:03,000 -> 00:00:04,000",
    "00:00:03,000 - 00:00:04,000",
    "00:00:03,000 – 00:00:04,000",
    "00:00:03,000 —> 00:00:04,000",
    "00:00:03,000 → 00:00:04,000",
    "00:00:03,000 --> 00:00:04,000,5",
    "0O:00:03,000 --> 00:00:04,000",
    "0:03 => 0:04",
    "00;00;03,000 -- 00;00;04,000",
]


@pytest.mark.parametrize("times", MISTYPED)
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_times_that_are_mistyped_are_no_caption(times: str, head: str) -> None:
    text = f"{head}00:00:01.000 --> 00:00:02.000\nA\n\n2\n{times}\nB\n"
    line = text.split("\n").index(times) + 1
    with pytest.raises(InvalidRequestError, match=f"line {line}: must be a time"):
        read_subtitles(text)


def test_an_arrow_is_text_in_srt_and_no_text_in_vtt() -> None:
    text = "00:00:01.000 --> 00:00:02.000\nfrom --> to\nOpen 9:00 - 17:00\n9:00 - 17:00\n"
    (cue,) = read_subtitles(text).cues
    assert cue.text == "from --> to\nOpen 9:00 - 17:00\n9:00 - 17:00"
    with pytest.raises(InvalidRequestError, match="line 4: must be a time"):
        read_subtitles(f"WEBVTT\n\n{text}")


def test_a_caption_at_the_top_is_not_joined_to_one_at_the_bottom() -> None:
    made = Subtitles(
        cues=(
            Cue(start=0, end=1, text="Who?"),
            Cue(start=1, end=2, text="{\\an8}SIGN"),
            Cue(start=2, end=3, text="{\\an8}TWO"),
            Cue(start=3, end=4, text="<i>Me.</i>"),
            Cue(start=4, end=5, text="You."),
        )
    )
    merged = [plain(cue.text, "srt") for cue in merge_subtitles(made).cues]
    assert merged == ["Who?", "SIGN TWO", "Me. You."]


def test_odd_spaces_come_back_or_are_refused() -> None:
    for cue in (
        Cue(start=0, end=1, text="\ufeffa"),
        Cue(start=0, end=1, text="a", settings="line:0\u00a0"),
    ):
        made = Subtitles(cues=(cue,), form="vtt")
        assert read_subtitles(write_subtitles(made)) == made
    made = Subtitles(cues=(Cue(start=0, end=1, text="a", settings=" line:0"),), form="vtt")
    with pytest.raises(InvalidRequestError, match="settings: must be one line, without spaces"):
        write_subtitles(made)
