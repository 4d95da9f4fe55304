"""Scripts, prompts and briefs from files, held to HeyGen's guides."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from heygen_async import scripting
from heygen_async.cli import failures
from heygen_async.cli.console import out, say
from heygen_async.cli.reading import STDIO, read_text
from heygen_async.scripting import Finding, Level, ScriptReport


def check(
    file: str,
    *,
    method: str,
    speed: float,
    pace: float,
    ssml: bool,
    language: str,
    as_json: bool,
) -> int:
    """Prints what a script comes to, and what is wrong with it.

    Args:
        file: The script; ``-`` is stdin.
        method: Who gets it.
        speed: Of the voice.
        pace: Words a minute.
        ssml: Whether it is SSML.
        language: Of the script.
        as_json: Print JSON.

    Returns:
        The exit code: 1 if there is an error in it.

    Raises:
        ConfigError: The file cannot be read.
        InvalidRequestError: It is no text, or an option is none.
    """
    report = scripting.check_script(
        read_text(file),
        method=method,
        speed=speed,
        words_a_minute=pace,
        ssml=ssml,
        language=language,
    )
    if as_json:
        _json(report)
    else:
        out(_counts(report))
        _list(file, report.findings)
    return _code(report.findings)


def lint(
    file: str, *, seconds: float | None, files: Sequence[str], language: str, as_json: bool
) -> int:
    """Prints what HeyGen's guide has against a prompt.

    Args:
        file: The prompt; ``-`` is stdin.
        seconds: How long the video is asked to be, besides.
        files: Names of the files that go along.
        language: Of what is said.
        as_json: Print JSON.

    Returns:
        The exit code: 1 if there is an error in it.

    Raises:
        ConfigError: The file cannot be read.
        InvalidRequestError: It is no text.
    """
    prompt = scripting.parse_prompt(read_text(file))
    findings = scripting.lint(prompt, seconds=seconds, files=files, language=language)
    if as_json:
        _json(findings)
    else:
        _list(file, findings)
    counts = {level: sum(each.level is level for each in findings) for level in Level}
    told = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    if not prompt.scenes:
        told = f"{told or 'nothing is wrong'}; no scenes were seen, so their rules had no say"
    say(told or "all is well")
    return _code(findings)


def build(file: str) -> int:
    """Prints the prompt that a brief makes; what could be better in it goes to stderr.

    Args:
        file: The brief as TOML; ``-`` is stdin.

    Returns:
        The exit code: 1 if there is an error in the prompt.

    Raises:
        ConfigError: The file cannot be read.
        InvalidRequestError: It is no brief.
    """
    brief = scripting.brief_from_toml(read_text(file), name="stdin" if file == STDIO else file)
    prompt = scripting.build_prompt(brief)
    out(prompt.removesuffix("\n"))
    findings = scripting.lint(prompt, files=list(brief.attachments), language=brief.language)
    for finding in findings:
        say(f"prompt:{finding}")
    return _code(findings)


def _counts(report: ScriptReport) -> str:
    pauses = f", {report.pause_seconds:g} s of them pauses" if report.pause_seconds else ""
    return (
        f"{report.characters:,} characters, {report.words:,} words, {report.sentences:,} sentences,"
        f" {report.seconds:g} s{pauses}"
    )


def _list(file: str, findings: Iterable[Finding]) -> None:
    for finding in findings:
        out(f"{file}:{finding}")


def _json(value: Any) -> None:
    out(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def _code(findings: Iterable[Finding]) -> int:
    failed = any(each.level is Level.ERROR for each in findings)
    return failures.SOME_FAILED if failed else failures.OK
