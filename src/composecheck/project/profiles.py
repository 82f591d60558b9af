"""Which services are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.project.reading import child, text_of
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Collection

    from composecheck.yaml.nodes import Node

ALL_PROFILES = "*"


def profiles_of(service: Node) -> tuple[str, ...]:
    """Return the profiles that `service` belongs to; in what is unknown stands `traced.HOLE`."""
    profiles = child(service, "profiles")
    items = profiles.items if isinstance(profiles, Sequence) else ()
    return tuple(text_of(item) or "" for item in items)


def is_active(service: Node, profiles: Collection[str]) -> bool | None:
    """Tell whether `service` is on if `profiles` are; None if that is unknown.

    One without profiles always is, and all are with the profile `*`.
    """
    names = profiles_of(service)
    if not names or ALL_PROFILES in profiles or any(name in profiles for name in names):
        return True
    return None if any(HOLE in name for name in names) else False
