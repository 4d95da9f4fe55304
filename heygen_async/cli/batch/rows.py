"""Rows of a CSV or JSONL file: read one by one, however many there are, and named by their line."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import CreateVideo, ImageVideo
from heygen_async.models.base import Record
from heygen_async.orchestrator import VideoJob
from heygen_async.orchestrator.run import check_key
from heygen_async.wire.encode import encode, refusal

_SHOWN: Final = 10
_KEY: Final = "key"
_PLAIN: Final = "avatar"
"""The type of a row that names none."""


class Line(Record):
    """A line of the file.

    Attributes:
        number: Its number, from 1; of a CSV record that goes over several, the last one, and the
            first one if it is no CSV.
        fields: What stands in it.
        problem: Why it cannot be read.
    """

    number: int
    fields: dict[str, Any] = {}
    problem: str | None = None


class RowFile:
    """A file with a video in each line.

    Columns of a CSV and members of a JSONL object are the fields of the request, of an avatar video
    if there is no ``type``; fields within others are written with a dot, ``background.value``. A
    ``key`` names the video and its file, else the number of the line does.

    Args:
        path: The file.
        folder: Where the videos go.
        defaults: Fields for rows that do not have them.
    """

    def __init__(self, path: Path, *, folder: Path, defaults: dict[str, str]) -> None:
        if path.suffix.lower() not in {".csv", ".jsonl"}:
            raise InvalidRequestError("FILE", str(path), "must end in .csv or .jsonl")
        if not path.is_file():
            raise InvalidRequestError("FILE", str(path), "must be a file that exists")
        self.path: Path = path
        self._folder = folder
        self._defaults = defaults

    def check(self, run: str, tell: Callable[[str], object]) -> int:
        """Looks at every row, before anything is sent for one.

        Args:
            run: Name of the run, which every key begins with.
            tell: Told of the first rows that are wrong.

        Returns:
            How many rows there are.

        Raises:
            InvalidRequestError: There are none, or some are wrong.
        """
        count = wrong = 0
        seen: dict[bytes, int] = {}
        for line in self._lines():
            count += 1
            try:
                key = self._job(line).key
                check_key(run, key)
                _check_alone(seen, key, line.number)
            except InvalidRequestError as problem:
                wrong += 1
                if wrong <= _SHOWN:
                    tell(f"{self.path.name} line {line.number}: {problem}")
        if wrong:
            limit = f"has {wrong:,} rows that are wrong, of {count:,}; nothing was sent"
            raise InvalidRequestError("FILE", str(self.path), limit)
        if not count:
            raise InvalidRequestError("FILE", str(self.path), "needs at least one row")
        return count

    def jobs(self) -> Iterator[VideoJob]:
        """Every row, one by one.

        Raises:
            InvalidRequestError: A row is wrong, since the file has changed.
        """
        for line in self._lines():
            yield self._job(line)

    def _lines(self) -> Iterator[Line]:
        read = _of_csv if self.path.suffix.lower() == ".csv" else _of_jsonl
        try:
            # What is no UTF-8 is found below, where its line is known.
            with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                yield from read(self._as_text(file))
        except OSError as problem:
            limit = f"cannot be read: {problem}"
            raise InvalidRequestError("FILE", str(self.path), limit) from None

    def _as_text(self, file: Iterator[str]) -> Iterator[str]:
        for number, text in enumerate(file, 1):
            try:
                text.encode()
            except UnicodeEncodeError:
                limit = f"cannot be read: line {number} is not UTF-8"
                raise InvalidRequestError("FILE", str(self.path), limit) from None
            yield text

    def _job(self, line: Line) -> VideoJob:
        if line.problem is not None:
            raise InvalidRequestError("row", line.fields, line.problem)
        fields = {"type": _PLAIN, **line.fields}
        given = fields.pop(_KEY, None)
        key = ("" if given is None else str(given)) or f"line-{line.number}"
        if fields["type"] == _PLAIN:
            fields = self._defaults | fields
        request = self._request(fields)
        suffix = getattr(request, "output_format", None) or "mp4"
        return VideoJob(key=key, request=request, target=self._folder / f"{_stem(key)}.{suffix}")

    def _request(self, fields: dict[str, Any]) -> CreateVideo:
        picture: Path | None = None
        if isinstance(image := fields.get("image"), str):
            if (self.path.parent / image).is_file():
                picture = self.path.parent / image
            fields = fields | {"image": _asset(image, found=picture is not None)}
        try:
            request: CreateVideo = msgspec.convert(fields, cast("Any", CreateVideo), strict=False)
        except msgspec.ValidationError as problem:
            raise refusal("row", fields, str(problem)) from None
        encode(request)
        if picture is not None and isinstance(request, ImageVideo):
            return msgspec.structs.replace(request, image=picture)
        return request


def _stem(key: str) -> str:
    """What the file of a row is called: no disk takes a colon everywhere."""
    return key.replace(":", "_")


def _check_alone(seen: dict[bytes, int], key: str, number: int) -> None:
    """Refuses a key whose file is another line's, on a disk that does not mind capitals, too."""
    # A digest, for there may be very many.
    name = hashlib.blake2b(_stem(key).casefold().encode(), digest_size=16).digest()
    first = seen.setdefault(name, number)
    if first != number:
        raise InvalidRequestError("key", key, f"names the same file as line {first}")


