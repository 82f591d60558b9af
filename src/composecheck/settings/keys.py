"""The settings there are: what each is for, and what stands there.

The reader knows its keys from here, and so do the page about settings and the schema for editors.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Kind(Enum):
    """What stands at a key, as people call it."""

    RULES = "a list of rules and categories"
    SEVERITIES = "a table from rules to severities"
    PER_FILE = "a table from globs to tables"
    GLOBS = "a list of globs"
    VERSION = "a version as text"
    PATHS = "a list of paths"
    PATH = "a path"
    NAMES = "a list of names"
    GROUPS = "a list of tables"
    SEVERITY = "a severity as text"
    BOOLEAN = "true or false"


class Key(Struct, frozen=True):
    """A key of the settings.

    `meaning` is a paragraph of whole sentences (Markdown), `default` what holds without the key,
    and `example` the TOML for it in a `composecheck.toml`. `flags` are the options of the command
    line that say the same.
    """

    name: str
    kind: Kind
    meaning: str
    default: str
    example: str
    flags: tuple[str, ...] = ()


KEYS = (
    Key(
        "select",
        Kind.RULES,
        "The rules that speak, and no others: names of rules and of categories (`compose`,"
        " `runtime`, `upkeep`, `security`, `style`), or `all`. What is closer counts: a rule that"
        " is named weighs more than its category, a category more than `all`.",
        "the rules of `compose`, `runtime` and `upkeep`",
        'select = ["compose", "runtime"]\n',
        ("--select",),
    ),
    Key(
        "extend-select",
        Kind.RULES,
        "Rules and categories that speak beside those of `select`, or beside those that are on by"
        " default.",
        "none",
        'extend-select = ["security"]\n',
        ("--extend-select",),
    ),
    Key(
        "ignore",
        Kind.RULES,
        "Rules and categories that are silent. It weighs more than `select` and `extend-select`"
        " where both name the same.",
        "none",
        'ignore = ["key-obsolete"]\n',
        ("--ignore",),
    ),
    Key(
        "severity",
        Kind.SEVERITIES,
        "How bad the findings of a rule are: `error`, `warning` or `note`; `off` silences the rule"
        " as `ignore` does. It does not switch on a rule that is off.",
        "as the rules have it",
        '[severity]\nkey-obsolete = "warning"\nvariable-unset = "off"\n',
    ),
    Key(
        "per-file",
        Kind.PER_FILE,
        "What is different for some files: `select`, `extend-select`, `ignore` and `severity`"
        " below a glob, laid over those for all files. Where several globs fit, all count, the"
        " last one most.",
        "nothing",
        '[per-file."legacy/**"]\nignore = ["upkeep"]\nseverity = { key-unknown = "warning" }\n',
    ),
    Key(
        "include",
        Kind.GLOBS,
        "Files to check in folders that are searched, beside those with a name that Compose"
        " gives its files.",
        "none",
        'include = ["stack.yml", "deploy/*.yaml"]\n',
        ("--include",),
    ),
    Key(
        "exclude",
        Kind.GLOBS,
        "Files and folders to pass over in folders that are searched. A file that is named is"
        " checked all the same.",
        "none",
        'exclude = ["examples/", "vendor/**/compose.yaml"]\n',
        ("--exclude",),
    ),
    Key(
        "target-compose",
        Kind.VERSION,
        "The oldest Docker Compose that the files are for. What only a newer one knows is"
        " reported. In quotes, since `2.20` without them is the number 2.2.",
        "the newest that composecheck knows",
        'target-compose = "2.20"\n',
        ("--target-compose",),
    ),
    Key(
        "env-files",
        Kind.PATHS,
        "Files with variables, read instead of `.env`; of several the last one wins.",
        "`.env` in the folder of the project",
        'env-files = [".env", "defaults.env"]\n',
        ("--env-file",),
    ),
    Key(
        "profiles",
        Kind.NAMES,
        'Profiles that are on; `"*"` is all of them.',
        "none",
        'profiles = ["debug"]\n',
        ("--profile",),
    ),
    Key(
        "group",
        Kind.GROUPS,
        "Files that belong together, each laid over those before it as with `docker compose -f`"
        " several times. A group may have `env-files`, `profiles` and a `project-directory` of"
        " its own. A file may stand in several groups; it is judged in each.",
        "a base with its override file",
        '[[group]]\nfiles = ["compose.yaml", "compose.prod.yaml"]\nprofiles = ["prod"]\n'
        'env-files = ["prod.env"]\nproject-directory = "."\n',
        ("--file",),
    ),
    Key(
        "fail-on",
        Kind.SEVERITY,
        "From which severity on the exit status is 1: `error`, `warning` or `note`. For the whole"
        " run, it is taken from the settings for the working folder.",
        '`"warning"`',
        'fail-on = "error"\n',
        ("--fail-on",),
    ),
    Key(
        "here",
        Kind.BOOLEAN,
        "Whether to ask if Compose would take the project here and now: variables that are not"
        " set are blank then, and absent files are errors. For the whole run, it is taken from"
        " the settings for the working folder.",
        "`false`",
        "here = true\n",
        ("--here",),
    ),
)

PER_FILE_KEYS = {
    "select": Kind.RULES,
    "extend-select": Kind.RULES,
    "ignore": Kind.RULES,
    "severity": Kind.SEVERITIES,
}
"""What may stand below a glob of `per-file`."""

GROUP_KEYS = {
    "files": Kind.PATHS,
    "env-files": Kind.PATHS,
    "profiles": Kind.NAMES,
    "project-directory": Kind.PATH,
}
"""What may stand in a `[[group]]`; `files` must."""

WRONG_NAMES = {
    "per-file-ignores": "per-file",
    "overrides": "per-file",
    "enable": "extend-select",
    "disable": "ignore",
    "disabled": "ignore",
    "rules": "severity",
    "skip": "exclude",
    "target-version": "target-compose",
    "compose-version": "target-compose",
    "projects": "group",
    "strict": "fail-on",
}
"""What other linters call a setting, and its name here."""
