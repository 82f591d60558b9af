"""A project of a few files and a call of Compose on it: what both sides are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.project.scenario import Scenario

PROJECT = "above/proj"
"""Where the project's folder is below a case's own: `..` and `../..` lead to no other case."""

_OPTIONS = {
    "-f": "files",
    "--env-file": "env_files",
    "--profile": "profiles",
    "-p": "project_name",
    "--project-directory": "project_directory",
}
_REPEATABLE = ("files", "env_files", "profiles")


@dataclass(frozen=True, slots=True)
class Case:
    """Files by their path below the project's folder, and a call made in `folder` of it.

    `arguments` are the options before the word `config`. `environment` is what is set beside PATH
    and HOME. `origin` says in a word where the case is from.
    """

    name: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: str = "."
    origin: str = "case"

    def write(self, root: Path) -> Path:
        """Write the files below `root`, an empty folder; return the folder of the call."""
        project = root / PROJECT
        folder = project / self.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder

    def variables(self, root: Path) -> dict[str, str]:
        """Return the environment of the process that makes the call."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(root), **self.environment}

    def options(self) -> dict[str, Any]:
        """Return `arguments` by the names that we have for them."""
        options: dict[str, Any] = {}
        for name, value in zip(self.arguments[::2], self.arguments[1::2], strict=True):
            key = _OPTIONS[name]
            options[key] = (*options.get(key, ()), value) if key in _REPEATABLE else value
        return options

    def shown(self) -> str:
        """Return the call and the files as text, for people."""
        call = " ".join(("docker compose", *self.arguments, "config"))
        variables = "".join(f"{name}={value} " for name, value in self.environment.items())
        texts = [
            f"-- {name}\n{data.decode('utf-8', 'backslashreplace')}"
            for name, data in self.files.items()
        ]
        return "\n".join([f"$ {variables}{call}", *texts])


def one_file(name: str, text: str | bytes, *, origin: str, file: str = "compose.yaml") -> Case:
    """Return the case of one file alone in its folder, named with `-f`."""
    data = text if isinstance(text, bytes) else text.encode()
    return Case(name, {file: data}, ("-f", file), origin=origin)


def from_scenario(scenario: Scenario) -> Case:
    """Return the same of what `tests/project` has."""
    return Case(
        scenario.name,
        {name: text.encode() for name, text in scenario.files.items()},
        scenario.arguments,
        scenario.environment,
        scenario.folder,
        origin="scenario",
    )
