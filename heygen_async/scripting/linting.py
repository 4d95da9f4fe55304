"""A prompt held to HeyGen's guide for the video agent."""

from collections.abc import Sequence

from heygen_async.scripting.findings import Finding, findings_of
from heygen_async.scripting.prompts import Prompt, parse_prompt
from heygen_async.scripting.rules.drafts import Draft
from heygen_async.scripting.rules.table import PROMPT_CHECKS


def lint(
    prompt: str | Prompt,
    *,
    seconds: float | None = None,
    files: Sequence[str] = (),
    language: str = "en",
) -> tuple[Finding, ...]:
    """What HeyGen's guide has against a prompt, in the order of the text.

    A prompt needs no headers and no scenes; without them most rules have nothing to look at.

    Args:
        prompt: The prompt.
        seconds: How long the video is asked to be, where the request says so (v1's
            ``duration_sec``).
        files: The names of the files that go with it.
        language: Of what is said; the words for a figure are told in ``en`` only.
    """
    parsed = prompt if isinstance(prompt, Prompt) else parse_prompt(prompt)
    draft = Draft(prompt=parsed, seconds=seconds, files=tuple(files), language=language)
    hits = ((rule, hit) for rule, check in PROMPT_CHECKS for hit in check(draft))
    return findings_of(hits, parsed.text)
