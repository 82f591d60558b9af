"""Mounts as they stand in a file: the long form with keys, or text in the short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.byte_sizes import InvalidByteSize, read_byte_size
from composecheck.language.casts import Boolean, Integer, InvalidCast, Number, cast_boolean
from composecheck.language.patterns import spelled
from composecheck.language.short_volumes import parse_volume
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.language.volumes import (
    BindOptions,
    Fault,
    ImageOptions,
    InvalidVolume,
    MountType,
    TmpfsOptions,
    VolumeMount,
    VolumeOptions,
)
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.yaml.nodes import Entry, Node

Wrong = InvalidVolume | InvalidCast | InvalidByteSize
_TYPES = {kind.value: kind for kind in MountType}
_MODES = 2**32  # Compose keeps a mode in 32 bits, and drops those above


def read_volume(node: Node, text_of: TextOf) -> VolumeMount | tuple[Wrong, ...]:
    """Read an item of a service's `volumes`, or return all that is wrong with it.

    That is nothing where the shape is wrong (`true`, a list), which `schema/` says.
    """
    content = follow(node)
    if isinstance(content, Mapping):
        return read_long_volume(content, text_of)
    value = read_value(node, text_of)
    if not isinstance(value, Traced):
        return ()
    mount = parse_volume(value)
    return mount if isinstance(mount, VolumeMount) else (mount,)


def read_long_volume(mapping: Mapping, text_of: TextOf) -> VolumeMount | tuple[Wrong, ...]:
    """Read a mount with keys, or return all that is wrong with it.

    That is nothing where the shape is wrong, which `schema/` says. An InvalidCast is one that
    Compose meets when it replaces variables, so `project/` has it too.
    """
    reader = _Reader(mapping, text_of)
    mount = reader.mount()
    return mount if mount is not None and not reader.wrong else tuple(reader.wrong)


class _Reader:
    """Reads one mount, and notes what is wrong with it."""

    def __init__(self, mapping: Mapping, text_of: TextOf) -> None:
        self.mapping = mapping
        self.entries = effective_entries(mapping)
        self.text_of = text_of
        self.wrong: list[Wrong] = []

    def mount(self) -> VolumeMount | None:
        """Return the mount as far as it can be read."""
        entries = self.entries
        kind = self.text(entries.get("type"))
        type_ = _TYPES.get(kind.text) if kind is not None and kind.is_known else None
        target = self.text(entries.get("target"))
        if "target" not in entries:
            self.refuse(Fault.NO_TARGET)
        if type_ is MountType.BIND and "source" not in entries:
            self.refuse(Fault.NO_SOURCE)
        bind, volume = self.bind(), self.volume()
        tmpfs, image = self.tmpfs(), self.image()
        read_only = self.cast(entries.get("read_only"))
        if target is None:
            return None
        return VolumeMount(
            self.mapping.span,
            is_long=True,
            is_certain=True,
            type=type_,
            source=self.text(entries.get("source")),
            target=target,
            read_only=read_only,
            consistency=self.text(entries.get("consistency")),
            bind=bind,
            volume=volume,
            tmpfs=tmpfs,
            image=image,
        )

    def bind(self) -> BindOptions | None:
        """Return what stands under `bind`."""
        options = self.below("bind")
        if options is None:
            return None
        create = self.boolean(options.get("create_host_path"))
        if isinstance(create, InvalidCast):
            # Compose reads this one only at the end, so nobody else has found it.
            self.wrong.append(InvalidVolume(create.span, create.text, Fault.NO_BOOLEAN))
            create = None
        return BindOptions(
            propagation=self.text(options.get("propagation")),
            create_host_path=create,
            recursive=self.text(options.get("recursive")),
            selinux=self.text(options.get("selinux")),
        )

    def volume(self) -> VolumeOptions | None:
        """Return what stands under `volume`."""
        options = self.below("volume")
        if options is None:
            return None
        labels = options.get("labels")
        return VolumeOptions(
            nocopy=self.cast(options.get("nocopy")),
            subpath=self.text(options.get("subpath")),
            labels=labels.value if labels else None,
        )

    def tmpfs(self) -> TmpfsOptions | None:
        """Return what stands under `tmpfs`."""
        options = self.below("tmpfs")
        if options is None:
            return None
        entry = options.get("size")
        size = read_byte_size(entry.value, self.text_of) if entry else None
        if isinstance(size, InvalidByteSize):
            self.wrong.append(size)
            size = None
        return TmpfsOptions(size, self.mode(options.get("mode")))

    def image(self) -> ImageOptions | None:
        """Return what stands under `image`."""
        options = self.below("image")
        return None if options is None else ImageOptions(self.text(options.get("subpath")))

    def mode(self, entry: Entry | None) -> Integer | None:
        """Return the mode of a tmpfs, which is a number; a fraction is dropped."""
        value = read_value(entry.value, self.text_of) if entry else None
        if isinstance(value, Traced):
            self.wrong.append(InvalidVolume(value.span, spelled(value), Fault.MODE_TEXT))
        if isinstance(value, Number) and abs(value.value) < 2**64:
            if value.value < 0:
                value = Integer(-1, value.span)
            else:
                value = Integer(int(value.value), value.span)
        if not isinstance(value, Integer):
            return None
        if value.value < 0:
            written = self.mapping.source.slice(value.span)
            self.wrong.append(InvalidVolume(value.span, written, Fault.MODE_NEGATIVE))
        return Integer(value.value % _MODES, value.span)

    def below(self, key: str) -> dict[str, Entry] | None:
        """Return the entries under `key`; None if there are none."""
        content = follow(self.entries[key].value) if key in self.entries else None
        return effective_entries(content) if isinstance(content, Mapping) else None

    def text(self, entry: Entry | None) -> Traced | None:
        """Return the text that is the value of `entry`."""
        return read_text(entry, self.text_of)

    def cast(self, entry: Entry | None) -> Boolean | Traced | None:
        """Return true or false, which Compose casts when it replaces variables."""
        value = self.boolean(entry)
        if isinstance(value, InvalidCast):
            self.wrong.append(value)
            return None
        return value

    def boolean(self, entry: Entry | None) -> Boolean | Traced | InvalidCast | None:
        """Return true or false; a `Traced` depends on a variable."""
        value = read_value(entry.value, self.text_of) if entry else None
        if isinstance(value, Traced):
            return cast_boolean(value) or value
        return value if isinstance(value, Boolean) else None

    def refuse(self, fault: Fault) -> None:
        """Note that a key is missing."""
        self.wrong.append(InvalidVolume(self.mapping.span, "", fault))
