"""Names of projects.

Compose makes two different things of them. The `name` of a file, and the name of the folder where
there is none, it brings into shape without a word. What somebody says outright (`-p`, or the
variable COMPOSE_PROJECT_NAME) it takes as it is or not at all. (Facts: compose-go,
`loader/loader.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from composecheck.expressions import expression

_DROPPED = expression("[^a-z0-9_-]")


def normalize_project_name(name: str) -> str:
    """Return what Compose makes of a `name` in a file, or of the name of a folder.

    Small letters; of the other characters only `a-z`, digits, `_` and `-` stay, and the last two
    not at the beginning. It may be empty: then there is no name.
    """
    return _DROPPED.sub("", name.lower()).lstrip("_-")


def is_project_name(name: str) -> bool:
    """Whether Compose takes `name` from `-p` or COMPOSE_PROJECT_NAME, where it may not be empty."""
    return name != "" and normalize_project_name(name) == name
