from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heygen_async.sandbox.media import Renderer


@pytest.fixture
async def renderer(tmp_path: Path) -> AsyncIterator[Renderer]:
    pytest.importorskip("av")
    pytest.importorskip("PIL")
    made = Renderer(tmp_path / "media", real=True)
    yield made
    await made.aclose()


@pytest.fixture
async def base(tmp_path: Path) -> AsyncIterator[Renderer]:
    made = Renderer(tmp_path / "base", real=False)
    yield made
    await made.aclose()


@pytest.fixture
def photo() -> str:
    return str(Path(__file__).parents[3] / "examples" / "media" / "chelsea.jpg")
