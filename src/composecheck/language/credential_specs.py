"""Where the credentials of a Windows service account come from: `credential_spec`.

(Facts: compose-go, `types/types.go`; Compose takes any number of the three sources.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.values import read_text
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class CredentialSpec(Struct, frozen=True, eq=False):
    """The name of a config, the path of a file, or a key in the Windows registry; or None each."""

    config: Traced | None
    file: Traced | None
    registry: Traced | None
    span: Span


def read_credential_spec(node: Node, text_of: TextOf) -> CredentialSpec | None:
    """Read `credential_spec`; None for what cannot be it."""
    content = follow(node)
    if not isinstance(content, Mapping):
        return None
    keys = effective_entries(content)
    return CredentialSpec(
        read_text(keys.get("config"), text_of),
        read_text(keys.get("file"), text_of),
        read_text(keys.get("registry"), text_of),
        content.span,
    )
