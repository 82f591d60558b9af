"""The short form of a mount: `./data:/var/lib/data:ro`.

What is known is read as Compose reads it. Where a part is unknown, that part is taken to be more
than one character and to hold no colon; an error is one only before the first unknown part: behind
it, there are values with which Compose would take the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.casts import Boolean
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.volumes import (
    BindOptions,
    Fault,
    InvalidVolume,
    MountType,
    VolumeMount,
    VolumeOptions,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PROPAGATIONS = frozenset(["rprivate", "private", "rshared", "shared", "rslave", "slave"])
SELINUX_LABELS = frozenset(["z", "Z"])
OPTIONS = frozenset(["ro", "rw", "nocopy"]) | PROPAGATIONS | SELINUX_LABELS
"""The options that the short form knows. Compose ignores all others."""


def parse_volume(text: Traced) -> VolumeMount | InvalidVolume:
    """Read a mount in its short form."""
    if text.equals(""):
        return InvalidVolume(text.span, "", Fault.EMPTY)
    if text.is_known and _fewest_bytes(text) <= 2:
        # An anonymous volume, even if there is a colon in it.
        return VolumeMount(
            text.span,
            is_long=False,
            is_certain=True,
            type=MountType.VOLUME,
            source=None,
            target=text,
        )
    certain_end = _certain_end(text)
    source: Traced | None = None
    target: Traced | None = None
    options: tuple[Traced, ...] = ()
    for start, end in _sections(text.shape):
        section, is_last = text[start:end], text.shape[end : end + 1] != ":"
        if start == end and end <= certain_end:
            colon = text[end - 1 : end] if is_last else text[end : end + 1]
            return _invalid(colon, Fault.EMPTY_SECTION)
        if source is None and is_last:
            target = section
        elif source is None:
            source = section
        elif target is None:
            target = section
        elif is_last:
            options = tuple(section.split(","))
        elif end <= certain_end:
            return _invalid(text[end:], Fault.TOO_MANY_SECTIONS)
    if target is None and text.is_known:
        return _invalid(text[text.find("${") :], Fault.UNCLOSED)
    if target is None or (source is not None and not len(source)):
        source, target = None, text
    bind, volume, read_only = _read_options(options)
    kind = _type(source, text)
    if kind is MountType.BIND:
        bind = bind or BindOptions()
    elif kind is MountType.VOLUME:
        volume = volume or VolumeOptions()
    return VolumeMount(
        text.span,
        is_long=False,
        is_certain=target.is_known and (text.is_known if source is None else source.is_known),
        type=kind,
        source=source,
        target=target,
        read_only=read_only,
        bind=bind,
        volume=volume,
        options=options,
    )


def _fewest_bytes(text: Traced) -> int:
    """Return how long the text is at least; Compose counts bytes."""
    known = sum(
        len(piece.text.encode("utf-8", "surrogatepass")) if isinstance(piece, Traced) else 0
        for piece in text.pieces
    )
    return known + sum(not unknown.may_be_empty for unknown in text.unknowns)


def _certain_end(text: Traced) -> int:
    """Return the index before which Compose cuts the text as we do; -1 if nowhere."""
    if text.is_known:
        return len(text)
    # A short text is not cut at all.
    return text.holes[0][0] if _fewest_bytes(text) > 2 else -1


def _sections(shape: str) -> Iterator[tuple[int, int]]:
    """Yield where each section begins and ends.

    A colon behind a single letter belongs to a Windows drive, in every section; what stands in
    `${…}` is not cut, and without its brace all the rest is no section at all. To Compose, a NUL
    is the end wherever it stands, and it goes on behind it.
    """
    start = depth = 0
    for index, character in enumerate(shape + "\0"):
        if character == "$" and shape[index + 1 : index + 2] == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character in ":\0" and not depth:
            if character == ":" and index == start + 1 and shape[start].isalpha():
                continue
            yield start, index
            start = index + 1


def _type(source: Traced | None, text: Traced) -> MountType | None:
    """Return what a mount with `source` is; None if that depends on a variable."""
    if source is None:
        return MountType.VOLUME if text.is_known else None
    shape = source.shape
    if shape.startswith((".", "/", "~", "\\\\")):
        return MountType.BIND
    if source.is_known:
        return MountType.BIND if _is_drive(shape) else MountType.VOLUME
    decided = 2 if shape[0].isalpha() or shape[0] == "\\" else 1
    if source.holes[0][0] < decided:
        return None
    return MountType.BIND if _is_drive(shape) else MountType.VOLUME


def _is_drive(shape: str) -> bool:
    return shape[:1].isalpha() and shape[1:2] == ":"


def _read_options(
    options: tuple[Traced, ...],
) -> tuple[BindOptions | None, VolumeOptions | None, Boolean | Traced | None]:
    """Return what the options come to; where they disagree, the last one holds."""
    propagation: Traced | None = None
    selinux: Traced | None = None
    nocopy: Boolean | Traced | None = None
    read_only: Boolean | Traced | None = None
    for option in options:
        if not option.is_known:
            propagation = selinux = read_only = option
            nocopy = option if nocopy is None else nocopy
        elif option.text in ("ro", "rw"):
            read_only = Boolean(option.text == "ro", option.span)
        elif option.text == "nocopy":
            nocopy = Boolean(value=True, span=option.span)
        elif option.text in PROPAGATIONS:
            propagation = option
        elif option.text in SELINUX_LABELS:
            selinux = option
    has_bind = propagation is not None or selinux is not None
    bind = BindOptions(propagation, selinux=selinux) if has_bind else None
    volume = VolumeOptions(nocopy) if nocopy is not None else None
    return bind, volume, read_only


def _invalid(text: Traced, fault: Fault) -> InvalidVolume:
    return InvalidVolume(text.span, spelled(text), fault)
