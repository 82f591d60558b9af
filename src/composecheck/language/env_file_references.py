"""Which env files a service has: `env_file`, and `label_file`.

(Facts: compose-go, `transform/envfile.go` and `dotenv/format.go`; the tests ask Docker Compose
v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.dependencies import read_boolean
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Format(Enum):
    """In which grammar an env file is written."""

    USUAL = ".env"
    """With quotes, comments and variables: `env_files`. Also if no format is written."""
    RAW = "raw"
    """As it stands: `raw_env_files`."""


class UnknownFormat(Struct, frozen=True):
    """A format that Compose does not know.

    It refuses it when it reads the file: so not if that is absent and need not be there.
    """

    span: Span
    text: str


class EnvFileReference(Struct, frozen=True, eq=False):
    """An env file of a service.

    `is_required` and `format` are None where they depend on a variable, or are nothing that
    Compose's schema takes; `path` is None if it is missing, which the schema refuses.
    """

    path: Traced | None
    span: Span
    is_long: bool
    is_required: bool | None = True
    format: Format | UnknownFormat | None = Format.USUAL


def read_env_file_references(node: Node, text_of: TextOf) -> tuple[EnvFileReference, ...]:
    """Read `env_file` or `label_file`: a text, or a list of texts and long forms."""
    content = follow(node)
    nodes = content.items if isinstance(content, Sequence) else (node,)
    references = (_read_item(item, text_of) for item in nodes)
    return tuple(reference for reference in references if reference is not None)


def _read_item(node: Node, text_of: TextOf) -> EnvFileReference | None:
    content = follow(node)
    if not isinstance(content, Mapping):
        path = read_value(node, text_of)
        if not isinstance(path, Traced):
            return None
        return EnvFileReference(path, path.span, is_long=False)
    keys = effective_entries(content)
    return EnvFileReference(
        read_text(keys.get("path"), text_of),
        content.span,
        is_long=True,
        is_required=read_boolean(keys.get("required"), text_of, default=True),
        format=_read_format(read_text(keys["format"], text_of))
        if "format" in keys
        else Format.USUAL,
    )


_FORMATS = {"": Format.USUAL, ".env": Format.USUAL, "raw": Format.RAW}


def _read_format(text: Traced | None) -> Format | UnknownFormat | None:
    if text is None:
        return None
    if not any(text.could_be(name) for name in _FORMATS):
        return UnknownFormat(text.span, spelled(text))
    return _FORMATS[text.text] if text.is_known else None
