"""A project as text, as `docker compose config` prints it.

(Facts: docker/compose, `cmd/compose/config.go`, measured.)
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from composecheck.config.origins import find_origins, place_of, with_comments
from composecheck.project.go_json import print_json
from composecheck.project.go_yaml import order_keys, print_yaml
from composecheck.project.listings import (
    list_images,
    list_models,
    list_profiles,
    list_resources,
    list_services,
)
from composecheck.project.model import to_model, to_written_model
from composecheck.project.used_variables import list_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from composecheck.project.project import Project
    from composecheck.project.used_variables import ListedVariable

LISTS = (
    "services",
    "volumes",
    "networks",
    "models",
    "images",
    "profiles",
    "variables",
    "environment",
)
"""What `render_list` can list."""


def render(
    project: Project,
    *,
    as_json: bool = False,
    with_origin: bool = False,
    reads_env_files: bool = True,
) -> str:
    """Return a project that Compose takes as YAML, or as JSON without a line end at its end.

    `with_origin` adds where each value came from: to YAML as comments at the ends of lines. JSON
    then has the project under `project`; `origins` is a list that has for each value of it without
    parts the `path` (keys, and indices from 0), the `file`, `line` and `column` (from 1) of what
    set it, or null, and whether it is `added` by Compose. Without `reads_env_files`, those of
    services are named, not read. Raises TooMuch if the text is too long to find the places in it.
    """
    if not reads_env_files:
        project = replace(project, environments={})
    model = _model(project, as_json=as_json)
    keeps_variables = project.call.keep_variables
    if not as_json:
        # Doubled in the text, as Compose does it: what is doubled does not count for long lines.
        text = print_yaml(model)
        text = text if keeps_variables else text.replace("$", "$$")
        return with_comments(text, find_origins(project, model)) if with_origin else text
    printed = model if keeps_variables else _doubled(model)
    if not with_origin:
        return print_json(printed)
    rows = [
        {
            "path": list(origin.path if keeps_variables else _doubled(origin.path)),
            **place_of(origin),
        }
        for origin in find_origins(project, model, as_json=True)
    ]
    return print_json({"project": printed, "origins": rows}) + "\n"


def _model(project: Project, *, as_json: bool) -> dict[str, Any]:
    if not project.call.keep_variables:
        return to_model(project, as_json=as_json)
    model = to_written_model(project, as_json=as_json)
    return model if as_json else _ordered(model)


def _ordered(value: Any) -> Any:
    """Return `value` with all keys in the order of Compose's YAML."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in order_keys(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _doubled(value: Any) -> Any:
    """Return `value` with each `$` in it doubled, so that it is none of a variable."""
    if isinstance(value, str):
        return value.replace("$", "$$") if "$" in value else value
    if isinstance(value, dict):
        return {_doubled(key): _doubled(part) for key, part in value.items()}
    return [_doubled(part) for part in value] if isinstance(value, list | tuple) else value


def render_list(project: Project, what: str, form: str | None = None) -> str:
    """Return one of LISTS, an item a line; of them only variables can be `json` or `yaml`, too.

    For variables, the project is one that was loaded with `keep_variables`.
    """
    match what:
        case "services":
            names = list_services(project)
        case "models":
            names = list_models(project)
        case "images":
            names = list_images(project)
        case "profiles":
            names = list_profiles(project)
        case "environment":
            names = sorted(f"{name}={value}" for name, value in project.environment.items())
        case "variables":
            return _VARIABLES[form](list_variables(project))
        case _:
            names = list_resources(project, what)
    return "".join(f"{name}\n" for name in names)


_COLUMN = 20
"""How wide a column of the table of variables is at least, with three blanks at its end."""


def _as_table(variables: Sequence[ListedVariable]) -> str:
    rows = [("NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE")]
    for variable in variables:
        required = "true" if variable.is_required else "false"
        rows.append((variable.name, required, variable.default, variable.alternate))
    widths = [max(_COLUMN, *(len(row[i]) + 3 for row in rows)) for i in range(3)]
    return "".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + row[3] + "\n"
        for row in rows
    )


def _as_json(variables: Sequence[ListedVariable]) -> str:
    model = {
        variable.name: {
            "Name": variable.name,
            "DefaultValue": variable.default,
            "PresenceValue": variable.alternate,
            "Required": variable.is_required,
        }
        for variable in variables
    }
    return json.dumps(model, indent=4, ensure_ascii=False) + "\n\n"


def _as_yaml(variables: Sequence[ListedVariable]) -> str:
    model = {
        variable.name: {
            "name": variable.name,
            "defaultvalue": variable.default,
            "presencevalue": variable.alternate,
            "required": variable.is_required,
        }
        for variable in variables
    }
    return print_yaml({name: model[name] for name in order_keys(model)}, step=4)


_VARIABLES: dict[str | None, Callable[[Sequence[ListedVariable]], str]] = {
    None: _as_table,
    "json": _as_json,
    "yaml": _as_yaml,
}
