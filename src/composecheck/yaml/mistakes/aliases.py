"""Repetitions (`*name`, `<<`) of what is not there, or cannot be repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.nearest import nearest
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import quoted, shown, to_finding
from composecheck.yaml.mistakes.characters import asterisk_cause, asterisk_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.finding import Path
    from composecheck.source import Source


@rule("yaml-alias-undefined", Severity.ERROR, Category.COMPOSE)
def undefined_alias(
    source: Source, span: Span, name: str, known: Sequence[str], path: Path
) -> Finding:
    """`*name` repeats something that is not marked `&name` anywhere above.

    `*name` stands for what `&name` marked earlier in the same file. The mark may be misspelt,
    stand further down, or in another file, where it does not count.

    Bad:

        x-common: &common
          restart: always
        services:
          web:
            <<: *comon
            image: nginx

    Good:

        x-common: &common
          restart: always
        services:
          web:
            <<: *common
            image: nginx
    """
    text = source.text
    written = asterisk_text(text, span, name)
    if written is not None:
        return to_finding(source, asterisk_cause(text, written), path)
    near = nearest(name, known)
    fix = None
    if near:
        remedy = f'Write "*{near[0]}".'
        edit = Edit(source, Span(span.start, span.end), f"*{near[0]}")
        fix = Fix(f'Write "*{near[0]}"', Safety.UNSAFE, (edit,))
    elif later := re.search(rf"(?<=[\s\[{{,])&{re.escape(name)}(?![\w-])", text[span.end :]):
        line = source.position(span.end + later.start()).line
        remedy = f'Move what "&{name}" marks (line {line}) above this place.'
    elif known:
        names = ", ".join(f'"*{other}"' for other in list(dict.fromkeys(known))[:5])
        remedy = f'Mark what it shall repeat with "&{name}", or use what is marked above: {names}.'
    else:
        remedy = (
            f'Mark what it shall repeat with "&{name}", above this place in the same file; or '
            f"put the "
            f"value in quotes, if it is meant as text: {quoted(f'*{name}')}."
        )
    return Finding(
        rule="yaml-alias-undefined",
        severity=Severity.ERROR,
        message=f'"*{name}" repeats what "&{name}" marks, but nothing above is marked so. '
        f"Compose refuses "
        "the file.",
        source=source,
        span=span,
        remedy=remedy,
        path=path,
        suggestions=tuple(f"*{other}" for other in near),
        fix=fix,
    )


@rule("yaml-alias-cycle", Severity.ERROR, Category.COMPOSE)
def alias_of_itself(source: Source, span: Span, name: str, anchor: Span, path: Path) -> Finding:
    """`*name` stands inside the very thing that `&name` marks.

    What contains itself has no end, so Compose refuses the file. Mark only the part that shall be
    repeated, and repeat it somewhere else.

    Bad:

        services:
          web: &web
            image: nginx
            labels:
              <<: *web

    Good:

        services:
          web: &web
            image: nginx
    """
    return Finding(
        rule="yaml-alias-cycle",
        severity=Severity.ERROR,
        message=f'"*{name}" stands inside what "&{name}" marks, so it would repeat itself '
        f"without end. "
        "Compose refuses the file.",
        source=source,
        span=span,
        remedy=f'Remove "*{name}" here, or mark with "&{name}" only what it shall repeat.',
        path=path,
        related=(Related(source, anchor, f'"{name}" is marked here.'),),
    )


@rule("yaml-merge-value", Severity.ERROR, Category.COMPOSE)
def bad_merge(source: Source, span: Span, path: Path) -> Finding:
    """`<<` takes over keys and values, so it needs something that has some.

    Behind `<<:` stands a repetition (`*name`) of keys with values, or a list of such repetitions.
    Text, a number or a list of other things has no keys to take over.

    Bad:

        x-common: &common always
        services:
          web:
            <<: *common
            image: nginx

    Good:

        x-common: &common
          restart: always
        services:
          web:
            <<: *common
            image: nginx
    """
    written = source.slice(span)
    bare = re.fullmatch(r"[A-Za-z_][\w-]*", written)
    marked = bare is not None and re.search(
        rf"(?<=[\s\[{{,])&{re.escape(written)}(?![\w-])", source.text
    )
    fix = None
    if marked:
        remedy = f'Write "<<: *{written}".'
        edit = Edit(source, Span(span.start, span.start), "*")
        fix = Fix(f'Write "*{written}"', Safety.SAFE, (edit,))
    elif written.startswith("*"):
        remedy = f'Mark keys with values with "&{written[1:]}", or write out here what you mean.'
    else:
        remedy = 'Write "<<: *name", where "&name" marks keys with values above.'
    what = f"{shown(written)} has" if written else 'Nothing stands behind "<<:", which has'
    return Finding(
        rule="yaml-merge-value",
        severity=Severity.ERROR,
        message=f'{what} no keys with values that "<<" could take over. Compose refuses the file.',
        source=source,
        span=span,
        remedy=remedy,
        path=path,
        fix=fix,
    )
