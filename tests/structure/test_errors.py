"""Errors are data: one root, drawn in full, each readable in one line, each survives a pickle."""

import inspect
import pickle
import re
from typing import Any

import pytest

from heygen_async import errors
from heygen_async.errors import APIError, HeyGenError

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == errors.__name__
]
ids = pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)


def made(kind: type[Any], message: str = "It broke.") -> HeyGenError:
    name = kind.__name__
    if name == "InvalidRequestError":
        return errors.InvalidRequestError("scenes[0].script", "x" * 500, "must be short", hint="h")
    if name == "DecodeError":
        return errors.DecodeError(message, path="$.a", model="M", raw=b"{}", request_id="r")
    if name == "JobFailedError":
        return errors.JobFailedError(
            kind="video", job_id="v", status="failed", failure_code="C", failure_message=message
        )
    if name == "JobTimeoutError":
        return errors.JobTimeoutError(kind="video", job_id="v", status="processing", age=61.4)
    more: dict[str, Any] = {"hint": "Try something else."}
    if issubclass(kind, errors.JobError):
        more |= {"kind": "video", "job_id": "v"}
    elif issubclass(kind, APIError):
        more |= {
            "status": 418,
            "code": "teapot",
            "param": "p",
            "doc_url": "https://developers.heygen.com",
            "detail": "d",
            "request_id": "r",
            "retry_after": 1.5,
        }
    elif issubclass(kind, errors.TransportError):
        more |= {"attempts": 3}
    elif kind is errors.CreditShortageError:
        more |= {"need": 7.5, "have": 3.0}
    error: HeyGenError = kind(message, **more)
    return error


def drawn() -> dict[str, tuple[str, str | None]]:
    """The tree of the docstring: each name with its parent and the name in brackets."""
    found: dict[str, tuple[str, str | None]] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"^    ([│├└─ ]*)(\w+Error)(?: \((\w+)\))?", line):
            depth = len(match[1]) // 3
            path[depth:] = [match[2]]
            found[match[2]] = (path[depth - 1] if depth else "", match[3])
    return found


@ids
def test_every_error_derives_from_the_root(kind: type[Exception]) -> None:
    assert issubclass(kind, HeyGenError)


def test_the_drawing_is_the_tree() -> None:
    tree = {}
    for kind in CLASSES:
        ours = [base.__name__ for base in kind.__bases__ if base in CLASSES]
        builtin = [base.__name__ for base in kind.__bases__ if base not in CLASSES]
        assert len(ours) == (kind is not HeyGenError), kind
        other = builtin[0] if builtin and kind is not HeyGenError else None
        tree[kind.__name__] = (ours[0] if ours else "", other)
    assert drawn() == tree


@ids
def test_every_error_tells_itself(kind: type[Exception]) -> None:
    assert inspect.getdoc(kind)
    assert kind.__doc__ not in {base.__doc__ for base in kind.__bases__}


@ids
def test_every_error_has_one_line_to_act_on(kind: type[Any]) -> None:
    for message in ("It broke.", "It broke,\nand how.\r\nSee\u2028there.\n"):
        error = made(kind, message)
        assert str(error).splitlines() == [str(error)]
        assert str(error).strip()
        assert error.message


@ids
def test_every_error_pickles_with_all_it_knows(kind: type[Any]) -> None:
    error = made(kind)
    error.add_note("attempt 1: it broke before")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is kind
    assert str(again) == str(error)
    assert again.args == error.args
    assert vars(again) == vars(error)
    assert again.__notes__ == ["attempt 1: it broke before"]


@ids
def test_every_error_knows_a_message_and_a_hint(kind: type[Any]) -> None:
    error = made(kind)
    assert isinstance(error.message, str)
    assert error.hint is None or isinstance(error.hint, str)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (errors.ConfigError, ValueError),
        (errors.InvalidRequestError, ValueError),
        (errors.ReadTimeoutError, TimeoutError),
        (errors.JobTimeoutError, TimeoutError),
        (errors.TargetError, OSError),
    ],
)
def test_an_error_can_be_caught_by_the_name_that_python_gives_it(
    kind: type[Any], builtin: type[Exception]
) -> None:
    with pytest.raises(builtin):
        raise made(kind)


def test_an_api_error_ends_with_the_id_for_the_support() -> None:
    assert str(made(errors.BadRequestError)) == ("teapot (HTTP 418): It broke. [p] request r")


def test_a_long_value_is_cut() -> None:
    error = made(errors.InvalidRequestError)
    assert len(str(error)) < 200
    assert "(502 chars)" in str(error)


def test_a_job_that_timed_out_says_that_it_goes_on() -> None:
    error = made(errors.JobTimeoutError)
    assert str(error) == "video v was processing after 61 s of waiting"
    assert error.hint is not None
    assert "not cancelled" in error.hint


def test_what_was_not_sent_says_so() -> None:
    assert errors.ConnectError("x").sent is False
    assert errors.ReadTimeoutError("x").sent is True
    assert errors.OutcomeUnknownError("x").sent is True
