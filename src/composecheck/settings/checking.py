"""Is a value in a settings file what belongs there? One function for each kind of value."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.finding import Severity
from composecheck.nearest import nearest
from composecheck.settings.keys import Kind
from composecheck.settings.values import OFF, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from composecheck.settings.toml_places import Place
    from composecheck.settings.values import Severities, Version
    from composecheck.source import Source, Span

SEVERITIES = ("error", "warning", "note")

_VERSION = expression(r"([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?")
_OLDEST: Version = (2, 0)
# The same as COMPOSE_VERSION, which lies above all layers; a test holds them equal.
_NEWEST: Version = (5, 6, 1)

_EXAMPLES = {
    Kind.RULES: '["compose", "runtime"]',
    Kind.SEVERITIES: '{ key-obsolete = "off" }',
    Kind.PER_FILE: '{ "legacy/**" = { ignore = ["upkeep"] } }',
    Kind.GLOBS: '["examples/", "stack.yml"]',
    Kind.VERSION: '"2.20"',
    Kind.PATHS: '["one.env", "other.env"]',
    Kind.PATH: '"deploy"',
    Kind.NAMES: '["debug"]',
    Kind.GROUPS: '[{ files = ["compose.yaml", "compose.prod.yaml"] }]',
    Kind.SEVERITY: '"warning"',
    Kind.BOOLEAN: "true",
}

_TEXT_LISTS = (Kind.RULES, Kind.GLOBS, Kind.PATHS, Kind.NAMES)


def read_version(text: str) -> Version:
    """Return the version of Docker Compose that `text` is, such as (2, 20) for `2.20` or `v2.20`.

    Raises ValueError, which says what is wrong, if it is none that composecheck knows.
    """
    match = _VERSION.fullmatch(text.removeprefix("v"))
    if match is None:
        raise ValueError(
            f'{_quoted(text)} is no version of Docker Compose. Write one such as "2.20".'
        )
    version = tuple(int(number) for number in match.groups() if number is not None)
    if version < _OLDEST:
        raise ValueError(
            f"Docker Compose {text} is another program, which is no longer kept up."
            ' The oldest that composecheck knows is "2.0".'
        )
    if version > _NEWEST:
        raise ValueError(
            f"This composecheck does not know Docker Compose {text}: the newest that it knows is"
            f' "{".".join(map(str, _NEWEST))}".'
        )
    return version


class _Wrong(Exception):
    """A value is wrong, and the problem is noted."""


class Reader(Struct):
    """Reads values of one settings file, and notes what is wrong with them.

    Relative paths are seen from `folder`.
    """

    source: Source
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    _known_rules: list[str] = field(default_factory=list)

    def complain(self, span: Span, message: str) -> None:
        """Note that something is wrong at `span`."""
        position = self.source.position(span.start)
        self.problems.append(Problem(self.source.name, message, position.line, position.column))

    def table(
        self,
        raw: Mapping[str, Any],
        place: Place,
        known: Mapping[str, Kind],
        owner: str = "",
        wrong_names: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Read a table whose keys are `known`; return those of its values that are right.

        `owner` is the setting that the table is the value of; `wrong_names` are names that others
        have for a key.
        """
        values = {}
        for name, value in raw.items():
            inner = place.parts[name]
            kind = known.get(name)
            if kind is None:
                meant = [(wrong_names or {})[name]] if name in (wrong_names or {}) else []
                meant = meant or nearest(name, known)
                self.complain(inner.key, _unknown(owner, name, meant, known))
                continue
            try:
                values[name] = self._value(name, kind, value, inner)
            except _Wrong:
                continue
        return values

    def is_table(self, raw: Any, place: Place, owner: str, example: str) -> bool:
        """Whether `raw` is a table; if not, that is a problem of its `owner`."""
        if isinstance(raw, dict):
            return True
        self.complain(
            place.value,
            f"{_capital(owner)} takes a table; this is {_noun(raw)}. Write {{ {example} }}.",
        )
        return False

    def glob(self, glob: str, place: Place) -> None:
        """Check that a glob is one."""
        reason = None
        if not glob.strip():
            reason = "It is empty and fits no file"
        elif glob.startswith("!"):
            reason = 'It begins with "!", which takes nothing back here'
        elif glob.startswith("#"):
            reason = 'It begins with "#"; write "\\\\#" for a name that does'
        elif ".." in glob.split("/"):
            reason = "Globs are seen from the folder of the settings, and lead to what is in it"
        elif not _is_glob(glob):
            reason = "No file can fit it"
        if reason:
            self.complain(place.value, f"{_quoted(glob)} is no glob. {reason}.")

    def _value(self, name: str, kind: Kind, raw: Any, place: Place) -> Any:
        if kind in _TEXT_LISTS:
            return self._list(name, kind, raw, place)
        match kind:
            case Kind.BOOLEAN:
                return self._expect(bool, name, kind, raw, place)
            case Kind.GROUPS:
                return self._expect(list, name, kind, raw, place)
            case Kind.PER_FILE:
                return self._expect(dict, name, kind, raw, place)
            case Kind.SEVERITIES:
                return self._severities(self._expect(dict, name, kind, raw, place), place)
        text = self._expect(str, name, kind, raw, place)
        match kind:
            case Kind.SEVERITY:
                return self._severity(text, place, SEVERITIES)
            case Kind.VERSION:
                return self._version(text, place)
            case _:
                return self._path(name, text, place)

    def _expect(self, type_: type, name: str, kind: Kind, raw: Any, place: Place) -> Any:
        if isinstance(raw, type_):
            return raw
        raise self._wrong(place.value, _wrong_kind(name, kind, raw, self.source.slice(place.value)))

    def _wrong(self, span: Span, message: str) -> _Wrong:
        self.complain(span, message)
        return _Wrong()

    def _list(self, name: str, kind: Kind, raw: Any, place: Place) -> tuple[Any, ...]:
        items: list[Any] = []
        for index, item in enumerate(self._expect(list, name, kind, raw, place)):
            inner = place.parts[index]
            if not isinstance(item, str):
                message = f"{_quoted(name)} takes texts in quotes; this is {_noun(item)}."
                self.complain(inner.value, message)
            elif kind is Kind.RULES:
                self._rule(item, inner.value)
                items.append(item)
            elif kind is Kind.GLOBS:
                self.glob(item, inner)
                items.append(item)
            elif kind is Kind.PATHS:
                try:
                    items.append(self._path(name, item, inner))
                except _Wrong:
                    continue
            elif not item.strip():
                self.complain(inner.value, f"A name in {_quoted(name)} is empty.")
            else:
                items.append(item)
        return tuple(items)

    def _rule(self, name: str, span: Span, *, may_be_category: bool = True) -> None:
        from composecheck.rule import Category
        from composecheck.rules.selection import ALL, known_names, unknown_rule

        categories = (ALL, *(category.value for category in Category))
        if name in categories:
            if not may_be_category:
                message = f"{_quoted(name)} is a category; a severity is given to single rules."
                self.complain(span, message)
            return
        if not self._known_rules:
            self._known_rules.extend(known_names())
        known = self._known_rules if may_be_category else self._known_rules[len(categories) :]
        if name not in known:
            self.complain(span, unknown_rule(name, known))

    def _severities(self, raw: dict[str, Any], place: Place) -> Severities:
        severities: dict[str, Severity | None] = {}
        for name, value in raw.items():
            inner = place.parts[name]
            self._rule(name, inner.key, may_be_category=False)
            try:
                text = self._expect(str, name, Kind.SEVERITY, value, inner)
                severities[name] = self._severity(text, inner, (*SEVERITIES, OFF))
            except _Wrong:
                continue
        return severities

    def _severity(self, text: str, place: Place, known: tuple[str, ...]) -> Severity | None:
        if text in known:
            return None if text == OFF else Severity[text.upper()]
        suggestions = nearest(text, known)
        hint = f"Is {_or(suggestions)} meant?" if suggestions else f"Write {_or(known)}."
        raise self._wrong(place.value, f"There is no severity {_quoted(text)}. {hint}")

    def _version(self, text: str, place: Place) -> Version:
        try:
            return read_version(text)
        except ValueError as error:
            raise self._wrong(place.value, str(error)) from None

    def _path(self, name: str, text: str, place: Place) -> Path:
        if not text or "\0" in text:
            raise self._wrong(place.value, f"A path in {_quoted(name)} is empty.")
        # Neither links are followed nor the file looked for: that is for who reads it.
        return type(self.folder)(os.path.normpath(self.folder / text))


