"""The keys that Compose knows, by the place at which they may stand.

For a file that cannot be read: a key that is known at one place and not at another tells where a
line belongs. A test compares the table with the schema.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where people choose the names themselves, the place has a `*` for them.
PLACES = {
    "": "configs include jobs models name networks secrets services version volumes",
    "services.*": (
        "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command "
        "configs container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period "
        "cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop "
        "device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file "
        "environment expose extends external_links extra_hosts gpus group_add healthcheck "
        "hostname image init ipc isolation label_file labels links logging mac_address "
        "mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks "
        "oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_start "
        "pre_stop privileged profiles provider pull_policy pull_refresh_after read_only restart "
        "runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal "
        "storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes "
        "volumes_from working_dir"
    ),
    "services.*.build": (
        "additional_contexts args cache_from cache_to context dockerfile dockerfile_inline "
        "entitlements extra_hosts isolation labels network no_cache no_cache_filter platforms "
        "privileged provenance pull sbom secrets shm_size ssh tags target ulimits"
    ),
    "services.*.healthcheck": ("disable interval retries start_interval start_period test timeout"),
    "services.*.logging": "driver options",
    "services.*.deploy": (
        "endpoint_mode labels mode placement replicas resources restart_policy rollback_config "
        "update_config"
    ),
    "services.*.deploy.resources": "limits reservations",
    "services.*.deploy.resources.limits": "cpus memory pids",
    "services.*.deploy.resources.reservations": "cpus devices generic_resources memory",
    "services.*.deploy.restart_policy": "condition delay max_attempts window",
    "services.*.deploy.update_config": (
        "delay failure_action max_failure_ratio monitor order parallelism"
    ),
    "services.*.depends_on.*": "condition required restart",
    "services.*.networks.*": (
        "aliases driver_opts gw_priority interface_name ipv4_address ipv6_address "
        "link_local_ips mac_address priority"
    ),
    "networks.*": (
        "attachable driver driver_opts enable_ipv4 enable_ipv6 external internal ipam labels name"
    ),
    "networks.*.ipam": "config driver options",
    "volumes.*": "driver driver_opts external labels name",
    "secrets.*": "driver driver_opts environment external file labels name template_driver",
    "configs.*": "content environment external file labels name template_driver",
    "services.*.deploy.rollback_config": (
        "delay failure_action max_failure_ratio monitor order parallelism"
    ),
    "services.*.deploy.placement": "constraints max_replicas_per_node preferences",
    "services.*.develop": "watch",
    "services.*.provider": "options type",
    "services.*.blkio_config": (
        "device_read_bps device_read_iops device_write_bps device_write_iops weight weight_device"
    ),
}
"""The keys at each place; the top of the file has no name."""

_NAMED_BY_PEOPLE = ("services", "networks", "volumes", "secrets", "configs")
_NAMED_IN_SERVICES = ("depends_on", "networks")


def known_keys(path: Sequence[str]) -> frozenset[str]:
    """Return the keys that may stand under the keys of `path`; empty where any may."""
    keys = list(path)
    if len(keys) > 1 and keys[0] in _NAMED_BY_PEOPLE:
        keys[1] = "*"
    if len(keys) > 3 and keys[0] == "services" and keys[2] in _NAMED_IN_SERVICES:
        keys[3] = "*"
    return _keys_at(".".join(keys))


@functools.cache
def _keys_at(place: str) -> frozenset[str]:
    return frozenset(PLACES.get(place, "").split())


def is_known(key: str, path: Sequence[str]) -> bool:
    """Tell whether Compose knows `key` under the keys of `path`.

    Where it does not take any, it also takes extensions, and what YAML knows.
    """
    known = known_keys(path)
    return key in known or (len(known) > 0 and (key == "<<" or key.startswith("x-")))
