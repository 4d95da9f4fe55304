"""One round trip per operation, over real sockets: the table of what this folder has called."""

from pathlib import Path

import pytest

from heygen_async.wire.routes import ALL
from tests.behaviour.conftest import ROUND_TRIPS

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(route.name for route in ALL.values()))
def test_an_operation_made_a_round_trip(name: str, request: pytest.FixtureRequest) -> None:
    files = {item.path for item in request.session.items}
    if not files >= set(HERE.glob("test_*.py")):
        pytest.skip("only part of the round trips is in this run")
    assert name in ROUND_TRIPS
