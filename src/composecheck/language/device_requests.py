"""Devices that a container asks a driver for: `gpus`, and `devices` that `deploy` reserves.

(Facts: compose-go, `types/device.go`, `transform/gpus.go` and `validation/validation.go`; the tests
ask Docker Compose v5.6.1.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Integer, Number, cast_integer
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.patterns import DIGITS, Pattern, spelled, words
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_texts, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node

ALL = -1
"""The count that Compose makes of `all`."""


class Fault(Enum):
    """Why Compose refuses a request for devices."""

    COUNT = "count"
    """`count: "two"`, `count: 1.0`: neither a whole number nor `all`."""
    COUNT_AND_IDS = "count and ids"
    """Both `count` and `device_ids`, even if one of them is empty."""


class InvalidDeviceRequest(Struct, frozen=True):
    """Why Compose refuses a request for devices.

    `span` and `text` are the characters at fault: the count, or for two keys that exclude each
    other all of the request (then `text` is empty). Of an unknown part, `text` has what is written
    in the file.
    """

    span: Span
    text: str
    fault: Fault


class DeviceRequest(Struct, frozen=True, eq=False):
    """A request for some devices of a driver.

    `count` is a number of devices, negative for all of them; a `Traced` depends on a variable.
    Where neither it nor `device_ids` is written, both are None, and Compose asks for all devices.
    `options` are pairs in a list or under keys.
    """

    span: Span
    capabilities: tuple[Traced, ...] | None = None
    count: Integer | Traced | None = None
    device_ids: tuple[Traced, ...] | None = None
    driver: Traced | None = None
    options: Node | None = None


def read_gpus(
    node: Node, text_of: TextOf
) -> tuple[DeviceRequest | tuple[InvalidDeviceRequest, ...], ...]:
    """Read the value of `gpus`: for each request what it is, or all that is wrong with it.

    A text is one request; Compose takes `all` only, which `schema/` says.
    """
    content = follow(node)
    if isinstance(content, Sequence):
        requests = (follow(item) for item in content.items)
        return tuple(
            read_device_request(request, text_of)
            for request in requests
            if isinstance(request, Mapping)
        )
    text = read_value(node, text_of)
    if not isinstance(text, Traced):
        return ()
    count = Integer(ALL, text.span) if text.is_known else text
    return (DeviceRequest(text.span, count=count),)


def read_device_request(
    mapping: Mapping, text_of: TextOf
) -> DeviceRequest | tuple[InvalidDeviceRequest, ...]:
    """Read an item of `gpus`, or of `devices` that `deploy` reserves, or return what is wrong."""
    entries = effective_entries(mapping)
    wrong = []
    count = _read_count(entries.get("count"), text_of)
    if isinstance(count, InvalidDeviceRequest):
        wrong.append(count)
    if "count" in entries and "device_ids" in entries:
        wrong.append(InvalidDeviceRequest(mapping.span, "", Fault.COUNT_AND_IDS))
    if wrong or isinstance(count, InvalidDeviceRequest):
        return tuple(wrong)
    options = entries.get("options")
    return DeviceRequest(
        mapping.span,
        capabilities=read_texts(entries.get("capabilities"), text_of),
        count=count,
        device_ids=read_texts(entries.get("device_ids"), text_of),
        driver=read_text(entries.get("driver"), text_of),
        options=options.value if options else None,
    )


_ALL = words("all")
_COUNT = Pattern(
    {
        "": (*_ALL.steps[""], ("+-", "sign"), (DIGITS, "digits")),
        "sign": ((DIGITS, "digits"),),
        "digits": ((DIGITS, "digits"),),
        **{state: steps for state, steps in _ALL.steps.items() if state},
    },
    frozenset(["digits"]) | _ALL.ends,
)


def _read_count(
    entry: Entry | None, text_of: TextOf
) -> Integer | Traced | InvalidDeviceRequest | None:
    if entry is None:
        return None
    value = read_value(entry.value, text_of)
    match value:
        case Traced() if not value.is_known and _COUNT.misfit(value) is None:
            return value
        case Traced() if value.is_known and value.text.lower() == "all":
            return Integer(ALL, value.span)
        case Traced():
            number = cast_integer(value)
            if isinstance(number, Integer):
                return number
            return InvalidDeviceRequest(value.span, spelled(value), Fault.COUNT)
        case Integer() if value.value <= LARGEST_INT64:
            return value
        case Integer() | Number() if isinstance(value, Integer) or value.value.is_integer():
            written = entry.value.source.slice(value.span)
            return InvalidDeviceRequest(value.span, written, Fault.COUNT)
        case _:
            return None
