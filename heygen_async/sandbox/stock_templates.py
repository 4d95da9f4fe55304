"""The templates that are there from the beginning. Plain data."""

from dataclasses import dataclass
from typing import Any, Final

from heygen_async.sandbox.catalogue import default_voice

_PICTURE: Final = {"type": "url", "url": "https://resource.heygen.com/sandbox/logo.png"}
_CLIP: Final = {"type": "url", "url": "https://resource.heygen.com/sandbox/product.mp4"}
_SOUND: Final = {"type": "url", "url": "https://resource.heygen.com/sandbox/jingle.mp3"}


@dataclass(frozen=True, slots=True)
class StockScene:
    """A scene of a template: somebody speaks, or one variable fills the frame.

    Attributes:
        id: Its id.
        script: What is said, with ``{{name}}`` where a variable goes.
        shows: Variable with the picture or clip that fills the frame.
        hears: Variable with the recording that is heard.
    """

    id: str
    script: str | None = None
    shows: str | None = None
    hears: str | None = None


@dataclass(frozen=True, slots=True)
class StockTemplate:
    """A template.

    Attributes:
        id: Its id.
        name: Name to show.
        aspect_ratio: Of its videos.
        avatar_id: Look of its scenes.
        created: Unix time.
        variables: With what fills them, as a request has them.
        scenes: In order.
    """

    id: str
    name: str
    aspect_ratio: str
    avatar_id: str
    created: int
    variables: dict[str, dict[str, Any]]
    scenes: tuple[StockScene, ...]


def _character(look_id: str) -> dict[str, Any]:
    return {"type": "character", "character_id": look_id, "character_type": "avatar"}


_WELCOME: Final = StockTemplate(
    id="tpl_welcome",
    name="Welcome",
    aspect_ratio="16:9",
    avatar_id="Ada_public_office_front",
    created=1_767_225_600,
    variables={
        "first_name": {"type": "text", "content": ""},
        "company": {"type": "text", "content": "our company"},
        "host": _character("Ada_public_office_front"),
        "logo": {"type": "image", "asset": _PICTURE, "fit": "contain"},
    },
    scenes=(
        StockScene("welcome_1", script="Hello {{first_name}}, welcome to {{company}}."),
        StockScene("welcome_2", shows="logo"),
        StockScene("welcome_3", script="We are glad that you are here."),
    ),
)

_NEWS: Final = StockTemplate(
    id="tpl_product_news",
    name="Product news",
    aspect_ratio="9:16",
    avatar_id="Marcus_public_library_front",
    created=1_769_904_000,
    variables={
        "headline": {"type": "text", "content": "There is something new."},
        "product": {
            "type": "video",
            "asset": _CLIP,
            "fit": "cover",
            "play_style": "loop",
            "volume": 1.0,
        },
        "jingle": {"type": "audio", "asset": _SOUND},
        "host": _character("Marcus_public_library_front"),
        "speaker": {"type": "voice", "voice_id": default_voice("male"), "locale": None},
    },
    scenes=(
        StockScene("news_1", script="{{headline}}"),
        StockScene("news_2", shows="product", hears="jingle"),
        StockScene("news_3", script="That is all for today."),
    ),
)

TEMPLATES: Final = {template.id: template for template in (_WELCOME, _NEWS)}
"""By id."""
