"""What is wrong with a call of Compose itself, and so stands in no file that could be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.project_names import normalize_project_name
from composecheck.project.names import NAME_VARIABLE
from composecheck.project.problem import Fault
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.problem import Problem
    from composecheck.project.project import Project


def place_less(project: Project) -> dict[Fault, str]:
    """Return what is wrong with the call of a project and has no place in a file, in sentences.

    Compose refuses the project for each of them but one: a file named with `-f` that it would
    fetch, which is never fetched here. What hangs on this machine alone (its variables, the name of
    its folder) is said only where the question is what Compose does here. Files that are named and
    cannot be read are not among them. All rules leave these problems alone, so that each is said
    here once.
    """
    sentences = {
        problem.fault: _sentence(problem, project)
        for problem in project.problems
        if problem.source is None
    }
    return {fault: sentence for fault, sentence in sentences.items() if sentence}


def _sentence(problem: Problem, project: Project) -> str:
    name, is_here = f'"{problem.name}"', project.call.is_here
    match problem.fault:
        case Fault.REMOTE:
            return (
                f"{name} is not on this machine, and composecheck fetches nothing: what it holds is"
                " unknown, and so is what depends on it."
            )
        case Fault.NAME_INVALID if project.call.project_name or is_here:
            return " ".join(_name_invalid(problem.name, project))
        case Fault.NAME_EMPTY if is_here:
            return (
                f"The name of the folder, {quoted(project.folder.name)}, has no letter and no digit"
                " that Compose can keep, so that the project has no name; Compose refuses it."
                ' Write "name:" with a name at the top of the file.'
            )
        case Fault.SETTING_INVALID if is_here:
            return (
                f"The variable {name} is neither true nor false; Compose refuses every project."
                ' Set it to "true" or "false", or remove it.'
            )
    return ""


def _name_invalid(name: str, project: Project) -> Iterator[str]:
    where = "--project-name" if project.call.project_name else f"the variable {NAME_VARIABLE}"
    yield (
        f"{quoted(name)}, the name of the project in {where}, is none that Compose takes: it has"
        ' small letters, digits, "-" and "_" only, and begins with a letter or a digit.'
    )
    if right := normalize_project_name(name):
        yield f"Write {quoted(right)}, for example."
