"""Which keys Compose knows where: read from the schema, by the shape of the path alone."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from composecheck.finding import Path

_DEFINITIONS = {
    "services.*": "service",
    "services.*.build": "build",
    "services.*.healthcheck": "healthcheck",
    "services.*.logging": "logging",
    "services.*.deploy": "deploy",
    "services.*.deploy.resources": "resources",
    "services.*.deploy.resources.limits": "resource_limits",
    "services.*.deploy.resources.reservations": "resource_reservations",
    "services.*.deploy.restart_policy": "restart_policy",
    "services.*.deploy.update_config": "update_config",
    "services.*.depends_on.*": "service_dependency",
    "services.*.networks.*": "network_attachment",
    "networks.*": "network",
    "networks.*.ipam": "ipam",
    "volumes.*": "volume",
    "secrets.*": "secret",
    "configs.*": "config",
}


@functools.cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (REPOSITORY / "schemas" / "compose.schema.json").read_text(encoding="utf-8")
    )
    return loaded


def allowed_at(path: Path) -> frozenset[str]:
    """Return the keys that a mapping at `path` may have; empty where any name will do."""
    if not path:
        return frozenset(_schema()["properties"])
    if not all(isinstance(key, str) for key in path):
        return frozenset()
    keys = [str(key) for key in path]
    for place in (1, 3):
        if place < len(keys) and (place == 1 or keys[2] in ("depends_on", "networks")):
            keys[place] = "*"
    name = _DEFINITIONS.get(".".join(keys))
    return _keys_of(name) if name else frozenset()


@functools.cache
def _keys_of(definition: str) -> frozenset[str]:
    return frozenset(_properties(_schema()["$defs"][definition]))


def _properties(shape: dict[str, Any]) -> set[str]:
    found = set(shape.get("properties", ()))
    for part in (*shape.get("oneOf", ()), *shape.get("anyOf", ()), *shape.get("allOf", ())):
        found |= _properties(part)
    if "$ref" in shape:
        found |= _properties(_schema()["$defs"][shape["$ref"].rpartition("/")[2]])
    return found
