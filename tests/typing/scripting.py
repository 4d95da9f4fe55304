"""Typical use of scripts and prompts, never run."""

from typing import assert_type

from heygen_async import HeyGen
from heygen_async.models import AvatarVideo, CreateAgentSession
from heygen_async.scripting import (
    RULES,
    STYLES,
    Brief,
    BriefScene,
    Finding,
    Level,
    Rule,
    VisualStyle,
    brief_from_toml,
    build_prompt,
    check_script,
    lint,
    parse_prompt,
    split_script,
)


async def scripts(heygen: HeyGen, script: str) -> None:
    report = check_script(script, method="videos.create", speed=1.1)
    assert_type(report.seconds, float)
    assert_type(report.findings, tuple[Finding, ...])
    for scene in split_script(script, seconds=30):
        await heygen.videos.create(AvatarVideo(avatar_id="a", script=scene))


async def prompts(heygen: HeyGen, text: str) -> None:
    brief = brief_from_toml(text)
    assert_type(brief, Brief)
    assert_type(brief.scenes, list[BriefScene])
    prompt = build_prompt(brief)
    assert_type(lint(parse_prompt(prompt)), tuple[Finding, ...])
    if all(finding.level is not Level.ERROR for finding in lint(prompt)):
        await heygen.video_agents.create(CreateAgentSession(prompt=prompt))
    assert_type(RULES["themes"], Rule)
    assert_type(STYLES["Red Wire"], VisualStyle)
