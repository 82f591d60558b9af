"""Env files: `KEY=value` a line, as `.env` and the files of `env_file` and `label_file` hold them.

Compose has two grammars. The usual one (facts: compose-go, `dotenv/parser.go`) knows `export`,
comments, quotes, escapes and variables. With `format: raw` a line is a key, `=` and a value taken
as it stands (docker/cli, `pkg/kvfile`). Docker Compose v5.6.1 itself has the last word; the tests
ask it.

Compose stops at the first mistake. We go on behind it, to tell all in one run: behind a key that is
none, with the next line.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.language.assignments import (
    Assignment,
    EnvFile,
    Fault,
    InvalidAssignment,
    inherited_value,
    written,
)
from composecheck.language.env_file_escapes import unescape
from composecheck.language.go_text import SPACES
from composecheck.language.traced import Operator, Traced
from composecheck.language.variables import (
    MissingVariable,
    Refusal,
    Variable,
    interpolate,
    read_variables,
)
from composecheck.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping


def decode_env_file(data: bytes, name: str) -> Source:
    """Make a Source of the bytes of an env file, as Compose decodes them: always as UTF-8.

    (Unlike in YAML, a byte order mark of UTF-16 means nothing.) `name` is what to call the file.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode("utf-8", "surrogateescape")
    return Source(name, text, "utf-8", mark)


def read_env_file(
    source: Source,
    environment: Mapping[str, str | None],
    *,
    unset_is_blank: bool,
    earlier: Mapping[str, str | None] | None = None,
) -> EnvFile:
    """Read an env file in the usual format.

    A variable in a value is looked up in `environment`, then among the keys that stand above it in
    this file, then in `earlier`: what files before this one have set. The value of a bare key is
    looked up in `environment` only. In both, None stands for a variable that is set to nobody knows
    what. A variable that is nowhere is blank, as for Compose, if `unset_is_blank`; otherwise it is
    taken to be set elsewhere, and the value has an unknown part for it.
    """
    reader = _Reader(source, environment, earlier or {}, unset_is_blank=unset_is_blank)
    reader.read()
    return EnvFile(
        source,
        tuple(reader.assignments),
        tuple(reader.refused),
        tuple(reader.may_be_refused),
        tuple(reader.unset),
    )


_SPACE_IN_LINE = r"[\t\v\f\r \x85\xa0]"
_SPACE = f"[{SPACES}]"
# What stands between two assignments: blanks, line ends, comments.
_GAP = expression(rf"(?:{_SPACE}+|#[^\n]*)*")
_EXPORT = expression(rf"export(?=[\t\n\f\r ]){_SPACE_IN_LINE}*")
_DELIMITER = expression(r"[=:\n]")
_BLANKS = expression(rf"{_SPACE_IN_LINE}*")
# \w is what Go calls letters and numbers, and `_` (compared for all characters of Unicode).
_NOT_IN_KEY = expression(r"[^\w.\[\]\t\v\f\r \x85\xa0-]")
_QUOTED = {
    quote: re.compile(rf"(?:[^\\{quote}]++|\\.)*+{quote}", re.DOTALL) for quote in ("'", '"')
}


