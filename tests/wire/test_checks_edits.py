"""What HeyGen says in prose about layers and renders: what is refused, and its neighbour."""

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AssetId,
    CreateBackgroundRemoval,
    CreateHyperframesRender,
    Request,
)
from heygen_async.wire.encode import encode

FILE = AssetId(asset_id="a")


@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        (
            CreateBackgroundRemoval(video=FILE, layers=["mask", "hair"]),
            "layers[1]",
            CreateBackgroundRemoval(video=FILE, layers=["mask", "foreground", "background"]),
        ),
        (
            CreateHyperframesRender(project=FILE, resolution="4k", format="webm"),
            "resolution",
            CreateHyperframesRender(project=FILE, resolution="1080p", format="webm"),
        ),
        (
            CreateHyperframesRender(project=FILE, resolution="4k", format="mov"),
            "resolution",
            CreateHyperframesRender(project=FILE, resolution="4k", format="mp4"),
        ),
    ],
)
def test_what_contradicts_is_refused(bad: Request, field: str, good: Request) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        encode(bad)
    assert caught.value.field == field
    assert encode(good)
