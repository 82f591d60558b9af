"""The effective project for programs: what all files add up to, and where each value was set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from composecheck.calling import call_from_here
from composecheck.config.origins import find_origins, place_of
from composecheck.config.printing import render
from composecheck.config.verdicts import in_words, judge
from composecheck.project.model import to_model
from composecheck.report.lines import line
from composecheck.stages import judge_call

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from composecheck.finding import Finding
    from composecheck.finding import Path as ValuePath
    from composecheck.project.model import Origin as FoundOrigin
    from composecheck.project.project import Project as EffectiveProject


class ProjectRefused(ValueError):
    """Compose refuses the project, so that there is none.

    `findings` say why, in the order of the files; `complaints` are whole sentences on what is wrong
    with the call rather than with a file. The text of the exception has a line for each.
    """

    def __init__(self, findings: tuple[Finding, ...], complaints: tuple[str, ...]) -> None:
        self.findings = findings
        self.complaints = complaints
        reasons = (*complaints, *map(line, findings))
        super().__init__("\n".join(("Compose refuses this project.", *reasons)))


class ProjectUnknown(ValueError):
    """What the files add up to cannot be known here.

    A file that is named is absent or cannot be read, or something would have to be fetched, which
    composecheck never does. `reasons` are whole sentences.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Origin(Struct, frozen=True):
    """Where a value of a project was set.

    `path` leads to the value in `Project.model()`: keys, and indices from 0. `file` is relative to
    the working folder where it lies inside it; `line` and `column` are those of the first
    character, from 1. All three are None for what no file says. `is_added` says that the value
    itself is written nowhere: Compose adds it, and the place, if there is one, is the reason.
    """

    path: ValuePath
    file: str | None
    line: int | None
    column: int | None
    is_added: bool


class Project(Struct, frozen=True, eq=False):
    """What Compose makes of the files of a project; `load_project` reads it.

    `name` and `folder` are those that Compose would use. `files` are the names of all Compose files
    that were read: those of the call in their order, then what they include and extend. `unset` are
    the findings (notes) on variables that are not set here, which are blank then.
    """

    name: str
    folder: Path
    files: tuple[str, ...]
    unset: tuple[Finding, ...]
    _project: EffectiveProject

    def model(self) -> dict[str, Any]:
        """Return the project as plain data, as `docker compose config --format json` has it.

        Services that a profile keeps off are not there, nor is what no service uses; short forms
        are written out, paths are absolute. The values are those that containers get: a `$` in them
        is one `$`, where the command prints two. Each call returns data of its own.
        """
        return to_model(self._project)

    def origins(self) -> tuple[Origin, ...]:
        """Return where each value of the model that has no parts was set, in the model's order."""
        model = to_model(self._project)
        found = find_origins(self._project, model, as_json=True)
        return tuple(_origin(one) for one in found)

    def origin(self, path: Iterable[str | int]) -> Origin:
        """Return where the value at `path` of the model was set: keys, and indices from 0.

        Raises KeyError if there is no value at `path`, or one that has parts, each of which may
        have been set in another place. For many values, `origins` is faster.
        """
        wanted = tuple(path)
        for origin in self.origins():
            if origin.path == wanted:
                return origin
        raise KeyError(wanted)

    def to_yaml(self, *, with_origin: bool = False) -> str:
        """Return what `docker compose config` prints.

        `with_origin` adds a comment to each line: where its value was set. Raises TooMuch (of
        `composecheck.yaml.limits`) if the text would be too long for that.
        """
        return render(self._project, with_origin=with_origin)

    def to_json(self) -> str:
        """Return what `docker compose config --format json` prints."""
        return render(self._project, as_json=True)


def load_project(
    files: Iterable[Path | str] = (),
    *,
    env_files: Iterable[Path | str] = (),
    profiles: Iterable[str] = (),
    project_directory: Path | str | None = None,
    project_name: str | None = None,
) -> Project:
    """Read the files of a project and put them together as Compose does here and now.

    The arguments are the options of `docker compose`: `files` those of `-f`, each laid over those
    before it. Without any, they are those that Compose would take in `project_directory`, or else
    in this folder, override file included. Variables come from this process, from `.env` or from
    `env_files`. Nothing is fetched, no Docker is needed.

    Raises ProjectRefused if Compose would refuse the project, ProjectUnknown if it cannot be read
    or depends on what would have to be fetched, and FileNotFoundError if the working folder no
    longer exists.
    """
    call = call_from_here(
        map(str, files),
        env_files=map(str, env_files),
        profiles=profiles,
        project_directory=None if project_directory is None else str(project_directory),
        project_name=project_name,
    )
    judgement = judge_call(call)
    project = judgement.project
    if project is None:
        raise ProjectUnknown(tuple(in_words(one) for one in judgement.skipped))
    verdict = judge(judgement, project)
    if verdict.obstacles:
        raise ProjectUnknown(verdict.obstacles)
    if verdict.is_refused:
        raise ProjectRefused(verdict.refusals, verdict.complaints)
    return Project(
        name=project.name or "",
        folder=project.folder,
        files=tuple(dict.fromkeys(file.document.source.name for file in project.files)),
        unset=verdict.unset,
        _project=project,
    )


def _origin(found: FoundOrigin) -> Origin:
    place = place_of(found)
    return Origin(found.path, place["file"], place["line"], place["column"], place["added"])
