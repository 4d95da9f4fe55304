"""The endpoints, one line each, with the vendor's page above every family.

The kind is read from the vendor's pages, never guessed from the verb.
"""

from typing import TYPE_CHECKING

from heygen_async.lazy import lazily

if TYPE_CHECKING:
    from heygen_async.wire.routes.every import ALL as ALL

lazily(__name__, {"every": "ALL"})
