"""What is remembered of folders. Plain data."""

import msgspec


class Folder(msgspec.Struct, kw_only=True):
    """A folder.

    Attributes:
        id: Its id.
        name: Name to show.
        project_type: What it holds.
        created: Virtual Unix time.
        updated: Virtual Unix time.
        parent_id: The folder that it lies in.
        trashed: Whether it lies in the trash.
    """

    id: str
    name: str
    project_type: str
    created: float
    updated: float
    parent_id: str | None = None
    trashed: bool = False
