"""Where Compose makes a number or true/false of a text, before it judges the shape of a project.

(Facts: compose-go, `loader/interpolate.go`; the tests ask Docker Compose v5.6.1.)
"""

from __future__ import annotations

from enum import Enum

from composecheck.project.patterns import with_jobs


class Cast(Enum):
    """What is made of a text."""

    INTEGER = "integer"
    NUMBER = "number"
    SINGLE = "number in single precision"
    BOOLEAN = "boolean"


_PLACES = {
    Cast.INTEGER: (
        "services.*.cpu_count",
        "services.*.cpu_period",
        "services.*.cpu_quota",
        "services.*.cpu_rt_period",
        "services.*.cpu_rt_runtime",
        "services.*.cpu_shares",
        "services.*.deploy.placement.max_replicas_per_node",
        "services.*.deploy.replicas",
        "services.*.deploy.restart_policy.max_attempts",
        "services.*.deploy.rollback_config.parallelism",
        "services.*.deploy.update_config.parallelism",
        "services.*.healthcheck.retries",
        "services.*.oom_score_adj",
        "services.*.pids_limit",
        "services.*.ports.*.target",
        "services.*.scale",
        "services.*.ulimits.*",
        "services.*.ulimits.*.hard",
        "services.*.ulimits.*.soft",
    ),
    Cast.NUMBER: (
        "services.*.cpu_percent",
        "services.*.deploy.rollback_config.max_failure_ratio",
        "services.*.deploy.update_config.max_failure_ratio",
    ),
    Cast.SINGLE: ("services.*.cpus",),
    Cast.BOOLEAN: (
        "configs.*.external",
        "networks.*.attachable",
        "networks.*.enable_ipv4",
        "networks.*.enable_ipv6",
        "networks.*.external",
        "networks.*.internal",
        "secrets.*.external",
        "services.*.depends_on.*.required",
        "services.*.depends_on.*.restart",
        "services.*.healthcheck.disable",
        "services.*.init",
        "services.*.oom_kill_disable",
        "services.*.privileged",
        "services.*.read_only",
        "services.*.stdin_open",
        "services.*.tty",
        "services.*.volumes.*.read_only",
        "services.*.volumes.*.volume.nocopy",
        "volumes.*.external",
    ),
}

CASTS = with_jobs(
    {place: kind for kind, places in _PLACES.items() for place in places}, with_hooks=True
)
