"""Two numberings and a word: the word is right."""

from typing import Any

import pytest

from heygen_async.inference_sh import StatusScheme, TaskStatus, read_status

ENDS = {TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.REJECTED}


def test_the_numbers_of_today() -> None:
    assert [read_status(n).word for n in range(14)] == [
        *("unknown", "received", "queued", "dispatched", "preparing", "serving", "setting_up"),
        *("running", "cancelling", "uploading", "completed", "failed", "cancelled", "rejected"),
    ]


def test_the_numbers_of_before() -> None:
    assert [read_status(n, scheme="legacy").word for n in range(1, 14)] == [
        *("received", "queued", "dispatched", "preparing", "serving", "setting_up", "running"),
        *("uploading", "completed", "failed", "cancelled", "unknown", "unknown"),
    ]


@pytest.mark.parametrize("status", TaskStatus)
def test_only_four_end_a_task(status: TaskStatus) -> None:
    assert status.ended == (status in ENDS)


@pytest.mark.parametrize(
    ("status", "text", "scheme", "expected"),
    [
        (9, "completed", "current", TaskStatus.COMPLETED),
        (10, "failed", "current", TaskStatus.FAILED),
        (11, "failed", "legacy", TaskStatus.FAILED),
        (10, "", "current", TaskStatus.COMPLETED),
        (10, None, "legacy", TaskStatus.FAILED),
        (10, "brand new", "current", TaskStatus.COMPLETED),
        ("completed", None, "legacy", TaskStatus.COMPLETED),
        (" Running ", None, "current", TaskStatus.RUNNING),
        ("scheduled", None, "current", TaskStatus.DISPATCHED),
        ("canceled", None, "current", TaskStatus.CANCELLED),
        ("10", None, "current", TaskStatus.COMPLETED),
        ("10", None, "legacy", TaskStatus.FAILED),
        ("resting", None, "current", TaskStatus.UNKNOWN),
        (99, None, "current", TaskStatus.UNKNOWN),
        (-1, None, "current", TaskStatus.UNKNOWN),
        (True, None, "current", TaskStatus.UNKNOWN),
        (10.0, None, "current", TaskStatus.UNKNOWN),
        (None, None, "current", TaskStatus.UNKNOWN),
        ({}, [], "current", TaskStatus.UNKNOWN),
    ],
)
def test_a_word_is_trusted_before_a_number(
    status: Any, text: Any, scheme: StatusScheme, expected: TaskStatus
) -> None:
    assert read_status(status, text, scheme=scheme) is expected
