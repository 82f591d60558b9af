"""What `docker compose config` prints of each part of a project, in its order.

(Facts: compose-go, `types/types.go`, and the output of Docker Compose v5.6.1, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.deploy_fields import DEPLOY, DEVICE_REQUEST
from composecheck.project.encoding import (
    always_boolean,
    always_byte_size,
    always_duration,
    always_integer,
    always_text,
    boolean,
    byte_size,
    false_only,
    false_unless_true,
    file_mode,
    integer,
    integer_or_zero,
    number,
    text,
    true_or_false,
)
from composecheck.project.structures import (
    always,
    command,
    extra_hosts,
    healthcheck_test,
    limits,
    list_of,
    map_of,
    named,
    pairs,
    pairs_or_bare,
    schedules,
    ssh_keys,
    structure,
    text_or_texts,
    text_pairs,
    texts,
)

if TYPE_CHECKING:
    from composecheck.project.encoding import Kind

_FILE_GRANT = structure(
    {"source": text, "target": text, "uid": text, "gid": text, "mode": file_mode}
)

_PATH_NAMES = {"path": "Path", "weight": "Weight", "rate": "Rate"}
_WEIGHT = structure({"path": always_text, "weight": integer_or_zero}, aliases=_PATH_NAMES)
_RATE = structure({"path": always_text, "rate": always_byte_size}, aliases=_PATH_NAMES)

_MOUNT = structure(
    {
        "type": text,
        "source": text,
        "target": text,
        "read_only": boolean,
        "consistency": text,
        "bind": structure(
            {
                "selinux": text,
                "propagation": text,
                "create_host_path": false_unless_true,
                "recursive": text,
            }
        ),
        "volume": structure({"labels": pairs, "nocopy": boolean, "subpath": text}),
        "tmpfs": structure({"size": byte_size, "mode": integer}),
        "image": structure({"subpath": text}),
    }
)

_ATTACHMENT = structure(
    {
        "aliases": texts,
        "driver_opts": pairs,
        "gw_priority": integer,
        "interface_name": text,
        "ipv4_address": text,
        "ipv6_address": text,
        "link_local_ips": texts,
        "mac_address": text,
        "priority": integer,
    }
)

CONTAINER: dict[str, Kind] = {
    "annotations": pairs,
    "blkio_config": structure(
        {
            "weight": integer,
            "weight_device": list_of(_WEIGHT),
            "device_read_bps": list_of(_RATE),
            "device_read_iops": list_of(_RATE),
            "device_write_bps": list_of(_RATE),
            "device_write_iops": list_of(_RATE),
        }
    ),
    "cap_add": texts,
    "cap_drop": texts,
    "cgroup_parent": text,
    "cgroup": text,
    "cpu_count": integer,
    "cpu_percent": number,
    "cpu_period": integer,
    "cpu_quota": integer,
    "cpu_rt_period": integer,
    "cpu_rt_runtime": integer,
    "cpus": number,
    "cpuset": text,
    "cpu_shares": integer,
    "command": command,
    "configs": list_of(_FILE_GRANT),
    "credential_spec": structure({"config": text, "file": text, "registry": text}),
    "device_cgroup_rules": texts,
    "devices": list_of(structure({"source": text, "target": text, "permissions": text})),
    "dns": text_or_texts,
    "dns_opt": texts,
    "dns_search": text_or_texts,
    "domainname": text,
    "entrypoint": command,
    "environment": pairs_or_bare,
    "env_file": list_of(structure({"path": text, "required": false_only, "format": text})),
    "extra_hosts": extra_hosts,
    "group_add": texts,
    "gpus": list_of(DEVICE_REQUEST),
    "hostname": text,
    "image": text,
    "init": always_boolean,
    "ipc": text,
    "isolation": text,
    "labels": pairs,
    "label_file": text_or_texts,
    "logging": structure({"driver": text, "options": pairs}),
    "mem_limit": byte_size,
    "mem_reservation": byte_size,
    "memswap_limit": byte_size,
    "mem_swappiness": byte_size,
    "mac_address": text,
    "models": named(structure({"endpoint_var": text, "model_var": text})),
    "network_mode": text,
    "networks": map_of(_ATTACHMENT),
    "oom_kill_disable": boolean,
    "oom_score_adj": integer,
    "pid": text,
    "pids_limit": integer,
    "platform": text,
    "privileged": boolean,
    "pull_policy": text,
    "pull_refresh_after": text,
    "read_only": boolean,
    "runtime": text,
    "secrets": list_of(_FILE_GRANT),
    "security_opt": texts,
    "shm_size": byte_size,
    "stop_grace_period": always_duration,
    "stop_signal": text,
    "storage_opt": pairs,
    "sysctls": pairs,
    "tmpfs": text_or_texts,
    "ulimits": limits,
    "use_api_socket": boolean,
    "user": text,
    "userns_mode": text,
    "uts": text,
    "volumes": list_of(_MOUNT),
    "volumes_from": texts,
    "working_dir": text,
}
"""What services, jobs and the containers that run before a start have in common."""

# What services and jobs have in common beside that.
_WORKLOAD: dict[str, Kind] = {
    "build": structure(
        {
            "context": text,
            "dockerfile": text,
            "dockerfile_inline": text,
            "entitlements": texts,
            "args": pairs_or_bare,
            "provenance": text,
            "sbom": text,
            "ssh": ssh_keys,
            "labels": pairs,
            "cache_from": text_or_texts,
            "cache_to": text_or_texts,
            "no_cache": boolean,
            "no_cache_filter": text_or_texts,
            "additional_contexts": pairs,
            "pull": boolean,
            "extra_hosts": extra_hosts,
            "isolation": text,
            "network": text,
            "target": text,
            "secrets": list_of(_FILE_GRANT),
            "shm_size": byte_size,
            "tags": text_or_texts,
            "ulimits": limits,
            "platforms": text_or_texts,
            "privileged": boolean,
        }
    ),
    "depends_on": map_of(
        structure({"condition": text, "restart": boolean, "required": true_or_false})
    ),
    "expose": texts,
    "healthcheck": structure(
        {
            "test": healthcheck_test,
            "timeout": always_duration,
            "interval": always_duration,
            "retries": always_integer,
            "start_period": always_duration,
            "start_interval": always_duration,
            "disable": boolean,
        }
    ),
    "ports": list_of(
        structure(
            {
                "name": text,
                "mode": text,
                "host_ip": text,
                "target": integer,
                "published": text,
                "protocol": text,
                "app_protocol": text,
            }
        )
    ),
    "stdin_open": boolean,
    "tty": boolean,
}

_HOOK = structure(
    {
        "command": command,
        "image": text,
        "user": text,
        "privileged": boolean,
        "working_dir": text,
        "environment": pairs_or_bare,
        "per_replica": boolean,
    }
)

_DEVELOP = structure(
    {
        "watch": list_of(
            structure(
                {
                    "path": always_text,
                    "action": always_text,
                    "target": text,
                    "exec": always(_HOOK),
                    "include": texts,
                    "ignore": texts,
                    "initial_sync": boolean,
                }
            )
        )
    }
)

SERVICE = structure(
    {
        "profiles": texts,
        "deploy": DEPLOY,
        "develop": _DEVELOP,
        "restart": text,
        "scale": always_integer,
        "attach": always_boolean,
        "container_name": text,
        "extends": structure({"file": text, "service": text}),
        "provider": structure({"type": text, "options": text_pairs}),
        "external_links": texts,
        "links": texts,
        "pre_start": list_of(structure({**CONTAINER, "per_replica": boolean})),
        "post_start": list_of(_HOOK),
        "pre_stop": list_of(_HOOK),
        **CONTAINER,
        **_WORKLOAD,
    }
)

JOB = structure(
    {
        "profiles": texts,
        "triggers": structure({"manual": always_boolean, "schedule": schedules}),
        **CONTAINER,
        **_WORKLOAD,
    }
)
