"""Files that are not whole yet: who writes one, what it belongs to, how it becomes the target."""

import hashlib
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from heygen_async.errors import IntegrityError, TargetError
from heygen_async.wire.ranges import Held

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NAME_MAX: Final = 255
_NONCE: Final = 12
# Room for the longest ending, ``.<nonce>.part``.
_STEM_MAX: Final = _NAME_MAX - _NONCE - len("..part")
_STEM_KEPT: Final = 200


class _Sidecar(msgspec.Struct, frozen=True):
    """What a ``.part`` file belongs to, written before its first byte."""

    identity: str
    etag: str
    size: int | None


class _Hold:
    """The right to write ``name.part``, against every other process.

    The system gives it back when the process dies, however it dies: no hold is ever stale.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> "_Hold | None":
        """The hold; None if somebody has it, or the file system knows no locks."""
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(handle)
            except OSError:
                os.close(handle)
                return None
            # Whoever had it before may have removed the file between the two steps: then this is
            # a lock on a file that nobody else will find.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return cls(path, handle)
            os.close(handle)

    def release(self) -> None:
        """Gives it back, and leaves no file."""
        if sys.platform == "win32":  # where an open file cannot be removed
            os.close(self._handle)
            with suppress(OSError):
                self._path.unlink()
        else:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Part:
    """A file that is not whole yet, with its sidecar.

    While somebody else writes ``name.part``, or where a file of that name is not ours, it has a
    name that nobody else uses, and is not kept for later.
    """

    def __init__(self, target: Path, identity: str) -> None:
        stem = _stem(target.name)
        self._target = target
        self._side = target.with_name(f"{stem}.part.json")
        self._lock = target.with_name(f"{stem}.part.lock")
        self._hold: _Hold | None = None
        self._anew = False
        self._identity = identity
        self.path: Path = target.with_name(f"{stem}.part")
        self._own = target.with_name(f"{stem}.{uuid4().hex[:_NONCE]}.part")
        self.etag: str = ""
        self.size: int | None = None
        self.have: int = 0

    @property
    def held(self) -> Held:
        """What can be continued."""
        return Held(self.have, self.etag, self.size) if self.etag else Held()

    def claim(self) -> None:
        """Takes hold of the part, and looks for what an earlier run left of it."""
        self._hold = _Hold.take(self._lock)
        if self._hold is None:
            self.path = self._own
            return
        try:
            ours = self._load()
        except BaseException:
            self.release()
            raise
        if not ours:
            self.release()
            self.path = self._own

    def _load(self) -> bool:
        """Whether the files of these names are ours, or there are none."""
        try:
            text = self._side.read_bytes()
        except FileNotFoundError:
            return not os.path.lexists(self.path)
        if not text:  # the disk was full when it was written
            return True
        try:
            known = msgspec.json.decode(text, type=_Sidecar)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        if known.identity == self._identity and known.etag:
            with suppress(FileNotFoundError):
                self.have = self.path.stat().st_size
                self.etag, self.size = known.etag, known.size
        return True

    def release(self) -> None:
        """Lets others take the part; what cannot be continued is removed."""
        if self._hold is None:
            with suppress(OSError):
                self._own.unlink()
        else:
            if self._anew and not self.etag:  # else it is an earlier run's, and not looked at yet
                for path in (self.path, self._side):
                    with suppress(OSError):
                        path.unlink()
            self._hold.release()
            self._hold = None

    def begin(self, etag: str, size: int | None, *, anew: bool) -> None:
        """Notes what the next bytes belong to.

        Args:
            etag: The version of the file.
            size: Of the whole file, in bytes.
            anew: Whether they are its first: then what there is, is thrown away.

        Raises:
            TargetError: The disk has no room for them.
        """
        if anew:
            self.forget()
        missing = 0 if size is None else size - self.have
        disk = shutil.disk_usage(self._target.parent)
        if disk.total and missing > disk.free:  # some file systems do not tell
            raise TargetError(
                f"{self._target} cannot be written: {missing:,} bytes are missing,"
                f" {disk.free:,} are free"
            )
        self.etag, self.size = etag, size
        if self._hold is not None:
            self._side.write_bytes(msgspec.json.encode(_Sidecar(self._identity, etag, size)))

    def forget(self) -> None:
        """Throws away what there is."""
        self.path.unlink(missing_ok=True)
        self.etag, self.size, self.have, self._anew = "", None, 0, True

    def finish(self, *, overwrite: bool) -> None:
        """The whole file takes its place, durably, in one step.

        Raises:
            IntegrityError: Not what was written lies on disk.
            FileExistsError: Somebody else made the target meanwhile.
        """
        with self.path.open("rb+") as file:
            size = os.fstat(file.fileno()).st_size
            os.fsync(file.fileno())
        promised = self.have if self.size is None else self.size
        if size != promised:
            name = self.path.name
            self.forget()
            raise IntegrityError(f"{name}: {size:,} bytes lie on disk instead of {promised:,}")
        if overwrite:
            self.path.replace(self._target)
        else:
            _rename_new(self.path, self._target)
        if self._hold is not None:
            self._side.unlink(missing_ok=True)
        _sync_folder(self._target.parent)


def check_target(target: Path, *, overwrite: bool) -> None:
    """Refuses what cannot be written before anything is asked for, and makes its folder.

    Raises:
        TargetError: It is a folder, it exists, or it has no folder and none can be made.
    """
    try:
        odd = b"\0" in os.fsencode(target)
    except ValueError:
        odd = True
    if odd:
        raise TargetError(f"{str(target)!a} cannot be written: it is no file name")
    if target.is_dir():
        raise TargetError(f"{target} is a folder", hint="Name the file to write.")
    if os.path.lexists(target) and not overwrite:
        raise TargetError(f"{target} exists", hint="Pass overwrite=True.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise TargetError(f"{target} cannot be written: {target.parent} is a file") from None


def _stem(name: str) -> str:
    """The name, cut where the endings would make it longer than a file system takes."""
    data = os.fsencode(name)
    if not _STEM_MAX < len(data) <= _NAME_MAX:
        return name  # one that is too long by itself is refused by the system, in its own words
    return f"{data[:_STEM_KEPT].decode(errors='ignore')}.{hashlib.sha256(data).hexdigest()[:16]}"


def _sync_folder(folder: Path) -> None:
    """Makes a rename last; systems that cannot open a folder do without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _rename_new(source: Path, target: Path) -> None:
    """Renames without ever replacing a file that somebody else put there meanwhile."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: a look before the step is the best there is.
        if target.exists():
            raise FileExistsError(str(target)) from None
        source.replace(target)
    else:
        source.unlink()
