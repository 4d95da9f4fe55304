"""A page of previews: everything escaped, nothing loaded but the previews."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from heygen_async.models import AvatarLook, Voice
from heygen_async.models.v2 import LegacyAvatar, LegacyVoice
from heygen_async.scripting import contact_sheet, preview_link

VOID = {"meta", "img"}


class Page(HTMLParser):
    """The tags of a page, each closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_previews_are_shown_and_heard() -> None:
    look = AvatarLook(
        id="look",
        name="Ada",
        gender="female",
        tags=["office"],
        preview_image_url="https://x/ada.jpg?a=1&b=2",
        preview_video_url="https://x/ada.mp4",
        default_voice_id="voice",
    )
    old = LegacyAvatar(avatar_id="old", avatar_name="Bob", premium=True)
    voices = [
        Voice(voice_id="voice", name="Ada's", preview_audio_url="https://x/v.wav"),
        LegacyVoice(voice_id="w", name="Will", preview_audio=""),
    ]
    page = Page(contact_sheet([look, old], voices, title="R&D"))
    (image,) = page.all("img")
    assert (image["src"], image["loading"]) == ("https://x/ada.jpg?a=1&b=2", "lazy")
    (link,) = page.all("a")
    assert (link["href"], link["rel"]) == ("https://x/ada.mp4", "noreferrer")
    assert [each["src"] for each in page.all("audio")] == ["https://x/v.wav"] * 2
    for text in ("R&D", "2 avatars, 2 voices", "office", "premium", "Bob", "Will", "old"):
        assert text in page.text


def test_nothing_runs_and_nothing_else_is_loaded() -> None:
    page = Page(contact_sheet([AvatarLook(id="a", preview_image_url="https://x/y.jpg")]))
    assert not page.all("script") + page.all("link") + page.all("iframe")
    (policy,) = (each for each in page.all("meta") if "http-equiv" in each)
    assert (policy["content"] or "").startswith("default-src 'none'; img-src http: https:;")
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_an_empty_page_is_one() -> None:
    assert "0 avatars, 0 voices" in Page(contact_sheet()).text


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x/y",
        "https://",
        "http://[x",
        "x",
    ],
)
def test_what_may_not_be_opened_is_no_preview(url: str | None) -> None:
    assert preview_link(url) is None


@pytest.mark.parametrize("url", ["https://x/y?z=1", "http://127.0.0.1:8700/a.jpg"])
def test_what_may_be_opened_is_left_alone(url: str) -> None:
    assert preview_link(url) == url


@given(st.text(), st.text(), st.text())
def test_whatever_heygen_sends_stays_text(name: str, tag: str, url: str) -> None:
    look = AvatarLook(
        id=name or "id", name=name, tags=[tag], preview_image_url=url, preview_video_url=url
    )
    sane = AvatarLook(id="id", name="name", tags=["tag"])
    page = Page(contact_sheet([look], title=name))
    allowed = {"img", "a", "div", "span"}
    seen = {each for each, _ in page.tags}
    assert seen <= {each for each, _ in Page(contact_sheet([sane])).tags} | allowed
    for attrs in page.all("img") + page.all("a"):
        link = attrs.get("src") or attrs.get("href") or ""
        assert link.startswith(("http://", "https://"))
