"""Names of apps, taken apart. Pure."""

import re
from typing import Final, NamedTuple

from heygen_async.errors import InvalidRequestError

_REFERENCE: Final = re.compile(r"([\w.-]+)/([\w.-]+)(?:@([\w.-]+))?(?::([\w.-]+))?", re.ASCII)


class Reference(NamedTuple):
    """An app's name, taken apart: ``namespace/name@version:function``.

    Attributes:
        namespace: Whose it is.
        name: The app.
        version: Short id of a version, if one is pinned.
        function: What of it is run, if that is named.
    """

    namespace: str
    name: str
    version: str | None
    function: str | None

    @property
    def app(self) -> str:
        """Namespace and name."""
        return f"{self.namespace}/{self.name}"


def read_reference(app: str) -> Reference:
    """Takes the name of an app apart.

    Raises:
        InvalidRequestError: It is none.
    """
    given: object = app
    found = _REFERENCE.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise InvalidRequestError(
            "app", app, "must be namespace/name, with @version and :function if need be"
        )
    return Reference(found[1], found[2], found[3], found[4])
