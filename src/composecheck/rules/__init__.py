"""All the rules there are, whichever stage finds what they are about."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

from composecheck.rule import describe
from composecheck.rules.consequences import without_consequences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.rule import Rule

__all__ = ["all_rules", "judge_project", "rule_named", "without_consequences"]

_AREAS = (
    "aliases",
    "block_texts",
    "booleans",
    "builds",
    "byte_sizes",
    "command_lines",
    "container_names",
    "cycles",
    "dates",
    "dependencies",
    "devices",
    "durations",
    "engine_names",
    "env_files",
    "environment_names",
    "environment_values",
    "environments",
    "exclusive_keys",
    "exec_forms",
    "extends",
    "extra_hosts",
    "file_modes",
    "files_outside",
    "fragments",
    "health_conditions",
    "healthcheck_forms",
    "healthchecks",
    "include",
    "jobs",
    "limits",
    "links",
    "long_form_ports",
    "memory_sizes",
    "merging",
    "misspelt_variables",
    "mount_options",
    "mount_targets",
    "mounts",
    "named_volumes",
    "numbers",
    "pasted_characters",
    "port_conflicts",
    "port_networks",
    "ports",
    "references",
    "repeated_variables",
    "resources",
    "restart_values",
    "scales",
    "services",
    "shell_commands",
    "shell_variables",
    "swallowed_dollars",
    "texts",
    "unquoted_ports",
    "unquoted_values",
    "unused_definitions",
    "unused_volumes",
    "variable_names",
    "variables",
    "versions",
    "volume_specs",
    "watch",
    "yaml_traps",
)
"""The modules with rules about a project, each with a table `RULES`."""


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by name."""
    return tuple(_rules_by_name().values())


def rule_named(name: str) -> Rule:
    """Return the rule `name`. Raises KeyError if there is none."""
    return _rules_by_name()[name]


def judge_project(project: Project) -> list[Finding]:
    """Judge what the files of a project add up to; return the findings, rule by rule."""
    found = [finding for function in _project_rules() for finding in function(project)]
    return without_consequences(found, is_here=project.call.is_here)


@functools.cache
def _project_rules() -> tuple[Callable[..., Iterator[Finding]], ...]:
    modules = (import_module(f"{__name__}.{area}") for area in _AREAS)
    return tuple(function for module in modules for function in module.RULES)


@functools.cache
def _rules_by_name() -> dict[str, Rule]:
    # Imported here, because a clean file needs none of it.
    from composecheck import schema
    from composecheck.rules import ignores
    from composecheck.yaml import mistakes

    functions = (*schema.RULES, *mistakes.RULES, *_project_rules(), *ignores.RULES)
    rules = [describe(function) for function in functions]
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}
