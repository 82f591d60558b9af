"""Names: of services, volumes, networks, secrets, configs and models; of profiles too.

(Facts: Compose's JSON Schema as Docker Compose v5.6.1 holds it, which the tests ask.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.yaml.nodes import Node

_RESOURCE_NAME = expression(r"[a-zA-Z0-9._-]+")
_CONTAINER_NAME = expression(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_PROFILE = expression(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")

EVERY_PROFILE = "*"
"""What stands for all profiles in `--profile` and COMPOSE_PROFILES."""


def is_resource_name(name: str) -> bool:
    """Whether Compose takes `name` as the key of a service, volume, network, secret and so on."""
    return _RESOURCE_NAME.fullmatch(name) is not None


def is_container_name(name: str) -> bool:
    """Whether Docker takes `name` for a container.

    Compose itself only wants that some part of it fits (measured: it takes `ok name!`).
    """
    return _CONTAINER_NAME.fullmatch(name) is not None


def is_profile_name(name: str) -> bool:
    """Whether `name` is what the Compose Specification calls a profile; Compose takes any text."""
    return _PROFILE.fullmatch(name) is not None


def read_names(node: Node, text_of: TextOf) -> tuple[Traced, ...]:
    """Read a list of names, such as `profiles`; also a text alone, where Compose takes one."""
    content = follow(node)
    nodes = content.items if isinstance(content, Sequence) else (node,)
    values = (read_value(item, text_of) for item in nodes)
    return tuple(value for value in values if isinstance(value, Traced))
