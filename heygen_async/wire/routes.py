"""The endpoints, one line each, with the vendor's page above every family.

The kind is read from the vendor's pages, never guessed from the verb.
"""

from typing import Final

from heygen_async.wire.calls import Host, Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/upload-asset and the pages beside it
ASSETS_UPLOAD: Final = Route("assets.upload", "POST", "/v3/assets", Kind.KEYED)
ASSETS_CREATE_UPLOAD: Final = Route(
    "assets.create_upload", "POST", "/v3/assets/direct-uploads", Kind.KEYED
)
ASSETS_COMPLETE_UPLOAD: Final = Route(
    "assets.complete_upload",
    "POST",
    "/v3/assets/{asset_id}/complete",
    Kind.IDEMPOTENT,
    # The storage may take a moment to show what was just put there.
    transient=frozenset({"conflict"}),
)

# https://developers.heygen.com/reference/create-avatar
AVATARS_CREATE: Final = Route("avatars.create", "POST", "/v3/avatars", Kind.KEYED)
AVATARS_GET_LOOK: Final = Route("avatars.get_look", "GET", "/v3/avatars/looks/{look_id}", Kind.READ)
AVATARS_GET_GROUP: Final = Route("avatars.get_group", "GET", "/v3/avatars/{group_id}", Kind.READ)

# https://developers.heygen.com/reference/list-voices
VOICES_LIST: Final = Route("voices.list", "GET", "/v3/voices", Kind.READ)

# https://developers.heygen.com/reference/create-video
VIDEOS_CREATE: Final = Route("videos.create", "POST", "/v3/videos", Kind.KEYED)
VIDEOS_GET: Final = Route("videos.get", "GET", "/v3/videos/{video_id}", Kind.READ)
VIDEOS_LIST_STATUSES: Final = Route("videos.list_statuses", "GET", "/v3/videos/statuses", Kind.READ)

# https://developers.heygen.com/reference/get-current-user
USERS_GET_CURRENT: Final = Route("users.get_current", "GET", "/v3/users/me", Kind.READ)

# https://docs.heygen.com/reference/upload-asset
V2_ASSETS_UPLOAD: Final = Route("v2.assets.upload", "POST", "/v1/asset", Kind.ONCE, Host.UPLOAD)

# https://docs.heygen.com/docs/generate-a-photo-avatar and the pages beside it
_PHOTO: Final = "/v2/photo_avatar"
V2_PHOTOS_GENERATE: Final = Route(
    "v2.photo_avatars.generate_photos", "POST", f"{_PHOTO}/photo/generate", Kind.ONCE
)
V2_PHOTOS_GET_GENERATION: Final = Route(
    "v2.photo_avatars.get_generation", "GET", f"{_PHOTO}/generation/{{generation_id}}", Kind.READ
)
V2_PHOTOS_CREATE_GROUP: Final = Route(
    "v2.photo_avatars.create_group", "POST", f"{_PHOTO}/avatar_group/create", Kind.ONCE
)
V2_PHOTOS_ADD_LOOKS: Final = Route(
    "v2.photo_avatars.add_looks", "POST", f"{_PHOTO}/avatar_group/add", Kind.ONCE
)
V2_PHOTOS_TRAIN: Final = Route("v2.photo_avatars.train", "POST", f"{_PHOTO}/train", Kind.ONCE)
V2_PHOTOS_GET_TRAINING: Final = Route(
    "v2.photo_avatars.get_training", "GET", f"{_PHOTO}/train/status/{{group_id}}", Kind.READ
)
V2_PHOTOS_GENERATE_LOOK: Final = Route(
    "v2.photo_avatars.generate_look", "POST", f"{_PHOTO}/look/generate", Kind.ONCE
)
V2_PHOTOS_ADD_MOTION: Final = Route(
    "v2.photo_avatars.add_motion", "POST", f"{_PHOTO}/add_motion", Kind.ONCE
)
V2_PHOTOS_ADD_SOUND: Final = Route(
    "v2.photo_avatars.add_sound_effect", "POST", f"{_PHOTO}/add_sound_effect", Kind.ONCE
)
V2_PHOTOS_GET: Final = Route("v2.photo_avatars.get", "GET", f"{_PHOTO}/{{look_id}}", Kind.READ)

# https://docs.heygen.com/reference/create-an-avatar-video-v2
V2_VIDEOS_GENERATE: Final = Route("v2.videos.generate", "POST", "/v2/video/generate", Kind.ONCE)
V2_VIDEOS_GET_STATUS: Final = Route(
    "v2.videos.get_status", "GET", "/v1/video_status.get", Kind.READ
)

# https://docs.heygen.com/reference/get-remaining-quota-v2
V2_USERS_QUOTA: Final = Route(
    "v2.users.remaining_quota", "GET", "/v2/user/remaining_quota", Kind.READ
)
