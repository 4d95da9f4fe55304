"""Projects of HTML, zipped: read within limits, and never unpacked to disk."""

import html
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Asset

MOST_BYTES: Final = 200 * 1024 * 1024
"""Bytes that a zip may have."""

MOST_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes that its files may have together: a small zip can hold more than any disk."""

MOST_FILES: Final = 10_000

_MOST_HTML: Final = 1 << 20
_LONGEST_TITLE: Final = 200
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_ZIP: Final = "application/zip"


def check(project: Asset) -> None:
    """Refuses what is no zip, or too large a one.

    Raises:
        Refusal: 400.
    """
    if project.mime != _ZIP:
        raise _invalid(f"The project is {project.mime}, not a zip.")
    if project.size > MOST_BYTES:
        raise _too_large(f"The project is larger than {MOST_BYTES} bytes.")


def title_of(path: Path, composition: str) -> str:
    """The title in a project's first page; the page's own name without one.

    Args:
        path: The zip.
        composition: The page, relative to the project.

    Raises:
        Refusal: 400, when it cannot be read, lacks the page, or holds too much.
    """
    try:
        with zipfile.ZipFile(path) as project:
            _check_files(project)
            text = _page(project, composition)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _invalid(f"The zip cannot be read: {error}") from None
    found = _TITLE.search(text)
    words = " ".join(html.unescape(found[1]).split()) if found else ""
    return (words or PurePosixPath(composition).stem)[:_LONGEST_TITLE]


def _check_files(project: zipfile.ZipFile) -> None:
    files = project.infolist()
    if len(files) > MOST_FILES:
        raise _too_large(f"The project has more than {MOST_FILES} files.")
    if sum(file.file_size for file in files) > MOST_UNPACKED:
        raise _too_large(f"The project unpacks to more than {MOST_UNPACKED} bytes.")
    for file in files:
        name = PurePosixPath(file.filename)
        if name.is_absolute() or ".." in name.parts:
            raise _invalid(f"The zip holds a file outside the project: {file.filename!r}.")


def _page(project: zipfile.ZipFile, composition: str) -> str:
    name = composition.removeprefix("./")
    try:
        with project.open(name) as page:
            return page.read(_MOST_HTML).decode("utf-8", errors="replace")
    except KeyError:
        raise _invalid(f"The project has no {composition}.") from None


def _invalid(words: str) -> Refusal:
    return Refusal(400, "hyperframes_project_invalid", words, param="project")


def _too_large(words: str) -> Refusal:
    return Refusal(400, "hyperframes_project_too_large", words, param="project")
