"""Names that a package gives, and imports only when somebody asks for them (PEP 562).

The library has some thousand classes, of which a program uses a dozen: to build them all would
cost every start as much again as aiohttp does. Type checkers see plain imports.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, names: Mapping[str, str]) -> None:
    """Gives a package its ``__getattr__``, ``__dir__`` and, unless it has one, ``__all__``.

    Args:
        package: Its name. What was found is kept there, a plain attribute from then on.
        names: By module below the package, the names that are to be had from it, with spaces
            between them. What stands by the empty name are modules of the package itself.
    """
    inside = vars(sys.modules[package])
    homes = {name: module for module, found in names.items() for name in found.split()}

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = homes[name]
        module = import_module(f"{package}.{home or name}")
        inside[name] = found = getattr(module, name) if home else module
        return found

    inside["__getattr__"] = find
    inside["__dir__"] = lambda: sorted({*inside, *homes})
    inside.setdefault("__all__", sorted(homes))
