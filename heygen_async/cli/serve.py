"""`heygen-async sandbox`: the local HeyGen as a process of its own."""

import asyncio
import errno
import importlib.util
from pathlib import Path

from heygen_async.cli.console import out, say
from heygen_async.cli.signals import on_stop
from heygen_async.errors import ConfigError, HeyGenError
from heygen_async.sandbox import Sandbox

_EXTRA = "pip install 'heygen-async[sandbox]'"


def media_line(*, wanted: bool = True) -> str:
    """Says whether videos are really rendered, and what to do if they are not."""
    if not wanted:
        return "media: one canned clip stands in for every video (--no-media)"
    if not has_media():
        return f"media: one canned clip stands in for every video; real ones need {_EXTRA}"
    return "media: real videos with speech, captions and your photo"


def has_media() -> bool:
    """Whether the extra that renders videos is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("av", "PIL"))


async def serve(
    *,
    host: str,
    port: int,
    speed: float,
    slots: int,
    seed: int,
    media: bool,
    state: Path | None,
    retired: bool = False,
) -> None:
    """Listens until SIGINT or SIGTERM.

    Prints ``ready: <address>`` on stdout when it listens, and nothing else there.

    Raises:
        ConfigError: The state cannot be kept where it should.
        HeyGenError: The address cannot be listened on.
    """
    stop = asyncio.Event()
    sandbox = Sandbox(
        host=host,
        port=port,
        speed=speed,
        slots=slots,
        seed=seed,
        media=None if media else False,
        state=state,
        retired=retired,
    )
    if state is not None and state.exists() and not state.is_dir():  # noqa: ASYNC240  one look
        raise ConfigError(f"--state {state} is not a folder")
    with on_stop(stop.set):
        try:
            await sandbox.start()
        except OSError as problem:
            raise _cannot_listen(host, port, problem) from problem
        try:
            say(media_line(wanted=media))
            out(f"ready: {sandbox.url}")
            await stop.wait()
            say("stopping")
        finally:
            await sandbox.stop()


def _cannot_listen(host: str, port: int, problem: OSError) -> HeyGenError:
    if problem.errno == errno.EADDRINUSE:
        return HeyGenError(
            f"port {port} on {host} is in use",
            hint="Choose another with --port, or 0 for any free one.",
        )
    why = problem.strerror or str(problem)
    return HeyGenError(f"the sandbox cannot start on {host}:{port}: {why}")
