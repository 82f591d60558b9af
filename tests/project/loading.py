"""Loading projects from texts."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from composecheck.project.call import Call
from composecheck.project.project import load_project

if TYPE_CHECKING:
    from composecheck.project.project import Project

FOLDER = Path("/proj")


def load_texts(
    text: str = "",
    *,
    files: dict[str, str] | None = None,
    files_of_call: tuple[str, ...] = ("compose.yaml",),
    **options: Any,
) -> Project:
    """Load `compose.yaml` with `text`, among other `files` of the folder `/proj`.

    What is not in `files` does not exist. `files_of_call` are those that are named with `-f`, and
    `options` more of a Call.
    """
    texts = {"compose.yaml": dedent(text), **{k: dedent(v) for k, v in (files or {}).items()}}

    def read(path: Path) -> bytes:
        name = path.relative_to(FOLDER).as_posix() if path.is_relative_to(FOLDER) else str(path)
        if name not in texts:
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return texts[name].encode()

    options = {"files": files_of_call, "is_here": True, **options}
    return load_project(Call(working_folder=FOLDER, read=read, **options))
