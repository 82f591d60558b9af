"""Which of Docker's official images a service runs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.knowledge.images import OFFICIAL
from composecheck.language.image_references import ImageReference, parse_image_reference
from composecheck.project.reading import child, entries_of, text_of
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


def image_of(project: Project, service: Node) -> ImageReference | None:
    """Return the image of a service that is not built; None also where its name is unknown."""
    keys = entries_of(service)
    if "build" in keys or "provider" in keys or "image" not in keys:
        return None
    node = keys["image"].value
    if not isinstance(node, Scalar) or text_of(node) is None:
        return None
    reference = parse_image_reference(project.text(node))
    if not isinstance(reference, ImageReference) or not reference.repository.is_known:
        return None
    if reference.registry is not None and not reference.registry.is_known:
        return None
    return reference


def official_name(project: Project, reference: ImageReference) -> str | None:
    """Return the short name of an official image; None for any other, and for one built here."""
    registry = "" if reference.registry is None else f"{reference.registry.text}/"
    name = reference.repository.text
    before, _, last = name.rpartition("/")
    if f"{registry}{before and before + '/'}" not in OFFICIAL:
        return None
    return None if name in _built_here(project) else last


# Several rules ask, of each service.
@functools.lru_cache(maxsize=1)
def _built_here(project: Project) -> frozenset[str]:
    """Return the names of images that services are built as."""
    names = set()
    for service in project.section("services").values():
        image = text_of(child(service, "image"))
        if image and child(service, "build") is not None:
            names.add(image.partition(":")[0])
    return frozenset(names)
