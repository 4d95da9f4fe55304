"""What is asked of an app: checked as a whole before anything is sent. Pure."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, TypedDict

import msgspec
from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.apps.base import AppInput, output_of
from heygen_async.inference_sh.apps.known import check_needed
from heygen_async.inference_sh.inputs import as_json, fields_given, find_files
from heygen_async.inference_sh.plain import decode
from heygen_async.inference_sh.references import Reference, read_reference
from heygen_async.inference_sh.schemas import Schema
from heygen_async.models.base import Reply, Request
from heygen_async.wire.encode import encode

_Word: TypeAlias = Annotated[str, Meta(min_length=1)]
_Infra: TypeAlias = Literal["cloud", "private", "private_first"]


class RunOptions(TypedDict, total=False):
    """What ``run`` takes besides app and input; none of it is needed.

    Attributes:
        webhook: An http address that is told when the task has ended. Nothing signs what comes
            there: see ``read_webhook``.
        function: Which function of the app; its own choice when left out.
        version: Short id of the app's version, instead of the newest.
        setup: Parameters of the app's set-up. HeyGen's apps have none.
        infra: Where it runs; ``cloud`` when left out.
        workers: Which workers may run it; only with private infra.
        session: ``"new"`` keeps the worker; ``task.session_id`` runs on a kept one.
        session_timeout: Seconds without a run after which a new session is let go, 1 to 3600;
            60 when left out.
        run_at: When to begin, with a time zone, or as RFC 3339 text; now when left out.
        metadata: Whatever the task shall carry.
        hold: Keeps the one connection until the task has ended, instead of following it; only
            ``timeout`` bounds it. For short jobs: where the answer is lost, nobody knows the
            task's id.
        timeout: Seconds to wait for the end; no bound when left out. With ``hold`` also for the
            answer.
        extra_body: Fields that are newer than this library; they are not checked.
    """

    webhook: str | None
    function: str | None
    version: str | None
    setup: Mapping[str, Any] | None
    infra: _Infra | None
    workers: list[str] | None
    session: str | None
    session_timeout: int | None
    run_at: datetime | str | None
    metadata: Mapping[str, Any] | None
    hold: bool
    timeout: float | None
    extra_body: dict[str, Any] | None


class RunApp(Request):
    """The body of a run."""

    app: str
    input: dict[str, Any]
    function: str | None = None
    setup: dict[str, Any] | None = None
    infra: _Infra | None = None
    workers: list[_Word] | None = None
    webhook: Annotated[str, Meta(pattern="^https?://")] | None = None
    wait: bool = False
    session: _Word | None = None
    session_timeout: Annotated[int, Meta(ge=1, le=3600)] | None = None
    run_at: str | None = None
    metadata: dict[str, Any] | None = None


class Order(NamedTuple):
    """One run, as it was asked for.

    Attributes:
        app: Whose function it is.
        function: Which one; the app's own choice when None.
        input: What the app is given, as JSON has it; files may still be in it.
        kind: The type of the input, where it is one of ours.
        options: Everything else.
    """

    app: Reference
    function: str | None
    input: dict[str, Any]
    kind: type[AppInput[Any]] | None
    options: RunOptions

    @property
    def output(self) -> type[Reply] | None:
        """The type of what the app makes, where it is known."""
        return None if self.kind is None else output_of(self.kind)

    def body(self, given: dict[str, Any]) -> bytes:
        """The body of the run.

        Args:
            given: The input, with addresses in the place of files.

        Raises:
            InvalidRequestError: A field is wrong, or two do not fit together.
        """
        options = self.options
        if self.kind is not None:
            given = decode(encode(self.kind(**given)))
            msgspec.convert(given, self.kind).check()
        else:
            check_needed(self.app.app, self.function, given)
        version = options.get("version") or self.app.version
        run = RunApp(
            app=f"{self.app.app}@{version}" if version else self.app.app,
            input=given,
            function=self.function,
            setup=_without_files("setup", options.get("setup")),
            infra=options.get("infra"),
            workers=options.get("workers"),
            webhook=options.get("webhook"),
            wait=bool(options.get("hold")),
            session=options.get("session"),
            session_timeout=options.get("session_timeout"),
            run_at=_moment(options.get("run_at")),
            metadata=_without_files("metadata", options.get("metadata")),
        )
        _check(run)
        return encode(run, _without_files("extra_body", options.get("extra_body")))


def order_of(
    app: str | AppInput[Any], given: Mapping[str, Any] | None, options: RunOptions
) -> Order:
    """What is asked for.

    Args:
        app: Its name, or an input that knows its app.
        given: The input, if the name came first.
        options: Everything else.

    Raises:
        InvalidRequestError: The name is none, there are two inputs or versions or functions, or
            something in the input is no JSON and no file.
        TypeError: There is an option that ``run`` does not have.
    """
    unknown = options.keys() - RunOptions.__annotations__.keys()
    if unknown:
        raise TypeError(f"run() has no option {', '.join(sorted(unknown))}")
    check_timeout(options.get("timeout"))
    function = options.get("function")
    if not isinstance(app, AppInput):
        if given is not None and not isinstance(given, Mapping):
            raise InvalidRequestError("input", given, "must be a mapping of fields to values")
        names = read_reference(app)
        _one("version", names.version, options.get("version"))
        _one("function", names.function, function)
        named = as_json(given or {}, ("input",))
        return Order(names, function or names.function, named, None, options)
    if given is not None or function is not None:
        wrong = "input" if given is not None else "function"
        raise InvalidRequestError(
            wrong, given or function, f"is told by {type(app).__name__} itself"
        )
    kind = type(app)
    return Order(read_reference(kind.app), kind.function, as_json(fields_given(app)), kind, options)


def check_timeout(seconds: object) -> None:
    """Refuses what is no time to wait, before there is a task to wait for.

    Raises:
        InvalidRequestError: It is none.
    """
    match seconds:
        case None:
            return
        case int() | float() if math.isfinite(seconds) and seconds >= 0:
            return
        case _:
            raise InvalidRequestError("timeout", seconds, "must be seconds, 0 or more, or None")


def _check(run: RunApp) -> None:
    if run.session_timeout is not None and run.session != "new":
        raise InvalidRequestError("session_timeout", run.session_timeout, 'needs session="new"')
    if run.workers is not None and run.infra not in ("private", "private_first"):
        raise InvalidRequestError("workers", run.workers, "need private infra")


def _one(what: str, named: str | None, told: str | None) -> None:
    """Refuses two where one was meant: which of them runs, and is billed, is not ours to choose."""
    if named is not None and told is not None and named != told:
        raise InvalidRequestError(what, told, f"must be {named}, as in the name of the app")


def _without_files(name: str, given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A part of the body that is not looked into, as JSON has it; no file belongs there."""
    if given is None:
        return None
    part: dict[str, Any] = as_json(given, (name,))
    find_files(part, Schema({}), (name,))
    return part


def _moment(given: object) -> str | None:
    match given:
        case None | str():
            return given
        case datetime() if given.tzinfo is not None:
            return given.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case _:
            raise InvalidRequestError("run_at", given, "must be a moment with a time zone")
