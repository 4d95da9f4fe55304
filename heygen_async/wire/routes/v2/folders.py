"""Folders of v1, of which v3 has no equal.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_ROOT: Final = "/v1/folders"
_ONE: Final = f"{_ROOT}/{{folder_id}}"

# https://docs.heygen.com/reference/list-folders and the pages beside it
V2_FOLDERS_LIST: Final = Route("v2.folders.list", "GET", _ROOT, Kind.READ, successor="")
V2_FOLDERS_CREATE: Final = Route(
    "v2.folders.create", "POST", f"{_ROOT}/create", Kind.ONCE, successor=""
)
V2_FOLDERS_RENAME: Final = Route("v2.folders.rename", "POST", _ONE, Kind.ONCE, successor="")
V2_FOLDERS_TRASH: Final = Route(
    "v2.folders.trash", "POST", f"{_ONE}/trash", Kind.ONCE, successor=""
)
V2_FOLDERS_RESTORE: Final = Route(
    "v2.folders.restore", "POST", f"{_ONE}/restore", Kind.ONCE, successor=""
)
