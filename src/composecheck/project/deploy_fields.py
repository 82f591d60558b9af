"""What `docker compose config` prints of `deploy`; see `fields`."""

from __future__ import annotations

from composecheck.project.encoding import (
    always_duration,
    always_integer,
    always_text,
    byte_size,
    duration,
    integer,
    integer_or_zero,
    number,
    text,
)
from composecheck.project.structures import always, device_count, list_of, pairs, structure, texts

DEVICE_REQUEST = structure(
    {
        "capabilities": texts,
        "driver": text,
        "count": device_count,
        "device_ids": texts,
        "options": pairs,
    }
)

_UPDATE = structure(
    {
        "parallelism": always_integer,
        "delay": duration,
        "failure_action": text,
        "monitor": duration,
        "max_failure_ratio": number,
        "order": text,
    }
)

_RESOURCES = structure(
    {
        "cpus": number,
        "memory": byte_size,
        "pids": integer,
        "devices": list_of(DEVICE_REQUEST),
        "generic_resources": list_of(
            structure(
                {
                    "discrete_resource_spec": structure(
                        {"kind": always_text, "value": integer_or_zero}
                    )
                }
            )
        ),
    }
)

DEPLOY = structure(
    {
        "mode": text,
        "replicas": always_integer,
        "labels": pairs,
        "update_config": _UPDATE,
        "rollback_config": _UPDATE,
        "resources": always(structure({"limits": _RESOURCES, "reservations": _RESOURCES})),
        "restart_policy": structure(
            {
                "condition": text,
                "delay": always_duration,
                "max_attempts": always_integer,
                "window": always_duration,
            }
        ),
        "placement": always(
            structure(
                {
                    "constraints": texts,
                    "preferences": list_of(structure({"spread": text})),
                    "max_replicas_per_node": integer,
                }
            )
        ),
        "endpoint_mode": text,
    }
)
