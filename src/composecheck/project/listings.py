"""Short lists of what a project has, as the flags of `docker compose config` print them.

All are sorted; Compose itself prints some of them in an order that changes from call to call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.language.variables import read_variables
from composecheck.project.model import used_resources
from composecheck.project.profiles import profiles_of
from composecheck.project.reading import child, text_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.variables import Template
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


@dataclass(frozen=True, slots=True)
class ListedVariable:
    """A variable that the files of a project use.

    `default` and `alternate` are what is written behind `:-` and `:+`; empty if nothing is.
    """

    name: str
    is_required: bool
    default: str
    alternate: str


def list_services(project: Project) -> list[str]:
    """Return the names of the services that are on."""
    services = project.section("services")
    return sorted(name for name in services if project.is_active(services[name]) is not False)


def list_resources(project: Project, section: str) -> list[str]:
    """Return the names of the volumes, networks or models that any service uses."""
    return sorted(used_resources(project)[section] & set(project.section(section)))


def list_profiles(project: Project) -> list[str]:
    """Return all profiles that any service belongs to."""
    services = project.section("services").values()
    return sorted({profile for service in services for profile in profiles_of(service)})


def list_images(project: Project) -> list[str]:
    """Return the image of each service that is on, in the order of the services' names.

    Where only a build is written, it is what Compose calls the image then.
    """
    services = project.section("services")
    images = []
    for name in list_services(project):
        image = text_of(child(services[name], "image"))
        images.append(image or f"{project.name}-{name}")
    return images


def list_variables(project: Project) -> list[ListedVariable]:
    """Return all variables in the values of a project that was loaded with `keep_variables`."""
    found: dict[str, ListedVariable] = {}
    for scalar in _scalars(project.root):
        text = project.text(scalar)
        if "$" in text.shape and text.is_known:
            for variable in _variables(read_variables(text)):
                found.setdefault(variable.name, variable)
    return [found[name] for name in sorted(found)]


def _scalars(root: Node | None) -> Iterator[Scalar]:
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            waiting += [entry.value for entry in node.entries]
        elif isinstance(node, Sequence):
            waiting += node.items


def _variables(template: Template) -> Iterator[ListedVariable]:
    for variable in template.variables():
        operator = variable.operator
        argument = variable.argument.text.shape if variable.argument else ""
        yield ListedVariable(
            variable.name,
            is_required=operator is not None and operator.is_required,
            default=argument if operator is not None and operator.is_default else "",
            alternate=argument if operator is not None and operator.is_instead else "",
        )
