"""The rules: every one of them has a text that breaks it, and one that keeps it."""

from collections.abc import Iterable

import pytest

from heygen_async.scripting import RULES, Finding, Rule, check_script, lint
from heygen_async.scripting.rules.table import PROMPT_CHECKS


def found(text: str, rule: Rule) -> Iterable[Finding]:
    if rule.number is None:
        return check_script(text, **rule.given).findings
    return lint(text, **rule.given)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_bites_where_it_says_and_nowhere_else(rule: Rule) -> None:
    bitten = [each for each in found(rule.fails, rule) if each.rule == rule.id]
    assert bitten
    assert {each.level for each in bitten} == {rule.level}
    assert rule.id not in {each.rule for each in found(rule.passes, rule)}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_wants_in_sentences(rule: Rule) -> None:
    assert rule.what.endswith(".")
    assert rule.advice.endswith(".")


def test_all_of_the_guide_is_there() -> None:
    assert sorted(rule.number or 0 for rule, _ in PROMPT_CHECKS) == list(range(1, 29))
