"""A script before it is sent: how long it is, how long it takes, and what is wrong with it."""

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.scripting.findings import Finding, Level, findings_of
from heygen_async.scripting.methods import METHODS
from heygen_async.scripting.rules.scripts import SCRIPT_CHECKS, Spoken, said, without_comments
from heygen_async.scripting.sentences import sentences
from heygen_async.scripting.splitting import positive_pace
from heygen_async.wire.speech import WORDS_A_MINUTE, pause_seconds, spoken_seconds, word_count


class ScriptReport(Record):
    """What a script comes to.

    Attributes:
        characters: How many; HeyGen counts the tags, too.
        words: How many are said; of Han, kana and Thai each character.
        sentences: How many.
        seconds: How long it takes to say, pauses included.
        pause_seconds: How long it pauses.
        findings: What is wrong with it, in the order of the text.
    """

    characters: int
    words: int
    sentences: int
    seconds: float
    pause_seconds: float
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return all(each.level is not Level.ERROR for each in self.findings)


def check_script(
    script: str,
    *,
    method: str = "videos.create",
    speed: float = 1.0,
    words_a_minute: float = WORDS_A_MINUTE,
    ssml: bool = False,
    language: str = "en",
) -> ScriptReport:
    """Counts a script, and holds it to what HeyGen takes and advises.

    Args:
        script: The script, with its break tags.
        method: Who is to get it, one of ``METHODS``: the limits are those of the method.
        speed: Of the voice, 0.5 to 2.0; 1 is normal, 0.9 to 1.1 sounds natural.
        words_a_minute: The voice's pace at its normal speed.
        language: Of the script; abbreviations, and the words for a figure, are told in ``en`` only.
        ssml: Whether the script is SSML; only ``voices.create_speech`` takes that.

    Raises:
        InvalidRequestError: There is no such method, it takes no SSML, or a pace is no pace.
    """
    takes = METHODS.get(method)
    if takes is None:
        raise InvalidRequestError("method", method, f"must be one of {', '.join(METHODS)}")
    if ssml and not takes.ssml:
        taking = [name for name, each in METHODS.items() if each.ssml]
        raise InvalidRequestError("ssml", ssml, f"is taken by {', '.join(taking)} only")
    positive_pace(speed=speed, words_a_minute=words_a_minute)
    if not 0.5 <= speed <= 2.0:  # noqa: PLR2004  what every page of HeyGen allows
        raise InvalidRequestError("speed", speed, "must be from 0.5 to 2.0")
    if ssml:
        script = without_comments(script)
    spoken = Spoken(text=script, takes=takes, ssml=ssml, language=language)
    hits = ((rule, hit) for rule, check in SCRIPT_CHECKS for hit in check(spoken))
    heard = said(script) if ssml else script
    return ScriptReport(
        characters=len(script),
        words=word_count(heard),
        sentences=len(sentences(heard)) if heard.strip() else 0,
        seconds=round(spoken_seconds(heard, speed=speed, words_a_minute=words_a_minute), 3),
        pause_seconds=round(pause_seconds(script), 3),
        findings=findings_of(hits, script),
    )
