"""The name of a project: who sets it, and what Compose makes of it.

(Facts: compose-go, `cli/options.go` and `loader/loader.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.project_names import is_project_name, normalize_project_name
from composecheck.language.traced import trace
from composecheck.language.variables import interpolate, read_variables
from composecheck.project.interpolation import assume_defaults
from composecheck.project.problem import Fault, Problem
from composecheck.project.reading import text_of
from composecheck.yaml.nodes import Mapping, Scalar, follow
from composecheck.yaml.walk import find

if TYPE_CHECKING:
    from composecheck.project.call import Call, Setting
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

NAME_VARIABLE = "COMPOSE_PROJECT_NAME"


def find_name(call: Call, setting: Setting, ledger: Ledger) -> str | None:
    """Return the name of the project; None if it is unknown here, empty if Compose refuses it.

    What somebody says outright comes first, then what the files say, then the folder.
    """
    said = call.project_name or setting.environment.get(NAME_VARIABLE)
    if said:
        if is_project_name(said):
            return said
        ledger.problems.append(Problem(Fault.NAME_INVALID, None, None, name=said))
        return ""
    first, last = _written_names(setting)
    written: str | None = ""
    if last is not None and call.keep_variables:
        written = normalize_project_name(last.text)
    elif last is not None:
        outcome = interpolate(
            read_variables(trace(last)), ledger.environment, unset_is_blank=ledger.unset_is_blank
        )
        value = assume_defaults(outcome.value) if call.assumes_defaults else outcome.value
        if outcome.refused or not value.is_known:
            return None
        written = normalize_project_name(value.text)
    name = written or ("" if first else normalize_project_name(setting.folder.name))
    if not name:
        span = last.span if last is not None else None
        ledger.problems.append(
            Problem(Fault.NAME_EMPTY, last.source if last else None, span, ("name",))
        )
    return name


def _written_names(setting: Setting) -> tuple[bool, Scalar | None]:
    """Return whether any file names the project in its first document, and the last name of all."""
    is_named = False
    last: Scalar | None = None
    for file in setting.files:
        for number, root in enumerate(file.document.roots):
            name = follow(found) if (found := _name_in(root)) is not None else None
            if isinstance(name, Scalar) and text_of(name):
                last = name
                is_named = is_named or number == 0
    return is_named, last


def _name_in(root: Node) -> Node | None:
    return find(root, ("name",)) if isinstance(follow(root), Mapping) else None
