"""The session with pre-commit that docs/pre-commit.md shows: run, compared, and written anew.

The page has the files of a small project, each in a block with its name in a sentence before it,
and a block that shows commands with what they print. They are run in an empty folder, against a Git
repository with what stands here. pre-commit installs it from there with pip, as it does for
everybody, but without a network: what this project needs comes from wheels of what is installed
here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import wheelhouse
from tests.shared_material import REPOSITORY

PAGE = REPOSITORY / "docs" / "pre-commit.md"
README = REPOSITORY / "README.md"

ADDRESS = "/path/to/composecheck"
"""What the page has in place of the address of this repository."""

REVISION = "v0.1.0"
"""What the page has in place of the revision to take."""

_PUBLISHED = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "schemas",
    "src",
)
"""What pre-commit needs of this repository."""

_FILE = re.compile(r"`(?P<name>[^`\n]+)`:\n\n```yaml\n(?P<text>.*?)```", re.DOTALL)
_SESSION = re.compile(r"(?<=```console\n)(?P<body>.*?)(?=```)", re.DOTALL)
_SHOWN_AGAIN = re.compile(
    r"(?<=<!-- session with pre-commit -->\n).*?(?=<!-- end of session -->)", re.DOTALL
)
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def why_not() -> str:
    """Say why the session cannot be run here; empty if it can."""
    if sys.platform != "linux":
        return "the session is for Linux"
    missing = [program for program in ("git", "bash") if shutil.which(program) is None]
    if missing:
        return f"{missing[0]} is not installed"
    if not (Path(sys.executable).parent / "pre-commit").exists():
        return "the test dependency pre-commit is not installed"
    return ""


def project_files(page: str) -> dict[str, str]:
    """Return the files of the small project, by their names."""
    return {found["name"]: found["text"] for found in _FILE.finditer(page)}


def rewrite(page: str, scratch: Scratch) -> str:
    """Return the text of the page with what the commands in it print in a new `scratch`."""
    for file, text in project_files(page).items():
        (scratch.project / file).write_text(scratch.here(text), encoding="utf-8")
    return _SESSION.sub(lambda block: _rerun(block["body"], scratch), page)


def readme_text(page: str) -> str:
    """Return the text of the README as it must be: between its marks stands the page's session."""
    session = _SESSION.search(page)
    assert session, "the page has no session"
    shown = f"\n```text\n{session['body']}```\n\n"
    return _SHOWN_AGAIN.sub(lambda _: shown, README.read_text(encoding="utf-8"))


def _rerun(body: str, scratch: Scratch) -> str:
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{scratch.run(command[2:])}" for command in commands)


class Scratch:
    """A folder `project` to try pre-commit in, and beside it what it needs.

    Raises NoWheel where what pre-commit would install cannot be had without a network.
    """

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.published = folder / "composecheck"
        wheels = folder / "wheels"
        for new in (self.project, self.published, wheels):
            new.mkdir()
        wheelhouse.fill(wheels)
        self._environment = {
            # As in an activated virtual environment.
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": value
                for who in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.org"))
            },
            **wheelhouse.pip_environment(wheels),
        }
        self.revision = self._publish()

    def _publish(self) -> str:
        """Put what stands here into a Git repository; return the name of the commit."""
        ignore = shutil.ignore_patterns("__pycache__")
        for name in _PUBLISHED:
            if (REPOSITORY / name).is_dir():
                shutil.copytree(REPOSITORY / name, self.published / name, ignore=ignore)
            else:
                shutil.copy(REPOSITORY / name, self.published / name)
        commands = ("git init --quiet", "git add .", "git commit --quiet --message All")
        for command in commands:
            printed = self._run(command, self.published)
            assert printed == "", printed
        return self._run("git rev-parse HEAD", self.published).strip()

    def here(self, text: str) -> str:
        """Return a text of the page as it must be here."""
        return text.replace(ADDRESS, str(self.published)).replace(REVISION, self.revision)

    def run(self, command: str) -> str:
        """Run a command line in the project; return what it prints, as the page has it."""
        printed = self._run(self.here(command), self.project)
        shown = printed.replace(str(self.published), ADDRESS).replace(self.revision, REVISION)
        return _COLOUR.sub("", shown)

    def _run(self, command: str, folder: Path) -> str:
        process = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,  # a hook that fails is what is shown
        )
        return process.stdout


def main() -> None:
    """Write the page anew, and what the README shows of it."""
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="composecheck-") as name:
        page = rewrite(page, Scratch(Path(name).resolve()))
    PAGE.write_text(page, encoding="utf-8")
    README.write_text(readme_text(page), encoding="utf-8")


if __name__ == "__main__":
    main()
