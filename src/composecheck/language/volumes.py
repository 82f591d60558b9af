"""What a service mounts: the short form `source:target:options`, and the long form with keys.

(Facts: compose-go, `format/volume.go`, `override/uncity.go`, `paths/resolve.go`; the tests ask
Docker Compose v5.6.1.)
"""

from __future__ import annotations

import posixpath
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.language.byte_sizes import ByteSize, IgnoredSize
    from composecheck.language.casts import Boolean, Integer
    from composecheck.language.traced import Traced
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose refuses a mount."""

    EMPTY = "empty"
    """There is nothing: often a variable that is not set."""
    EMPTY_SECTION = "empty section"
    """`data:`, `:/data`, `data::ro`: nothing before, between or behind the colons."""
    TOO_MANY_SECTIONS = "too many sections"
    """`/a:/b:ro:x`: a fourth section."""
    UNCLOSED = "unclosed"
    """`$${HOME:/a`: what follows a `${` is read up to its `}`, so that there is no target."""
    NO_TARGET = "no target"
    """A long form without `target`."""
    NO_SOURCE = "no source"
    """A long form of type bind without `source`."""
    NO_BOOLEAN = "no boolean"
    """`create_host_path: maybe`."""
    MODE_TEXT = "mode text"
    """`mode: "1777"` of a tmpfs: Compose takes a number only; what has a variable is text."""
    MODE_NEGATIVE = "mode negative"
    """`mode: -1`."""


class InvalidVolume(Struct, frozen=True):
    """Why Compose refuses a mount.

    `span` and `text` are the characters at fault: of an empty section the colon next to it, else
    what is too much, or the value that is wrong; all of the mount where a key is missing (then
    `text` is empty). Of an unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class MountType(Enum):
    """What is mounted."""

    BIND = "bind"
    VOLUME = "volume"
    TMPFS = "tmpfs"
    CLUSTER = "cluster"
    NAMED_PIPE = "npipe"
    IMAGE = "image"


class BindOptions(Struct, frozen=True, eq=False):
    """Options of a bind mount. The long form takes any text for `propagation`."""

    propagation: Traced | None = None
    create_host_path: Boolean | Traced | None = None
    recursive: Traced | None = None
    selinux: Traced | None = None


class VolumeOptions(Struct, frozen=True, eq=False):
    """Options of a volume; `labels` are pairs in a list or under keys."""

    nocopy: Boolean | Traced | None = None
    subpath: Traced | None = None
    labels: Node | None = None


class TmpfsOptions(Struct, frozen=True, eq=False):
    """Options of a file system in memory. A `size` that depends on a variable is None.

    `mode` is the number that Compose sees: `1777` without a leading zero is decimal.
    """

    size: ByteSize | IgnoredSize | None = None
    mode: Integer | None = None


class ImageOptions(Struct, frozen=True, eq=False):
    """Options of a mounted image."""

    subpath: Traced | None = None


class VolumeMount(Struct, frozen=True, eq=False):
    """A mount of a service, in the short or the long form. What is not written is None.

    A part that is a `Traced` and not known depends on a variable; so does a `type` that is None
    (or `schema/` says what is wrong with it). A volume without source is an anonymous one.

    In a short form an unknown part may hold a colon. A `source` and a `type` that are known are
    right in any case; unless `is_certain`, the other parts are what they are if it holds none.
    `options` are all options of the short form, also those that Compose ignores.
    """

    span: Span
    is_long: bool
    is_certain: bool
    type: MountType | None
    source: Traced | None
    target: Traced
    read_only: Boolean | Traced | None = None
    consistency: Traced | None = None
    bind: BindOptions | None = None
    volume: VolumeOptions | None = None
    tmpfs: TmpfsOptions | None = None
    image: ImageOptions | None = None
    options: tuple[Traced, ...] = ()

    @property
    def mount_point(self) -> str | None:
        """The path in the container as Compose compares it; None if it depends on a variable."""
        if not self.is_certain or not self.target.is_known:
            return None
        return clean_path(self.target.text)


def clean_path(path: str) -> str:
    """Return `path` without superfluous slashes, `.` and `..`, as Go's `path.Clean` does it."""
    cleaned = posixpath.normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned
