"""Lists in which Compose itself drops what is said twice, before it asks whether all differ.

Measured on Docker Compose v5.6.1, each list of the schema that must not repeat itself with two
equal items: those below are accepted, all others refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composecheck.finding import Path

_COLLAPSING = frozenset(
    tuple(path.split("."))
    for path in (
        "services.*.annotations",
        "services.*.build.additional_contexts",
        "services.*.build.args",
        "services.*.build.labels",
        "services.*.cap_add",
        "services.*.cap_drop",
        "services.*.deploy.labels",
        "services.*.dns",
        "services.*.dns_opt",
        "services.*.dns_search",
        "services.*.environment",
        "services.*.expose",
        "services.*.labels",
        "services.*.links",
        "services.*.networks.*.aliases",
        "services.*.networks.*.link_local_ips",
        "services.*.ports",
        "services.*.profiles",
        "services.*.sysctls",
        "services.*.tmpfs",
        "services.*.volumes",
        "networks.*.labels",
    )
)


def collapses(path: Path) -> bool:
    """Whether what is repeated in the list at `path` is dropped without a word."""
    general = tuple(
        "*" if index == 1 or (index == 3 and path[2] == "networks") else str(key)
        for index, key in enumerate(path)
    )
    return general in _COLLAPSING
