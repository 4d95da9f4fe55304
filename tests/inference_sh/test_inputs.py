"""Files within inputs: by schema and by type, never by what a text looks like."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh import FileInput, LocalFile, apps
from heygen_async.inference_sh.apps.known import known_schema
from heygen_async.inference_sh.inputs import as_json, find_files, holds_files, placed, shown
from heygen_async.inference_sh.local import as_file
from heygen_async.inference_sh.schemas import Schema
from heygen_async.models.base import Request

HEX = "0123456789abcdef0123456789abcdef"
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "image": {"type": "string", "format": "file"},
            "maybe": {"anyOf": [{"type": "string", "format": "file"}, {"type": "null"}]},
            "many": {"type": "array", "items": {"type": "string", "format": "file"}},
            "pair": {
                "prefixItems": [{"type": "string"}, {"type": "string", "format": "file"}],
                "items": {"type": "string"},
            },
            "scenes": {"type": "array", "items": {"$ref": "#/$defs/Scene"}},
            "by_name": {"additionalProperties": {"allOf": [{"$ref": "#/$defs/a~1b"}]}},
            "name": {"type": "string"},
            "broken": {"$ref": "#/$defs/nobody"},
        },
        "$defs": {
            "Scene": {
                "properties": {
                    "clip": {"oneOf": [{"type": "string", "format": "file"}, {"type": "null"}]},
                    "next": {"$ref": "#/$defs/Scene"},
                }
            },
            "a/b": {"type": "string", "format": "file"},
        },
    }
)


class Scene(Request, tag_field="kind", tag="scene"):
    clip: FileInput
    title: str | None = None


class Stream:
    async def _chunks(self) -> AsyncIterator[bytes]:
        yield b"x"

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks()


LOCAL = [Path("a.png"), b"x", bytearray(b"x"), memoryview(b"x"), io.BytesIO(b"x"), Stream(),
         LocalFile(source="a.png")]  # fmt: skip


@pytest.mark.parametrize("value", LOCAL, ids=lambda value: type(value).__name__)
def test_what_can_only_be_a_file_is_one_where_the_schema_says_so(value: Any) -> None:
    (found,) = find_files({"image": value, "name": "x"}, SCHEMA)
    assert found.place == ("image",)
    assert found.file.source is (value.source if isinstance(value, LocalFile) else value)
    for field in ("name", "broken", "unknown"):
        with pytest.raises(InvalidRequestError) as caught:
            find_files({field: value}, SCHEMA)
        assert caught.value.field == field
        assert "files.upload" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ({"maybe": b"x"}, ["maybe"]),
        ({"many": [b"x", "https://a/b", b"y"]}, ["many[0]", "many[2]"]),
        ({"many": (b"x",)}, ["many[0]"]),
        ({"many": {b"x"}}, ["many[0]"]),
        ({"scenes": [Scene(clip=b"x")]}, ["scenes[0].clip"]),
        ({"pair": ["a", b"x"]}, ["pair[1]"]),
        ({"scenes": [{"clip": b"x", "next": {"next": {"clip": b"y"}}}]},
         ["scenes[0].clip", "scenes[0].next.next.clip"]),
        ({"by_name": {"any": b"x"}}, ["by_name.any"]),
        ({"name": "x", "maybe": None, "image": {"uri": "x"}}, []),
    ],
)  # fmt: skip
def test_files_are_found_wherever_the_schema_puts_them(value: Any, places: list[str]) -> None:
    value = as_json(value)
    found = find_files(value, SCHEMA)
    assert [shown(each.place) for each in found] == places
    whole = placed(value, {each.place: f"https://x/{shown(each.place)}" for each in found})
    assert find_files(whole, SCHEMA) == []
    assert not holds_files(whole)


@pytest.mark.parametrize(
    "text",
    ["a.png", "/etc/hosts", HEX, "ProfessionalHost", "iVBORw0KGgo=" * 9, "", "ftp://x/y", "photo"],
)
def test_a_text_is_never_taken_for_a_path_or_for_base64(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if text and "/" not in text and len(text) < 50:
        Path(text).write_bytes(b"x")
    assert find_files({"name": text, "scenes": [{"other": text}]}, SCHEMA) == []
    assert not holds_files({"name": text, "image": text})
    with pytest.raises(InvalidRequestError) as caught:
        find_files({"image": text}, SCHEMA)
    assert caught.value.field == "image"
    assert "Path" in (caught.value.hint or "")


@pytest.mark.parametrize("text", ["https://a/b", "http://a/b", "HTTPS://A/b", "inf://files/x"])
def test_addresses_are_passed_on(text: str) -> None:
    assert find_files({"image": text}, SCHEMA) == []


@pytest.mark.parametrize(
    ("uri", "data", "kind"),
    [
        ("data:image/png;base64,aGVsbG8=", b"hello", "image/png"),
        ("data:image/png;base64,aGVsbG8", b"hello", "image/png"),
        ("data:image/png; base64,aGVsbG8=", b"hello", "image/png"),
        ("data:image/png;name=a.png;base64,aGVs\nbG8%3D", b"hello", "image/png"),
        ("DATA:image/png;BASE64,_-8=", b"\xff\xef", "image/png"),
        ("data:;base64,aGVsbG8=", b"hello", "text/plain"),
        ("data:text/plain,a%20b", b"a b", "text/plain"),
        ("data:,", b"", "text/plain"),
    ],
)
def test_a_data_uri_is_uploaded(uri: str, data: bytes, kind: str) -> None:
    file = as_file(uri, "image")
    assert file is not None
    assert (file.source, file.content_type) == (data, kind)
    assert find_files({"name": uri}, SCHEMA) == []


@pytest.mark.parametrize("uri", ["data:image/png;base64,a", "data:image/png;base64,aGV$sbG8=",
                                 "data:image/png;base64,é", "data:png;base64,aGVsbG8=",
                                 "data:image/png\r\nX-Evil: 1;base64,aGVsbG8="])  # fmt: skip
def test_a_data_uri_that_holds_nothing_is_refused(uri: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        find_files({"image": uri}, SCHEMA)
    assert caught.value.field == "image"


def test_an_object_within_an_input_is_looked_into() -> None:
    assert as_json([Scene(clip="me.jpg")]) == [{"kind": "scene", "clip": "me.jpg"}]
    with pytest.raises(InvalidRequestError) as caught:
        find_files(as_json({"scenes": [Scene(clip="me.jpg")]}), SCHEMA)
    assert caught.value.field == "scenes[0].clip"


def test_what_was_given_stays_as_it_is() -> None:
    given = {"image": b"x", "many": [b"y"]}
    found = find_files(given, SCHEMA)
    placed(given, {each.place: "https://x" for each in found})
    assert given == {"image": b"x", "many": [b"y"]}


@pytest.mark.parametrize(
    ("app", "function", "files", "others"),
    [
        ("create-avatar", None, ["file"], ["name", "type", "prompt", "avatar_group_id"]),
        ("create-avatar", "run", ["file"], ["name"]),
        ("avatar-video", None, [], ["avatar_id", "script", "voice_id"]),
        ("avatar-video", "list_resources", [], ["resource_type"]),
        ("photo-video", None, ["image"], ["audio_url", "script"]),
        ("video-agent", None, [], ["prompt"]),
        ("video-translate", None, ["video"], ["output_language"]),
        ("lipsync", None, ["video", "audio"], ["title"]),
        ("text-to-speech", None, [], ["text", "voice_id"]),
    ],
)
def test_which_fields_of_heygens_apps_are_files(
    app: str, function: str | None, files: list[str], others: list[str]
) -> None:
    known = known_schema(f"heygen/{app}", function)
    assert known is not None
    for name in files:
        assert Schema(known).field(name).is_file
    for name in others:
        assert not Schema(known).field(name).is_file


@pytest.mark.parametrize(("app", "function"), [("heygen/voice-clone", None), ("x/y", "run"),
                                               ("heygen/lipsync", "other")])  # fmt: skip
def test_what_is_not_known(app: str, function: str | None) -> None:
    assert known_schema(app, function) is None


def test_every_typed_input_is_known() -> None:
    kinds = {
        value
        for name in apps.__all__
        if isinstance(value := getattr(apps, name), type) and issubclass(value, apps.AppInput)
    } - {apps.AppInput}
    assert len(kinds) == 10
    for kind in kinds:
        known = known_schema(kind.app, kind.function)
        assert known is not None
        assert kind.__name__ in known["$defs"]
