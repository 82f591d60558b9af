"""Rules on the names of variables: names that swallow their value, and names that come twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.language.traced import known, trace
from composecheck.language.variables import read_variables
from composecheck.project.reading import is_null
from composecheck.rule import Category, rule
from composecheck.rules.given_variables import ENVIRONMENT, LABELS, given_variables, listed_pairs
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at, replacement, scalar_at
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.nodes import Scalar, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.language.variables import Variable
    from composecheck.project.project import Project


@rule("environment-name", Severity.WARNING, Category.RUNTIME)
def environment_name(project: Project) -> Iterator[Finding]:
    """A name of a variable with a part of its value in it.

    An item of a list is `NAME=value`; `NAME:value` has no `=`, so that all of it is a name, and
    Compose looks for a variable of that name here. There is none, and the container does not get
    the one that is meant. Under keys, it is `NAME: value`, and `NAME=value:` is a name, too.

    Bad:

        services:
          web:
            image: nginx
            environment:
              - TZ:Europe/Berlin

    Good:

        services:
          web:
            image: nginx
            environment:
              - TZ=Europe/Berlin
    """
    yield from once(_names(project))


def _names(project: Project) -> Iterator[Finding]:
    for given, pair in listed_pairs(project):
        key = pair.key
        name, colon, rest = key.partition(":")
        if pair.value is None and len(name) and len(colon) and len(rest.strip()):
            yield _without_sign(project, key, name, rest, is_label=given.kind == LABELS)
        elif pair.value is not None and len(name) and len(colon) and not len(rest):
            yield _find(
                project,
                key,
                f'The ":" is a part of the name here: {given.gets} {quoted(key.text)}, and nothing'
                f" called {quoted(name.text)}.",
                f'Write "{name.text}=" in front of the value.',
                replacement(
                    project,
                    key.source,
                    colon.span,
                    ":",
                    "",
                    Safety.UNSAFE,
                    title="Remove the colon",
                ),
            )
    for given in given_variables(project):
        for entry in given.entries if given.kind == ENVIRONMENT else ():
            key_node = follow(entry.key)
            if not isinstance(key_node, Scalar) or not is_null(entry.value):
                continue
            name_text, sign, value = key_node.text.partition("=")
            if name_text and sign and value:
                key = known(key_node.source, key_node.text, content_span(key_node))
                yield _find(
                    project,
                    key,
                    f"All of {quoted(key_node.text)} is the name of a variable here, and it has no"
                    f" value: {given.gets} nothing called {quoted(name_text)}.",
                    f"Write {quoted(f'{name_text}: {value}')}.",
                    None,
                )


def _without_sign(
    project: Project, key: Traced, name: Traced, rest: Traced, *, is_label: bool
) -> Finding:
    value = rest.lstrip()
    right = f"{name.text}={value.text}"
    says = (
        f"all of it is the name of a label, which says nothing, and no label {quoted(name.text)} is"
        " set"
        if is_label
        else f"all of it is the name of a variable, which is set nowhere: {quoted(name.text)} does"
        " not reach the container"
    )
    return _find(
        project,
        key,
        f'There is no "=" in {quoted(key.text)}, so that {says}.',
        f"Write {quoted(right)}.",
        replacement(
            project,
            key.source,
            Span(name.span.end, value.span.start),
            key.text[len(name) : len(key) - len(value)],
            "=",
            Safety.UNSAFE,
            title='Write "=" for the colon',
        ),
    )


def _find(project: Project, key: Traced, message: str, remedy: str, fix: Fix | None) -> Finding:
    return find_at(
        project,
        "environment-name",
        Severity.WARNING,
        key.source,
        key.span,
        message,
        remedy,
        fix=fix,
    )


@rule("environment-host-path", Severity.WARNING, Category.RUNTIME)
def environment_host_path(project: Project) -> Iterator[Finding]:
    """A PATH that is made of the PATH of this machine.

    Compose puts the variables of this machine in the place of `$PATH`, not those of the image. The
    container then looks for its programs in folders that it does not have, and starts none that the
    image keeps elsewhere: `exec: "node": executable file not found in $PATH`. Compose cannot add
    to a variable of the image. Write the whole value, or set it in the Dockerfile, where `$PATH` is
    that of the image.

    Bad:

        services:
          web:
            image: example/shop
            environment:
              PATH: /app/bin:$PATH

    Good:

        services:
          web:
            image: example/shop
            environment:
              PATH: /app/bin:/usr/local/bin:/usr/bin:/bin
    """
    # Hits in the corpus: none. The source: getzep/graphiti, issue 1623, where it kept containers
    # from starting; and the tests, which ask Docker Compose v5.6.1.
    yield from once(_host_paths(project))


def _host_paths(project: Project) -> Iterator[Finding]:
    for given in given_variables(project):
        for pair in given.pairs if given.kind == ENVIRONMENT else ():
            if pair.value is None or not pair.key.equals("PATH"):
                continue
            written = scalar_at(project, pair.value.source, pair.value.span)
            if written is None or "$" not in written.text:
                continue
            for variable in read_variables(trace(written)).variables():
                if variable.name == "PATH" and variable.operator is None:
                    yield _find_host_path(project, written, variable)


def _find_host_path(project: Project, written: Scalar, variable: Variable) -> Finding:
    source = written.source
    return find_at(
        project,
        "environment-host-path",
        Severity.WARNING,
        source,
        variable.span,
        f"Compose puts the PATH of this machine in the place of"
        f" {quoted(source.slice(variable.span))}, not that of the image: the container may not find"
        " its own programs.",
        "Write the folders of the image, or set PATH in its Dockerfile.",
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    environment_name,
    environment_host_path,
)
