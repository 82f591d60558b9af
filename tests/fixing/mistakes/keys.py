"""Keys that are written otherwise than Compose writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Sequence
from tests.fixing.mistakes.allowed import allowed_at
from tests.fixing.mistakes.mistake import Change, Slip
from tests.fixing.mistakes.nearness import is_nearest, slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place

OTHER_NAMES = {
    "environment": ("env", "envs", "variables"),
    "command": ("cmd", "args"),
    "ports": ("port", "published_ports"),
    "volumes": ("volume", "mounts"),
    "image": ("img",),
    "healthcheck": ("health_check", "health"),
    "depends_on": ("depends", "requires"),
    "networks": ("network", "nets"),
    "container_name": ("name",),
    "restart": ("restart_policy", "autorestart"),
    "working_dir": ("workdir", "cwd"),
    "mem_limit": ("memory",),
    "labels": ("label", "tags"),
    "expose": ("exposes",),
    "secrets": ("secret",),
}
"""What keys of a service are called elsewhere, or were once."""


def _known(file: File) -> Iterator[tuple[Place, frozenset[str]]]:
    """Yield the keys without quotes that Compose knows, and what it knows where they stand."""
    for place in file.places:
        if place.entry is None or file.colon(place) is None:
            continue
        allowed = allowed_at(place.path[:-1])
        written = file.text[place.entry.key.start : place.entry.key.end]
        if place.name in allowed and written == place.name and place.name != "version":
            yield place, allowed


def _renamed(place: Place, name: str, *, is_exact: bool, is_refused: bool | None = True) -> Slip:
    assert place.entry is not None
    key = place.entry.key
    paths = (place.path, (*place.path[:-1], name))
    return Slip((Change(key.start, key.end, name),), is_exact, paths, is_refused)


def _is_free(place: Place, name: str, allowed: frozenset[str]) -> bool:
    """Tell whether Compose does not know `name`, and nobody has written it here."""
    parent = place.parent
    assert isinstance(parent, Mapping)
    taken = {getattr(entry.key, "text", "") for entry in parent.entries}
    return bool(name) and name not in allowed | taken and not name.startswith("x-")


def misspelt_by_a_letter(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        name = slip(place.name, random)
        if _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=is_nearest(name, place.name, allowed))


def misspelt_twice(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        name = slip(slip(place.name, random), random)
        if len(place.name) >= 6 and _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=is_nearest(name, place.name, allowed))


def named_as_elsewhere(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        if len(place.path) != 3 or place.path[0] != "services":
            continue
        for name in OTHER_NAMES.get(place.name, ()):
            # `env: prod.env` might be meant for env_file, `tags: …` for anything.
            is_plural = name in ("env", "envs", "port", "volume", "label", "network", "secret")
            is_exact = isinstance(place.node, Mapping | Sequence) or not is_plural
            if _is_free(place, name, allowed):
                unclear = ("tags", "args", "name", "network", "health", "restart_policy")
                yield _renamed(place, name, is_exact=is_exact and name not in unclear)


def in_camel_case(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        words = place.name.split("_")
        name = words[0] + "".join(word.capitalize() for word in words[1:])
        if len(words) > 1 and _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=True)


def with_capitals(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        name = random.choice((place.name.capitalize(), place.name.upper()))
        if _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=True)


def with_another_joint(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        name = place.name.replace("_", random.choice(("-", "", ".")))
        if "_" in place.name and _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=True)


def of_a_section_without_its_s(file: File, random: Random) -> Iterator[Slip]:
    for place, allowed in _known(file):
        name = place.name.removesuffix("s")
        if len(place.path) == 1 and _is_free(place, name, allowed):
            yield _renamed(place, name, is_exact=True)


SLIPS = {
    "key: one letter wrong": misspelt_by_a_letter,
    "key: two letters wrong": misspelt_twice,
    "key: name of another tool": named_as_elsewhere,
    "key: camelCase": in_camel_case,
    "key: capitals": with_capitals,
    "key: dash or nothing for _": with_another_joint,
    "key: section without its s": of_a_section_without_its_s,
}
