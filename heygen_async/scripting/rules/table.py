"""All rules, in one table: those for prompts by their number, then those for scripts."""

from typing import Final

from heygen_async.scripting.findings import Rule
from heygen_async.scripting.rules.drafts import Checks
from heygen_async.scripting.rules.frame import FRAME_CHECKS
from heygen_async.scripting.rules.layers import LAYER_CHECKS
from heygen_async.scripting.rules.scenes import SCENE_CHECKS
from heygen_async.scripting.rules.scripts import SCRIPT_CHECKS
from heygen_async.scripting.rules.words import WORD_CHECKS

PROMPT_CHECKS: Final[Checks] = (*FRAME_CHECKS, *SCENE_CHECKS, *LAYER_CHECKS, *WORD_CHECKS)

RULES: Final[dict[str, Rule]] = {
    rule.id: rule
    for rule in (
        *sorted((rule for rule, _ in PROMPT_CHECKS), key=lambda rule: rule.number or 0),
        *(rule for rule, _ in SCRIPT_CHECKS),
    )
}
"""By id."""
