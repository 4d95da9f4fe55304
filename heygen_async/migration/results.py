"""What a migration gives: the request of v3, and what became of everything in the old one."""

from typing import Any, Generic, Literal, TypeAlias, TypeVar
from urllib.parse import quote

import msgspec

from heygen_async.models.base import Record, Request
from heygen_async.wire.calls import Route

R_co = TypeVar("R_co", bound=Request, covariant=True)

NoteKind: TypeAlias = Literal["dropped", "changed", "approximated", "needs_attention"]

EngineName: TypeAlias = Literal["avatar_iii", "avatar_iv", "avatar_v"]

_SHOWN = 60


class Options(Record):
    """What the caller decides.

    Attributes:
        engine: For avatars whose old request names none; the nearest one when left out.
        template_id: The template, which is part of the path in v2 and v3.
    """

    engine: EngineName | None = None
    template_id: str | None = None

    @property
    def drawn(self) -> EngineName:
        """The engine for what v2 drew with Avatar III."""
        return self.engine or "avatar_iii"


class Note(Record):
    """Something in the old request that v3 says otherwise, or does not say at all.

    Attributes:
        field: Path in the old request, such as ``video_inputs[0].character.scale``.
        value: What stood there, as plain data; addresses without their query. None for what was
            left out.
        kind: ``dropped``: v3 has no equal. ``approximated``: the nearest that v3 has.
            ``changed``: the same, said otherwise. ``needs_attention``: carried over, and worth a
            look.
        reason: Why, in a sentence.
        instead: What to do about it; empty where there is nothing to do.
    """

    field: str
    value: Any
    kind: NoteKind
    reason: str
    instead: str = ""

    @property
    def lost(self) -> bool:
        """Whether the video will not be quite what it was."""
        return self.kind in {"dropped", "approximated"}

    def __str__(self) -> str:
        shown = ""
        if self.value is not None:
            text = msgspec.json.encode(self.value).decode()
            shown = f" = {text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}"
        words = f"{self.reason} {self.instead}".strip()
        line = f"{self.kind.replace('_', ' ')}: {self.field}{shown}: {words}"
        # Keys are anybody's: what moves a cursor shall not reach a terminal.
        return line if line.isprintable() else repr(line)[1:-1]


class Migration(Record, Generic[R_co]):
    """A request of v1 or v2 as v3 takes it.

    Every field that was set in the old request has either found its place in ``request``, or is
    named in ``notes``, or stands in ``implied``.

    Attributes:
        request: The request of v3; ``heygen_async`` sends it as it is.
        route: Where it goes.
        notes: What is worth knowing, in the order of the old request.
        implied: Paths of fields that said what v3 does anyway; they are not sent.
        ids: What stands for the names in the route's path.
    """

    request: R_co
    route: Route
    notes: tuple[Note, ...] = ()
    implied: tuple[str, ...] = ()
    ids: dict[str, str] = {}

    @property
    def method(self) -> str:
        """The method that takes the request, such as ``heygen.videos.create``."""
        return f"heygen.{self.route.name}"

    @property
    def path(self) -> str:
        """Where it goes, percent-encoded; ``{names}`` that are not known stay."""
        path = self.route.path
        for name, value in self.ids.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path

    @property
    def lost(self) -> tuple[Note, ...]:
        """The notes on what v3 has no equal for."""
        return tuple(note for note in self.notes if note.lost)
