"""What looks like a path of this machine where Compose reads the name of a volume."""

from __future__ import annotations

from posixpath import basename, splitext

from msgspec import Struct

from composecheck.language.names import is_resource_name

_ROOT_FOLDERS = frozenset(
    [
        "bin",
        "boot",
        "dev",
        "etc",
        "home",
        "lib",
        "media",
        "mnt",
        "opt",
        "private",
        "proc",
        "root",
        "run",
        "sbin",
        "srv",
        "sys",
        "tmp",
        "usr",
        "var",
        "Users",
        "volume1",
        "volumes",
    ]
)
"""What stands at the top of a Unix system; the last three on a Mac, and on a Synology."""


class PathGuess(Struct, frozen=True):
    """Paths that may be meant, the likeliest first.

    `is_certain` says that nothing else can be meant by the text.
    """

    suggestions: tuple[str, ...]
    is_certain: bool


def as_path(source: str, target: str) -> PathGuess | None:
    """Return which path the source of a mount is meant to be; None if it looks like a name.

    `target` is where it is mounted in the container, or empty if that is not known.
    """
    beside = f"./{source}"
    for command in ("$(pwd)", "`pwd`", "$(PWD)", "%cd%"):
        if source.startswith((f"{command}/", f"{command}\\")):
            return PathGuess((f".{source.removeprefix(command)}",), is_certain=True)
    if any(character in source for character in "$`%@:") or source.startswith((".", "/", "~")):
        return None
    if "/" in source:
        if f"/{source}" == target.rstrip("/"):
            return PathGuess((f"/{source}", beside), is_certain=False)
        if source.partition("/")[0] in _ROOT_FOLDERS:
            return PathGuess((beside, f"/{source}"), is_certain=False)
        return PathGuess((beside,), is_certain=True)
    if "\\" in source or not is_resource_name(source):
        return None
    # `nginx.conf:/etc/nginx/nginx.conf`: a file, not a volume.
    if splitext(source)[1] and source == basename(target):
        return PathGuess((beside,), is_certain=False)
    return None
