"""Short lists of what a project has, as the flags of `docker compose config` print them.

All are sorted; Compose itself prints some of them in an order that changes from call to call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.model import used_resources
from composecheck.project.profiles import profiles_of
from composecheck.project.reading import child, text_of
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


def list_services(project: Project) -> list[str]:
    """Return the names of the services that are on; of all, where variables are kept."""
    services = project.section("services")
    if project.call.keep_variables:
        return sorted(services)
    return sorted(_active(project, "services"))


def _active(project: Project, section: str) -> dict[str, Node]:
    members = project.section(section)
    return {
        name: members[name] for name in members if project.is_active(members[name]) is not False
    }


def list_resources(project: Project, section: str) -> list[str]:
    """Return the names of the volumes or networks that any service uses."""
    return sorted(used_resources(project)[section] & set(project.section(section)))


def list_models(project: Project) -> list[str]:
    """Return the models that any service uses, by the names that they are pulled by."""
    models = project.section("models")
    used = used_resources(project)["models"]
    return sorted(
        found
        for name in models
        if name in used and (found := text_of(child(models[name], "model")))
    )


def list_profiles(project: Project) -> list[str]:
    """Return all profiles that any service belongs to."""
    services = project.section("services").values()
    return sorted({profile for service in services for profile in profiles_of(service)})


def list_images(project: Project) -> list[str]:
    """Return the images of the services that are on, then those of jobs, in the order of names.

    Where only a build is written, it is what Compose calls the image then. Behind the image of a
    service are those of what runs before its start, where they are others.
    """
    images: list[str] = []
    for section in ("services", "jobs"):
        members = _active(project, section)
        for name in sorted(members):
            image = text_of(child(members[name], "image"))
            image = image or f"{project.name}{_separator(project)}{name}"
            images += (image, *(more for more in _images_before(members[name]) if more != image))
    return images


def _images_before(service: Node) -> Iterator[str]:
    hooks = child(service, "pre_start")
    for hook in hooks.items if isinstance(hooks, Sequence) else ():
        image = text_of(child(hook, "image"))
        if image:
            yield image


def _separator(project: Project) -> str:
    """Return what stands between the project and the service in the name of an image."""
    said = project.environment.get("COMPOSE_COMPATIBILITY", "").strip().lower()
    return "_" if said in ("1", "t", "true", "y") else "-"
