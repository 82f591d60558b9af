"""Rules on how variables are written: in keys, and with quotes around their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.traced import trace
from composecheck.language.variables import read_variables
from composecheck.rule import Category, rule
from composecheck.rules.given_variables import holds_options
from composecheck.rules.marks import path_at
from composecheck.rules.places import find_at, replacement
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.variables import Variable
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Scalar


@rule("variable-in-key", Severity.WARNING, Category.RUNTIME)
def variable_in_key(project: Project) -> Iterator[Finding]:
    """A variable in a key.

    Compose replaces variables in values only. In a key, `${NAME}` stays as it stands, and is a part
    of the name: a label called `traefik.http.routers.${NAME}.rule` means nothing to Traefik. Where
    a list can be written instead of keys with values, as for labels and variables of containers,
    each item is a value, and so are the names in it.

    Bad:

        services:
          web:
            image: nginx
            labels:
              com.example.${STAGE}.owner: ann

    Good:

        services:
          web:
            image: nginx
            labels:
              - com.example.${STAGE:-test}.owner=ann
    """
    # Hits in the corpus: none. The source: compose-spec/compose-go, issue 241, where a maintainer
    # names the list as the way out; and the tests, which ask Docker Compose v5.6.1.
    for key in written_nodes(project).dollar_keys:
        variable = next(read_variables(trace(key)).variables(), None)
        path = path_at(project, key.source, key.span)[:-1]
        if variable is None or not path or path[0] not in _SECTIONS:
            continue
        is_list = str(path[-1]) in _TAKE_LISTS
        remedy = (
            f"Write {quoted(path[-1])} as a list, in which each item is one text:"
            f" {quoted(f'- {key.text}=…')}."
            if is_list
            else "Write the name itself."
        )
        yield find_at(
            project,
            "variable-in-key",
            Severity.WARNING,
            key.source,
            variable.span,
            "Compose replaces no variables in keys:"
            f" {quoted(key.source.slice(variable.span))} stays a part of the name"
            f" {quoted(key.text)}.",
            remedy,
        )


_SECTIONS = frozenset({"services", "networks", "volumes", "secrets", "configs", "jobs", "models"})
_TAKE_LISTS = frozenset({"annotations", "args", "environment", "labels", "sysctls", "extra_hosts"})


@rule("default-quoted", Severity.WARNING, Category.RUNTIME)
def default_quoted(project: Project) -> Iterator[Finding]:
    """Quotes around the default of a variable.

    In `${NAME:-"value"}`, the quotes are a part of the default, and so of the value that the
    container gets where NAME is not set: `"false"` with its quotes is not false. A shell would take
    them away; Compose does not. Write the default without quotes, with blanks in it or not.

    Bad:

        services:
          web:
            image: jenkins/jenkins
            environment:
              TZ: ${TZ:-"Europe/Berlin"}

    Good:

        services:
          web:
            image: jenkins/jenkins
            environment:
              TZ: ${TZ:-Europe/Berlin}
    """
    for scalar in written_nodes(project).dollar_values:
        if "-'" not in scalar.text and '-"' not in scalar.text:
            continue
        path = path_at(project, scalar.source, scalar.span)
        if not path or path[0] not in _SECTIONS or not _COMMANDS.isdisjoint(path):
            continue
        if holds_options(str(path[-1])):
            continue
        for variable in read_variables(trace(scalar)).variables():
            found = _quoted_default(project, scalar, variable)
            if found is not None:
                yield found


_COMMANDS = frozenset({"command", "entrypoint", "test"})
"""Keys under which a shell, or Compose itself, takes quotes away."""


def _quoted_default(project: Project, scalar: Scalar, variable: Variable) -> Finding | None:
    operator, argument = variable.operator, variable.argument
    if operator is None or not operator.is_default or argument is None:
        return None
    text = argument.text
    if len(text) < 2 or text.shape[0] not in "\"'" or text.shape[-1] != text.shape[0]:
        return None
    inner = text[1:-1]
    name = _name_before(scalar, variable)
    if text.shape[0] in inner.shape or name is None or holds_options(name or variable.name):
        return None
    source = scalar.source
    return find_at(
        project,
        "default-quoted",
        Severity.WARNING,
        source,
        text.span,
        f"The quotes are a part of the default: where {quoted(variable.name)} is not set, the value"
        " has them.",
        f"Leave them out: {quoted(f'${{{variable.name}{operator.value}{inner.shape}}}')}.",
        suggestions=(inner.shape,) if inner.shape and inner.is_known else (),
        fix=replacement(
            project,
            source,
            text.span,
            text.shape,
            inner.shape,
            Safety.UNSAFE,
            title="Remove the quotes",
        ),
    )


def _name_before(scalar: Scalar, variable: Variable) -> str | None:
    """Return the name before the `=` of an item that is otherwise this variable alone.

    It is empty where there is nothing else at all; None where there is more.
    """
    written = trace(scalar)
    before = sum(start < variable.span.start for start in written.starts)
    behind = any(end > variable.span.end for end in written.ends)
    name = written.shape[:before]
    if behind or (name and (not name.endswith("=") or name.count("=") > 1)):
        return None
    return name.removesuffix("=")


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    variable_in_key,
    default_quoted,
)
