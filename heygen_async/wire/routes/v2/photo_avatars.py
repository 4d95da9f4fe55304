"""Photo avatars of v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_PHOTO: Final = "/v2/photo_avatar"
_CREATE: Final = "heygen.avatars.create"
_LOOK: Final = "heygen.avatars.get_look"


def _route(name: str, method: str, path: str, kind: Kind, successor: str = "") -> Route:
    return Route(f"v2.photo_avatars.{name}", method, f"{_PHOTO}/{path}", kind, successor=successor)


# https://docs.heygen.com/docs/generate-a-photo-avatar and the pages beside it
V2_PHOTOS_GENERATE: Final = _route("generate_photos", "POST", "photo/generate", Kind.ONCE, _CREATE)
V2_PHOTOS_GET_GENERATION: Final = _route(
    "get_generation", "GET", "generation/{generation_id}", Kind.READ, _LOOK
)
V2_PHOTOS_CREATE_GROUP: Final = _route(
    "create_group", "POST", "avatar_group/create", Kind.ONCE, _CREATE
)
V2_PHOTOS_ADD_LOOKS: Final = _route("add_looks", "POST", "avatar_group/add", Kind.ONCE, _CREATE)
V2_PHOTOS_TRAIN: Final = _route("train", "POST", "train", Kind.ONCE)
V2_PHOTOS_GET_TRAINING: Final = _route("get_training", "GET", "train/status/{group_id}", Kind.READ)
V2_PHOTOS_GENERATE_LOOK: Final = _route(
    "generate_look", "POST", "look/generate", Kind.ONCE, _CREATE
)
V2_PHOTOS_ADD_MOTION: Final = _route("add_motion", "POST", "add_motion", Kind.ONCE)
V2_PHOTOS_ADD_SOUND: Final = _route("add_sound_effect", "POST", "add_sound_effect", Kind.ONCE)
V2_PHOTOS_UPSCALE: Final = _route("upscale", "POST", "upscale", Kind.ONCE)
V2_PHOTOS_GET: Final = _route("get", "GET", "{look_id}", Kind.READ, _LOOK)
V2_PHOTOS_DELETE: Final = _route(
    "delete", "DELETE", "{look_id}", Kind.IDEMPOTENT, "heygen.avatars.delete_look"
)
V2_PHOTOS_DELETE_GROUP: Final = Route(
    "v2.photo_avatars.delete_group",
    "DELETE",
    f"{_PHOTO}_group/{{group_id}}",
    Kind.IDEMPOTENT,
    successor="heygen.avatars.delete_group",
)
