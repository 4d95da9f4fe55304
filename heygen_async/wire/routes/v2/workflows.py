"""Workflows of v1, of which v3 has no equal.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_ROOT: Final = "/v1/workflows"

# https://docs.heygen.com/reference/create-workflow-execution and the pages beside it
V2_WORKFLOWS_EXECUTE: Final = Route(
    "v2.workflows.execute", "POST", f"{_ROOT}/executions", Kind.ONCE, successor=""
)
V2_WORKFLOWS_EXECUTE_GRAPH: Final = Route(
    "v2.workflows.execute_graph", "POST", f"{_ROOT}/graph-executions", Kind.ONCE, successor=""
)
V2_WORKFLOWS_GET: Final = Route(
    "v2.workflows.get", "GET", f"{_ROOT}/executions/{{execution_id}}", Kind.READ, successor=""
)
V2_WORKFLOWS_LIST: Final = Route("v2.workflows.list", "GET", _ROOT, Kind.READ, successor="")
