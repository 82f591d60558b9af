"""Rules on paths of mounts: what is taken for the home folder, and files mounted on folders."""

from __future__ import annotations

from posixpath import basename, splitext
from typing import TYPE_CHECKING

from composecheck.finding import Fix, Related, Safety, Severity
from composecheck.language.traced import trace
from composecheck.language.variables import read_variables
from composecheck.rule import Category, rule
from composecheck.rules.marks import once, path_at
from composecheck.rules.mounted import mounts
from composecheck.rules.places import find_at, replacement, scalar_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.language.variables import Variable
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_BINDS = ("./", "../", "/", "~/")


@rule("mount-file-and-folder", Severity.WARNING, Category.RUNTIME)
def mount_file_and_folder(project: Project) -> Iterator[Finding]:
    """A file is mounted on a folder, or a folder on a file.

    Compose takes the slash at the end of a path away. So `./nginx.conf:/etc/nginx/` does not put
    the file into the folder, as `cp` would do, but in its place: where the image has that
    folder, Docker says that it is not a directory, and does not start the container. Write the name
    of the file on both sides. The reverse is a folder, with a slash, where the container has a
    file.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - ./nginx.conf:/etc/nginx/

    Good:

        services:
          web:
            image: nginx
            volumes:
              - ./nginx.conf:/etc/nginx/nginx.conf
    """
    # Hits in the corpus: none. The source: runc, `libcontainer/rootfs_linux.go` ("not a directory";
    # Docker adds "Are you trying to mount a directory onto a file (or vice-versa)?"); that Compose
    # takes the slash away is measured.
    yield from once(_mixed(project))


def _mixed(project: Project) -> Iterator[Finding]:
    for mount in mounts(project):
        source, target = mount.source, mount.target
        if source is None or not mount.is_certain or not (source.is_known and target.is_known):
            continue
        from_path, to_path = source.text, target.text
        if not from_path.startswith(_BINDS) or from_path.endswith("/") == to_path.endswith("/"):
            continue
        meant = ""
        if to_path.endswith("/"):
            if not _is_file(from_path):
                continue
            meant = f"{to_path}{basename(from_path)}"
            message = (
                f"{quoted(from_path)} is a file, and is mounted in place of the folder"
                f" {quoted(to_path)}, not in it: if the image has that folder, the"
                " container does not start."
            )
            remedy = f"Write {quoted(meant)}."
        elif _is_file(to_path) and not _is_file(from_path.rstrip("/")):
            message = (
                f"{quoted(from_path)} is a folder, and is mounted in place of the file"
                f" {quoted(to_path)}: if the image has that file, the container does not start."
            )
            remedy = "Write the path of a file before the colon, or that of a folder behind it."
        else:
            continue
        fix = None
        if meant:
            fix = replacement(project, target.source, target.span, to_path, meant, Safety.UNSAFE)
        yield find_at(
            project,
            "mount-file-and-folder",
            Severity.WARNING,
            target.source,
            target.span,
            message,
            remedy,
            suggestions=(meant,) if fix is not None else (),
            fix=fix,
        )


def _is_file(path: str) -> bool:
    return splitext(path)[1].lower() in _FILES and not basename(path).startswith(".")


_FILES = frozenset(
    (
        *(".cfg", ".cnf", ".conf", ".crt", ".css", ".env", ".html", ".ini", ".js", ".json"),
        *(".key", ".lua", ".pem", ".php", ".properties", ".py", ".sh", ".sql", ".toml", ".ts"),
        *(".txt", ".xml", ".yaml", ".yml"),
    )
)
"""How files end that people mount, and folders hardly ever."""


@rule("mount-source-home", Severity.WARNING, Category.RUNTIME)
def mount_source_home(project: Project) -> Iterator[Finding]:
    """A `~` in the path of a mount that is not the home folder which is meant.

    Compose replaces a `~` at the beginning by the home folder of whoever calls it, and knows no
    other: `~bob/data` becomes the folder `bob/data` in your own. Anywhere else, a `~` is the name
    of a folder, as in `./~/data`. Docker makes an empty folder of that name, and mounts it. Write
    the whole path.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - ~bob/site:/usr/share/nginx/html

    Good:

        services:
          web:
            image: nginx
            volumes:
              - /home/bob/site:/usr/share/nginx/html
    """
    # Hits in the corpus: none. The source: measured (`~bob/x` becomes `$HOME/bob/x`).
    yield from once(_homes(project))


