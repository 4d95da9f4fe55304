"""Folders of v1: https://docs.heygen.com/reference/list-folders."""

from typing import Final

from heygen_async.api.pages import Pager
from heygen_async.api.v2.paging import LegacyResource, optional
from heygen_async.models.v2 import CreateFolder, Folder, ProjectType, RenameFolder
from heygen_async.wire.arguments import yes_or_no
from heygen_async.wire.calls import Route
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import folders as routes

_PAGE_MAX: Final = 100
_RESERVED: Final = frozenset({"create"})


class Folders(LegacyResource):
    """``heygen.v2.folders``: where videos and files lie."""

    def list(
        self,
        *,
        parent_id: str | None = None,
        name_filter: str | None = None,
        is_trash: bool | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Folder]:
        """Folders, page by page.

        Args:
            parent_id: Only those that lie in this one.
            name_filter: Only those whose name holds this text.
            is_trash: Only those in the trash, or only those that are not.
            limit: Folders per page, 1 to 100.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/list-folders
        """
        yes_or_no("is_trash", is_trash)
        return self._list(
            routes.V2_FOLDERS_LIST,
            Folder,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"parent_id": parent_id, "name_filter": name_filter, "is_trash": is_trash},
        )

    async def create(
        self, name: str, *, project_type: ProjectType | None = None, parent_id: str | None = None
    ) -> Folder:
        """Makes a folder.

        Args:
            name: Name to show.
            project_type: What it holds; ``mixed`` when left out. ``instant_avatar`` and ``asset``
                are only for Enterprise plans.
            parent_id: The folder that it lies in; the root when left out.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-folder
        """
        request = CreateFolder(name=name, project_type=project_type, parent_id=parent_id)
        return await self._post(routes.V2_FOLDERS_CREATE, Folder, request)

    async def rename(self, folder_id: str, *, name: str) -> Folder | None:
        """Gives a folder another name.

        Args:
            folder_id: The folder.
            name: Name to show.

        Returns:
            The folder; None when HeyGen answers nothing.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            APIError: There is no such folder, or as every call. It may come with HTTP 200.
            OutcomeUnknownError: It was sent and not answered.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/update-folder
        """
        ids = {"folder_id": check_id("folder_id", folder_id, reserved=_RESERVED)}
        return await self._post(
            routes.V2_FOLDERS_RENAME, optional(Folder), RenameFolder(name=name), ids=ids
        )

    async def trash(self, folder_id: str) -> Folder | None:
        """Moves a folder to the trash.

        Args:
            folder_id: The folder.

        Returns:
            The folder; None when HeyGen answers nothing.

        Raises:
            APIError: There is no such folder, or as every call. It may come with HTTP 200.
            OutcomeUnknownError: It was sent and not answered.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/trash-folder
        """
        return await self._moved(routes.V2_FOLDERS_TRASH, folder_id)

    async def restore(self, folder_id: str) -> Folder | None:
        """Takes a folder out of the trash, to where it was.

        Args:
            folder_id: The folder.

        Returns:
            The folder; None when HeyGen answers nothing.

        Raises:
            APIError: There is no such folder, or as every call. It may come with HTTP 200.
            OutcomeUnknownError: It was sent and not answered.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/restore-folder
        """
        return await self._moved(routes.V2_FOLDERS_RESTORE, folder_id)

    async def _moved(self, route: Route, folder_id: str) -> Folder | None:
        ids = {"folder_id": check_id("folder_id", folder_id)}
        return await self._read(route, optional(Folder), ids=ids)
