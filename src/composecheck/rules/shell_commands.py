"""Rules on commands that are written for a shell, where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, may_edit, once
from composecheck.rules.places import find_at, scalar_at
from composecheck.rules.values import name_at
from composecheck.rules.words_of_commands import (
    OPERATORS,
    commands,
    entrypoint_of,
    has_entrypoint,
    is_shell,
    joined,
    list_fix,
)
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Scalar, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.language.command_lines import CommandLine
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project


@rule("command-cut-off", Severity.WARNING, Category.RUNTIME)
def command_cut_off(project: Project) -> Iterator[Finding]:
    """The end of a command is dropped, since only a shell would understand it.

    No shell runs a command: Compose cuts it into words itself, and stops at the first `&&`, `||`,
    `|`, `;`, `&`, `<` or `>` that is not in quotes. It drops what stands behind that without a
    word, so that the container does only the first part of what is written. Let a shell run all of
    it: `sh -c '…'`.

    Bad:

        services:
          web:
            build: .
            command: npm run migrate && npm start

    Good:

        services:
          web:
            build: .
            command: sh -c 'npm run migrate && npm start'
    """
    # The source beside the corpus: compose-go, `types/command.go`, and go-shellwords; measured.
    yield from once(_cut_off(project))


def _cut_off(project: Project) -> Iterator[Finding]:
    for command in commands(project):
        node, path, line = command.node, command.path, command.line
        dropped = line.dropped
        if dropped is None or not line.words or not isinstance(node, Scalar):
            continue
        if not dropped.shape.strip(" \t\r\n;&|<>"):
            continue  # `server &` does what it says, but for the end of the line
        name = name_at(path)
        span = node.source.first_line(dropped.span)
        message = (
            f"No shell runs this {name}, and Compose drops what begins with"
            f" {quoted(_operator(dropped.shape))}: the container runs only"
            f" {quoted(_shown(node, dropped, line))}."
        )
        fix, remedy = _shell_fix(project, node, line, path)
        yield find_at(
            project,
            "command-cut-off",
            Severity.WARNING,
            node.source,
            span,
            message,
            remedy,
            fix=fix,
        )


def _operator(dropped: str) -> str:
    length = 2 if dropped[:2] in OPERATORS else 1
    return dropped[: max(length, len(dropped) - len(dropped.lstrip("0123456789")) + 1)]


def _shown(node: Scalar, dropped: Traced, line: CommandLine) -> str:
    """Return what is left of a command, as it is written."""
    start, end = line.words[0].span.start, dropped.span.start
    return node.source.text[start:end].strip()


_WITH_SHELL = "let a shell run all of it: \"sh -c '…'\"."
_IN_QUOTES = "Put quotes around all that the shell shall run."


def _shell_fix(
    project: Project, node: Scalar, line: CommandLine, path: Path
) -> tuple[Fix | None, str]:
    """Return the fix that lets a shell run a whole command, and the remedy."""
    entrypoint = entrypoint_of(project, path)
    if entrypoint is not None and is_shell(entrypoint.words):
        return None, 'The entrypoint is a shell: write the command as a list with one text, ["…"].'
    scalar = scalar_at(project, node.source, node.span)
    assert line.dropped is not None
    if scalar is None or not _is_shell_line(line.dropped.shape):
        return None, f"If it belongs to a word, put quotes around that; or {_WITH_SHELL}"
    start = 0
    prefix = "sh -c "
    if is_shell(line.words) and len(line.words) > 2:
        if line.words[1].shape.endswith("c"):
            start, prefix = line.words[2].span.start, ""
        else:
            return None, _IN_QUOTES
    remedy = _WITH_SHELL.capitalize() if prefix else _IN_QUOTES
    if (
        not line.words
        or has_entrypoint(project, path)
        or not may_edit(project, node.source, scalar.span)
    ):
        return None, remedy
    if scalar.style.is_block:
        text = node.source.text[: line.dropped.span.end]
        span = Span(line.words[0].span.start, len(text.rstrip()))
        is_clear = _may_be_one_text(scalar.text)
    else:
        span = content_span(scalar)
        is_clear = node.source.slice(span) == scalar.text and "\n" not in scalar.text
    if not is_clear or scalar.properties:
        return None, remedy
    whole = node.source.slice(span)
    quote = _quote_for(scalar, whole if prefix else node.source.text[start : span.end])
    if quote is None:
        return None, remedy
    begin = span.start if prefix else start
    edits = (
        Edit(node.source, Span(begin, begin), f"{prefix}{quote}"),
        Edit(node.source, Span(span.end, span.end), quote),
    )
    return Fix("Let a shell run all of it", Safety.UNSAFE, edits), remedy


def _may_be_one_text(block: str) -> bool:
    """Whether a shell reads lines as they are meant: none goes on with the one above, or is cut."""
    rows = [row.strip() for row in block.splitlines() if row.strip()]
    return not any(row.startswith(("&", "|", ";")) or " #" in row for row in rows)


def _is_shell_line(dropped: str) -> bool:
    """Whether an operator stands between blanks, and not in a word such as an address."""
    operator = dropped.lstrip("0123456789")
    rest = operator.lstrip(";&|<>")
    return not rest or rest[0] in " \t\n" or operator[0] in "<>"


def _quote_for(scalar: Scalar, text: str) -> str | None:
    """Return the quotes in which `text` can stand in a command, in the quotes it has already."""
    if "\\" in text or "`" in text or "(" in text:
        return None
    match scalar.style:
        case Style.SINGLE_QUOTED:
            usable = '"'
        case Style.DOUBLE_QUOTED:
            usable = "'"
        case _:
            usable = "'\""
    return next((quote for quote in usable if quote not in text), None)


@rule("command-shell-argument", Severity.WARNING, Category.RUNTIME)
def command_shell_argument(project: Project) -> Iterator[Finding]:
    """A shell is told to run one word, and the rest of the line is lost on it.

    The shell runs the one text behind `-c`. The words behind that are only arguments of it, which
    `sh -c npm start` does not use: the container runs `npm` alone. Put quotes around all that the
    shell shall run; in a list, write it as one text.

    Bad:

        services:
          web:
            build: .
            command: ["sh", "-c", "npm", "start"]

    Good:

        services:
          web:
            build: .
            command: ["sh", "-c", "npm start"]
    """
    # Hits in the corpus: none. The source: POSIX, `sh`: with `-c`, the words behind the text are
    # the name of the command and its parameters.
    yield from once(_shell_arguments(project))


def _shell_arguments(project: Project) -> Iterator[Finding]:
    for command in commands(project):
        node, line = command.node, command.line
        words = line.words
        if (
            line.dropped is not None
            or len(words) < 4
            or not is_shell(words)
            or not words[1].shape.endswith("c")
        ):
            continue
        script, rest = words[2], words[3:]
        if not script.is_known or not _is_plain_word(script.text):
            continue  # a whole text, which may use its arguments
        fix = None
        text = joined(words[2:])
        if line.is_list and text is not None:
            fix = list_fix(project, node, [text], "Write it as one text", first=2)
        elif isinstance(node, Scalar):
            fix = _quoting(project, node, words[2:])
        yield find_at(
            project,
            "command-shell-argument",
            Severity.WARNING,
            node.source,
            node.source.first_line(
                Span(script.span.start, max(script.span.end, rest[-1].span.end))
            ),
            f"The shell runs only the one text behind {quoted(words[1].shape)}, here"
            f" {quoted(script.text)}: the words behind that are lost on it.",
            "Write all of it as one text." if line.is_list else "Put quotes around all of it.",
            fix=fix,
        )


def _is_plain_word(script: str) -> bool:
    return bool(script) and not set(script) & set(" \t\n$;&|<>(){}'\"`")


def _quoting(project: Project, node: Scalar, words: tuple[Traced, ...]) -> Fix | None:
    """Return the fix that puts quotes around the end of a command, from the first of `words` on."""
    scalar = scalar_at(project, node.source, node.span)
    if scalar is None or scalar.style.is_block or not may_edit(project, node.source, scalar.span):
        return None
    span = content_span(scalar)
    text = node.source.slice(Span(words[0].span.start, span.end))
    quote = _quote_for(scalar, text)
    if quote is None or "\n" in text or set(text) & set("'\"$"):
        return None
    edits = (
        Edit(node.source, Span(words[0].span.start, words[0].span.start), quote),
        Edit(node.source, Span(span.end, span.end), quote),
    )
    return Fix("Put quotes around it", Safety.UNSAFE, edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    command_cut_off,
    command_shell_argument,
)
