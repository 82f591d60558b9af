"""Ports, mounts and devices in their short form as keys and values.

Each value stands at the characters it was cut out of. What Compose cannot read stays as it is, with
a problem noted; what depends on a variable stays as it is without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.casts import Boolean, Integer
from composecheck.language.devices import InvalidDevice, parse_device
from composecheck.language.ports import InvalidPort, bindings
from composecheck.language.short_ports import parse_port
from composecheck.language.short_volumes import parse_volume
from composecheck.language.traced import Traced, known
from composecheck.language.values import number_as_text, read_value
from composecheck.language.volumes import InvalidVolume, MountType, VolumeMount, clean_path
from composecheck.project.making import entry, mapping_at, plain_at, text_at, traced_at
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.project.ledger import Ledger
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


def port_mappings(scalar: Scalar, path: Path, ledger: Ledger) -> tuple[Node, ...]:
    """Return each port that a short form publishes, in Compose's order."""
    value = read_value(scalar, ledger.text)
    if isinstance(value, Integer):
        text = number_as_text(scalar, value)
    elif isinstance(value, Traced):
        text = value
    else:
        return (scalar,)
    port = parse_port(text)
    if isinstance(port, InvalidPort):
        ledger.refuse_short("port", scalar, path, port)
        return (scalar,)
    rows = bindings(port)
    if rows is None:
        return (scalar,)
    mappings = []
    for row in rows:
        parts = [
            ("mode", known(text.source, "ingress", text.span)),
            ("host_ip", _part(text, row.host_address, port.host_address)),
            ("published", _part(text, row.published, port.published)),
            ("protocol", _part(text, row.protocol, port.protocol)),
        ]
        entries = [_entry(key, part, ledger) for key, part in parts if part.shape]
        ledger.implied.add(entries[0].value)
        if port.protocol is None:
            ledger.implied.add(entries[-1].value)
        place = traced_at(_part(text, str(row.target), port.target))
        entries.insert(1, entry("target", plain_at(place, place.text)))
        mapping = mapping_at(scalar, entries)
        ledger.written[mapping] = scalar
        mappings.append(mapping)
    return tuple(mappings)


def _part(text: Traced, value: str, part: object) -> Traced:
    """Return `value` at the characters of `part`, a parsed part of `text`; or at all of `text`."""
    span: Span = getattr(part, "span", text.span)
    return known(text.source, value, span)


def _entry(key: str, text: Traced, ledger: Ledger) -> Entry:
    scalar = traced_at(text)
    ledger.texts[scalar] = text
    return entry(key, scalar)


def volume_target(scalar: Scalar, ledger: Ledger) -> str | None:
    """Return where a mount in its short form stands in the container; None if that is unknown."""
    mount = parse_volume(ledger.text(scalar))
    if isinstance(mount, InvalidVolume) or not mount.is_certain or not mount.target.is_known:
        return None
    return mount.target.text


def volume_mapping(scalar: Scalar, path: Path, ledger: Ledger) -> Node:
    """Return a mount as keys and values."""
    text = ledger.text(scalar)
    mount = parse_volume(text)
    if isinstance(mount, InvalidVolume):
        ledger.refuse_short("volume", scalar, path, mount)
        return scalar
    if not mount.is_certain or mount.type is None or not text.is_known:
        return scalar
    mapping = mapping_at(scalar, _mount_entries(mount, scalar, ledger))
    ledger.written[mapping] = scalar
    return mapping


def _mount_entries(mount: VolumeMount, scalar: Scalar, ledger: Ledger) -> list[Entry]:
    assert mount.type is not None  # the caller has looked
    kind = ledger.imply(text_at(scalar, mount.type.value))
    entries = [entry("type", kind)]
    if mount.source is not None:
        entries.append(_entry("source", mount.source, ledger))
    target = traced_at(mount.target)
    if mount.target.shape != clean_path(mount.target.shape):
        target = text_at(target, clean_path(mount.target.shape))
    ledger.texts[target] = mount.target
    entries.append(entry("target", target))
    entries += _flag("read_only", mount.read_only, scalar)
    if mount.bind is not None:
        options = [
            _entry(key, value, ledger)
            for key, value in (
                ("selinux", mount.bind.selinux),
                ("propagation", mount.bind.propagation),
            )
            if value is not None
        ]
        if mount.type is MountType.BIND:
            true = ledger.imply(plain_at(scalar, "true"))
            options.append(entry("create_host_path", true))
        entries.append(entry("bind", mapping_at(scalar, options)))
    if mount.volume is not None:
        options = _flag("nocopy", mount.volume.nocopy, scalar)
        entries.append(entry("volume", mapping_at(scalar, options)))
    return entries


def _flag(key: str, value: Boolean | Traced | None, scalar: Scalar) -> list[Entry]:
    """Return the entry of an option that is on; one that is off leaves nothing behind."""
    if not isinstance(value, Boolean) or not value.value:
        return []
    place = Scalar(scalar.source, value.span.start, value.span.end, "")
    return [entry(key, plain_at(place, "true"))]


def device_mapping(scalar: Scalar, path: Path, ledger: Ledger) -> Node:
    """Return a device as keys and values."""
    text = ledger.text(scalar)
    device = parse_device(text)
    if isinstance(device, InvalidDevice):
        ledger.refuse_short("device", scalar, path, device)
        return scalar
    if not text.is_known:
        return scalar
    entries = [_entry("source", device.source, ledger), _entry("target", device.target, ledger)]
    if device.permissions is not None:
        entries.append(_entry("permissions", device.permissions, ledger))
    else:
        entries.append(entry("permissions", ledger.imply(text_at(scalar, "rwm"))))
    mapping = mapping_at(scalar, entries)
    ledger.written[mapping] = scalar
    return mapping
