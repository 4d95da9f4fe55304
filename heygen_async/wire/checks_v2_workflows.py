"""What HeyGen says in prose of graphs of workflows: none may come before itself.

https://docs.heygen.com/reference/create-graph-execution
"""

from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Request
from heygen_async.models.v2 import ExecuteGraph


def _graph(asked: ExecuteGraph) -> None:
    parents: dict[str, list[str]] = {}
    for index, node in enumerate(asked.workflows):
        if node.id in parents:
            raise InvalidRequestError(f"workflows[{index}].id", node.id, "is there already")
        parents[node.id] = node.parent or []
    for index, node in enumerate(asked.workflows):
        for place, name in enumerate(node.parent or []):
            if name not in parents:
                field = f"workflows[{index}].parent[{place}]"
                raise InvalidRequestError(field, name, "must be the id of another workflow")
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as problem:
        circle = " -> ".join(reversed(problem.args[1]))
        raise InvalidRequestError("workflows", circle, "none may come before itself") from None


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {ExecuteGraph: _graph}
