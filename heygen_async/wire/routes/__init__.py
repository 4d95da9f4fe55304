"""The endpoints, one line each, with the vendor's page above every family.

The kind is read from the vendor's pages, never guessed from the verb.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.routes import assets, avatars, users, v2, videos, voices

_MODULES: Final = (assets, avatars, users, v2, videos, voices)

ALL: Final[dict[str, Route]] = {
    name: value
    for module in _MODULES
    for name, value in vars(module).items()
    if isinstance(value, Route)
}
"""Every endpoint that the library knows, by its constant."""
