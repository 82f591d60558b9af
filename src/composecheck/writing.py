"""Writing a file anew, so that at any moment it is the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class ChangedMeanwhile(Exception):
    """A file is no longer what it was when it was read."""


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace the file at `path`, whose bytes were `old`, by one with the bytes `new`.

    The new one is written beside it, brought to the disk, and put in its place in one step. It has
    the mode of the old one, and its owner and attributes where the system
    lets us. A symbolic link stays one: what it leads to is replaced.

    Raises ChangedMeanwhile, and touches nothing, if the file does not hold `old` any more;
    PermissionError if it is marked as not to be written; OSError if it cannot be done. In each case
    the file is what it was.
    """
    target = path.resolve(strict=True)
    if target.read_bytes() != old:
        raise ChangedMeanwhile(path)
    write_file(target, new)


def write_file(path: Path, data: bytes) -> None:
    """Write a file in one step: what was there is replaced as a whole, with its mode and owner.

    `path` must not be a link. Raises PermissionError if the file is marked as not to be written,
    and OSError if it cannot be done; then it is what it was.
    """
    is_there = path.exists()
    if is_there and not os.access(path, os.W_OK):
        # Putting another file in its place would succeed, and yet somebody has forbidden it.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            if is_there:
                _imitate(path, beside)
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:  # also Ctrl-C: nothing of ours may be left behind
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _remember(path.parent)


def _imitate(model: Path, file: Path) -> None:
    """Give `file` the mode of `model`; its owner and attributes, where we may."""
    status = model.stat()
    if hasattr(os, "chown"):
        for user, group in ((status.st_uid, status.st_gid), (-1, status.st_gid)):
            try:
                os.chown(file, user, group)
                break
            except OSError:
                continue
    with contextlib.suppress(OSError):
        shutil.copystat(model, file)  # attributes; the times too, which are set again below
    file.chmod(stat.S_IMODE(status.st_mode))
    os.utime(file)


def _remember(folder: Path) -> None:
    """Bring the change of a name in `folder` to the disk, where the system knows how."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
