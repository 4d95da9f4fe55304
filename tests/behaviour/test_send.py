"""Whatever is newer than the library is reached through the client too."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, TypedDict

import pytest

from heygen_async import Call, HeyGen, Kind, Route
from heygen_async.errors import DecodeError, OutcomeUnknownError
from heygen_async.sandbox import Fault, Sandbox

ROOT = Path(__file__).parents[2]
ME = Route("users.me", "GET", "/v3/users/me", Kind.READ)
VOICES = Route("voices.all", "GET", "/v3/voices", Kind.READ)
DELETE = Route("things.delete", "DELETE", "/v3/things/{thing_id}", Kind.IDEMPOTENT)
POST = Route("things.create", "POST", "/v3/avatar-realtime", Kind.ONCE)


def test_the_example_of_the_page_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", page(), re.MULTILINE | re.DOTALL)
    done = subprocess.run(  # noqa: S603  our own page
        [sys.executable, "-W", "error", "-c", example],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1000.0",
        "sandbox",
        "Ada, Brian, Chloe, Daniel, Emma, Frank",
        "waiting video",
        "voice_not_found 404",
        "not_found 404",
    ]


def page() -> str:
    return (ROOT / "docs" / "send.md").read_text("utf-8")


def test_the_page_names_every_kind_that_a_user_may_say() -> None:
    missing = {kind.name for kind in Kind} - set(re.findall(r"`Kind\.(\w+)`", page()))
    assert missing == {"BODY_KEYED"}  # the key goes into the body, where only we know its place


class Account(TypedDict):
    username: str


@pytest.mark.parametrize("reply", [dict, dict[str, Any], Account, object])
async def test_a_reply_may_be_of_any_type(heygen: HeyGen, reply: type[Any]) -> None:
    answer: Any = await heygen.send(Call(ME, reply))
    assert answer["username"] == "sandbox"


async def test_a_reply_of_the_wrong_type_is_told(heygen: HeyGen) -> None:
    with pytest.raises(DecodeError):
        await heygen.send(Call(ME, list[int]))


async def test_a_list_is_paged(heygen: HeyGen, sandbox: Sandbox) -> None:
    call = Call(VOICES, list[dict[str, Any]], query={"language": "English", "limit": 4})
    first = await heygen.pages(call)
    assert [voice["name"] for voice in first.items] == ["Ada", "Brian", "Chloe", "Daniel"]
    assert len([voice async for voice in heygen.pages(call)]) == 6
    assert [v["name"] async for v in heygen.pages(call, max_items=1)] == ["Ada"]
    assert [len(page.items) async for page in heygen.pages(call).pages()] == [4, 2]


@pytest.mark.odd_replies
async def test_an_answer_may_be_empty_where_nothing_is_expected(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    for reply in (type(None), object):
        sandbox.fault(Fault(path="/v3/things", status=204, body=""))
        call: Call[Any] = Call(DELETE, reply, ids={"thing_id": "a b"})
        assert await heygen.send(call) is None
    assert sandbox.requests[-1].path == "/v3/things/a b"
    sandbox.fault(Fault(path="/v3/things", status=204, body=""))
    with pytest.raises(DecodeError):
        await heygen.send(Call(DELETE, dict[str, Any], ids={"thing_id": "a"}))


async def test_the_kind_decides_about_repeats(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(path="/v3/users/me", drop=True))
    await heygen.send(Call(ME, dict[str, Any]))
    sandbox.fault(Fault(path="/v3/avatar-realtime", drop=True))
    with pytest.raises(OutcomeUnknownError):
        await heygen.send(Call(POST, dict[str, Any], body=b"{}"))
