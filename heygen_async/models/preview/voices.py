"""Voices of HeyGen's own speech model: https://developers.heygen.com/reference/create-model-audio-voice."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput

VoiceName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=256)]
LanguageCode: TypeAlias = Annotated[str, Meta(min_length=1, max_length=32)]


class ProfessionalVoice(Request):
    """A voice that is trained from long recordings, or trained again.

    Attributes:
        audio: 1 to 10 recordings of the same speaker, at least 20 minutes in total.
        name: Name of a new voice, 1 to 256 characters; needed for one.
        language: Main language of a new voice as a code such as ``en``, at most 32 characters;
            needed for one.
        voice_id: An existing professional voice to train again: it keeps its id, name and
            language. At most 64 characters without white space.
        mode: ``professional``; needed for a new voice, ignored with ``voice_id``.
    """

    audio: Annotated[list[FileInput], Meta(min_length=1, max_length=10)]
    name: VoiceName | None = None
    language: LanguageCode | None = None
    voice_id: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^\S+$")] | None = None
    mode: Literal["professional"] | None = None


class InstantVoice(Request, tag_field="mode", tag="instant"):
    """A voice that is copied from one short recording.

    Attributes:
        audio: One recording.
        name: Name of the voice, 1 to 256 characters.
        language: Main language as a code such as ``en``, at most 32 characters.
        remove_background_noise: Whether noise is taken out first; True when left out.
        similarity: How closely the recording is followed; ``extra_high`` when left out.
    """

    audio: Annotated[list[FileInput], Meta(min_length=1, max_length=1)]
    name: VoiceName
    language: LanguageCode | None = None
    remove_background_noise: bool | None = None
    similarity: Literal["medium", "high", "mel", "extra_high", "max"] | None = None


CreateModelVoice: TypeAlias = ProfessionalVoice | InstantVoice
"""What ``heygen.preview.model_voices.create`` takes."""


class ModelVoiceMode(OpenEnum):
    """How a voice was made."""

    PROFESSIONAL = "professional"
    INSTANT = "instant"


class ModelVoiceStatus(OpenEnum):
    """How far a voice is. These words are in upper case, unlike all others."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    FAILED = "FAILED"


class VoiceFailureReason(OpenEnum):
    """Why a voice failed."""

    INVALID_AUDIO = "INVALID_AUDIO"
    INSUFFICIENT_AUDIO = "INSUFFICIENT_AUDIO"
    PREPROCESSING_FAILED = "PREPROCESSING_FAILED"
    TRAINING_FAILED = "TRAINING_FAILED"
    DESIGN_FAILED = "DESIGN_FAILED"
    ARTIFACT_VALIDATION_FAILED = "ARTIFACT_VALIDATION_FAILED"
    INTERNAL_ERROR = "INTERNAL_ERROR"


class CreatedModelVoice(Reply):
    """What a create call answers.

    Attributes:
        voice_id: The voice, new or trained again.
    """

    voice_id: str


class ModelVoice(Reply):
    """A voice of HeyGen's own speech model.

    Attributes:
        voice_id: What speech takes.
        mode: How it was made.
        name: Name to show.
        language: Main language, as a code.
        status: Only an ``ACTIVE`` voice speaks.
        created_at: Unix time in seconds.
        failure_reason: Only when it failed.
    """

    voice_id: str
    mode: ModelVoiceMode = ModelVoiceMode.PROFESSIONAL
    name: str = ""
    language: str = ""
    status: ModelVoiceStatus = ModelVoiceStatus.PENDING
    created_at: int = 0
    failure_reason: VoiceFailureReason | None = None


class DeletedModelVoice(Reply):
    """What a delete answers.

    Attributes:
        status: Always ``ok``.
    """

    status: str = "ok"
