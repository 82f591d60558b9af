"""Installs what is measured into `.bench/`, each as its users have it, or says why it cannot be.

Nothing of it touches the environment in which composecheck is developed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tools import TOOLS, Tool
from benchmarks.workloads import REPOSITORY

FOLDER = REPOSITORY / ".bench"
_OURS = FOLDER / "composecheck"
_PEERS = FOLDER / "peers"
_NODE = FOLDER / "node"
_PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Installed:
    """Where the executable of a tool is; None, and the reason, if it could not be installed."""

    executable: Path | None
    reason: str = ""


class _NotInstalled(Exception):
    """Something could not be installed; the text says why."""


def install(tool: Tool) -> Installed:
    """Install a tool, unless it is there already; ours always, since it may have changed."""
    try:
        return Installed(_INSTALLERS[tool.source](tool))
    except _NotInstalled as error:
        return Installed(None, str(error))


def install_all() -> dict[str, Installed]:
    """Install all tools; return where each is, by its name."""
    return {tool.name: install(tool) for tool in TOOLS}


def python_of_ours() -> Path | None:
    """Return the Python in whose environment composecheck is installed; None if it is not."""
    python = _OURS / "bin" / "python"
    return python if (_OURS / "bin" / "composecheck").exists() else None


def _install_ours(tool: Tool) -> Path:
    """Build the wheel of this checkout and install it, with its bytecode, as pip does by itself."""
    wheels = FOLDER / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)])
    (wheel,) = wheels.glob("*.whl")
    pip = _environment(_OURS)
    _run([*pip, str(wheel)])
    # The version may be the one that is there, of another text.
    _run([*pip, "--force-reinstall", "--no-deps", str(wheel)])
    return _OURS / "bin" / tool.executable


def _find_for_tests(tool: Tool) -> Path:
    beside = Path(sys.executable).parent / tool.executable
    if not beside.exists():
        raise _NotInstalled(f"the test dependency {tool.package} is not installed")
    return beside


def _install_with_pip(tool: Tool) -> Path:
    executable = _PEERS / "bin" / tool.executable
    mark = _PEERS / f".{tool.package}-{tool.version}"
    if not (executable.exists() and mark.exists()):
        _run([*_environment(_PEERS), f"{tool.package}=={tool.version}"])
        mark.touch()
    return executable


def _install_with_npm(tool: Tool) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise _NotInstalled("there is no npm here")
    executable = _NODE / "node_modules" / ".bin" / tool.executable
    mark = _NODE / f".{tool.package}-{tool.version}"
    if not (executable.exists() and mark.exists()):
        _NODE.mkdir(parents=True, exist_ok=True)
        wanted = f"{tool.package}@{tool.version}"
        _run([npm, "install", "--no-audit", "--no-fund", "--prefix", str(_NODE), wanted])
        mark.touch()
    return executable


_INSTALLERS = {
    "ours": _install_ours,
    "tests": _find_for_tests,
    "pip": _install_with_pip,
    "npm": _install_with_npm,
}


def _environment(folder: Path) -> list[str]:
    """Make a virtual environment unless it is there; return how to install something into it."""
    python = folder / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(folder)])
    return [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _run(call: list[str]) -> None:
    try:
        subprocess.run(
            call,
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines()
        raise _NotInstalled(said[-1] if said else f"{call[0]} failed") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _NotInstalled(str(error)) from None
