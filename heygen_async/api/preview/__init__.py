"""The resources of what HeyGen calls a preview: it may change, or be closed to an account."""

from heygen_async.api.preview.avatar_realtime import AvatarRealtime
from heygen_async.api.preview.model_speech import ModelSpeeches
from heygen_async.api.preview.model_voices import ModelVoices
from heygen_async.api.resource import Toolbox


class Preview:
    """``heygen.preview``: what HeyGen may still change, or has not opened to every account.

    Attributes:
        model_voices: Voices of HeyGen's own speech model.
        model_speech: What they say, whole or piece by piece.
        avatar_realtime: Avatars that speak at once.
    """

    def __init__(self, tools: Toolbox) -> None:
        self.model_voices: ModelVoices = ModelVoices(tools)
        self.model_speech: ModelSpeeches = ModelSpeeches(tools)
        self.avatar_realtime: AvatarRealtime = AvatarRealtime(tools)


__all__ = ["AvatarRealtime", "ModelSpeeches", "ModelVoices", "Preview"]
