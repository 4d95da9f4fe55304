"""Every endpoint that the library knows."""

from importlib import import_module
from pkgutil import walk_packages
from typing import Final

from heygen_async.wire import routes
from heygen_async.wire.calls import Route

ALL: Final[dict[str, Route]] = {
    name: value
    for module in walk_packages(routes.__path__, f"{routes.__name__}.")
    if module.name != __name__
    for name, value in vars(import_module(module.name)).items()
    if isinstance(value, Route)
}
"""By its constant."""
