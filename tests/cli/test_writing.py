"""Files that a command writes: whole, or as they were."""

import errno
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from heygen_async.cli.writing import target_of, write
from heygen_async.errors import ConfigError, TargetError


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file grows beyond so many bytes: the system itself refuses."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("old", [None, "precious\n"])
def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, old: str | None) -> None:
    target = tmp_path / "a.srt"
    if old is not None:
        target.write_text(old, "utf-8")
    with full_disk(100), pytest.raises(TargetError, match="cannot be written: ") as caught:
        write(target, "x" * 100_000, force=True)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ([old] if old else [])


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.srt"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    write(target_of(str(target), force=True), "new", force=True)
    assert target.read_text("utf-8") == "new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_not_followed(tmp_path: Path, *, there: bool) -> None:
    other, link = tmp_path / "other", tmp_path / "link"
    if there:
        other.write_text("precious", "utf-8")
    link.symlink_to(other)
    with pytest.raises(ConfigError, match="is no plain file"):
        target_of(str(link), force=True)
    with pytest.raises(ConfigError, match="is no plain file"):
        write(link, "new", force=True)
    with pytest.raises(ConfigError, match="is there already"):
        target_of(str(link), force=False)
    assert other.exists() is there


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no plain file"):
        target_of(str(tmp_path), force=True)
