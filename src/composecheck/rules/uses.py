"""Where a service uses a volume, network, secret, config or model by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.short_volumes import parse_volume
from composecheck.language.traced import HOLE, Traced, known
from composecheck.language.volumes import MountType, VolumeMount
from composecheck.project.reading import child, entries_of, text_of
from composecheck.rules.marks import content_span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.project import Project
    from composecheck.rules.activity import Member
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Use(Struct, frozen=True, eq=False):
    """A use of something by its name.

    `whole` is the value that the name stands in. `target` is where a volume is mounted, as far as
    that is known; None unless it is a mount in the short form, in which a path may stand instead.
    """

    member: Member
    name: Traced
    whole: Span
    target: str | None = None

    @property
    def span(self) -> Span:
        """The characters of the name; where there are none, of what should have one."""
        return self.name.span if len(self.name) else self.whole


def mounted_volumes(member: Member, project: Project) -> Iterator[Use]:
    """Yield the named volumes that a service mounts."""
    for item in _items(member.child("volumes")):
        if isinstance(item, Scalar) and text_of(item) is not None:
            # One that depends on a variable in part; what is known of it is right in any case.
            mount = parse_volume(project.text(item))
            if (
                isinstance(mount, VolumeMount)
                and mount.type is MountType.VOLUME
                and mount.source is not None
            ):
                yield Use(member, mount.source, item.span, "")
        elif text_of(child(item, "type")) == "volume":
            source = child(item, "source")
            if isinstance(source, Scalar) and text_of(source):
                is_short = item in project.written
                target = (text_of(child(item, "target")) or "") if is_short else None
                yield Use(member, project.text(source), item.span, target)


def attached_networks(member: Member, project: Project) -> Iterator[Use]:
    """Yield the networks that a service is in."""
    for name, entry in entries_of(member.child("networks")).items():
        settings = entries_of(entry.value)
        # Keys of the network itself: it stands on the wrong level, and the schema says so.
        is_definition = any(key in settings for key in ("driver", "external", "ipam", "name"))
        if HOLE not in name and not name.startswith("x-") and not is_definition:
            span = content_span(entry.key)
            yield Use(member, known(entry.key.source, name, span), span)


def used_models(member: Member, project: Project) -> Iterator[Use]:
    """Yield the models that a service uses."""
    for name, entry in entries_of(member.child("models")).items():
        if HOLE not in name and not name.startswith("x-"):
            span = content_span(entry.key)
            yield Use(member, known(entry.key.source, name, span), span)


def granted_secrets(member: Member, project: Project) -> Iterator[Use]:
    """Yield the secrets that a service or its build may read."""
    for key in (("secrets",), ("build", "secrets")):
        yield from _granted(member, member.child(*key), project)


def granted_configs(member: Member, project: Project) -> Iterator[Use]:
    """Yield the configs that a service may read."""
    yield from _granted(member, member.child("configs"), project)


def _granted(member: Member, grants: Node | None, project: Project) -> Iterator[Use]:
    for item in _items(grants):
        source = child(item, "source")
        if isinstance(source, Scalar) and text_of(source) is not None:
            yield Use(member, project.text(source), source.span)
        elif isinstance(item, Mapping) and source is None:
            place = item.source.first_line(item.span)
            yield Use(member, known(item.source, "", place), place)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()
