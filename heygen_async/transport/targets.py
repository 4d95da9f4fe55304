"""Where the hosts of HeyGen's API are, and the way there."""

from typing import NamedTuple, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from yarl import URL

from heygen_async.config import is_loopback


class Target(NamedTuple):
    """One of the hosts.

    Attributes:
        root: ``https``, or ``http`` on this machine, with host and port.
        prefix: What comes before every path.
        proxy: Address of the proxy on the way there.
    """

    root: URL
    prefix: str
    proxy: str | None

    @classmethod
    def of(cls, base: str, proxy: str | None) -> Self:
        """The host of a base address."""
        root = URL(base, encoded=True)
        return cls(root, root.raw_path.rstrip("/"), proxy)

    def address(self, path: str) -> URL:
        """The address of a path that is percent-encoded, put together: parsing costs five times."""
        path, _, query = path.partition("?")
        path = self.prefix + path
        if not query:
            return self.root.with_path(path, encoded=True)
        return URL.build(
            scheme=self.root.scheme,
            authority=self.root.raw_authority,
            path=path,
            query_string=query,
            encoded=True,
        )


def environment_proxy(base: str) -> str | None:
    """The proxy that the environment names for an address.

    Asked once, because aiohttp asks anew for every request, in two hops to a thread: one for the
    proxies and one for ``~/.netrc``, where no key of HeyGen's is.
    """
    parts = urlsplit(base)
    # A proxy may not stand between us and this machine: it would read the key in plain text.
    if parts.hostname is None or is_loopback(parts.hostname) or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)