def _homes(project: Project) -> Iterator[Finding]:
    for mount in mounts(project):
        source = mount.source
        if source is None or "~" not in source.shape or not mount.is_certain:
            continue
        path = source.shape
        fix = None
        if path.startswith("~"):
            user = path[1:].partition("/")[0]
            if not user or not user.isascii() or not user.replace("-", "").isalnum():
                continue
            meant = f"/home/{user}" if user != "root" else "/root"
            message = (
                f"Compose knows no home folder but yours: {quoted(f'~{user}')} becomes the folder"
                f" {quoted(user)} in it."
            )
            remedy = f"Write the whole path, such as {quoted(meant)}."
            span = source[: len(user) + 1].span
            fix = replacement(project, source.source, span, f"~{user}", meant, Safety.UNSAFE)
        elif "/~/" in path or path.endswith("/~"):
            message = (
                'Compose replaces a "~" only at the beginning: here it is the name of a folder.'
            )
            remedy = 'Begin with "~/" to mean your home folder, or write the whole path.'
        else:
            continue  # a part of a name
        yield find_at(
            project,
            "mount-source-home",
            Severity.WARNING,
            source.source,
            source.span,
            message,
            remedy,
            fix=fix,
        )


@rule("mount-source-pwd", Severity.NOTE, Category.UPKEEP)
def mount_source_pwd(project: Project) -> Iterator[Finding]:
    """A mount begins with `$PWD` where `.` would say the same, and always.

    `PWD` is the folder that whoever calls Compose is in, and not the one of the file: from another
    folder, with `-f`, something else is mounted. On Windows it is not set, so that the path begins
    at the root of the drive. `.` is the folder of the Compose file everywhere.

    Bad:

        services:
          web:
            image: nginx
            volumes:
              - ${PWD}/site:/usr/share/nginx/html

    Good:

        services:
          web:
            image: nginx
            volumes:
              - ./site:/usr/share/nginx/html
    """
    yield from _working_folders(project)


def _working_folders(project: Project) -> Iterator[Finding]:
    if not any("PWD" in file.document.source.text for file in project.files):
        return
    found: dict[int, list[tuple[Source, Span]]] = {}
    for mount in mounts(project):
        where = mount.target if mount.source is None else mount.source
        variable = _first_variable(project, where)
        # What has the same path in the container may need it to be that of this machine.
        if variable is not None and (
            where is mount.target or "PWD" not in where.source.slice(mount.target.span)
        ):
            found.setdefault(id(where.source), []).append((where.source, variable.span))
    for places in found.values():
        (source, span), *others = places
        fixes = [
            replacement(project, source, place, source.slice(place), ".", Safety.UNSAFE)
            for _, place in places
        ]
        edits = [edit for fix in fixes if fix is not None for edit in fix.edits]
        yield find_at(
            project,
            "mount-source-pwd",
            Severity.NOTE,
            source,
            span,
            f"{quoted(source.slice(span))} is the folder that Compose is called in, and not that of"
            " this file; on Windows it is not set.",
            'Write ".", which is the folder of this file.',
            suggestions=(".",),
            related=tuple(Related(source, place, "Here, too.") for _, place in others),
            fix=Fix(
                'Write "."',
                Safety.UNSAFE,
                tuple(edits),
                changes=tuple(path_at(project, source, place) for _, place in others),
            )
            if len(edits) == len(places)
            else None,
        )


def _first_variable(project: Project, text: Traced) -> Variable | None:
    """Return the variable PWD that `text` begins with, and that is all of a step of its path."""
    scalar = scalar_at(project, text.source, text.span)
    if scalar is None or "PWD" not in scalar.text:
        return None
    variables = read_variables(trace(scalar)).variables()
    variable = next(iter(variables), None)
    if variable is None or variable.name != "PWD" or variable.span.start != text.span.start:
        return None
    written = text.source.slice(variable.span)
    behind = text.source.text[variable.span.end : variable.span.end + 1]
    is_bare = written in ("$PWD", "${PWD}") and not (behind.isalnum() or behind in ("_", ".", "-"))
    return variable if is_bare else None


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    mount_file_and_folder,
    mount_source_home,
    mount_source_pwd,
)
