"""How lists and keys with values are printed; see `encoding` for what a kind is.

(Facts: compose-go, `types/`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composecheck.language.command_lines import CommandLine, read_command_line
from composecheck.language.extra_hosts import ExtraHost, read_extra_hosts
from composecheck.language.traced import Traced
from composecheck.project.encoding import OMIT, always_integer, anything, integer, spelled, text
from composecheck.project.go_values import go_text
from composecheck.project.go_yaml import order_keys
from composecheck.project.making import entry as entry_of
from composecheck.project.making import mapping_at, plain_at, traced_at, with_entries
from composecheck.project.reading import entries_of, is_null, text_of
from composecheck.source import Source
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from composecheck.finding import Path
    from composecheck.project.encoding import Kind, Printer
    from composecheck.yaml.nodes import Node

EXTENSIONS = "#extensions"
"""The key under which Compose gathers the keys that begin with `x-`, also where it should not."""


_NOTHING = Mapping(Source("", ""), 0, 0, (), is_flow=False)


def structure(fields: Table[str, Kind], *, aliases: Table[str, str] | None = None) -> Kind:
    """Return the kind of keys and values with these fields, printed if it is written.

    `aliases` are the names that JSON has for some fields.
    """
    names = aliases or {}

    def kind(node: Node | None, printer: Printer, path: Path) -> Any:
        if not isinstance(node, Mapping):
            return OMIT
        entries = entries_of(node)
        printed: dict[str, Any] = {}
        for field, field_kind in fields.items():
            entry = entries.get(field)
            name = names.get(field, field) if printer.is_json else field
            value = field_kind(entry.value if entry else None, printer, (*path, name))
            if value is not OMIT:
                printed[name] = value
        if not printer.is_json:
            for name in order_keys(name for name in entries if name.startswith("x-")):
                printed[name] = anything(entries[name].value, printer, (*path, name))
        return printed

    return kind


def always(kind: Kind) -> Kind:
    """Return the kind that in JSON is printed even where nothing is written, as `{}`."""

    def always_kind(node: Node | None, printer: Printer, path: Path) -> Any:
        if not printer.is_json:
            return kind(node, printer, path) or OMIT
        return kind(node if isinstance(node, Mapping) else _NOTHING, printer, path)

    return always_kind


def list_of(item_kind: Kind) -> Kind:
    """Return the kind of lists; an empty one is left out."""

    def kind(node: Node | None, printer: Printer, path: Path) -> Any:
        if not isinstance(node, Sequence):
            return OMIT
        printed: list[Any] = []
        for item in node.items:
            value = item_kind(item, printer, (*path, len(printed)))
            if value is not OMIT:
                printed.append(value)
        return printed or OMIT

    return kind


def map_of(value_kind: Kind) -> Kind:
    """Return the kind of names with values; empty it is left out, nothing is printed as nothing."""

    def kind(node: Node | None, printer: Printer, path: Path) -> Any:
        printed: dict[str, Any] = {}
        for name, entry in entries_of(node).items() if node is not None else ():
            place = (*path, name)
            value = value_kind(entry.value, printer, place)
            if is_null(entry.value):
                value = printer.leaf(None, entry.value, place)
            if value is not OMIT:
                printed[name] = value
        return printer.ordered(printed) or OMIT

    return kind


def named(value_kind: Kind, *, is_number: bool = False) -> Kind:
    """Return the kind of names with values, in which what Compose puts aside leaves an empty value.

    See EXTENSIONS. It is 0 if the values may be a number.
    """
    plain = map_of(value_kind)

    def kind(node: Node | None, printer: Printer, path: Path) -> Any:
        entries = entries_of(node)
        kept = [entry for name, entry in entries.items() if not name.startswith("x-")]
        if len(kept) == len(entries) or not isinstance(node, Mapping):
            return plain(node, printer, path)
        left = plain_at(node, "0") if is_number else mapping_at(node, ())
        return plain(with_entries(node, (*kept, entry_of(EXTENSIONS, left))), printer, path)

    return kind


def any_text(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print any value without parts, as text, also if it is empty."""
    if not isinstance(node, Scalar):
        return OMIT
    return printer.leaf(spelled(node, printer), node, path)


texts = list_of(any_text)
"""Texts and numbers, all printed as texts."""


