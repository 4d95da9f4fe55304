"""One measurement in one process: ``python -m benchmarks.worker MODULE:FUNCTION OPTIONS``.

The function is a coroutine function of a module here; the options are a JSON object of its
arguments. Prints what it measured as JSON.
"""

import asyncio
import importlib
import json
import sys
from typing import Any

from benchmarks.process import WORKER_CORE, pin


def main() -> None:
    module, _, function = sys.argv[1].partition(":")
    pin(WORKER_CORE)
    # Imported by name, so that a process holds only what it measures.
    measure = getattr(importlib.import_module(f"benchmarks.{module}"), function)
    known: dict[str, Any] = json.loads(sys.argv[2])
    print(json.dumps(asyncio.run(measure(**known))))


if __name__ == "__main__":
    main()
