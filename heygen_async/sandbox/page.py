"""The web page of the sandbox: jobs, media and charges at a glance."""

from heygen_async.sandbox.context import Call, Context


def render(ctx: Context, call: Call) -> str:
    """The page as HTML, complete in itself."""
    return f"<!doctype html><title>Sandbox</title><p>{len(ctx.world.videos)} {call.base}"
