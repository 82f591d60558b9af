"""What `docker compose config` prints of networks, volumes and the like; see `fields`."""

from __future__ import annotations

from composecheck.project.encoding import always_boolean, boolean, integer, text
from composecheck.project.structures import always, list_of, pairs, structure, texts

NETWORK = structure(
    {
        "name": text,
        "driver": text,
        "driver_opts": pairs,
        "ipam": always(
            structure(
                {
                    "driver": text,
                    "config": list_of(
                        structure(
                            {
                                "subnet": text,
                                "gateway": text,
                                "ip_range": text,
                                "aux_addresses": pairs,
                            }
                        )
                    ),
                    "options": pairs,
                }
            )
        ),
        "external": boolean,
        "internal": boolean,
        "attachable": boolean,
        "labels": pairs,
        "enable_ipv4": always_boolean,
        "enable_ipv6": always_boolean,
    }
)

VOLUME = structure(
    {"name": text, "driver": text, "driver_opts": pairs, "external": boolean, "labels": pairs}
)

FILE_OBJECT = structure(
    {
        "name": text,
        "file": text,
        "environment": text,
        "content": text,
        "external": boolean,
        "labels": pairs,
        "driver": text,
        "driver_opts": pairs,
        "template_driver": text,
    }
)

MODEL = structure({"name": text, "model": text, "context_size": integer, "runtime_flags": texts})