class _Reader:
    """Reads one file; collects what it finds."""

    def __init__(
        self,
        source: Source,
        environment: Mapping[str, str | None],
        earlier: Mapping[str, str | None],
        *,
        unset_is_blank: bool,
    ) -> None:
        self.source = source
        self.environment = environment
        self.unset_is_blank = unset_is_blank
        scope = {**earlier, **environment}
        self.known = {name: value for name, value in scope.items() if value is not None}
        self.undecided = scope.keys() - self.known.keys()
        self.assignments: list[Assignment] = []
        self.refused: list[InvalidAssignment | Refusal] = []
        self.may_be_refused: list[Refusal] = []
        self.unset: list[Variable] = []

    def read(self) -> None:
        text = self.source.text
        position = 0
        while (start := _end(_GAP, text, position)) < len(text):
            position = self._read_assignment(start)

    def _read_assignment(self, start: int) -> int:
        """Read what begins at offset `start`; return the offset behind it."""
        text = self.source.text
        start = _end(_EXPORT, text, start)
        delimiter = _DELIMITER.search(text, start)
        end = delimiter.start() if delimiter else len(text)
        line_end = _line_end(text, end)
        if start == len(text):
            self._refuse(_exported(text, start), Fault.NO_KEY, "")
            return start
        misfit = next(
            (
                match
                for match in _NOT_IN_KEY.finditer(text, start, end)
                # A character that Python does not know yet may be a letter that Go knows.
                if unicodedata.category(match[0]) != "Cn"
            ),
            None,
        )
        if misfit is not None:
            key = text[start:end].rstrip(SPACES)
            self._refuse(Span(misfit.start(), misfit.end()), Fault.CHARACTER_IN_KEY, key)
            return line_end
        if delimiter is None:
            # No line end: Compose finds no key, and takes the rest for a value.
            return self._read_value("", Span(start, start), start)
        key = text[start:end].rstrip(SPACES)
        key_span = Span(start, start + len(key))
        if " " in key:
            self._refuse(key_span, Fault.SPACE_IN_KEY, key)
            return line_end
        if delimiter[0] == "\n":
            self._inherit(key, key_span)
            return end + 1
        return self._read_value(key, key_span, _end(_BLANKS, text, end + 1))

    def _inherit(self, key: str, key_span: Span) -> None:
        if not key:
            return  # an `export` alone on its line
        bare = Assignment(key, key_span, None, Span(key_span.end, key_span.end), is_inherited=True)
        value = inherited_value(
            self.source, bare, self.environment, unset_is_blank=self.unset_is_blank
        )
        self.assignments.append(replace(bare, value=value))

    def _read_value(self, key: str, key_span: Span, start: int) -> int:
        """Read the value of `key` at offset `start`; return the offset behind it."""
        text = self.source.text
        quote = text[start : start + 1]
        if quote not in _QUOTED:
            line_end = _line_end(text, start)
            line = text[start:line_end].partition(" #")[0].rstrip(SPACES)
            value = written(self.source, start, start + len(line))
            self._assign(key, key_span, self._replace(value), value.span, "")
            return line_end
        closed = _QUOTED[quote].match(text, start + 1)
        if closed is None:
            self._refuse(Span(start, _line_end(text, start)), Fault.UNCLOSED_QUOTE, key)
            return len(text)
        value = unescape(written(self.source, start + 1, closed.end() - 1), quote)
        if quote == '"':
            value = self._replace(value)
        self._assign(key, key_span, value, Span(start, closed.end()), quote)
        return closed.end()

    def _assign(self, key: str, key_span: Span, value: Traced, span: Span, quote: str) -> None:
        self.assignments.append(Assignment(key, key_span, value, span, quote))
        if key in self.environment:
            return
        if value.is_known:
            self.known[key] = value.text
            self.undecided.discard(key)
        else:
            self.known.pop(key, None)
            self.undecided.add(key)

    def _replace(self, value: Traced) -> Traced:
        """Return `value` with the variables in it replaced; note what came of them."""
        if value.find("$") < 0:
            return value
        template = read_variables(value)
        used = {variable.name for variable in template.variables()}
        undecided = used & self.undecided
        replaced = interpolate(
            template, self.known, unset_is_blank=self.unset_is_blank and not undecided
        )
        self.refused.extend(replaced.refused)
        self.may_be_refused.extend(
            refusal
            for refusal in replaced.may_be_refused
            if not (
                isinstance(refusal, MissingVariable) and _has_value(refusal.variable, undecided)
            )
        )
        self.unset.extend(use for use in replaced.unset if use.name not in undecided)
        return replaced.value

    def _refuse(self, span: Span, fault: Fault, key: str) -> None:
        self.refused.append(InvalidAssignment(span, self.source.slice(span), fault, key))


def _has_value(variable: Variable, undecided: set[str]) -> bool:
    """Whether a required variable, set to nobody knows what, satisfies the text for certain."""
    return variable.name in undecided and variable.operator is Operator.REQUIRED_SET


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return the offset behind what `pattern` matches at `position`; `position` if nothing."""
    match = pattern.match(text, position)
    return match.end() if match else position


def _line_end(text: str, position: int) -> int:
    """Return the offset of the next line feed at or behind `position`, or the end of `text`."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _exported(text: str, end: int) -> Span:
    """Return the span of the `export` before offset `end`."""
    return Span(text.rindex("export", 0, end), end)
