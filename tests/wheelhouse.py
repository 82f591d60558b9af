"""What is installed here as wheels again, so that tests can install it elsewhere without a network.

An environment that a test makes (for a hook, for the action) installs this project as a user's
would, with pip and all its dependencies; it only finds them in a folder instead of on an index.
"""

from __future__ import annotations

import os
import tomllib
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NOT_IN_WHEELS = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"}
_RECORD_FIELDS = "{},,\n"


class NoWheel(Exception):
    """Something that is needed is not installed here as pip installs it. The text says what."""


def pip_environment(wheelhouse: Path) -> dict[str, str]:
    """Return the variables that make pip take everything from `wheelhouse`, and nothing else."""
    return {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": str(wheelhouse),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_COMPILE": "1",
        "PIP_NO_INDEX": "1",
    }


def fill(folder: Path) -> None:
    """Write the wheels that this project needs to be built, installed and run into `folder`.

    Raises NoWheel where one of them cannot be made.
    """
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for found in _with_dependencies(map(Requirement, wanted)):
        _write_wheel(found, folder)


def _with_dependencies(wanted: Iterable[Requirement]) -> Iterator[Distribution]:
    """Yield what is wanted, and what that needs in turn, each once."""
    waiting = list(wanted)
    done: set[str] = set()
    asked: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in asked:
            continue
        asked.add(str(requirement))
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            raise NoWheel(f"{requirement.name} is not installed") from None
        name = canonicalize_name(requirement.name)
        if name not in done:
            done.add(name)
            yield found
        for text in found.requires or ():
            needed = Requirement(text)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)


def _write_wheel(found: Distribution, folder: Path) -> None:
    description = found.read_text("WHEEL")
    if description is None or found.files is None:
        raise NoWheel(f"{found.name} was not installed from a wheel")
    tags = [
        line.partition(":")[2].strip()
        for line in description.splitlines()
        if line.startswith("Tag:")
    ]
    parts = (sorted({tag.split("-")[place] for tag in tags}) for place in range(3))
    name = canonicalize_name(found.name).replace("-", "_")
    file = folder / f"{name}-{found.version}-{'-'.join(map('.'.join, parts))}.whl"
    record = ""
    with zipfile.ZipFile(file, "w") as wheel:
        for path in found.files:
            # What lies outside (the scripts) pip makes anew of the entry points.
            if _is_of_wheel(PurePosixPath(path)):
                wheel.write(str(found.locate_file(path)), str(path))
                record += _RECORD_FIELDS.format(path)
        (metadata,) = {
            path.parts[0]
            for path in map(PurePosixPath, found.files)
            if path.name == "WHEEL" and path.parts[0].endswith(".dist-info")
        }
        wheel.writestr(f"{metadata}/RECORD", record + _RECORD_FIELDS.format(f"{metadata}/RECORD"))


def _is_of_wheel(path: PurePosixPath) -> bool:
    if ".." in path.parts or path.is_absolute() or path.suffix == ".pyc":
        return False
    return not (path.parent.suffix == ".dist-info" and path.name in _NOT_IN_WHEELS)
