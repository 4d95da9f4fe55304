"""How a client is set up: where it talks to, with which key, and how patiently."""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

import msgspec

from heygen_async.errors import ConfigError
from heygen_async.wire.redact import Secret, url as redacted
from heygen_async.wire.retry import RetryPolicy

API_BASE: Final = "https://api.heygen.com"
UPLOAD_BASE: Final = "https://upload.heygen.com"


class Service(NamedTuple):
    """Whose API it is, and where its key comes from.

    Attributes:
        base: Where the calls go.
        upload: Where uploads through the API go.
        key_variable: Of the environment, with the key.
        base_variable: Of the environment, with another address.
    """

    base: str
    upload: str
    key_variable: str
    base_variable: str


HEYGEN: Final = Service(API_BASE, UPLOAD_BASE, "HEYGEN_API_KEY", "HEYGEN_API_BASE")
_PORTS: Final = {"http": 80, "https": 443}


class Timeouts(msgspec.Struct, kw_only=True, frozen=True):
    """Seconds per attempt, by class of call.

    Attributes:
        read: A GET, from the request to the last byte.
        write: Everything else. HeyGen's create call takes 31 s at its 99th percentile. For a file
            that goes through the API it is the time from its last byte to the answer.
        connect: Making the connection.
        stall: Files have no total: this is how long no byte may move, on the way up and on the way
            down. Storage has to answer within it, too.
    """

    read: float = 30.0
    write: float = 120.0
    connect: float = 10.0
    stall: float = 60.0


class Config(msgspec.Struct, kw_only=True, frozen=True):
    """Everything that a client knows before its first call. Made by ``Config.load``.

    Attributes:
        api_key: The key; it shows itself nowhere.
        base_url: Where the calls go.
        upload_url: Where the uploads of v1 go.
        timeouts: Seconds per attempt.
        retry: How often a call is repeated.
        max_requests: Calls on the wire at once.
        max_transfers: Uploads and downloads at once.
        max_bandwidth: Bytes a second that all uploads may take together, and all downloads; as
            many as there are when None.
        trust_env: Whether the proxy variables of the environment are obeyed.
    """

    api_key: Secret
    base_url: str = API_BASE
    upload_url: str = UPLOAD_BASE
    timeouts: Timeouts = Timeouts()
    retry: RetryPolicy = RetryPolicy()
    max_requests: int = 64
    max_transfers: int = 16
    max_bandwidth: float | None = None
    trust_env: bool = True

    @classmethod
    def load(
        cls,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy | None = None,
        max_requests: int = 64,
        max_transfers: int = 16,
        max_bandwidth: float | None = None,
        trust_env: bool = True,
        environ: Mapping[str, str] | None = None,
        service: Service = HEYGEN,
    ) -> "Config":
        """Puts arguments before the environment, and the environment before the defaults.

        Args:
            api_key: The key, else ``HEYGEN_API_KEY``.
            base_url: Where the calls go, else ``HEYGEN_API_BASE``, else HeyGen. An address that is
                not HeyGen's takes the uploads too.
            timeouts: Seconds per attempt.
            retry: How often a call is repeated.
            max_requests: Calls on the wire at once, at least 1.
            max_transfers: Uploads and downloads at once, at least 1.
            max_bandwidth: Bytes a second for all uploads, and for all downloads, above 0.
            trust_env: Whether the proxy variables of the environment are obeyed.
            environ: Instead of the process's environment.
            service: Whose variables and addresses are the defaults, if they are not HeyGen's.

        Raises:
            ConfigError: There is no key, or the address is no http address, or it is plain http
                and not on this machine: the key would be readable on the way. Or a number is one
                that nobody can wait for.
        """
        env = os.environ if environ is None else environ
        base = _base(base_url or env.get(service.base_variable) or service.base)
        timeouts = timeouts or Timeouts()
        retry = retry or RetryPolicy()
        _check_numbers(
            {"max_requests": max_requests, "max_transfers": max_transfers}, timeouts, retry
        )
        if max_bandwidth is not None and not (_number(max_bandwidth) and max_bandwidth > 0):
            raise ConfigError(
                f"max_bandwidth must be more than 0 bytes a second, got {max_bandwidth!r}"
            )
        return cls(
            api_key=Secret(_key(api_key, env, service.key_variable)),
            base_url=base,
            upload_url=service.upload if base == service.base else base,
            timeouts=timeouts,
            retry=retry,
            max_requests=max_requests,
            max_transfers=max_transfers,
            max_bandwidth=max_bandwidth,
            trust_env=trust_env,
        )


def _check_numbers(bounds: Mapping[str, int], timeouts: Timeouts, retry: RetryPolicy) -> None:
    for name, value in bounds.items():
        if not _number(value, whole=True) or value < 1:
            raise ConfigError(f"{name} must be at least 1, got {value!r}")
    for name, value in msgspec.structs.asdict(timeouts).items():
        if not _number(value) or not value > 0:
            raise ConfigError(f"timeouts.{name} must be more than 0 seconds, got {value!r}")
    for name, value in msgspec.structs.asdict(retry).items():
        if not _number(value, whole=name == "max_retries") or not value >= 0:
            raise ConfigError(f"retry.{name} must be at least 0, got {value!r}")


def _key(given: str | None, env: Mapping[str, str], variable: str) -> str:
    asked: object = env.get(variable, "") if given is None else given
    if not isinstance(asked, str):
        raise ConfigError(f"the API key must be text, not {type(asked).__name__}")
    key = asked.strip()
    if not key:
        raise ConfigError(
            "no API key",
            hint=f"Pass api_key= or set {variable}. To try without one, run the sandbox.",
        )
    if not (key.isascii() and key.isprintable()):
        raise ConfigError("the API key holds characters that cannot be sent")
    return key


def _number(value: object, *, whole: bool = False) -> bool:
    kinds = int if whole else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool)


def _base(given: object) -> str:
    """The address as it is compared and used; HeyGen's own is known in every spelling.

    Raises:
        ConfigError: The key may not be sent there.
    """
    if not isinstance(given, str):
        raise ConfigError(f"base_url must be text, not {type(given).__name__}")
    base = given.strip().rstrip("/")
    parts = _checked_parts(base)
    host = parts.hostname or ""
    port = None if parts.port == _PORTS[parts.scheme] else parts.port
    where = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{where}{f':{port}' if port else ''}{parts.path}"


def _checked_parts(base: str) -> SplitResult:
    try:
        parts = urlsplit(base)
        host = parts.hostname
        _ = parts.port  # read for its check
    except ValueError:
        host = None
        parts = SplitResult("", "", "", "", "")
    odd = parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or not host or odd:
        raise ConfigError(
            "base_url must be an http or https address without query or password,"
            f" got {redacted(base)!r}"
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigError(
            f"refusing to send the API key over plain http to {host}", hint="Use https."
        )
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
