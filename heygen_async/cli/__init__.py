"""The `heygen-async` command."""

import importlib.util
import sys

_INSTRUCTION = "The heygen-async command needs its extra: pip install 'heygen-async[cli]'"


def main() -> None:
    """Runs the command; what the console script calls.

    Raises:
        SystemExit: Always, with the exit code: 0 all went well, 1 some of it failed, 2 it was
            asked or set up wrongly, 3 the key does not work, 4 it took too long, 130 interrupted.
    """
    if any(importlib.util.find_spec(name) is None for name in ("typer", "rich")):
        sys.stderr.write(f"{_INSTRUCTION}\n")
        raise SystemExit(2)
    # Only now: the command's own modules need the extra.
    from heygen_async.cli.app import run  # noqa: PLC0415

    raise SystemExit(run(sys.argv[1:]))
