"""One measurement in one process: ``python -m benchmarks.worker MODULE:FUNCTION OPTIONS``.

The function is a coroutine function of a module here; the options are a JSON object of its
arguments. With ``--uvloop`` behind them it runs on that. Prints what it measured as JSON.
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
    factory = importlib.import_module("uvloop").new_event_loop if sys.argv[3:] else None
    with asyncio.Runner(loop_factory=factory) as runner:
        print(json.dumps(runner.run(measure(**known))))


if __name__ == "__main__":
    main()
