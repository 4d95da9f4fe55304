"""The bridge from v1 and v2 to v3: an old request in, a new one out, and what has no equal."""

from typing import Any, overload

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.results import (
    EngineName as EngineName,
    Migration as Migration,
    Note as Note,
    NoteKind as NoteKind,
    Options as Options,
)
from heygen_async.models import (
    AvatarVideo,
    CreateAgentSession,
    CreateSpeech,
    CreateVideoTranslation,
    DigitalTwin,
    GenerateFromTemplate,
    ImageVideo,
    PhotoAvatar,
    PromptAvatar,
    StudioVideo,
)
from heygen_async.models.base import Request
from heygen_async.models.v2 import (
    AddLooks,
    CreateAvatarVideo,
    CreateDigitalTwin,
    CreateGroup,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateLook,
    GeneratePhotos,
    GenerateTemplateVideo,
    GenerateVideo,
    GenerateWebm,
    TranslateVideo,
)


@overload
def to_v3(
    request: GenerateVideo, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[AvatarVideo | StudioVideo]: ...
@overload
def to_v3(
    request: GenerateAvatarIV, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[ImageVideo]: ...
@overload
def to_v3(
    request: GenerateWebm, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[AvatarVideo]: ...
@overload
def to_v3(
    request: CreateAvatarVideo, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[AvatarVideo | ImageVideo]: ...
@overload
def to_v3(
    request: GenerateFromPrompt, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[CreateAgentSession]: ...
@overload
def to_v3(
    request: TranslateVideo, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[CreateVideoTranslation]: ...
@overload
def to_v3(
    request: CreateSpeech, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[CreateSpeech]: ...
@overload
def to_v3(
    request: GeneratePhotos | GenerateLook, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[PromptAvatar]: ...
@overload
def to_v3(
    request: CreateGroup | AddLooks, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[PhotoAvatar]: ...
@overload
def to_v3(
    request: CreateDigitalTwin, *, engine: EngineName | None = ..., strict: bool = ...
) -> Migration[DigitalTwin]: ...
@overload
def to_v3(
    request: GenerateTemplateVideo,
    *,
    engine: EngineName | None = ...,
    template_id: str | None = ...,
    strict: bool = ...,
) -> Migration[GenerateFromTemplate]: ...
@overload
def to_v3(
    request: Request,
    *,
    engine: EngineName | None = ...,
    template_id: str | None = ...,
    strict: bool = ...,
) -> Migration[Request]: ...
def to_v3(
    request: Request,
    *,
    engine: EngineName | None = None,
    template_id: str | None = None,
    strict: bool = False,
) -> Migration[Any]:
    """Turns a request of v1 or v2 that makes something into the one of v3 that means the same.

    Nothing is sent. The same request always gives the same answer.

    Args:
        request: The old request, such as a ``v2.GenerateVideo``.
        engine: For avatars whose old request does not ask for Avatar IV. When left out, Avatar
            III: nearest to what v2 drew, and to what it cost, while v3 by itself takes Avatar IV.
        template_id: The template, for requests that fill one; it goes into the path.
        strict: Refuse what cannot be kept, rather than note it.

    Returns:
        The new request, which method takes it, and a note on everything that v3 says otherwise
        or does not say.

    Raises:
        InvalidRequestError: The old request is no good, is none that v3 has an equal for, or
            is ``strict`` and names the first field that would be lost; or there is no such engine.
    """
    # Only now: whoever migrates nothing shall not load what it takes.
    from heygen_async.migration.table import migrate  # noqa: PLC0415

    return migrate(request, Options(engine=engine, template_id=template_id), strict=strict)


def from_json(
    data: bytes | str | dict[str, Any],
    *,
    engine: EngineName | None = None,
    template_id: str | None = None,
    strict: bool = False,
) -> Migration[Request]:
    """Like ``to_v3``, for JSON; its keys tell which request it is.

    Args:
        data: The body of the old request, or ``{"method", "path", "body"}`` with it. Keys that
            nobody knows are noted, and dropped.
        engine: As for ``to_v3``.
        template_id: As for ``to_v3``; a path tells it, too, and must tell the same.
        strict: As for ``to_v3``.

    Raises:
        InvalidRequestError: As ``to_v3``, and when it is no request of v1 or v2, goes to a path
            that is not migrated, or says two things under one key.
    """
    from heygen_async.migration.shapes import read  # noqa: PLC0415  as above
    from heygen_async.migration.table import migrate  # noqa: PLC0415  as above

    found = read(data)
    if template_id and found.template_id and template_id != found.template_id:
        raise InvalidRequestError(
            "template_id", template_id, f"must be that of the path, {found.template_id!r}"
        )
    options = Options(engine=engine, template_id=template_id or found.template_id)
    return migrate(found.request, options, strict=strict, found=found.notes)
