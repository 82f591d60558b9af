"""Rules on texts behind `|` and `>`: line breaks and comments that become a part of a value."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.command_lines import CommandLine, parse_command_line
from composecheck.language.traced import trace
from composecheck.project.reading import child
from composecheck.rule import Category, rule
from composecheck.rules.marks import may_edit, path_at
from composecheck.rules.places import find_at
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding, Path
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Scalar


@rule("text-newline", Severity.WARNING, Category.RUNTIME)
def text_newline(project: Project) -> Iterator[Finding]:
    """A password, a path or another single word behind `|` or `>`, which ends in a line break.

    YAML keeps the line break at the end of such a text: the password is `secret` and a line break,
    the name of the file ends in one. No program takes that for the same. Write `|-` or `>-`, which
    leaves it away, or put the value behind the key.

    Bad:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: |
                correct-horse-battery-staple

    Good:

        services:
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: |-
                correct-horse-battery-staple
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 8.1.1.2, block chomping; measured.
    for scalar in written_nodes(project).blocks:
        if not scalar.text.endswith("\n") or len(scalar.text.split()) != 1:
            continue  # several words are options or sentences, which a line break does not hurt
        path = path_at(project, scalar.source, scalar.span)
        if not _is_variable(path):
            continue
        sign = _indicator(scalar)
        source, line = scalar.source, scalar.source.first_line(scalar.span)
        is_clip = source.slice(sign) in ("|", ">")
        better = f"{source.text[sign.start]}-"
        yield find_at(
            project,
            "text-newline",
            Severity.WARNING,
            source,
            sign,
            f"The value of {quoted(path[-1])} ends in a line break, which"
            f" {quoted(source.slice(sign))} keeps.",
            f"Write {quoted(better)}.",
            suggestions=(better,),
            fix=None
            if not may_edit(project, source, line) or not is_clip
            else Fix(f"Write {quoted(better)}", Safety.UNSAFE, (Edit(source, sign, better),)),
        )


def _is_variable(path: Path) -> bool:
    """Whether `path` leads to a variable of a container or a build, behind a key."""
    if path[:1] != ("services",) or len(path) < 4 or not isinstance(path[-1], str):
        return False
    return path[2] == "environment" or path[2:4] == ("build", "args")


_INDICATOR = expression("[|>][-+0-9]*")


def _indicator(scalar: Scalar) -> Span:
    """Return the characters with which a block begins: `|`, `>-`."""
    start = scalar.start if scalar.properties is None else scalar.properties.content_start
    found = _INDICATOR.match(scalar.source.text, start)
    return Span(start, found.end() if found else start + 1)


