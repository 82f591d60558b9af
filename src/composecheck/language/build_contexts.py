"""Where a build gets its files from: a folder, a Git repository, a file on the web, or else.

(Facts: compose-go, `paths/context.go` and `transform/mapping.go`; BuildKit, `frontend/dockerui`;
the tests ask Docker Compose v5.6.1 itself, which takes any text for a context.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.key_values import entries, key_of
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class FolderContext(Struct, frozen=True, eq=False):
    """A folder on the machine that builds; `path` as it is written."""

    path: Traced


class GitContext(Struct, frozen=True, eq=False):
    """A Git repository; what is not written is None.

    `reference` is a branch, a tag or a commit, `folder` a path in the repository: both stand behind
    a `#`.
    """

    repository: Traced
    reference: Traced | None
    folder: Traced | None


class WebContext(Struct, frozen=True, eq=False):
    """A file on the web: a Dockerfile, or an archive of files."""

    address: Traced


class ServiceContext(Struct, frozen=True, eq=False):
    """The image that another service of the project builds."""

    service: Traced


class SchemeContext(Struct, frozen=True, eq=False):
    """Something that the builder knows by its scheme: `docker-image://alpine`, `oci-layout://x`."""

    scheme: Traced
    value: Traced


BuildContext = FolderContext | GitContext | WebContext | ServiceContext | SchemeContext


class Fault(Enum):
    """Why Compose refuses an additional context."""

    NO_VALUE = "no value"
    """An item of a list without `=`."""
    NO_TEXT = "no text"
    """`name: 5`, `name: true`, `name:`. (Measured: Compose crashes.)"""


class InvalidAdditionalContext(Struct, frozen=True):
    """An additional context that Compose refuses, or fails at.

    `span` and `text` are the item, or of a mapping the value, or the key if there is none.
    """

    span: Span
    text: str
    fault: Fault


class AdditionalContext(Struct, frozen=True, eq=False):
    """A context by the name under which a Dockerfile uses it.

    `context` is None where it depends on a variable of which kind it is.
    """

    name: Traced
    context: BuildContext | None
    text: Traced
    span: Span


_GIT_PREFIXES = ("git://", "ssh://", "git@", "github.com/")
_WEB_PREFIXES = ("https://", "http://")
_SERVICE = "service:"
_BEGINNINGS_OF_PATHS = ("/", ".", "~")


def parse_build_context(text: Traced) -> BuildContext | None:
    """Read a context; None where it depends on a variable of which kind it is."""
    if text.startswith(_SERVICE):
        return ServiceContext(text[len(_SERVICE) :])
    is_on_web = text.startswith(_WEB_PREFIXES)
    if text.startswith(_GIT_PREFIXES) or (is_on_web and _is_git(text)):
        repository, _, rest = text.partition("#")
        reference, colon, folder = rest.partition(":")
        return GitContext(
            repository, reference if len(reference) else None, folder if len(colon) else None
        )
    if is_on_web:
        # What is unknown may end in `.git`.
        return WebContext(text) if text.partition("#")[0].is_known else None
    scheme, separator, value = text.partition("://")
    if len(separator):
        return SchemeContext(scheme, value)
    if text.is_known or text.startswith(_BEGINNINGS_OF_PATHS):
        return FolderContext(text)
    return None


def _is_git(text: Traced) -> bool:
    """Whether an address on the web is that of a repository, and not of a file."""
    return text.partition("#")[0].partition("?")[0].endswith(".git")


def read_additional_contexts(
    node: Node, text_of: TextOf
) -> tuple[AdditionalContext | InvalidAdditionalContext, ...]:
    """Read `additional_contexts`, a list of `name=context` or a mapping.

    An item in which it depends on a variable whether it has a `=` is left out.
    """
    content = follow(node)
    if isinstance(content, Sequence):
        values = (read_value(item, text_of) for item in content.items)
        items = (_read_item(value) for value in values if isinstance(value, Traced))
        return tuple(item for item in items if item is not None)
    if not isinstance(content, Mapping):
        return ()
    contexts: list[AdditionalContext | InvalidAdditionalContext] = []
    for entry in entries(content):
        value = read_value(entry.value, text_of)
        if isinstance(value, Traced):
            context = parse_build_context(value)
            contexts.append(AdditionalContext(key_of(entry), context, value, entry.span))
        else:
            span = entry.value.span if len(entry.value.span) else entry.key.span
            text = entry.value.source.slice(span)
            contexts.append(InvalidAdditionalContext(span, text, Fault.NO_TEXT))
    return tuple(contexts)


def _read_item(item: Traced) -> AdditionalContext | InvalidAdditionalContext | None:
    name, equals, value = item.partition("=")
    if not len(equals):
        if not item.is_known:
            return None
        return InvalidAdditionalContext(item.span, spelled(item), Fault.NO_VALUE)
    return AdditionalContext(name, parse_build_context(value), value, item.span)
