"""What is gathered while the files of a project are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from composecheck.project.files import load_compose_file

if TYPE_CHECKING:
    from collections.abc import Mapping as Variables
    from pathlib import Path

    from composecheck.project.call import Call
    from composecheck.project.files import ComposeFile, ReadFile
    from composecheck.project.ledger import Ledger
    from composecheck.source import Source
    from composecheck.yaml.nodes import Mapping, Node


class Stage(Struct, frozen=True, eq=False):
    """The tree as Compose judges its shape: after one document of one file.

    `number` counts the documents of the file from 0. `root` holds what came before, too. A service
    in `partial_services` extends something that is unknown here, so it may lack what that supplies.
    """

    source: Source
    number: int
    root: Mapping
    partial_services: frozenset[str]


class Standpoint(Struct, frozen=True):
    """From where the files of a project, or of an included one, are seen.

    `folder` is what their paths are seen from, but for `project_directory` and `env_file` in an
    `include`: those are seen from `start`. For an included project, Compose seeks the latter from
    the working folder by the way from the project that includes it (measured), so that they are the
    same only where Compose is called in the folder of the project. `including` are the Compose
    files that led here, the first one outermost.
    """

    folder: Path
    start: Path
    including: tuple[Path, ...] = ()

    def within(self, path: Path) -> Standpoint:
        """Return the standpoint of what the Compose file at `path` includes."""
        return replace(self, including=(*self.including, path))


class Loading(Struct):
    """What is gathered on the way, for all files of a project together."""

    call: Call
    ledger: Ledger
    stages: list[Stage] = field(default_factory=list)
    files: list[ComposeFile] = field(default_factory=list)
    read_files: list[ReadFile] = field(default_factory=list)
    partial_services: set[str] = field(default_factory=set)
    unknown_includes: list[Node] = field(default_factory=list)
    """What includes something that is unknown here, and may define anything."""
    included: list[Mapping] = field(default_factory=list)
    """The tree of each included project, with its defaults."""
    _known: dict[Path, ComposeFile] = field(default_factory=dict)

    def with_environment(self, environment: Variables[str, str]) -> Loading:
        """Return the same gathering, in which variables are read from `environment`."""
        return replace(self, ledger=replace(self.ledger, environment=environment))

    def read(self, path: Path) -> ComposeFile:
        """Return the Compose file at `path`, read only once. Raises OSError."""
        if path not in self._known:
            file = load_compose_file(path, self.call.working_folder, self.call.read)
            self._known[path] = file
            self.files.append(file)
        return self._known[path]
