"""What can be given where HeyGen wants a file."""

import os
from collections.abc import AsyncIterable
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from heygen_async.models.assets import AssetId, AssetInput, AssetUrl


@runtime_checkable
class SeekableFile(Protocol):
    """A file that is open for reading bytes. The caller keeps it, and closes it."""

    def read(self, size: int = -1, /) -> bytes:
        """Reads."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Moves."""
        ...

    def tell(self) -> int:
        """Where it stands."""
        ...


UploadSource: TypeAlias = (
    str | os.PathLike[str] | bytes | bytearray | memoryview | SeekableFile | AsyncIterable[bytes]
)
"""What ``upload`` takes. A ``str`` is a path."""

if TYPE_CHECKING:
    FileInput: TypeAlias = AssetInput | UploadSource
    """What a request takes for a file: an asset, or something that is uploaded by itself.

    Here a ``str`` is an asset id, or an http address; a file on disk is a ``Path``.
    """

    LinkedFile: TypeAlias = AssetUrl | AssetId | UploadSource
    """As ``FileInput``, where HeyGen takes no bytes within the request."""
else:
    # On the wire there are assets only: what is not one has become one by then.
    FileInput = AssetInput
    LinkedFile = AssetUrl | AssetId
