"""How each kind of value is printed: from nodes to plain data, as Compose's own types do it.

A kind gets a node and a Printer and returns plain data, or OMIT where Compose leaves a value out
because it says nothing. What Compose would refuse comes out as OMIT, too: rules speak of it.
(Facts: compose-go, `types/`, measured.)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from composecheck.language.byte_sizes import ByteSize, read_byte_size
from composecheck.language.casts import (
    Boolean,
    Integer,
    Number,
    cast_boolean,
    cast_integer,
    cast_number,
)
from composecheck.language.durations import Duration, parse_duration
from composecheck.language.file_modes import FileMode, read_file_mode
from composecheck.language.traced import HOLE, Traced
from composecheck.language.values import read_value
from composecheck.project.go_durations import go_duration
from composecheck.project.go_values import go_text, single
from composecheck.project.go_yaml import Moment, order_keys
from composecheck.project.reading import entries_of, is_null, text_of, value_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Path
    from composecheck.yaml.nodes import Node

    Kind = Callable[["Node | None", "Printer", Path], Any]


class _Omit:
    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = _Omit()


class Printer(Struct):
    """What printing needs beside the nodes, and where each printed value came from.

    `is_json` says which of Compose's two formats is meant: they leave out different things.
    `origins` has the node of each value without parts, by the path it is printed at.
    """

    text_of: Callable[[Scalar], Traced]
    is_json: bool
    origins: dict[Path, Node] = field(default_factory=dict)

    def leaf(self, value: Any, node: Node | None, path: Path) -> Any:
        """Note where `value` comes from, and return it."""
        if node is not None:
            self.origins[path] = node
        return value

    def ordered(self, printed: dict[str, Any]) -> dict[str, Any]:
        """Return `printed`, whose keys the user has chosen, in the order of the format."""
        keys = sorted(printed) if self.is_json else order_keys(printed)
        return {key: printed[key] for key in keys}


def spelled(scalar: Scalar, printer: Printer) -> str:
    """Return the text of `scalar`; what is unknown in it stands there as it is written."""
    if HOLE not in scalar.text:
        return str(go_text(value_of(scalar)))
    text = printer.text_of(scalar)
    return "".join(
        piece.text if isinstance(piece, Traced) else text.source.slice(piece.span)
        for piece in text.pieces
    )


def text(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a text; a whole number becomes one."""
    if not isinstance(node, Scalar):
        return OMIT
    value = value_of(node)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return OMIT
    return printer.leaf(spelled(node, printer), node, path)


def always_text(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a text, even if it is empty."""
    printed = text(node, printer, path)
    return printer.leaf("", node, path) if printed is OMIT else printed


def _number(node: Node | None, printer: Printer) -> float | None:
    """Return a number, or true or false, cast from a text if it is one."""
    match read_value(node, printer.text_of) if node is not None else None:
        case Integer(value) | Number(value) | Boolean(value):
            return value
        case Traced() as written if node is not None:
            for cast in (cast_integer, cast_number, cast_boolean):
                outcome = cast(written)
                if isinstance(outcome, Integer | Number | Boolean):
                    return outcome.value
    return None


def always_boolean(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print true or false, if it is written."""
    value = _number(node, printer)
    return printer.leaf(value, node, path) if isinstance(value, bool) else OMIT


def boolean(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print true; false is left out."""
    is_true = _number(node, printer) is True
    return printer.leaf(value=True, node=node, path=path) if is_true else OMIT


def false_only(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print false; true, which is what holds without a word, is left out."""
    is_false = _number(node, printer) is False
    return printer.leaf(value=False, node=node, path=path) if is_false else OMIT


def false_unless_true(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print false, also if nothing is written; true is left out."""
    is_true = _number(node, printer) is True
    return OMIT if is_true else printer.leaf(value=False, node=node, path=path)


def true_or_false(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print true, or else false."""
    return printer.leaf(_number(node, printer) is True, node, path)


def always_integer(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a whole number, if it is written."""
    value = _number(node, printer)
    if value is None or isinstance(value, bool) or not math.isfinite(value):
        return OMIT
    return printer.leaf(int(value), node, path)


def integer_or_zero(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a whole number, or 0 if none is written."""
    value = always_integer(node, printer, path)
    return printer.leaf(0, node, path) if value is OMIT else value


def integer(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a whole number; 0 is left out."""
    value = always_integer(node, printer, path)
    return OMIT if value == 0 else value


def number(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a number in single precision; 0 is left out."""
    value = _number(node, printer)
    if value is None or value is True or not value:
        return OMIT
    return printer.leaf(single(value), node, path)


def byte_size(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a number of bytes, as a text; 0 is left out."""
    size = read_byte_size(node, printer.text_of) if node is not None else None
    if not isinstance(size, ByteSize) or size.bytes == 0:
        return OMIT
    return printer.leaf(str(size.bytes), node, path)


def always_byte_size(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a number of bytes, as a text, or 0 if none is written."""
    printed = byte_size(node, printer, path)
    return printer.leaf("0", node, path) if printed is OMIT else printed


def always_duration(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a length of time, if it is written."""
    if not isinstance(node, Scalar) or is_null(node):
        return OMIT
    written = printer.text_of(node) if text_of(node) is not None else None
    duration = parse_duration(written) if written is not None else None
    if not isinstance(duration, Duration):
        return OMIT
    return printer.leaf(go_duration(duration.nanoseconds), node, path)


def duration(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print a length of time; none at all is left out."""
    printed = always_duration(node, printer, path)
    return OMIT if printed == "0s" else printed


def file_mode(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print the permissions of a file, in octal digits."""
    mode = read_file_mode(node, printer.text_of) if node is not None else None
    if not isinstance(mode, FileMode):
        return OMIT
    sign = "-" if mode.permissions < 0 else ""
    return printer.leaf(f"0{sign}{abs(mode.permissions):o}", node, path)


def anything(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print whatever is written, as it is."""
    if isinstance(node, Mapping):
        return printer.ordered(
            {
                name: anything(entry.value, printer, (*path, name))
                for name, entry in entries_of(node).items()
            }
        )
    if isinstance(node, Sequence):
        return [anything(item, printer, (*path, i)) for i, item in enumerate(node.items)]
    if not isinstance(node, Scalar):
        return None
    value = resolve(node)
    if isinstance(value, Timestamp):
        return printer.leaf(Moment(_moment(value.text)), node, path)
    if isinstance(value, str):
        return printer.leaf(spelled(node, printer), node, path)
    plain = value_of(node)
    return printer.leaf(plain, node, path)


def _moment(text: str) -> str:
    """Return a moment in time as JSON and YAML write it, from how Go prints it."""
    day, clock, offset, *_ = text.split(" ")
    zone = "Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:]}"
    return f"{day}T{clock}{zone}"
