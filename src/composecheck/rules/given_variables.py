"""The variables and labels that services give to their containers and builds, read once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit, Fix, Safety
from composecheck.language.key_values import KeyValue, read_key_values
from composecheck.rules.marks import is_shared
from composecheck.rules.places import scalar_at
from composecheck.rules.values import table_of, values_at
from composecheck.yaml.nodes import Mapping, Scalar, Style, follow, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry, Node

ENVIRONMENT, ARGUMENTS, LABELS = "environment", "arguments", "labels"
_PLACES = table_of(
    {
        "services.*.environment": ENVIRONMENT,
        "services.*.develop.watch.*.exec.environment": ENVIRONMENT,
        "services.*.post_start.*.environment": ENVIRONMENT,
        "services.*.pre_stop.*.environment": ENVIRONMENT,
        "services.*.build.args": ARGUMENTS,
        "services.*.labels": LABELS,
    },
    with_hooks=True,
)

_GETS = {
    ENVIRONMENT: "the container gets",
    ARGUMENTS: "the build gets",
    LABELS: "Docker gets",
}


class Given(Struct, frozen=True, eq=False):
    """What stands at one place: `pairs` as Compose reads them, of a list or of keys and values.

    `kind` is one of ENVIRONMENT, ARGUMENTS and LABELS; `path` is that in the effective tree.
    """

    kind: str
    node: Node
    path: Path
    pairs: tuple[KeyValue, ...]

    @property
    def gets(self) -> str:
        """Who gets the values, as the beginning of a clause: `the container gets`."""
        return _GETS[self.kind]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its keys with values; nothing if it is a list."""
        return self.node.entries if isinstance(self.node, Mapping) else ()


@functools.lru_cache(maxsize=1)
def given_variables(project: Project) -> tuple[Given, ...]:
    """Return all variables and labels of a project, in the order of the effective tree."""
    return tuple(
        Given(kind, node, path, read_key_values(node, project.text))
        for node, path, kind in values_at(project, _PLACES)
    )


def listed_pairs(project: Project) -> Iterator[tuple[Given, KeyValue]]:
    """Yield the items of lists, `NAME=value` or `NAME`, the name of which is known."""
    for given in given_variables(project):
        for pair in given.pairs:
            if pair.is_listed and pair.key.is_known and len(pair.key):
                yield given, pair


def plain_values(project: Project) -> Iterator[tuple[Given, str, Scalar]]:
    """Yield the values behind keys that are written without quotes and tags, each with its key."""
    for given in given_variables(project):
        for entry in given.entries:
            key, value = follow(entry.key), follow(entry.value)
            if not isinstance(value, Scalar) or not isinstance(key, Scalar):
                continue
            if value.style is Style.PLAIN and tag_of(value) is None:
                yield given, key.text, value


_LISTS_OF_OPTIONS = ("ARGS", "ARGUMENTS", "FLAGS", "OPTIONS", "OPTS", "PARAMS")


def holds_options(name: str) -> bool:
    """Whether a variable has options in it, from which a program may take quotes as a shell does.

    So do Node.js with NODE_OPTIONS, and the images of Jenkins with JAVA_OPTS.
    """
    return name.upper().endswith(_LISTS_OF_OPTIONS)


def in_quotes(project: Project, scalar: Scalar, safety: Safety) -> Fix | None:
    """Return the fix that puts quotes around a value that is written without."""
    source, span = scalar.source, scalar.span
    written = source.slice(span)
    here = scalar_at(project, source, span)
    if here is None or here.properties is not None or here.style is not Style.PLAIN:
        return None
    if written != scalar.text or set('"\\') & set(written) or is_shared(project, source, span):
        return None
    return Fix("Put quotes around it", safety, (Edit(source, span, f'"{written}"'),))