@rule("text-comment", Severity.WARNING, Category.RUNTIME)
def text_comment(project: Project) -> Iterator[Finding]:
    """A comment in a command that stands behind `|` or `>`.

    Behind these signs, everything that is indented is text; YAML knows no comments there. Compose
    cuts the text into words, and `#` is one of them: the program gets `#` and each word behind it
    as arguments. Put the comment above the key.

    Bad:

        services:
          db:
            image: example/db
            command: >
              postgres
              # more connections
              -c max_connections=200

    Good:

        services:
          db:
            image: example/db
            # more connections
            command: >
              postgres
              -c max_connections=200
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 8.1: "the content of a block scalar" has no
    # comments; go-shellwords, which Compose uses, knows none either; measured.
    for scalar in written_nodes(project).blocks:
        if "#" not in scalar.text:
            continue
        path = path_at(project, scalar.source, scalar.span)
        if len(path) != 3 or path[0] != "services" or path[2] not in ("command", "entrypoint"):
            continue
        service = project.section("services").get(str(path[1]))
        if service is None or (path[2] == "command" and child(service, "entrypoint") is not None):
            continue  # a shell may be there, to which it is a comment
        line = parse_command_line(trace(scalar))
        if not isinstance(line, CommandLine):
            continue
        word = next((word for word in line.words if word.shape.startswith("#")), None)
        if word is None or not _begins_comment(scalar.source.text, word.span.start):
            continue
        end = scalar.source.text.find("\n", word.span.start)
        whole = Span(word.span.start, scalar.end if end < 0 else end)
        yield find_at(
            project,
            "text-comment",
            Severity.WARNING,
            scalar.source,
            whole,
            f"This is no comment, since it is a part of the text behind"
            f" {quoted(scalar.source.slice(_indicator(scalar)))}: the program gets"
            f' "#" and the words behind it as arguments.',
            f"Put it above {quoted(path[2])}.",
        )


def _begins_comment(text: str, at: int) -> bool:
    """Whether a `#` has a line or blanks before it, and a blank behind it."""
    return text[at - 1 : at] in ("", " ", "\t", "\n") and text[at + 1 : at + 2] in (" ", "#")


@rule("text-folded", Severity.WARNING, Category.RUNTIME)
def text_folded(project: Project) -> Iterator[Finding]:
    """Commands on lines of their own, which `>` makes one command.

    Behind `>`, YAML puts a blank in the place of a line break between two lines of the same
    indentation. Of `npm install` and `npm start` below each other comes `npm install npm start`:
    npm looks for packages of these names, and nothing is started. End each line but the last with
    `&&`; Compose has no shell of its own, so put all of it behind `sh -c`.

    Bad:

        services:
          web:
            image: node
            command: >
              sh -c "
              npm install
              npm start"

    Good:

        services:
          web:
            image: node
            command: >
              sh -c "
              npm install &&
              npm start"
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 6.5, line folding; measured.
    for scalar in written_nodes(project).blocks:
        if scalar.style is not Style.FOLDED:
            continue
        path = path_at(project, scalar.source, scalar.span)
        if path[:1] != ("services",) or _COMMANDS.isdisjoint(path[2:4]):
            continue
        found = _joined_commands(scalar)
        if found is not None:
            first, second = found
            yield find_at(
                project,
                "text-folded",
                Severity.WARNING,
                scalar.source,
                second,
                'This line does not begin a command: ">" joins it to the line before, and'
                f" {quoted(f'{scalar.source.slice(first)} {scalar.source.slice(second)}')} is one"
                " command.",
                'End the line before with "&&" or ";", for a shell ("sh -c") to read.',
            )


_COMMANDS = frozenset({"command", "entrypoint", "test"})

_BEGIN_COMMANDS = frozenset(
    (
        *("apk", "apt", "apt-get", "cargo", "cd", "chmod", "chown", "composer", "cp", "curl"),
        *("echo", "exec", "export", "mkdir", "mv", "node", "npm", "pip", "pip3", "pnpm"),
        *("poetry", "python", "python3", "rm", "service", "sleep", "source", "tar", "touch"),
        *("uv", "wget", "yarn"),
    )
)
"""Words with which commands begin, and that hardly ever stand among the arguments of another."""

_GO_ON = ("&&", "||", "|", ";", "&", "\\", "(", "{", "then", "do", "else", '"', "'", "`")


def _joined_commands(scalar: Scalar) -> tuple[Span, Span] | None:
    """Return two lines that folding makes one, each of which was meant to be a command."""
    text = trace(scalar)
    source = scalar.source
    lines: list[Span] = []
    # Where a blank of the value stands at a line break of the text, two lines have been joined.
    start = 0
    for index, letter in enumerate(text.shape):
        is_joint = letter == " " and source.text[text.starts[index]] in "\r\n"
        if is_joint or letter == "\n" or index == len(text) - 1:
            end = index if letter in " \n" else index + 1
            if end > start:
                lines.append(text[start:end].span)
            start = index + 1
            if not is_joint:
                found = _two_commands(source.text, lines)
                if found is not None:
                    return found
                lines = []
    return None


def _two_commands(text: str, lines: list[Span]) -> tuple[Span, Span] | None:
    for first, second in pairwise(lines):
        before = text[first.start : first.end].split()
        behind = text[second.start : second.end].split()
        if (
            len(before) > 1
            and behind
            and before[0] in _BEGIN_COMMANDS
            and behind[0] in _BEGIN_COMMANDS
            and not before[-1].endswith(_GO_ON)
        ):
            return first, second
    return None


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (text_newline, text_comment, text_folded)
