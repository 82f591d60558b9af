"""The rule on options of mounts in the short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.short_volumes import OPTIONS, parse_volume
from composecheck.language.volumes import VolumeMount
from composecheck.nearest import nearest
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import places_of, values_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node


@rule("mount-option-unknown", Severity.WARNING, Category.RUNTIME)
def mount_option_unknown(project: Project) -> Iterator[Finding]:
    """An option of a mount that Compose does not know.

    Behind the path in the container may stand `ro` (the container cannot write there), `rw`,
    `nocopy`, `z`, `Z`, and how mounts within it spread, such as `rslave`. Compose ignores anything
    else without a word: with `:readonly` or `:r0`, the container can write.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - ./site:/usr/share/nginx/html:readonly

    Good:

        services:
          web:
            image: nginx
            volumes:
              - ./site:/usr/share/nginx/html:ro
    """
    # Hits in the corpus: none. The source: compose-go, `format/volume.go`, where options that are
    # not known are passed over (measured).
    yield from once(_unknown_options(project))


_OTHERS = frozenset(
    {
        # Docker for Mac once took these, and they do no harm.
        "cached",
        "consistent",
        "delegated",
        # Podman knows these.
        "O",
        "U",
        "bind",
        "copy",
        "dev",
        "exec",
        "idmap",
        "nodev",
        "noexec",
        "nosuid",
        "rbind",
        "suid",
    }
)
"""Options that somebody knows, or knew, and that are not written by mistake."""

_MEANT = {
    "r": "ro",
    "r0": "ro",
    "readonly": "ro",
    "readwrite": "rw",
    "wr": "rw",
    "writable": "rw",
    "write": "rw",
    "or": "ro",
}
"""What people write, in small letters and without `-` and `_`, and what they mean."""


def _unknown_options(project: Project) -> Iterator[Finding]:
    for option in _options(project):
        if not option.is_known or not option.text or option.text in OPTIONS | _OTHERS:
            continue
        text = option.text
        if text.startswith(("idmap", "upperdir=", "workdir=")):
            continue  # Podman's, too
        plain = text.lower().replace("-", "").replace("_", "")
        meant = "rw" if plain == "rw" else "ro" if plain == "ro" else _MEANT.get(plain)
        suggestions = (meant,) if meant else tuple(nearest(text, sorted(OPTIONS)))
        best = suggestions[0] if suggestions else ""
        bites = {"ro": ": the container can write there", "nocopy": ": the volume gets a copy"}
        yield find_at(
            project,
            "mount-option-unknown",
            Severity.WARNING,
            option.source,
            visible(project, option.source, option.span),
            f"{quoted(text)} is no option of a mount, and Compose ignores it{bites.get(best, '')}.",
            f"Write {quoted(best)}."
            if best
            else 'Remove it, or write an option that Compose knows, such as "ro" or "z".',
            suggestions=suggestions,
            fix=replacement(project, option.source, option.span, text, best, Safety.UNSAFE)
            if best
            else None,
        )


def _options(project: Project) -> Iterator[Traced]:
    """Yield the options of all mounts in the short form that are in force."""
    in_force: set[tuple[int, int]] | None = None
    for stage in project.stages:
        for section in ("services", "jobs"):
            for entry in entries_of(child(stage.root, section)).values():
                for item in _items(child(entry.value, "volumes")):
                    # Hardly any has one: two colons are needed, and a word that is not known.
                    if not isinstance(item, Scalar) or item.text.count(":") < 2:
                        continue
                    mount = parse_volume(project.text(item)) if text_of(item) is not None else None
                    if not isinstance(mount, VolumeMount) or not mount.is_certain:
                        continue
                    if in_force is None:
                        in_force = _places_in_force(project)
                    if (id(item.source), item.start) in in_force:
                        yield from mount.options


def _places_in_force(project: Project) -> set[tuple[int, int]]:
    mounts = values_at(project, places_of("volume-mount"))
    return {(id(node.source), node.start) for node, _, _ in mounts}


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (mount_option_unknown,)
