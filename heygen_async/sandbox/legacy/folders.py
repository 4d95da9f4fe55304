"""``/v1/folders``: folders, and the trash."""

from typing import Any, Final

from heygen_async.models.v2 import CreateFolder, RenameFolder
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.folders import Folder
from heygen_async.sandbox.pages import page_inside
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.v3.users import USERNAME
from heygen_async.sandbox.validation import decode, flag, whole_number

_MIXED: Final = "mixed"

# Folders speak as all of v1 does, and put v2's key beside it.
_BESIDE: Final = {"error": None}


async def list_folders(ctx: Context, call: Call) -> Reply:
    """Lists folders by where they lie and what they are called, the newest first."""
    query = call.query
    trashed = flag(query.get("is_trash"), "is_trash")
    words = query.get("name_filter", "").lower()
    found = [
        _shown(ctx, each)
        for each in reversed(ctx.world.folders.values())
        if query.get("parent_id") in {None, each.parent_id}
        and trashed in {None, each.trashed}
        and words in each.name.lower()
    ]
    limit = whole_number(query.get("limit"), "limit", default=100, low=0, high=100)
    part = page_inside("folders", found, limit=limit, token=query.get("token"))
    return Reply(part.data, beside=_BESIDE)


def _shown(ctx: Context, folder: Folder) -> dict[str, Any]:
    inside = sum(each.parent_id == folder.id for each in ctx.world.folders.values())
    inside += sum(each.folder_id == folder.id for each in ctx.world.videos.values())
    return {
        "id": folder.id,
        "name": folder.name,
        "parent_id": folder.parent_id,
        "project_type": folder.project_type,
        "is_trash": folder.trashed,
        "created_ts": int(folder.created),
        "updated_ts": int(folder.updated),
        "direct_children_count": inside,
        "creator_username": USERNAME,
    }


async def create_folder(ctx: Context, call: Call) -> Reply:
    """Makes a folder."""
    body: CreateFolder = decode(call.body, CreateFolder)
    if body.parent_id is not None:
        _find(ctx, body.parent_id)
    folder_id, now = ctx.new_id("folder"), ctx.clock.now()
    folder = Folder(
        id=folder_id,
        name=body.name,
        project_type=body.project_type or _MIXED,
        created=now,
        updated=now,
        parent_id=body.parent_id,
    )
    ctx.world.folders[folder_id] = folder
    return Reply(_shown(ctx, folder), beside=_BESIDE)


async def rename_folder(ctx: Context, call: Call) -> Reply:
    """Gives a folder another name."""
    folder = _find(ctx, call.params["folder_id"])
    body: RenameFolder = decode(call.body, RenameFolder)
    folder.name = body.name
    return _changed(ctx, folder)


async def trash_folder(ctx: Context, call: Call) -> Reply:
    """Moves a folder to the trash."""
    folder = _find(ctx, call.params["folder_id"])
    folder.trashed = True
    return _changed(ctx, folder)


async def restore_folder(ctx: Context, call: Call) -> Reply:
    """Takes a folder out of the trash."""
    folder = _find(ctx, call.params["folder_id"])
    folder.trashed = False
    return _changed(ctx, folder)


def _changed(ctx: Context, folder: Folder) -> Reply:
    folder.updated = ctx.clock.now()
    return Reply(_shown(ctx, folder), beside=_BESIDE)


def _find(ctx: Context, folder_id: str) -> Folder:
    """The folder with an id; an unknown one is an error inside a 200."""
    folder = ctx.world.folders.get(folder_id)
    if folder is None:
        words = f"Folder {folder_id} not found."
        raise Refusal(200, "folder_not_found", words, number=400175)
    return folder


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=f"/v1/folders{path}", handler=handler, family=Family.CODE)


ROUTES: Final = (
    _route("GET", "", list_folders),
    _route("POST", "/create", create_folder),
    _route("POST", "/{folder_id}", rename_folder),
    _route("POST", "/{folder_id}/trash", trash_folder),
    _route("POST", "/{folder_id}/restore", restore_folder),
)