def text_or_texts(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print texts; a single one counts as a list of one."""
    if isinstance(node, Scalar) and text_of(node) is not None:
        return [printer.leaf(spelled(node, printer), node, (*path, 0))]
    return texts(node, printer, path)


def pairs(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print keys with texts, of keys and values or `KEY=value`; without a value it is empty."""
    return _pairs(node, printer, path, bare="")


def pairs_or_bare(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print keys with texts, of keys and values or `KEY=value`; without a value it is nothing."""
    return _pairs(node, printer, path, bare=None)


def _pairs(node: Node | None, printer: Printer, path: Path, bare: str | None) -> Any:
    printed: dict[str, Any] = {}
    extensions: dict[str, Any] = {}
    if isinstance(node, Mapping):
        for name, entry in entries_of(node).items():
            value = entry.value
            if name.startswith("x-"):
                extensions[name] = anything(value, printer, (*path, EXTENSIONS, name))
            elif is_null(value):
                printed[name] = printer.leaf(bare, value, (*path, name))
            elif isinstance(value, Scalar):
                printed[name] = printer.leaf(spelled(value, printer), value, (*path, name))
            else:
                printed[name] = printer.leaf(
                    go_text(anything(value, printer, (*path, name))), value, (*path, name)
                )
        if extensions:
            printed[EXTENSIONS] = go_text(extensions)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                key, sign, said = spelled(item, printer).partition("=")
                printed[key] = printer.leaf(said if sign else bare, item, (*path, key))
    return printer.ordered(printed) or OMIT


def text_pairs(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print keys with several texts each; one without any is left out."""
    printed = {}
    extensions = {}
    for name, entry in entries_of(node).items() if node is not None else ():
        place, value = (*path, name), entry.value
        if name.startswith("x-"):
            extensions[name] = anything(value, printer, (*path, EXTENSIONS, name))
            continue
        items = value.items if isinstance(value, Sequence) else (value,)
        if items:
            printed[name] = [any_text(item, printer, (*place, i)) for i, item in enumerate(items)]
    if extensions:
        printed[EXTENSIONS] = [go_text(extensions)]
    return printer.ordered(printed) or OMIT


def command(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print the words of a command; JSON prints nothing where none is written."""
    line = None
    if node is not None and not is_null(node):
        line = read_command_line(node, printer.text_of)
    if not isinstance(line, CommandLine):
        return printer.leaf(None, node, path) if printer.is_json else OMIT
    return [
        printer.leaf(_characters(word), traced_at(word), (*path, index))
        for index, word in enumerate(line.words)
    ]


def _characters(word: Traced) -> str:
    return "".join(
        piece.text if isinstance(piece, Traced) else word.source.slice(piece.span)
        for piece in word.pieces
    )


def healthcheck_test(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print the words of a test; a text is one for a shell."""
    if isinstance(node, Scalar) and text_of(node) is not None:
        said = printer.leaf(spelled(node, printer), node, (*path, 1))
        return ["CMD-SHELL", said]
    return texts(node, printer, path)


def extra_hosts(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print host names with addresses, as sorted texts."""
    if node is None:
        return OMIT
    lines = [
        (f"{_characters(host.name)}={_characters(address)}", address)
        for host in read_extra_hosts(node, printer.text_of)
        if isinstance(host, ExtraHost)
        for address in host.addresses
    ]
    lines.sort(key=lambda line: line[0])
    printed = [
        printer.leaf(line, traced_at(address), (*path, index))
        for index, (line, address) in enumerate(lines)
    ]
    # Of a host without an address, an empty list is left.
    has_hosts = isinstance(node, Mapping) and bool(node.entries)
    return printer.leaf(printed, node, path) if printed or has_hosts else OMIT


def limit(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print one number for both, or a soft and a hard one; JSON leaves out each that is 0."""
    if isinstance(node, Mapping):
        limits = (_LIMITS if printer.is_json else _FULL_LIMITS)(node, printer, path)
        return limits or printer.leaf({}, node, path)
    value = always_integer(node, printer, path)
    if value != 0:
        return value
    if printer.is_json:
        return printer.leaf({}, node, path)
    return {key: printer.leaf(0, node, (*path, key)) for key in ("soft", "hard")}


limits = named(limit, is_number=True)
_LIMITS = structure({"soft": integer, "hard": integer})
_FULL_LIMITS = structure({"soft": always_integer, "hard": always_integer})


def ssh_keys(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print names of keys, and where they are."""
    printed = []
    for index, (name, entry) in enumerate(entries_of(node).items() if node is not None else ()):
        where = text(entry.value, printer, (*path, index))
        line = name if where is OMIT else f"{name}: {where}"
        printed.append(printer.leaf(line, entry.value, (*path, index)))
    return printed or OMIT


def device_count(node: Node | None, printer: Printer, path: Path) -> Any:
    """Print how many devices; -1 for all."""
    if (text_of(node) or "").lower() == "all":
        return printer.leaf(-1, node, path)
    return integer(node, printer, path)


schedules = list_of(
    structure({"cron": text, "timezone": text, "concurrency": text, "missed_fires": text})
)
"""When a job runs."""
