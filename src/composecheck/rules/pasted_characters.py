"""Rules on characters that come with text from a web page: they look like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.traced import trace
from composecheck.rule import Category, rule
from composecheck.rules.marks import may_edit, path_at
from composecheck.rules.places import find_at
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Scalar


@rule("pasted-character", Severity.WARNING, Category.RUNTIME)
def pasted_character(project: Project) -> Iterator[Finding]:
    """A typographic quote, a dash or a blank that is none, from a web page or a word processor.

    These are letters to YAML and to Docker: quotes such as `“` do not quote, but are a part of the
    value; a no-break space does not separate; `–` begins no option. Type the plain character.
    In sentences, as in a description, they are right, and nothing is said.

    Bad:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: “secret”

    Good:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: "secret"
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 5.4 and 7.3: only blanks and tabs separate,
    # and only `'` and `"` quote; measured.
    for scalar in written_nodes(project).pasted:
        path = path_at(project, scalar.source, scalar.span)
        if not _is_for_programs(path):
            continue
        text = trace(scalar)
        if _is_between_quotes(text) and scalar.style is Style.PLAIN:
            yield _quotes(project, text, scalar)
        else:
            found = _wrong_character(text, path)
            if found is not None:
                yield _character(project, found, text)


_OPENING, _CLOSING = "\u201c\u201d\u201e\u2018\u2019\u00ab", "\u201c\u201d\u2018\u2019\u00bb"
_SINGLE_QUOTES = "\u2018\u2019"
_DOUBLE_QUOTES = "\u201c\u201d\u201e"
_DASHES = "\u2013\u2014"
_BLANKS = "\u00a0\u2007\u202f\u200b\ufeff"
_WITHOUT_WIDTH = "\u200b\ufeff"
_NAMES = {
    "\u00a0": "a no-break space",
    "\u2007": "a figure space",
    "\u202f": "a narrow no-break space",
    "\u200b": "a space of no width",
    "\ufeff": "a byte order mark",
    "\u2013": "an en dash",
    "\u2014": "an em dash",
}

_COMMANDS = frozenset({"command", "entrypoint", "test"})
_FOR_READERS = frozenset({"annotations", "labels"})
"""Keys under which descriptions for people may stand."""


def _is_for_programs(path: Path) -> bool:
    return len(path) > 2 and path[0] == "services" and not str(path[2]).startswith("x-")


def _is_between_quotes(text: Traced) -> bool:
    value = text.shape.partition("=")[2] or text.shape
    return len(value) > 1 and value[0] in _OPENING and value[-1] in _CLOSING


def _quotes(project: Project, text: Traced, scalar: Scalar) -> Finding:
    """Return the finding of typographic quotes around a value."""
    name, sign, _ = text.shape.partition("=")
    is_item = bool(sign) and name[0] not in _OPENING
    whole = text[len(name) + 1 :] if is_item else text
    inner = whole[1:-1]
    # In an item of a list, quotes would be a part of the value.
    quote = "'" if whole.shape[0] in _SINGLE_QUOTES else '"'
    right = inner.shape if is_item else f"{quote}{inner.shape}{quote}"
    can_edit = (
        not {quote, "\\"} & set(inner.shape)
        and inner.shape == text.source.slice(inner.span)
        and inner.shape == inner.shape.strip()
        and not (is_item and (": " in inner.shape or " #" in inner.shape))
        and may_edit(project, text.source, scalar.span)
    )
    edit = Edit(text.source, whole.span, right)
    title = "Remove the quotes" if is_item else "Write plain quotes"
    return find_at(
        project,
        "pasted-character",
        Severity.WARNING,
        text.source,
        whole.span,
        f"{quoted(whole.shape[0])} and {quoted(whole.shape[-1])} are typographic quotes: they do"
        " not quote, but are a part of the value.",
        f"Write {right} instead." if not is_item else f'Write "{right}" without them.',
        fix=Fix(title, Safety.UNSAFE, (edit,)) if can_edit else None,
    )


def _wrong_character(text: Traced, path: Path) -> Traced | None:
    """Return the first character of a value that can only have come with other text."""
    shape = text.shape
    is_command = not _COMMANDS.isdisjoint(path[2:4])
    is_environment = "environment" in path[2:4] or "args" in path[2:4]
    is_for_readers = not _FOR_READERS.isdisjoint(map(str, path[2:]))
    for index, letter in enumerate(shape):
        before, behind = shape[index - 1 : index] if index else "", shape[index + 1 : index + 2]
        is_first = before in ("", " ", "=", "\n", "(")
        is_wrong = False
        if letter in _BLANKS:
            is_wrong = not is_for_readers and (
                not is_environment or before in ("", "=") or behind in ("", "\n")
            )
        elif is_command and letter in _DASHES:
            is_wrong = is_first and behind.isalpha()
        elif is_command and letter in _DOUBLE_QUOTES:
            is_wrong = is_first or behind in ("", " ", "\n", ")")
        if is_wrong:
            return text[index : index + 1]
    return None


def _around(found: Traced) -> tuple[str, str]:
    """Return the characters of the file before and behind."""
    text, span = found.source.text, found.span
    return text[span.start - 1 : span.start], text[span.end : span.end + 1]


def _character(project: Project, found: Traced, text: Traced) -> Finding:
    letter = found.shape
    named = _NAMES.get(letter, "a typographic quote")
    code = f"U+{ord(letter):04X}"
    fix = None
    if letter in _BLANKS:
        before, behind = _around(found)
        is_at_end = found.span.start == text.span.start or found.span.end == text.span.end
        right = "" if is_at_end or before == "=" or letter in _WITHOUT_WIDTH else " "
        message = f"There is {named} here ({code}): it is a letter to programs, and no blank."
        remedy = "Type a blank in its place, or nothing." if right else "Remove it."
        # A blank behind a colon or before a hash sign may have a meaning to YAML.
        is_harmless = not right or (before not in ":-?" and behind not in ":#")
        is_written = found.source.slice(found.span) == letter
        if is_written and is_harmless and may_edit(project, found.source, found.span):
            title = "Write a blank" if right else "Remove it"
            fix = Fix(title, Safety.UNSAFE, (Edit(found.source, found.span, right),))
    elif letter in _DASHES:
        message = f"{quoted(letter)} is {named} ({code}): no option begins with it."
        remedy = 'Type "-" or "--".'
    else:
        message = f"{quoted(letter)} is {named} ({code}): it does not quote."
        remedy = "Type a plain quote."
    return find_at(
        project,
        "pasted-character",
        Severity.WARNING,
        found.source,
        found.span,
        message,
        remedy,
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (pasted_character,)
