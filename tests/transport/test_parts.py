import os
from pathlib import Path

import pytest

from heygen_async.errors import TargetError
from heygen_async.transport.downloads import suffix_of, target_in
from heygen_async.transport.parts import Part


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("v1", "v1.mp4"),
        ("../../etc/passwd", "_.._etc_passwd.mp4"),
        ("a/b\\c:d", "a_b_c_d.mp4"),
        ("..", "job.mp4"),
        ("", "job.mp4"),
        (".hidden", "hidden.mp4"),
        ("a\0b\n", "a_b_.mp4"),
        ("übung-1_2.3", "übung-1_2.3.mp4"),
    ],
)
def test_a_file_in_a_folder_stays_there_whatever_its_name(
    tmp_path: Path, name: str, expected: str
) -> None:
    assert target_in(tmp_path, name, ".mp4") == tmp_path / expected
    assert target_in(tmp_path / "mine.mp4", name, ".mp4") == tmp_path / "mine.mp4"


@pytest.mark.parametrize(
    ("link", "suffix"),
    [
        ("https://files.example/a.webm?X-Amz-Signature=b.mp3", ".webm"),
        ("https://files.example/A.MP4", ".mp4"),
        ("https://files.example/a.exe", ".mp4"),
        ("https://files.example/a", ".mp4"),
    ],
)
def test_the_suffix_is_that_of_the_link_if_it_is_of_media(link: str, suffix: str) -> None:
    assert suffix_of(link, ".mp4") == suffix


@pytest.mark.parametrize(
    ("etag", "left"), [("", set()), ('"one"', {"a.mp4.part", "a.mp4.part.json"})]
)
def test_what_cannot_be_continued_is_not_left_behind(
    tmp_path: Path, etag: str, left: set[str]
) -> None:
    part = Part(tmp_path / "a.mp4", "video")
    part.claim()
    part.begin(etag, 9, anew=True)
    part.path.write_bytes(b"half")
    part.release()
    assert {path.name for path in tmp_path.iterdir()} == left


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_file_lies_on_disk_before_it_has_its_name_and_the_name_before_it_is_given_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, overwrite: bool
) -> None:
    target = tmp_path / "a.mp4"
    seen: list[tuple[bool, bool]] = []
    really = os.fsync

    def note(handle: int) -> None:
        of_folder = os.path.samestat(os.fstat(handle), tmp_path.stat())
        seen.append((of_folder, target.exists()))
        really(handle)

    monkeypatch.setattr(os, "fsync", note)
    part = Part(target, "a")
    part.claim()
    part.begin('"one"', 4, anew=True)
    part.path.write_bytes(b"data")
    part.finish(overwrite=overwrite)
    part.release()
    assert seen == [(False, False), (True, True)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_what_has_no_room_is_refused_and_what_is_there_is_kept(tmp_path: Path) -> None:
    part = Part(tmp_path / "a.mp4", "a")
    part.claim()
    part.begin('"one"', 4, anew=True)
    part.path.write_bytes(b"da")
    part.have = 2
    with pytest.raises(TargetError, match="999,999,999,999,999,998 bytes are missing"):
        part.begin('"one"', 10**18, anew=False)
    assert part.path.read_bytes() == b"da"
    part.release()
