"""Rules on where something is mounted in a container: paths that are none there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.short_volumes import OPTIONS
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, once
from composecheck.rules.mounted import lettered_volume, mounts
from composecheck.rules.places import enclosing, find_at, replacement, scalar_at, visible
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Mapping, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.rules.mounted import Mount


@rule("mount-target-relative", Severity.WARNING, Category.RUNTIME)
def mount_target_relative(project: Project) -> Iterator[Finding]:
    """Something is mounted at a path in the container that does not begin with a slash.

    Compose takes the path as it is. Docker wants a whole one, since there is no folder in a
    container that it could be seen from: it says that the mount path must be absolute, and does not
    start the container. Nobody replaces a `~` in it either.

    Where a mount is only one part, without a colon, that is the path in the container: `- ./data`
    mounts nothing of this machine.

    Bad:

        services:
          db:
            image: example/db
            volumes:
              - ./data:var/lib/postgresql/data

    Good:

        services:
          db:
            image: example/db
            volumes:
              - ./data:/var/lib/postgresql/data
    """
    # Hits in the corpus: none. The source: docker/compose, issues 6811 and 5712.
    yield from once(_relative_targets(project))


def _relative_targets(project: Project) -> Iterator[Finding]:
    for mount in mounts(project):
        target = mount.target
        if not mount.is_certain or not target.is_known or not target.text:
            continue
        if _may_be_whole(target.text) or lettered_volume(mount, project) is not None:
            continue
        message, remedy, whole = _words_on(mount, target.text)
        fix = None
        if whole:
            fix = replacement(
                project, target.source, target.span, target.text, whole, Safety.UNSAFE
            )
        yield find_at(
            project,
            "mount-target-relative",
            Severity.WARNING,
            target.source,
            visible(project, target.source, target.span),
            f"{message}, and a path in a container begins with a slash: Docker does not start the"
            " container.",
            remedy,
            suggestions=(whole,) if fix is not None else (),
            fix=fix,
        )


def _may_be_whole(path: str) -> bool:
    """Whether `path` is whole in a container of Linux or of Windows."""
    return path.startswith(("/", "\\")) or (path[:1].isalpha() and path[1:3] in (":/", ":\\"))


def _words_on(mount: Mount, path: str) -> tuple[str, str, str]:
    """Return what is wrong with a path, as a clause, what to write, and the path that is meant."""
    text = quoted(path)
    if mount.is_short and mount.source is None:
        return (
            f"There is no colon in {text}, so that all of it is the path in the container",
            f'Write the path in the container behind it, as in "{path}:/data".'
            if len(path) <= _LONGEST_SHOWN
            else 'Write the path in the container behind it, as in "./data:/data".',
            "",
        )
    if mount.is_short and set(path.split(",")) <= OPTIONS:
        return (
            f"{text} stands where the path in the container belongs",
            f'Write the path before it, as in "./data:/data:{path}".',
            "",
        )
    if path.startswith("~"):
        return (
            f'Nobody replaces the "~" of {text} in a container',
            'Write the whole path, such as "/root" or "/home/app" for the "~".',
            "",
        )
    is_plain = path[0].isalnum() and path[1:2] != ":"
    if not is_plain:
        return f"{text} is no whole path", 'Write the whole path, such as "/data".', ""
    return f"{text} is no whole path", f"Write {quoted(f'/{path}')}.", f"/{path}"


_LONGEST_SHOWN = 40


@rule("volume-name-letter", Severity.WARNING, Category.RUNTIME)
def volume_name_letter(project: Project) -> Iterator[Finding]:
    """A volume whose name is one letter, in the short form of a mount.

    Compose takes a single letter and a colon for a drive of Windows. So `v:/data` is no mount of
    the volume `v`, but all of it is a path in the container: Docker does not start that, or, on
    Windows, makes a volume without a name. Write the long form, or give the volume a longer name.

    Bad:

        services:
          db:
            image: example/db
            volumes:
              - v:/var/lib/postgresql/data
        volumes:
          v:

    Good:

        services:
          db:
            image: example/db
            volumes:
              - type: volume
                source: v
                target: /var/lib/postgresql/data
        volumes:
          v:
    """
    # Hits in the corpus: none. The source: compose-go, `format/volume.go` (measured).
    yield from once(_letters(project))


def _letters(project: Project) -> Iterator[Finding]:
    for mount in mounts(project):
        letter = lettered_volume(mount, project)
        if letter is None:
            continue
        source, span = letter.source, visible(project, letter.source, letter.span)
        name = letter.text
        what = (
            "all of this is a path in the container"
            if mount.source is None
            else "this is a folder of this machine"
        )
        yield find_at(
            project,
            "volume-name-letter",
            Severity.WARNING,
            source,
            span,
            f"Compose takes one letter before a colon for a drive of Windows: {what}, and the"
            f" volume {quoted(name)} is not mounted.",
            f'Write "type: volume", "source: {name}" and "target: …" on lines of their own, or'
            " give the volume a longer name.",
            fix=_in_long_form(project, mount, letter),
        )


def _in_long_form(project: Project, mount: Mount, letter: Traced) -> Fix | None:
    """Return the fix that writes a mount of one volume, without options, in the long form."""
    source, whole = letter.source, mount.target
    scalar = scalar_at(project, source, letter.span)
    if scalar is None or mount.source is not None or not whole.is_known:
        return None
    target = whole.text[2:]
    way = enclosing(project, source, scalar.span)
    above = way[-2] if len(way) > 1 else None
    if any(isinstance(node, Mapping | Sequence) and node.is_flow for node in way):
        return None
    if not isinstance(above, Sequence) or scalar.properties is not None:
        return None
    if (
        scalar.text != whole.text
        or scalar.style.is_block
        or is_shared(project, source, letter.span)
    ):
        return None
    is_plain = scalar.style is Style.PLAIN
    if not is_plain and not target.replace("/", "").replace("-", "").replace("_", "").isalnum():
        return None  # the quotes may be needed
    start = source.line_span(source.position(scalar.start).line).start
    before = source.text[start : scalar.start]
    if before.strip(" ") != "-" or source.slice(scalar.span).strip("'\"") != whole.text:
        return None
    ending = "\r\n" if "\r\n" in source.text else "\n"
    blanks = " " * len(before)
    text = f"{ending}{blanks}".join(("type: volume", f"source: {letter.text}", f"target: {target}"))
    return Fix("Write it in the long form", Safety.UNSAFE, (Edit(source, scalar.span, text),))


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    mount_target_relative,
    volume_name_letter,
)
