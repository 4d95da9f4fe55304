from __future__ import annotations

import itertools

from hypothesis import given, strategies as st

from heygen_async.sandbox.media import Cue, Word, cues_of, srt, vtt


def spoken(text: str, step: float = 0.4) -> list[Word]:
    return [
        Word(word, round(index * step, 3), round((index + 1) * step, 3))
        for index, word in enumerate(text.split())
    ]


def test_a_caption_ends_with_its_sentence() -> None:
    cues = cues_of(spoken("Hello there. How are you?"))
    assert [cue.text for cue in cues] == ["Hello there.", "How are you?"]
    assert (cues[0].start, cues[0].end) == (0.0, 0.8)


def test_a_quoted_sentence_ends_too() -> None:
    assert len(cues_of(spoken('He said "stop." Then he left.'))) == 2


def test_a_pause_ends_a_caption() -> None:
    words = [Word("one", 0.0, 0.4), Word("two", 2.0, 2.4)]
    assert [cue.text for cue in cues_of(words)] == ["one", "two"]


@given(st.lists(st.from_regex(r"[a-z]{1,30}[.!]?", fullmatch=True), max_size=60))
def test_captions_are_short_and_lose_nothing(words: list[str]) -> None:
    cues = cues_of(spoken(" ".join(words)))
    assert " ".join(cue.text for cue in cues).split() == words
    assert all(len(cue.text) <= 42 for cue in cues)
    assert all(cue.end - cue.start <= 3.5 + 1e-9 for cue in cues)
    assert all(one.end <= two.start for one, two in itertools.pairwise(cues))


def test_unspaced_scripts_are_joined_without_spaces() -> None:
    words = [Word("你", 0.0, 0.2), Word("好。", 0.2, 0.4)]
    assert cues_of(words)[0].text == "你好。"


def test_srt() -> None:
    cues = (Cue(0.0, 1.5, "Hello."), Cue(3661.0016, 3662.9996, "Later."))
    assert srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,500\nHello.\n\n2\n01:01:01,002 --> 01:01:03,000\nLater.\n\n"
    )
    assert srt(()) == ""


def test_vtt_escapes_markup() -> None:
    assert vtt((Cue(0.0, 1.0, "a < b & c"),)) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na &lt; b &amp; c\n\n"
    )
