"""Which modules there are with rules about a project, and which of them a project needs."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

    Judge = Callable[[Project], Iterator[Finding]]

_AREAS = {
    "aliases": "& <<",
    "block_texts": "| >",
    "booleans": (
        "attach create_host_path disable manual no_cache per_replica privileged pull required"
    ),
    "builds": "build",
    "byte_sizes": (
        "mem_limit mem_reservation mem_swappiness memory memswap_limit rate shm_size size"
    ),
    "cleared_entrypoints": "entrypoint",
    "command_lines": "command entrypoint",
    "container_addresses": "ipv4_address ipv6_address",
    "container_names": "container_name",
    "cycles": (
        "additional_contexts cgroup depends_on ipc jobs links network_mode pid uts volumes_from"
    ),
    "database_passwords": "image",
    "dates": "",
    "dependencies": (
        "additional_contexts cgroup container_name depends_on hostname ipc jobs links "
        "network_mode pid uts volumes_from"
    ),
    "devices": "devices gpus",
    "durations": (
        "delay interval monitor start_interval start_period stop_grace_period timeout window"
    ),
    "engine_names": "cap_add cap_drop platform platforms stop_signal",
    "env_file_values": "$ env_file",
    "env_file_variables": "env_file",
    "env_files": "env_file label_file",
    "environment_names": "args environment labels",
    "environment_values": "args environment labels",
    "environments": "args environment",
    "exclusive_keys": "devices gpus network_mode",
    "exec_forms": "command entrypoint healthcheck",
    "extends": "extends",
    "extra_hosts": "extra_hosts",
    "file_modes": "mode",
    "files_outside": "env_file extends include label_file",
    "fragments": "",
    "health_conditions": "depends_on",
    "healthcheck_forms": "healthcheck",
    "healthcheck_programs": "healthcheck",
    "healthcheck_texts": "healthcheck",
    "healthcheck_times": "healthcheck",
    "healthchecks": "healthcheck",
    "host_names": "container_name hostname",
    "include": "include",
    "jobs": "jobs",
    "joined_items": "-",
    "limits": "blkio_config max_attempts max_replicas_per_node parallelism retries ulimits",
    "links": "links",
    "logging_options": "logging",
    "logging_values": "logging",
    "long_form_ports": "ports",
    "memory_sizes": "mem_limit mem_reservation memory memswap_limit shm_size",
    "merging": "",
    "misspelt_variables": "$",
    "mount_options": "volumes",
    "mount_overlaps": "tmpfs",
    "mount_paths": "volumes",
    "mount_targets": "tmpfs volumes",
    "mounts": "configs secrets tmpfs volumes",
    "named_volumes": "volumes",
    "namespaces": "ipc isolation network_mode pid userns_mode uts",
    "network_addresses": (
        "aux_addresses dns extra_hosts gateway ipv4_address ipv6_address link_local_ips"
    ),
    "network_ranges": "subnet",
    "numbers": (
        "cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpus "
        "max_failure_ratio pids value"
    ),
    "other_containers": "environment",
    "pasted_characters": "",
    "port_conflicts": "ports",
    "port_networks": "ports",
    "ports": "expose ports",
    "references": "configs models networks secrets volumes",
    "repeated_items": (
        "cap_add cap_drop configs devices dns dns_search expose links ports profiles secrets tmpfs "
        "volumes"
    ),
    "repeated_variables": "args environment labels",
    "resources": "configs networks secrets volumes",
    "restart_values": "restart restart_policy",
    "scales": "cpus mem_limit mem_reservation pids_limit replicas scale",
    "server_addresses": "command",
    "server_daemons": "command",
    "services": "",
    "shared_images": "build",
    "shared_networks": "network_mode uts",
    "shell_commands": "command entrypoint healthcheck",
    "shell_images": "image",
    "shell_substitutions": "$ args env_file environment",
    "shell_variables": "$",
    "subnets": "ip_range mac_address subnet",
    "swallowed_dollars": "$",
    "swarm_keys": "deploy gid mode uid",
    "texts": "driver_opts extra_hosts group_add pid storage_opt",
    "unquoted_ports": "ports",
    "unquoted_values": "args environment labels",
    "unused_definitions": "configs networks secrets",
    "unused_volumes": "volumes",
    "variable_names": "$",
    "variables": "$",
    "versions": "",
    "volume_specs": "tmpfs volumes",
    "watch": "develop",
    "yaml_traps": "",
}
"""Each module with a table `RULES`, and the words of which one must stand in a file of the project
for its rules to find anything: a key, or marks anywhere in the text; without any, they always may.

So that a run neither imports what it has no use for, nor asks it. Where a problem was met while the
files were put together, all are asked. A test holds that nothing is missed.
"""

_AREA_OF_TARGET = "versions"
"""Speaks only where an oldest Compose is given."""


def judges_of(project: Project) -> tuple[Judge, ...]:
    """Return the rules that may find something in `project`, in the order of their modules."""
    words = None if project.problems else _words_in(project)
    return _judges(words, has_target=project.call.target_compose is not None)


@functools.cache
def all_judges() -> tuple[Judge, ...]:
    """Return all rules about a project, in the order of their modules."""
    return _judges(None, has_target=True)


def _words_in(project: Project) -> frozenset[str]:
    """Return those of the words in the table that stand in a file of `project`."""
    words: set[str] = set()
    for file in project.files:
        text = file.document.text
        words |= _keys() & file.document.key_names
        words |= {mark for mark in _marks() if mark in text}
    return frozenset(words)


@functools.cache
def _keys() -> frozenset[str]:
    return frozenset(word for words in _AREAS.values() for word in words.split() if _is_key(word))


@functools.cache
def _marks() -> frozenset[str]:
    return frozenset(
        word for words in _AREAS.values() for word in words.split() if not _is_key(word)
    )


def _is_key(word: str) -> bool:
    return word[0].isalpha()


@functools.lru_cache(maxsize=256)
def _judges(words: frozenset[str] | None, *, has_target: bool) -> tuple[Judge, ...]:
    areas = (
        area
        for area, needed in _AREAS.items()
        if (has_target or area != _AREA_OF_TARGET)
        and (words is None or not needed or not words.isdisjoint(needed.split()))
    )
    return tuple(judge for area in areas for judge in _rules_of(area))


@functools.cache
def _rules_of(area: str) -> tuple[Judge, ...]:
    rules: tuple[Judge, ...] = import_module(f"composecheck.rules.{area}").RULES
    return rules
