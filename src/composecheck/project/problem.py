"""What goes wrong on the way from files to a project, as values: rules put it in words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.language.variables import Variable
    from composecheck.source import Source, Span


class Fault(Enum):
    """Why Compose refuses, or what cannot be known here."""

    NO_FILES = "no files"
    """No Compose file is named, and none is to be found."""
    FILE_ABSENT = "file absent"
    """A Compose file that is named does not exist; for env files there is ENV_FILE_ABSENT."""
    FILE_UNREADABLE = "file unreadable"
    """It is a folder, or may not be read; `name` is the system's reason."""
    SETTING_INVALID = "setting invalid"
    """The value of one of Compose's own variables is neither true nor false; `name` is it."""
    ENV_FILE_ABSENT = "env file absent"
    """An env file or label file that is named does not exist."""
    ENV_FILE_UNREADABLE = "env file unreadable"
    ENV_FILE_FORMAT = "env file format"
    """The `format` of an `env_file` is none that Compose knows; `name` is it."""
    ENV_FILE_INVALID = "env file invalid"
    """`payload` is the InvalidAssignment, InvalidVariable or MissingVariable in it."""
    NOT_MAPPING = "not a mapping"
    """Keys and values are needed at the top of a document, or as `services`, or as a service."""
    EMPTY = "empty"
    """There is nothing at all in all files together."""
    NAME_INVALID = "name invalid"
    """What `-p` or COMPOSE_PROJECT_NAME says is no name of a project; `name` is it."""
    NAME_EMPTY = "name empty"
    """Nothing is left of the project's name once Compose has brought it into shape."""
    VARIABLE_INVALID = "variable invalid"
    """`payload` is the InvalidVariable."""
    VARIABLE_MISSING = "variable missing"
    """`payload` is the MissingVariable: `${NAME:?message}`."""
    CAST = "cast"
    """A text that Compose would make a number or true/false of, and cannot; `payload` says why."""
    NO_EXTENDED_NAME = "no extended name"
    """`extends` without `service`."""
    EXTENDED_UNDEFINED = "extended undefined"
    """The service to extend does not exist; `name` is it, `choices` those that do."""
    NO_SERVICES_TO_EXTEND = "no services to extend"
    """The file to extend from has no `services`."""
    EXTENDS_CYCLE = "extends cycle"
    """A service extends itself by way of others; `related` has each step."""
    INCLUDE_NOT_LIST = "include not a list"
    INCLUDE_INVALID = "include invalid"
    """An item of `include` is neither text nor keys and values that Compose can read."""
    INCLUDE_CYCLE = "include cycle"
    """A file includes itself by way of others; `related` has each step."""
    REMOTE = "remote"
    """A file from Git or a registry, which is never fetched: what it holds is unknown."""
    CANNOT_OVERRIDE = "cannot override"
    """One file has a list where another has keys and values, or the like; `related` has that."""
    NOT_TEXT = "not text"
    """An item of a list that Compose compares with others as text, and is none."""
    WRONG_KIND = "wrong kind"
    """A value in a file to extend from with which Compose can do nothing, or a key is missing in
    it: of such a file, Compose does not judge the shape."""
    NO_TARGET = "no target"
    """A port, volume or device in the long form without `target`."""
    SHORT_SYNTAX = "short syntax"
    """A text in one of the little languages that Compose cannot read; `name` says which language,
    `payload` why."""
    ALIAS_AROUND = "alias around"
    """An alias stands inside of where the same one stands as well, or around it; `related` has that
    one. `payload` is the outer one of the two if it stands behind `<<`, else None."""
    MARK_LOST = "mark lost"
    """`!reset` or `!override` under a merge key, under the key `name` with a point in it."""
    EXTERNAL_NAMES_DIFFER = "external names differ"
    """`name` and `external.name` are both there, and are not the same."""
    TOO_MUCH = "too much"
    """It goes beyond what we take on; `name` says in which way, as a clause."""


UNKNOWN_HERE = frozenset({Fault.REMOTE, Fault.TOO_MUCH})
"""Faults for which Compose does not refuse: we do not know."""

HANGS_ON_THIS_MACHINE = frozenset(
    {Fault.FILE_ABSENT, Fault.FILE_UNREADABLE, Fault.ENV_FILE_ABSENT, Fault.ENV_FILE_UNREADABLE}
)
"""Faults that another machine need not have, since other files are there."""


class Place(Struct, frozen=True):
    """A place that a problem speaks of, and what is there: a file, a service, a key."""

    source: Source
    span: Span
    name: str = ""


class Problem(Struct, frozen=True):
    """One thing that makes Compose refuse, or that keeps us from knowing.

    `span` is where in `source`; both are None where nothing is written, as for a `.env` that is
    named on the command line. `path` leads to the value in its file. `name` is the file, service,
    key or language in question. `payload` is the error of a parser in `language/`.
    """

    fault: Fault
    source: Source | None
    span: Span | None
    path: Path = ()
    name: str = ""
    choices: tuple[str, ...] = ()
    related: tuple[Place, ...] = ()
    payload: object = None
    may_be: bool = False
    """Whether it is so in some environments only, and we do not know this one."""


class Unset(Struct, frozen=True):
    """A use of a variable that is not set here, without a default. `path` leads to the value."""

    source: Source
    variable: Variable
    path: Path
