"""Folders of v1."""

from typing import Literal, TypeAlias

from heygen_async.models.assets import Filled
from heygen_async.models.base import Reply, Request

ProjectType: TypeAlias = Literal[
    "video_translate", "instant_avatar", "video", "asset", "brand_kit", "mixed"
]
"""What a folder holds; ``instant_avatar`` and ``asset`` are only for Enterprise plans."""


class CreateFolder(Request):
    """Makes a folder.

    Attributes:
        name: Name to show.
        project_type: What it holds; ``mixed`` when left out.
        parent_id: The folder that it lies in; the root when left out.
    """

    name: Filled
    project_type: ProjectType | None = None
    parent_id: str | None = None


class RenameFolder(Request):
    """Gives a folder another name.

    Attributes:
        name: Name to show.
    """

    name: Filled


class Folder(Reply):
    """A folder.

    Attributes:
        id: What videos and lists take as ``folder_id``.
        name: Name to show.
        parent_id: The folder that it lies in; None at the root.
        project_type: What it holds, such as ``mixed``.
        is_trash: Whether it lies in the trash.
        created_ts: Unix time in seconds.
        updated_ts: Unix time in seconds.
        direct_children_count: How many things lie in it.
        creator_username: Whose it is.
    """

    id: str
    name: str = ""
    parent_id: str | None = None
    project_type: str | None = None
    is_trash: bool = False
    created_ts: float | None = None
    updated_ts: float | None = None
    direct_children_count: int | None = None
    creator_username: str | None = None
