"""The rule on images that several services build under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Related, Severity
from composecheck.language.key_values import read_key_values
from composecheck.language.traced import HOLE
from composecheck.project.reading import entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.activity import members
from composecheck.rules.claimed_ports import meeting_profile
from composecheck.rules.marks import once
from composecheck.rules.places import find_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.yaml.nodes import Node


@rule("image-built-twice", Severity.WARNING, Category.RUNTIME)
def image_built_twice(project: Project) -> Iterator[Finding]:
    """Two services build different images, and give both the same name.

    Where a service has a `build`, `image` is the name that Compose gives to what it builds. Of two
    images with one name, the one that is built last has it, and both services run that one. Give
    each a name of its own, or remove `image`: then Compose makes one of the project and the
    service.

    Bad:

        services:
          shop:
            build: ./shop
            image: example/app
          admin:
            build: ./admin
            image: example/app

    Good:

        services:
          shop:
            build: ./shop
            image: example/shop
          admin:
            build: ./admin
            image: example/admin
    """
    # Hits in the corpus: none. The source: docker/docs, `build` and `image`; docker/compose,
    # `pkg/compose/build.go`, which tags what it builds with the name of the image.
    yield from once(_built_twice(project))


def _built_twice(project: Project) -> Iterator[Finding]:
    first: dict[str, list[tuple[Member, Traced]]] = {}
    for member in members(project):
        keys = member.entries
        if "build" not in keys or "image" not in keys:
            continue
        node = keys["image"].value
        text = project.text(node) if isinstance(node, Scalar) and text_of(node) else None
        if text is None or not text.is_known:
            continue
        builders = first.setdefault(_with_tag(text.text), [])
        for other, before in builders:
            difference = _difference(other, member, project)
            if not difference or meeting_profile(other, member, project) is None:
                continue
            is_same_place = before.source is text.source and before.span == text.span
            yield find_at(
                project,
                "image-built-twice",
                Severity.WARNING,
                text.source,
                text.span,
                f"{quoted(other.name)} builds another image of the name {quoted(text.text)}, with"
                f" another {difference}: both services run the one that is built last.",
                'Write another name, or remove "image": then Compose makes one.',
                related=()
                if is_same_place
                else (Related(before.source, before.span, "The name of the other image."),),
            )
            break
        builders.append((member, text))


def _with_tag(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] or "@" in name else f"{name}:latest"


def _difference(one: Member, other: Member, project: Project) -> str:
    """Return what certainly makes two builds give different images, or nothing."""
    first, second = entries_of(one.child("build")), entries_of(other.child("build"))
    different = ""
    for key in _TELLING:
        sides = [
            _content(key, entries[key].value if key in entries else None)
            for entries in (first, second)
        ]
        if None in sides:
            return ""
        if sides[0] != sides[1] and not different:
            different = key
    if not different:
        mine, yours = _arguments(one, project), _arguments(other, project)
        # What one of them does not give may be the default of the Dockerfile.
        if any(mine[name] != yours[name] for name in mine.keys() & yours.keys()):
            different = "args"
    return different and quoted(different)


_TELLING = ("context", "dockerfile", "dockerfile_inline", "target")
"""Keys that make another image, with their values."""


def _content(key: str, node: Node | None) -> str | None:
    """Return what a key of `build` says; None if that is unknown."""
    if not isinstance(node, Scalar):
        return "Dockerfile" if key == "dockerfile" else ""
    return None if HOLE in node.text else node.text.removeprefix("./")


def _arguments(member: Member, project: Project) -> dict[str, str]:
    """Return the arguments of a build that are known."""
    node = member.child("build", "args")
    pairs = read_key_values(node, project.text) if node is not None else ()
    return {
        pair.key.text: pair.value.text
        for pair in pairs
        if pair.key.is_known and pair.value is not None and pair.value.is_known
    }


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (image_built_twice,)
