"""Writing a file anew, so that at any moment it is the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
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
    if not os.access(target, os.W_OK):
        # Putting another file in its place would succeed, and yet somebody has forbidden it.
        raise PermissionError(13, "Permission denied", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            _imitate(target, beside)
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:  # also Ctrl-C: nothing of ours may be left behind
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _remember(target.parent)


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
