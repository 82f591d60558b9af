"""Settings: what somebody wants, and where they said so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct, field

from composecheck.finding import Severity
from composecheck.rules.selection import Wish

if TYPE_CHECKING:
    from pathlib import Path

Value_co = TypeVar("Value_co", covariant=True)

Severities = Mapping[str, Severity | None]
"""The severity that somebody gave to a rule, by its name; None switches the rule off."""

Version = tuple[int, ...]
"""A version of Docker Compose: (2, 20) or (2, 20, 3)."""

OFF = "off"
"""What stands for a severity in a settings file where a rule is switched off."""


class Where(Enum):
    """Who gave a value."""

    DEFAULT = "default"
    FILE = "settings file"
    COMMAND_LINE = "command line"


class Origin(Struct, frozen=True):
    """Where a value comes from. In a settings file, `file` is its name and `line` counts from 1."""

    where: Where
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """Return it as it is shown: `pyproject.toml:12`, `command line`, `default`."""
        return f"{self.file}:{self.line}" if self.where is Where.FILE else self.where.value


DEFAULT = Origin(Where.DEFAULT)
COMMAND_LINE = Origin(Where.COMMAND_LINE)


class Setting(Struct, Generic[Value_co], frozen=True):
    """A value, and where it comes from."""

    value: Value_co
    origin: Origin = DEFAULT


class PerFile(Struct, frozen=True):
    """What is different for some files. `glob` is as in a .gitignore.

    What is empty (for `select`: None) is as for all files.
    """

    glob: str
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severities = field(default_factory=dict)


class Group(Struct, frozen=True):
    """Files that make one project, each laid over those before it.

    All paths are absolute. What is empty or None is as for every project.
    """

    files: tuple[Path, ...]
    env_files: tuple[Path, ...] = ()
    profiles: tuple[str, ...] = ()
    project_directory: Path | None = None


class Settings(Struct, frozen=True):
    """All that can be set. Where nothing is, the default holds.

    `file` is the settings file, absolute, or None; globs are seen from `folder`. For what each
    setting means see `keys.KEYS`. `on_command_line` is what was said about rules there: it stays
    apart, since what is said there comes after what the file says.
    """

    folder: Path
    file: Path | None = None
    select: Setting[tuple[str, ...] | None] = Setting(None)
    extend_select: Setting[tuple[str, ...]] = Setting(())
    ignore: Setting[tuple[str, ...]] = Setting(())
    severity: Setting[Severities] = field(default_factory=lambda: Setting({}))
    per_file: Setting[tuple[PerFile, ...]] = Setting(())
    include: Setting[tuple[str, ...]] = Setting(())
    exclude: Setting[tuple[str, ...]] = Setting(())
    target_compose: Setting[Version | None] = Setting(None)
    env_files: Setting[tuple[Path, ...]] = Setting(())
    profiles: Setting[tuple[str, ...]] = Setting(())
    groups: Setting[tuple[Group, ...]] = Setting(())
    fail_on: Setting[Severity] = Setting(Severity.WARNING)
    here: Setting[bool] = Setting(value=False)
    on_command_line: Wish = field(default_factory=Wish)


class Problem(Struct, frozen=True):
    """Something wrong with a settings file.

    `line` and `column` count from 1, and are 0 where it is no place in the text.
    """

    file: str
    message: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return it on one line: `pyproject.toml:12:5: There is no setting …`."""
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.message}"


class InvalidSettings(Exception):
    """A settings file that cannot be used: everything that is wrong with it, in its order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
