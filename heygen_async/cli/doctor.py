"""`heygen-async doctor`: what is installed, and what a client would use."""

import importlib.util
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from heygen_async.cli.console import out
from heygen_async.cli.money import balance_line
from heygen_async.cli.serve import media_line
from heygen_async.client import HeyGen
from heygen_async.config import API_BASE, Config
from heygen_async.errors import ConfigError
from heygen_async.version import __version__

_CORE: Final = ("aiohttp", "aiofiles", "msgspec", "anyio")
_EXTRAS: Final = {
    "batch": ("sqlalchemy", "aiosqlite"),
    "fleet": ("procrastinate", "psycopg"),
    "cli": ("typer", "rich"),
    "sandbox": ("av", "PIL", "espeakng_loader"),
    "otel": ("opentelemetry",),
}


async def doctor(*, online: bool) -> None:
    """Prints what was found; with ``online``, asks HeyGen who the key belongs to.

    Raises:
        ConfigError: ``online``, and there is no key, or the address is not one for it.
        HeyGenError: ``online``, and the call failed.
    """
    _row("heygen-async", __version__)
    _row("python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in _CORE:
        _row(name, _version(name))
    for name, modules in _EXTRAS.items():
        missing = [each for each in modules if importlib.util.find_spec(each) is None]
        hint = f"no: pip install 'heygen-async[{name}]' ({', '.join(missing)} missing)"
        _row(f"extra {name}", hint if missing else "yes")
    _row("key", _key_source())
    _row("base url", _base())
    what, _, state = media_line().partition(": ")
    _row(what, state)
    if online:
        async with HeyGen() as heygen:
            user = await heygen.users.get_current()
        _row("account", user.username or user.email or "(no name)")
        _row("balance", balance_line(user))


def _row(name: str, value: str) -> None:
    out(f"{name:<14} {value}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _key_source() -> str:
    key = os.environ.get("HEYGEN_API_KEY", "").strip()
    if key:
        try:
            # An address that is right keeps a wrong one from being blamed on the key.
            Config.load(api_key=key, base_url=API_BASE)
        except ConfigError as problem:
            return f"unusable, from HEYGEN_API_KEY: {problem}"
        return "from HEYGEN_API_KEY (not shown)"
    return "none: set HEYGEN_API_KEY, or pass api_key=; the sandbox takes any"


def _base() -> str:
    source = "from HEYGEN_API_BASE" if os.environ.get("HEYGEN_API_BASE") else "the default"
    try:
        # The key is none of this line's business; a stand-in keeps a missing one from failing it.
        base = Config.load(api_key="unused").base_url
    except ConfigError as problem:
        return f"unusable, {source}: {problem}"
    return f"{base} ({source}{'' if base == API_BASE else ', not HeyGen'})"
