"""Rules on values in env files that Compose reads otherwise than they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Related, Severity
from composecheck.rule import Category, rule
from composecheck.rules.env_contents import env_contents
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.assignments import Assignment, EnvFile
    from composecheck.project.project import Project
    from composecheck.source import Source


@rule("env-file-comment", Severity.WARNING, Category.RUNTIME)
def env_file_comment(project: Project) -> Iterator[Finding]:
    """A comment behind a variable of an env file that has no value.

    Behind a value, a blank and a `#` begin a comment. Where there is no value, Compose passes over
    the blanks first, so that the `#` is the first character of the value: the password is
    `# none yet`. Put the comment on a line of its own, or write `""` for the empty value.

    Bad:

        # shop.env: SMTP_PASSWORD=   # none yet
        services:
          shop:
            image: example/shop
            env_file: shop.env

    Good:

        # shop.env: SMTP_PASSWORD=""   # none yet
        services:
          shop:
            image: example/shop
            env_file: shop.env
    """
    # The corpus has no env files. The source: mtrnix/metronix-memory, issue 458, and
    # calesthio/Crucix, pull request 6, where programs got comments for names and keys; measured.
    for content in env_contents(project):
        source = content.file.source
        for assignment in () if content.is_raw else content.file.assignments:
            span = assignment.value_span
            if assignment.quote or assignment.is_inherited or not assignment.key:
                continue
            written = source.slice(span)
            if not _is_comment(written, source.text[span.start - 1 : span.start]):
                continue
            yield find_at(
                project,
                "env-file-comment",
                Severity.WARNING,
                source,
                span,
                "Where there is no value, this is no comment: all of it is the value of"
                f" {quoted(assignment.key)}.",
                "Put the comment on a line of its own, or an empty value in quotes before it.",
            )


def _is_comment(written: str, before: str) -> bool:
    """Whether a value is rather a comment: a colour such as `#fff` is none."""
    if not written.startswith("#"):
        return False
    return written[1:2] in (" ", "\t") or (before in (" ", "\t") and " " in written)


@rule("env-file-dollar", Severity.WARNING, Category.RUNTIME)
def env_file_dollar(project: Project) -> Iterator[Finding]:
    """A value in an env file in which Compose takes a part for a variable.

    In an env file, too, `$` and a name behind it are a variable, unless the value stands in single
    quotes. Of `pa$word`, Compose replaces `$word`, by nothing where no such variable is set, and
    only prints a warning: the password is `pa` then. Put single quotes around the value, or write
    the `$` twice.

    Bad:

        # shop.env: DB_PASSWORD=pa$word
        services:
          shop:
            image: example/shop
            env_file: shop.env

    Good:

        # shop.env: DB_PASSWORD='pa$word'
        services:
          shop:
            image: example/shop
            env_file: shop.env
    """
    # The corpus has no env files. The source: Docker's reference on the syntax of env files, which
    # replaces variables in values that have no quotes, or double ones; measured.
    for content in env_contents(project):
        source = content.file.source
        known: set[int] = set()
        for variable in content.file.unset:
            owner = _owner_of(content.file, variable.span)
            start = variable.span.start
            if owner is None or owner.value_span.start in known or variable.name.isupper():
                continue
            # In braces, or behind a sign, a variable is meant.
            is_joined = source.text[start - 1 : start].isalnum()
            if variable.operator is not None or not is_joined or source.text[start + 1] == "{":
                continue
            known.add(owner.value_span.start)
            name = quoted(source.slice(variable.span))
            yield find_at(
                project,
                "env-file-dollar",
                Severity.WARNING,
                source,
                variable.span,
                f"{name} is a variable to Compose, which is not set here: nothing stands in its"
                f" place in the value of {quoted(owner.key)}.",
                "Put single quotes around the value: then it stays as it is.",
            )


def _owner_of(file: EnvFile, span: Span) -> Assignment | None:
    return next(
        (
            assignment
            for assignment in file.assignments
            if assignment.value_span.start <= span.start and span.end <= assignment.value_span.end
        ),
        None,
    )


@rule("env-file-quotes", Severity.WARNING, Category.RUNTIME)
def env_file_quotes(project: Project) -> Iterator[Finding]:
    """Quotes in an env file that do not do what they look like.

    A value in quotes ends at the second one. What stands behind that on the same line is the name
    of another variable to Compose: of `NAME="My" shop`, the value is `My`. Typographic quotes, from
    a web page or a word processor, are no quotes at all, but a part of the value.

    Bad:

        # shop.env: SHOP_NAME="Ann's" shop
        services:
          shop:
            image: example/shop
            env_file: shop.env

    Good:

        # shop.env: SHOP_NAME="Ann's shop"
        services:
          shop:
            image: example/shop
            env_file: shop.env
    """
    # The corpus has no env files. The source: compose-go, `dotenv/parser.go`, which goes on behind
    # the second quote as on a new line; measured.
    for content in env_contents(project):
        yield from () if content.is_raw else _quotes(project, content.file)


_TYPOGRAPHIC = expression("[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]")


def _quotes(project: Project, file: EnvFile) -> Iterator[Finding]:
    source = file.source
    before: Assignment | None = None
    for assignment in file.assignments:
        span = assignment.value_span
        if before is not None and assignment.is_inherited and assignment.key:
            between = source.text[before.value_span.end : assignment.key_span.start]
            if before.quote and between.strip(" \t") == "":
                yield _find(
                    project,
                    source,
                    assignment.key_span,
                    f"The value of {quoted(before.key)} ends at its second quote:"
                    f" {quoted(assignment.key)} is no part of it, but the name of a variable.",
                    "Put the second quote at the end.",
                )
        written = source.slice(span)
        is_open = not assignment.quote and len(written) > 1 and _TYPOGRAPHIC.match(written)
        if is_open and _TYPOGRAPHIC.match(written[-1]):
            yield _find(
                project,
                source,
                span,
                f"These quotes are typographic ones, and so a part of the value of"
                f" {quoted(assignment.key)}.",
                "Write straight quotes, or none.",
            )
        before = assignment


def _find(project: Project, source: Source, span: Span, message: str, remedy: str) -> Finding:
    return find_at(project, "env-file-quotes", Severity.WARNING, source, span, message, remedy)


@rule("env-file-repeated", Severity.WARNING, Category.RUNTIME)
def env_file_repeated(project: Project) -> Iterator[Finding]:
    """A variable that comes twice in one env file, with two values.

    Of several lines for one name, Compose takes the last, and says nothing. So what stands above
    has no effect, and whoever changes it wonders why. Remove one of the two.

    Bad:

        # shop.env: LOG_LEVEL=debug
        # shop.env: LOG_LEVEL=info
        services:
          shop:
            image: example/shop
            env_file: shop.env

    Good:

        # shop.env: LOG_LEVEL=info
        services:
          shop:
            image: example/shop
            env_file: shop.env
    """
    # The corpus has no env files. The source: compose-go, `dotenv/parser.go`, which puts each value
    # over the one before; measured.
    for content in env_contents(project):
        source = content.file.source
        last: dict[str, Assignment] = {}
        for assignment in reversed(content.file.assignments):
            if assignment.is_inherited or not assignment.key:
                continue
            counts = last.setdefault(assignment.key, assignment)
            if counts is assignment or _says_same(source, counts, assignment):
                continue
            line = source.position(counts.key_span.start).line
            yield find_at(
                project,
                "env-file-repeated",
                Severity.WARNING,
                source,
                Span(assignment.key_span.start, assignment.value_span.end),
                f"{quoted(assignment.key)} is set once more on line {line}, and Compose takes the"
                " last: what stands here has no effect.",
                "Remove one of the two.",
                related=(Related(source, counts.key_span, "Compose takes this one."),),
            )


def _says_same(source: Source, counts: Assignment, other: Assignment) -> bool:
    """Whether the later of two has the value of the other one, or something is made of that."""
    one, two = counts.value, other.value
    if one is not None and two is not None and one.is_known and two.equals(one.text):
        return True
    written = source.text[other.value_span.end : counts.value_span.end]
    return f"${counts.key}" in written or f"${{{counts.key}" in written


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    env_file_comment,
    env_file_dollar,
    env_file_quotes,
    env_file_repeated,
)
