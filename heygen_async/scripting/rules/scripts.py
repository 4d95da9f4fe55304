"""What HeyGen's guide says about a script that a voice is to say."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from heygen_async.models.base import Record
from heygen_async.scripting.figures import is_english, spellings
from heygen_async.scripting.findings import Hit, Level, Rule, shown
from heygen_async.scripting.methods import Takes
from heygen_async.scripting.pauses import LONGEST
from heygen_async.scripting.sentences import sentences
from heygen_async.wire.speech import Break, breaks, word_count

_SENTENCE_MAX: Final = 30
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_AMPERSAND: Final = re.compile(r"&(?!#?\w+;)")
_DIGIT: Final = re.compile("[0-9]")
_BROKEN: Final = re.compile(r"<\s*/?\s*break\b(?![^<>]*>)", re.IGNORECASE)
_GOOD_BREAK: Final = re.compile(r'<break time="[0-9]*\.?[0-9]+s" ?/>')
_WRITTEN_OUT: Final = {
    "approx.": "approximately",
    "e.g.": "for example",
    "etc.": "and so on",
    "i.e.": "that is",
    "vs.": "versus",
    "w/o": "without",
    "w/": "with",
}
_ABBREVIATION: Final = re.compile(
    rf"(?<![\w./])(?:{'|'.join(map(re.escape, _WRITTEN_OUT))})(?![\w/])", re.IGNORECASE
)


class Spoken(Record):
    """A script, and who is to say it.

    Attributes:
        text: The script.
        takes: What the method takes.
        ssml: Whether the script is SSML.
        language: Of the script.
    """

    text: str
    takes: Takes
    ssml: bool
    language: str


ScriptCheck: TypeAlias = Callable[[Spoken], Iterator[Hit]]


def said(text: str) -> str:
    """What of SSML is said, and its break tags.

    Args:
        text: The SSML.
    """
    spaced = _TAG.sub(lambda tag: tag[0] if tag[2].lower() == "break" else " ", text)
    return re.sub(r"\s+(?=[.,;:!?…])", "", spaced)


def without_comments(text: str) -> str:
    """SSML with spaces where its comments are, so that all else stays in its place.

    Args:
        text: The SSML.
    """
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _empty(script: Spoken) -> Iterator[Hit]:
    if not word_count(_TAG.sub(" ", script.text)):
        yield Hit(at=0, message="there is nothing to say")


def _length(script: Spoken) -> Iterator[Hit]:
    most = script.takes.characters
    if len(script.text) > most:
        yield Hit(at=most, message=f"{len(script.text):,} characters, at most {most:,} are taken")


def _strict_length(script: Spoken) -> Iterator[Hit]:
    most = script.takes.strict
    if most is not None and most < len(script.text) <= script.takes.characters:
        message = f"{len(script.text):,} characters, some of HeyGen's pages say at most {most:,}"
        yield Hit(at=most, message=message)


def _broken_breaks(script: Spoken) -> Iterator[Hit]:
    for found in _BROKEN.finditer(script.text):
        yield Hit(at=found.start(), message="a break tag is never closed")
    for tag in breaks(script.text):
        if not tag.seconds:
            yield Hit(at=tag.start, message=f"{_at(script, tag)} says no time to pause")


def _milliseconds(script: Spoken) -> Iterator[Hit]:
    for tag in breaks(script.text):
        if tag.in_ms:
            yield Hit(at=tag.start, message=f"{_at(script, tag)} is in milliseconds")


def _form(script: Spoken) -> Iterator[Hit]:
    for tag in breaks(script.text):
        written = script.text[tag.start : tag.end]
        if tag.seconds and not tag.in_ms and not _GOOD_BREAK.fullmatch(written):
            yield Hit(at=tag.start, message=f"{shown(written)} is written in another way")


def _spaces(script: Spoken) -> Iterator[Hit]:
    for tag in breaks(script.text):
        before = script.text[max(0, tag.start - 1) : tag.start]
        around = before + script.text[tag.end : tag.end + 1]
        if around.strip():
            yield Hit(at=tag.start, message=f"{_at(script, tag)} touches the text beside it")


def _long_breaks(script: Spoken) -> Iterator[Hit]:
    run: list[Break] = []
    for tag in breaks(script.text):
        if run and script.text[run[-1].end : tag.start].strip():
            yield from _long_run(run)
            run = []
        run.append(tag)
    yield from _long_run(run)


def _long_run(run: list[Break]) -> Iterator[Hit]:
    total = round(sum(tag.seconds or 0.0 for tag in run), 6)
    if total > LONGEST:
        yield Hit(at=run[0].start, message=f"a pause of {total:g} seconds")


def _unheard(script: Spoken) -> Iterator[Hit]:
    if not script.takes.breaks:
        for tag in breaks(script.text):
            yield Hit(at=tag.start, message=f"{_at(script, tag)} is not understood by this method")


def _tags(script: Spoken) -> Iterator[Hit]:
    if not script.ssml:
        for found in _TAG.finditer(script.text):
            if found[2].lower() != "break":
                yield Hit(at=found.start(), message=f"{shown(found[0])} is no tag of a script")


def _balance(script: Spoken) -> Iterator[Hit]:
    if not script.ssml:
        return
    opened: list[re.Match[str]] = []
    for found in _TAG.finditer(script.text):
        closes, name, alone = found.groups()
        if closes and opened and opened[-1][2] == name:
            opened.pop()
        elif closes:
            yield Hit(at=found.start(), message=f"{shown(found[0])} closes what is not open")
        elif not alone:
            opened.append(found)
    for found in opened:
        yield Hit(at=found.start(), message=f"{shown(found[0])} is never closed")
    for found in _AMPERSAND.finditer(script.text):
        yield Hit(at=found.start(), message="“&” begins no entity", advice="Write “&amp;”.")


def _long_sentences(script: Spoken) -> Iterator[Hit]:
    at = 0
    for sentence in sentences(script.text):
        words = word_count(_TAG.sub(" ", sentence))
        if words >= _SENTENCE_MAX:
            yield Hit(at=at, message=f"{shown(sentence)} has {words} words")
        at += len(sentence)


def _exclamations(script: Spoken) -> Iterator[Hit]:
    marks = [found.start() for found in re.finditer("[!！]+", script.text)]
    for _, at in pairwise(marks):
        yield Hit(at=at, message="another exclamation mark")


def _abbreviations(script: Spoken) -> Iterator[Hit]:
    if not is_english(script.language):
        return
    for found in _ABBREVIATION.finditer(script.text):
        words = _WRITTEN_OUT[found[0].lower()]
        message = f"{shown(found[0])} is an abbreviation"
        yield Hit(at=found.start(), message=message, advice=f"Write “{words}”.")


def _figures(script: Spoken) -> Iterator[Hit]:
    yield from figures_in(script.text, language=script.language)


def figures_in(text: str, at: int = 0, *, language: str) -> Iterator[Hit]:
    """The words with digits in a text that is to be said.

    Args:
        text: The text; tags are not said.
        at: Where it begins in the whole.
        language: Of the text: the words for a figure are told in English alone.
    """
    bare = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    known = spellings(bare) if is_english(language) else ()
    done = 0
    for start, end, words in [*known, (len(bare), len(bare), "")]:
        for found in re.finditer(r"\S+", bare[done:start]):
            if _DIGIT.search(found[0]):
                yield Hit(at=at + done + found.start(), message=f"{shown(found[0])} has figures")
        if words:
            advice = f"Write “{words}”."
            yield Hit(at=at + start, message=f"{shown(bare[start:end])} has figures", advice=advice)
        done = end


def _at(script: Spoken, tag: Break) -> str:
    return shown(script.text[tag.start : tag.end])


_MEND: Final = "mend_breaks writes it as HeyGen takes it."

SCRIPT_CHECKS: Final[tuple[tuple[Rule, ScriptCheck], ...]] = (
    (
        Rule(
            id="script-empty",
            level=Level.ERROR,
            what="A script has something to say.",
            advice="Write at least a word besides the tags.",
            fails='<break time="1s"/>',
            passes='Hello. <break time="1s"/>',
        ),
        _empty,
    ),
    (
        Rule(
            id="script-length",
            level=Level.ERROR,
            what="A script has at most as many characters as its method takes: 5,000.",
            advice="Cut it in scenes with split_script.",
            fails="Again. " * 715,
            passes="Again. " * 714,
        ),
        _length,
    ),
    (
        Rule(
            id="script-length-strict",
            level=Level.WARN,
            what="Where HeyGen's pages disagree (v2), a script has at most 1,500 characters.",
            advice="Cut it in scenes with split_script(characters=1500).",
            fails="Again. " * 215,
            passes="Again. " * 214,
            given={"method": "v2.videos.generate"},
        ),
        _strict_length,
    ),
    (
        Rule(
            id="break-broken",
            level=Level.ERROR,
            what="A break tag is closed, and says how long it pauses.",
            advice='Write it as <break time="1s"/>.',
            fails="One. <break/> Two.",
            passes='One. <break time="1s"/> Two.',
        ),
        _broken_breaks,
    ),
    (
        Rule(
            id="break-milliseconds",
            level=Level.ERROR,
            what="A break tag is in seconds: milliseconds are not understood.",
            advice=_MEND,
            fails='One. <break time="500ms"/> Two.',
            passes='One. <break time="0.5s"/> Two.',
        ),
        _milliseconds,
    ),
    (
        Rule(
            id="break-form",
            level=Level.WARN,
            what="A break tag closes itself, and its time is in quotes with an s.",
            advice=_MEND,
            fails='One. <break time="1s"></break> Two.',
            passes='One. <break time="1s"/> Two.',
        ),
        _form,
    ),
    (
        Rule(
            id="break-spaces",
            level=Level.WARN,
            what="A break tag has a space before it and after it.",
            advice=_MEND,
            fails='One.<break time="1s"/>Two.',
            passes='One. <break time="1s"/> Two.',
        ),
        _spaces,
    ),
    (
        Rule(
            id="break-long",
            level=Level.WARN,
            what="A pause lasts at most 2 seconds; tags that follow each other add up.",
            advice="Pause 1.5 to 2 seconds before a reveal, and less anywhere else.",
            fails='One. <break time="1.5s"/> <break time="1s"/> Two.',
            passes='One. <break time="1.5s"/> Two. <break time="1s"/> Three.',
        ),
        _long_breaks,
    ),
    (
        Rule(
            id="break-unheard",
            level=Level.ERROR,
            what="Model speech takes plain text, without break tags.",
            advice="Leave it out, or take voices.create_speech.",
            fails='One. <break time="1s"/> Two.',
            passes="One. Two.",
            given={"method": "preview.model_speech.generate"},
        ),
        _unheard,
    ),
    (
        Rule(
            id="script-tags",
            level=Level.ERROR,
            what="A script holds no tags but break, unless it is SSML for voices.create_speech.",
            advice="Leave the tag out: it may be read aloud.",
            fails="This is <b>new</b>.",
            passes="This is new.",
        ),
        _tags,
    ),
    (
        Rule(
            id="ssml-balance",
            level=Level.ERROR,
            what="Every element of SSML is closed, in the order in which they were opened.",
            advice="Close it, or let it close itself.",
            fails="<speak>This is <emphasis>new.</speak>",
            passes="<speak>This is <emphasis>new</emphasis>.</speak>",
            given={"method": "voices.create_speech", "ssml": True},
        ),
        _balance,
    ),
    (
        Rule(
            id="sentence-length",
            level=Level.WARN,
            what="A sentence has fewer than 30 words; 10 to 20 are good to hear.",
            advice="Make two sentences of it.",
            fails="We went on, and on, " + "and on, " * 13 + "and home.",
            passes="We went on, and on. Then we went home.",
        ),
        _long_sentences,
    ),
    (
        Rule(
            id="exclamation-marks",
            level=Level.ADVICE,
            what="A script has at most one exclamation mark.",
            advice="End the sentence with a full stop.",
            fails="It is here! It is new!",
            passes="It is here! It is new.",
        ),
        _exclamations,
    ),
    (
        Rule(
            id="abbreviations",
            level=Level.ADVICE,
            what="Abbreviations are written as they are to be said.",
            advice="Write it out.",
            fails="Bring a snack, e.g. fruit.",
            passes="Bring a snack, for example fruit.",
        ),
        _abbreviations,
    ),
    (
        Rule(
            id="script-figures",
            level=Level.ADVICE,
            what="Figures are written as they are to be said.",
            advice="Write it in words, as it is to be said.",
            fails="Sales rose by 37%.",
            passes="Sales rose by thirty-seven percent.",
        ),
        _figures,
    ),
)
