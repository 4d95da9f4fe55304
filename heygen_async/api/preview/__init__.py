"""The resources of what HeyGen calls a preview: it may change, or be closed to an account."""

from typing import TYPE_CHECKING

from heygen_async.api.member import Member
from heygen_async.api.resource import Toolbox

if TYPE_CHECKING:
    from heygen_async.api.preview.avatar_realtime import AvatarRealtime
    from heygen_async.api.preview.model_speech import ModelSpeeches
    from heygen_async.api.preview.model_voices import ModelVoices


class Preview:
    """``heygen.preview``: what HeyGen may still change, or has not opened to every account.

    Attributes:
        model_voices: Voices of HeyGen's own speech model.
        model_speech: What they say, whole or piece by piece.
        avatar_realtime: Avatars that speak at once.
    """

    model_voices: Member["ModelVoices"] = Member("preview.model_voices", "ModelVoices")
    model_speech: Member["ModelSpeeches"] = Member("preview.model_speech", "ModelSpeeches")
    avatar_realtime: Member["AvatarRealtime"] = Member("preview.avatar_realtime", "AvatarRealtime")

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools
