"""Speech of HeyGen's own model: https://developers.heygen.com/reference/generate-model-speech."""

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import msgspec

from heygen_async.api.resource import Resource
from heygen_async.api.streams import EventStream
from heygen_async.errors import ServerError
from heygen_async.models.preview import (
    GenerateSpeech,
    ModelSpeech,
    SpeechAlignment,
    SpeechAudio,
    SpeechEvent,
    SpeechFailure,
    StreamSpeech,
)
from heygen_async.wire.routes import preview as routes
from heygen_async.wire.streams import ServerEvent

_Frame: TypeAlias = SpeechAudio | SpeechAlignment | SpeechFailure
_frames: Final = msgspec.json.Decoder[_Frame](_Frame)


class _Tag(msgspec.Struct, gc=False):
    type: str = ""


_tags: Final = msgspec.json.Decoder(_Tag)
_TYPES: Final = frozenset({"audio", "alignment", "error"})
_DONE: Final = b"[DONE]"


class ModelSpeeches(Resource):
    """``heygen.preview.model_speech``: text to sound, whole or piece by piece."""

    async def generate(
        self, request: GenerateSpeech, *, extra_body: dict[str, Any] | None = None
    ) -> ModelSpeech:
        """Speaks a text into one file, and answers when it is done.

        Billed by the character; a request that fails is not. HeyGen takes 30 requests a minute
        from each member of a workspace.

        Args:
            request: What is said, and who says it.
            extra_body: Fields that are newer than this library.

        Returns:
            The file's address, and its length in seconds.

        Raises:
            NotFoundError: There is no such voice.
            ConflictError: The voice is not trained yet, or its training failed.
            InsufficientCreditError: The balance does not cover it.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/generate-model-speech
        """
        return await self._post(
            routes.PREVIEW_SPEECH_GENERATE, ModelSpeech, request, extra_body=extra_body
        )

    def stream(
        self, request: StreamSpeech, *, extra_body: dict[str, Any] | None = None
    ) -> EventStream[SpeechEvent]:
        """Speaks a text piece by piece: ``async for event in heygen.preview.model_speech.stream``.

        Billed by the character when it comes to its end; one that fails or is left early is not.
        HeyGen takes 30 requests a minute from each member of a workspace.

        Args:
            request: What is said, and who says it; ``with_timestamps`` for the times of words.
            extra_body: Fields that are newer than this library.

        Returns:
            ``SpeechAudio`` events with a whole WAV file of their own each, in order, and
            ``SpeechAlignment`` events where they were asked for.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            NotFoundError: There is no such voice.
            ConflictError: The voice is not trained yet, or its training failed.
            InsufficientCreditError: The balance does not cover it.
            ServerError: It failed, perhaps after it had begun.
            TransportError: It broke off.
            HeyGenError: As every call, all of them when the reading begins.

        https://developers.heygen.com/reference/stream-model-speech
        """
        return self._stream(
            routes.PREVIEW_SPEECH_STREAM,
            request=request,
            extra_body=extra_body,
            read=_events,
            last=_last,
        )


def _last(event: ServerEvent) -> str | None:
    return "done" if event.data.strip() == _DONE else None


def _events(event: ServerEvent) -> Iterable[SpeechEvent]:
    try:
        frame = _frames.decode(event.data)
    except msgspec.ValidationError:
        if _tags.decode(event.data).type in _TYPES:
            raise
        return ()  # of a kind that is newer than this library
    if isinstance(frame, SpeechFailure):
        # The status was 200 when nobody knew better yet.
        raise ServerError(frame.detail, status=200, code="speech_stream_failed")
    return (frame,)
