"""What the demo starts from: a photo, and what is to be said."""

import csv
import io
import re
from pathlib import Path
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record

ASPECTS: Final = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}
"""Width and height in pixels of what the demo renders."""

_COLUMNS: Final = ("key", "title", "aspect", "road", "captions", "background", "script")
_YES_NO: Final = {"yes": True, "no": False}
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_LONGEST: Final = 5000
_HERE: Final = Path(__file__).resolve()
# The checkout's own first; the copies beside the command are for an installed wheel.
_EXAMPLES: Final = (_HERE.parents[3] / "examples", _HERE.parents[1] / "examples")


class Row(Record):
    """One line of the scripts file.

    Attributes:
        key: Names the video, and its file.
        title: To show.
        aspect: ``16:9``, ``9:16`` or ``1:1``.
        road: ``v3`` or ``v2``: which of the two avatars speaks.
        captions: Whether captions are burned in.
        color: Background colour, if it has one.
        picture: Background picture, if it has one.
        script: What is said.
    """

    key: str
    title: str
    aspect: str
    road: str
    captions: bool
    color: str | None
    picture: Path | None
    script: str


def find(given: Path | None, name: str, option: str) -> Path:
    """A file of the demo: the given one, the checkout's, or the packaged one.

    Raises:
        InvalidRequestError: There is none.
    """
    if given is not None:
        if not given.is_file():
            raise InvalidRequestError(option, str(given), "must be a file that exists")
        return given
    for folder in _EXAMPLES:
        if (folder / name).is_file():
            return folder / name
    raise InvalidRequestError(
        option, f"examples/{name}", "is needed: the example was not found", hint="Name your own."
    )


def read_rows(path: Path) -> list[Row]:
    """The rows of a scripts file.

    Raises:
        InvalidRequestError: It cannot be read, or a line is not right; names line and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise InvalidRequestError("--scripts", str(path), f"cannot be read: {problem}") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidRequestError("--scripts", str(path), f"needs the columns {', '.join(missing)}")
    rows: list[Row] = []
    try:
        for line in reader:
            rows.append(_row(line, path.parent, f"{path.name} line {reader.line_num}"))
            if rows[-1].key in {row.key for row in rows[:-1]}:
                raise InvalidRequestError(
                    f"{path.name} line {reader.line_num}: key", rows[-1].key, "must be unique"
                )
    except csv.Error as problem:
        raise InvalidRequestError("--scripts", str(path), f"is no CSV: {problem}") from None
    if not rows:
        raise InvalidRequestError("--scripts", str(path), "needs at least one row")
    return rows


def _row(line: dict[str, str | None], folder: Path, at: str) -> Row:
    cells = {name: (line.get(name) or "").strip() for name in _COLUMNS}

    def check(name: str, limit: str, *, right: bool) -> None:
        if not right:
            raise InvalidRequestError(f"{at}: {name}", cells[name], limit)

    length = len(cells["script"])
    check(
        "key",
        "must be 1 to 64 letters, digits, - and _",
        right=_KEY.fullmatch(cells["key"]) is not None,
    )
    check("aspect", f"must be one of {', '.join(ASPECTS)}", right=cells["aspect"] in ASPECTS)
    check("road", "must be v3 or v2", right=cells["road"] in {"v3", "v2"})
    check("captions", "must be yes or no", right=cells["captions"] in _YES_NO)
    check("script", f"must be 1 to {_LONGEST} characters", right=1 <= length <= _LONGEST)
    background = cells["background"]
    color = background if _COLOR.fullmatch(background) else None
    picture = folder / background if background and color is None else None
    if picture is not None:
        limit = "must be a colour such as #1a2b3c, or a picture beside the file"
        check("background", limit, right=picture.is_file())
        check("background", "must be a colour on v2", right=cells["road"] == "v3")
    return Row(
        key=cells["key"],
        title=cells["title"] or cells["key"],
        aspect=cells["aspect"],
        road=cells["road"],
        captions=_YES_NO[cells["captions"]],
        color=color,
        picture=picture,
        script=cells["script"],
    )
