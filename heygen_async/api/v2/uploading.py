"""Files as v1 takes them: the raw bytes, as a stream."""

from typing import TypeVar

from heygen_async.api.resource import Toolbox
from heygen_async.models.files import UploadSource
from heygen_async.transport.legacy import warn_of
from heygen_async.transport.sources import open_source
from heygen_async.transport.uploads import Progress
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import check_size, content_type_of
from heygen_async.wire.soft_limits import file_excesses

T = TypeVar("T")


async def send_raw(
    tools: Toolbox,
    call: Call[T],
    file: UploadSource,
    *,
    allowed: frozenset[str],
    filename: str | None,
    content_type: str | None,
    progress: Progress | None,
) -> T:
    """Sends a file as the body of a call.

    Args:
        tools: What the resources share.
        call: Where it goes.
        file: What goes there.
        allowed: Content types that the endpoint takes.
        filename: For events and errors.
        content_type: What the caller says it is; the first bytes have to agree.
        progress: Called with bytes sent in this attempt, and the size.

    Raises:
        InvalidRequestError: HeyGen would not take it. Nothing was sent.
        HeyGenError: As every call.
    """
    async with open_source(file, name=filename) as source:
        kind = content_type_of(
            source.head, name=source.name, declared=content_type, allowed=allowed
        )
        check_size(source.size, name=source.name, content_type=kind)
        warn_of(file_excesses(source.name, source.size))
        return await tools.uploads.raw(call, source, content_type=kind, progress=progress)
