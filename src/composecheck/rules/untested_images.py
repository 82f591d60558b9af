"""Which services have an image of which it is known that nothing tests its health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.knowledge.images import OFFICIAL, WITHOUT_HEALTHCHECK
from composecheck.language.image_references import ImageReference, parse_image_reference
from composecheck.project.reading import child, entries_of, text_of
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


def untested_image(project: Project, service: Node) -> str | None:
    """Return the name of a service's image if that certainly brings no test of health."""
    keys = entries_of(service)
    if "build" in keys or "image" not in keys or "provider" in keys:
        return None
    node = keys["image"].value
    if not isinstance(node, Scalar) or text_of(node) is None:
        return None
    reference = parse_image_reference(project.text(node))
    if not isinstance(reference, ImageReference) or not reference.repository.is_known:
        return None
    if reference.registry is not None and not reference.registry.is_known:
        return None
    registry = "" if reference.registry is None else f"{reference.registry.text}/"
    name = reference.repository.text
    before, _, last = name.rpartition("/")
    if last not in WITHOUT_HEALTHCHECK or f"{registry}{before and before + '/'}" not in OFFICIAL:
        return None
    # An image that is built here may have the same name.
    for other in project.section("services").values():
        image = text_of(child(other, "image"))
        if image and child(other, "build") is not None and image.partition(":")[0] == name:
            return None
    return last