def _is_glob(glob: str) -> bool:
    # Imported here, because most settings have no globs.
    from composecheck.settings.globs import is_glob

    return is_glob(glob)


def _unknown(owner: str, name: str, meant: list[str], known: Mapping[str, Kind]) -> str:
    place = f" in {_quoted(owner)}" if owner else ""
    hint = f"Is {_or(meant)} meant?" if meant else f"There are {_or(known, 'and')}."
    return f"There is no setting {_quoted(name)}{place}. {hint}"


def _wrong_kind(name: str, kind: Kind, raw: Any, written: str) -> str:
    """Say what a key takes, and what to write."""
    example = _EXAMPLES[kind]
    if kind in _TEXT_LISTS and isinstance(raw, str):
        example = f"[{written}]"
    elif kind is Kind.VERSION and isinstance(raw, int | float) and not isinstance(raw, bool):
        example = f'"{written}"'
    elif kind is Kind.BOOLEAN and isinstance(raw, str) and raw.lower() in ("true", "false"):
        example = raw.lower()
    elif kind is Kind.SEVERITY and raw is False:
        example = f'"{OFF}"'
    elif kind is Kind.GROUPS and isinstance(raw, dict):
        return f'{_quoted(name)} takes {kind.value}; this is a table. Write it as "[[…{name}]]".'
    return f"{_quoted(name)} takes {kind.value}; this is {_noun(raw)}. Write {example}."


def _noun(raw: Any) -> str:
    match raw:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case datetime() | date() | time():
            return "a date or a time"
        case _:
            return "a table"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _or(names: Mapping[str, Any] | list[str] | tuple[str, ...], word: str = "or") -> str:
    *others, last = (_quoted(name) for name in names)
    return f"{', '.join(others)} {word} {last}" if others else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
