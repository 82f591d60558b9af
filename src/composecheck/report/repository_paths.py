"""The path of a file as a service that shows reports beside the files of a repository knows it."""

from __future__ import annotations

import os
from pathlib import Path


def path_in_checkout(name: str, variable: str) -> str:
    """Return the path of a file as seen from the top of the checkout, with `/`.

    `name` is that of a Source: seen from the working folder, or absolute. `variable` is the
    environment variable in which the service names the top. A name is given back as it is where
    the variable is not set, as it is outside of a pipeline; where the file is not in the checkout;
    and where it is that of no file (`<stdin>`).
    """
    top = os.environ.get(variable)
    if not top or name.startswith("<"):
        return name
    try:
        path = Path(os.path.normpath(Path.cwd() / name))
        return path.relative_to(Path(top).resolve()).as_posix()
    except (ValueError, OSError):
        return name
