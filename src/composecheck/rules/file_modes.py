"""Rules on permissions: the `mode` of a secret or config that a service may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.file_modes import Fault, InvalidFileMode, read_file_mode
from composecheck.rule import Category, rule
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import (
    because_blank,
    blank_variables,
    give_value,
    span_of,
    table_of,
    values_at,
)
from composecheck.schema.words import REFUSED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_MODES = table_of(
    dict.fromkeys(
        (
            "services.*.build.secrets.*.mode",
            "services.*.configs.*.mode",
            "services.*.secrets.*.mode",
        ),
        "",
    ),
    with_hooks=True,
)


@rule("file-mode-invalid", Severity.ERROR, Category.COMPOSE)
def file_mode_invalid(project: Project) -> Iterator[Finding]:
    """Permissions of a file that Compose cannot read.

    They are written with the octal digits 0 to 7: `"0440"` lets the owner and the group read.

    Bad:

        services:
          web:
            image: nginx
            secrets:
              - source: key
                mode: "r--r-----"
        secrets:
          key:
            file: ./key.pem

    Good:

        services:
          web:
            image: nginx
            secrets:
              - source: key
                mode: "0440"
        secrets:
          key:
            file: ./key.pem
    """
    for node, _, _ in values_at(project, _MODES):
        wrong = read_file_mode(node, project.text)
        if isinstance(wrong, InvalidFileMode):
            yield _explain(project, node, wrong)


def _explain(project: Project, node: Node, wrong: InvalidFileMode) -> Finding:
    source = node.source
    span = visible(project, source, wrong.span)
    variables = blank_variables(project, source, span) if wrong.fault is Fault.EMPTY else ()
    suggestion, remedy = "", 'Write octal digits, such as "0440".'
    match wrong.fault:
        case Fault.EMPTY if variables:
            span = span_of(variables)
            message = f'{because_blank(project, variables)}, so that "mode" has no value'
            remedy = give_value(variables, "0440")
        case Fault.EMPTY:
            message = '"mode" is empty, but must be permissions'
        case Fault.NO_WHOLE_NUMBER | Fault.TOO_LARGE:
            message = f'"mode" must be permissions, and {quoted(wrong.text)} is none'
        case _:
            message = (
                f'"mode" must be written in the digits 0 to 7, and {quoted(wrong.text)} is not'
            )
            suggestion = _octal(wrong.text)
            remedy = f"Write {quoted(suggestion)}." if suggestion else remedy
    return find_at(
        project,
        "file-mode-invalid",
        Severity.ERROR,
        source,
        span,
        f"{message}; {REFUSED}.",
        remedy,
        suggestions=(suggestion,) if suggestion else (),
        fix=replacement(project, source, span, wrong.text, suggestion) if suggestion else None,
    )


def _octal(letters: str) -> str:
    """Return `0440` for `r--r-----`; nothing for what is not such a row of nine letters."""
    if len(letters) != 9 or any(
        letter not in (expected, "-") for letter, expected in zip(letters, "rwx" * 3, strict=True)
    ):
        return ""
    bits = (str(int(letter != "-")) for letter in letters)
    return f"0{int(''.join(bits), 2):03o}"


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (file_mode_invalid,)