def _asset(image: str, *, found: bool) -> dict[str, str]:
    """A picture as HeyGen takes it; one that lies beside the file is uploaded later."""
    if image.startswith(("http://", "https://")):
        return {"type": "url", "url": image}
    if not found and any(sign in image for sign in "/\\."):
        limit = "must be a file beside the rows, an address, or the id of an asset"
        raise InvalidRequestError("image", image, limit)
    return {"type": "asset_id", "asset_id": image}


def _of_csv(file: Iterator[str]) -> Iterator[Line]:
    reader = csv.DictReader(file, restkey="", strict=True)
    begun = 1
    try:
        if wrong := _bad_header(reader.fieldnames or ()):
            yield Line(number=begun, problem=wrong)
            return
        begun = reader.line_num + 1
        for record in reader:
            number, begun = reader.line_num, reader.line_num + 1
            if "" in record or None in record.values():
                yield Line(number=number, problem="must have as many cells as the header")
                continue
            cells = {name.strip(): cell.strip() for name, cell in record.items() if cell.strip()}
            yield Line(number=number, fields=_nested(cells))
    except csv.Error as problem:
        yield Line(number=begun, problem=f"is no CSV, in the record that begins here: {problem}")


def _bad_header(columns: Sequence[str]) -> str | None:
    """Why columns cannot be told apart."""
    if len(columns) == 1 and any(sign in columns[0] for sign in ";\t"):
        return "must be separated by commas"
    places: dict[str, int] = {}
    for place, name in enumerate((column.strip() for column in columns), 1):
        if not name:
            return f"has no name for column {place}; is there a comma at its end?"
        if (first := places.setdefault(name, place)) != place:
            return f"has two columns {name!r}, the {first}. and the {place}."
    return None


def _of_jsonl(file: Iterator[str]) -> Iterator[Line]:
    for number, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            fields = json.loads(text)
        except ValueError as problem:
            yield Line(number=number, problem=f"is no JSON: {problem}")
            continue
        except RecursionError:
            yield Line(number=number, problem="is nested too deep")
            continue
        if isinstance(fields, dict):
            yield Line(number=number, fields=cast("dict[str, Any]", fields))
        else:
            yield Line(number=number, problem="must be a JSON object")


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    """``{"background.type": "color"}`` as an object within an object."""
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        *outer, last = name.split(".")
        inner = found
        for step in outer:
            held: object = inner.setdefault(step, {})
            if not isinstance(held, dict):  # a column stands for all of it, too
                return dict(cells)
            inner = cast("dict[str, Any]", held)
        inner[last] = cell
    return found
