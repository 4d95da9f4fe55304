"""v1 and v2: nothing here is protected by a key."""

from typing import Final

from heygen_async.wire.calls import Host, Route
from heygen_async.wire.kinds import Kind

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
