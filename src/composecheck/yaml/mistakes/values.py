"""Values that are not what they say, or too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.rule import Category, rule
from composecheck.yaml.mistakes.cause import shown

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.source import Source, Span


_TAG_NAMES = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
    "binary": "data in Base64",
    "seq": "a list",
    "map": "keys with values",
    "str": "text",
}


@rule("yaml-tag-value", Severity.ERROR, Category.COMPOSE)
def bad_tag_value(source: Source, span: Span, tag: str, text: str, path: Path) -> Finding:
    """A value is not of the type that its tag says.

    A word with `!!` before a value says of what type it is. Compose refuses a value that cannot be
    of that type. Remove the tag, or correct the value.

    Bad:

        services:
          web:
            image: nginx
            labels:
              weight: !!int heavy

    Good:

        services:
          web:
            image: nginx
            labels:
              weight: heavy
    """
    short = tag.removeprefix("tag:yaml.org,2002:").removeprefix("!!")
    written = f"!!{short}"
    wanted = _TAG_NAMES.get(short, f"what {shown(written)} says")
    return Finding(
        rule="yaml-tag-value",
        severity=Severity.ERROR,
        message=f"{shown(written)} says that {shown(text)} is {wanted}, which it is not. Compose "
        f"refuses the "
        "file.",
        source=source,
        span=span,
        remedy=f"Remove {shown(written)}, or write {wanted} behind it.",
        path=path,
    )


@rule("yaml-too-many-nodes", Severity.ERROR, Category.COMPOSE)
def too_many_nodes(source: Source, span: Span) -> Finding:
    """The file has more values than Compose is willing to read.

    Compose reads at most 100 000 values from a file; keys do not count, and a repetition (`*name`)
    counts as one. A file that needs more has mostly been written by a program that went astray.
    Split it, or put long lists into files that the services read themselves.

    Bad:

        x-numbers:
          - 1
          # … and so on, up to 100 000
        services:
          web:
            image: nginx

    Good:

        x-numbers:
          - 1
        services:
          web:
            image: nginx
    """
    return Finding(
        rule="yaml-too-many-nodes",
        severity=Severity.ERROR,
        message="The file has more than 100 000 values. Compose refuses to read so many.",
        source=source,
        span=span,
        remedy="Split the file, or put long lists into files that the services read themselves.",
    )
