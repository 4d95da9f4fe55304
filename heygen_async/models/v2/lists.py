"""Lists of v1 and v2, which lie inside ``data`` under a name, or under another."""

from typing import Generic, TypeVar

from msgspec import field

from heygen_async.models.base import Reply

T = TypeVar("T")


class Listed(Reply, Generic[T]):
    """A list inside ``data``, by all the names that such lists have been seen with.

    Attributes:
        list_: The items.
        assets: The items.
        avatar_group_list: The items.
        avatar_list: The items.
        avatars: The items.
        folders: The items.
        locales: The items.
        sessions: The items.
        templates: The items.
        videos: The items.
        voices: The items.
        token: Where the list goes on; None at its end.
        total: How many items there are on all pages.
    """

    list_: list[T] | None = field(default=None, name="list")
    assets: list[T] | None = None
    avatar_group_list: list[T] | None = None
    avatar_list: list[T] | None = None
    avatars: list[T] | None = None
    folders: list[T] | None = None
    locales: list[T] | None = None
    sessions: list[T] | None = None
    templates: list[T] | None = None
    videos: list[T] | None = None
    voices: list[T] | None = None
    token: str | None = None
    total: int | None = None

    @property
    def items(self) -> list[T]:
        """What the list holds, whichever name it came by."""
        return (
            self.list_
            or self.assets
            or self.avatar_group_list
            or self.avatar_list
            or self.avatars
            or self.folders
            or self.locales
            or self.sessions
            or self.templates
            or self.videos
            or self.voices
            or []
        )
