"""One measurement in one process: ``python -m benchmarks.worker TASK OPTIONS``.

Prints what it measured as JSON. The options are a JSON object; see the tasks.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

from benchmarks import calls, decoding, uploads
from benchmarks.process import WORKER_CORE, pin

_TASKS: Final[dict[str, Callable[..., Awaitable[dict[str, float]]]]] = {
    "calls": calls.measure,
    "decode": decoding.measure,
    "one": uploads.measure_one,
    "many": uploads.measure_many,
}


def main() -> None:
    task, options = sys.argv[1], sys.argv[2]
    pin(WORKER_CORE)
    known: dict[str, Any] = json.loads(options)
    print(json.dumps(asyncio.run(_TASKS[task](**known))))


if __name__ == "__main__":
    main()
