"""Mistakes that a parser does not see: keys twice, unknown repetitions, keys that are no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.nearest import nearest
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.brackets import template_cause
from composecheck.yaml.mistakes.cause import quoted, shown
from composecheck.yaml.mistakes.characters import asterisk_cause, asterisk_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.finding import Path
    from composecheck.source import Source
    from composecheck.yaml.mistakes.cause import Cause


@rule("yaml-duplicate-key", Severity.ERROR, Category.COMPOSE)
def duplicate_key(source: Source, key: Span, first: Span, name: str, path: Path) -> Finding:
    """A key stands twice in the same place.

    Nobody can tell which of the two counts, so Compose refuses the file. Put what belongs to both
    below one of them and remove the other, or remove the one that is a leftover.

    Bad:

        services:
          web:
            image: nginx
            ports: ["80:80"]
            ports: ["443:443"]

    Good:

        services:
          web:
            image: nginx
            ports: ["80:80", "443:443"]
    """
    line = source.position(first.start).line
    if name == "<<":
        remedy = 'Write one "<<" with a list behind it: "<<: [*first, *second]".'
    else:
        remedy = "Put everything below one of the two and remove the other."
    owner = f" of {shown(str(path[-2]))}" if len(path) > 1 else ""
    return Finding(
        rule="yaml-duplicate-key",
        severity=Severity.ERROR,
        message=f"The key {shown(name)}{owner} stands here a second time; the first is on line "
        f"{line}. "
        "Compose refuses the file.",
        source=source,
        span=key,
        remedy=remedy,
        path=path,
        related=(Related(source, first, f"The first {shown(name)}."),),
    )


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
        return _finding(source, asterisk_cause(text, written), path)
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


@rule("yaml-complex-key", Severity.ERROR, Category.COMPOSE)
def complex_key(source: Source, span: Span, path: Path) -> Finding:
    """A list, or keys with values, stands where a key is expected.

    YAML allows that, Compose does not: a key is text. It mostly happens by accident, when a value
    begins with a brace. Put the value in quotes.

    Bad:

        services:
          web:
            image: nginx
            labels:
              ? [a, b]
              : c

    Good:

        services:
          web:
            image: nginx
            labels:
              "a, b": c
    """
    text = source.text
    if text.startswith("{", span.start) and text[: span.start].rstrip().endswith("{"):
        start = text.rindex("{", 0, span.start)
        line = source.line_span(source.position(start).line)
        end = line.end
        close = text.rfind("}", span.end, line.end)
        comment = re.compile(r"[ \t]#").search(text, max(close, span.end), line.end)
        end = comment.start() if comment else line.end
        end = start + len(text[start:end].rstrip())
        return _finding(source, template_cause(Span(start, end), text[start:end]), path)
    written = source.slice(span)
    return Finding(
        rule="yaml-complex-key",
        severity=Severity.ERROR,
        message=f"{shown(written)} is a list, or keys with values, but stands where a key is "
        f"expected. "
        "Compose takes only text as a key, and refuses the file.",
        source=source,
        span=span,
        remedy=f"Put it in quotes if it is meant as text: {quoted(' '.join(written.split()))}.",
        path=path,
    )


@rule("yaml-key-type", Severity.ERROR, Category.COMPOSE)
def key_not_text(source: Source, span: Span, text: str, what: str, path: Path) -> Finding:
    """A key that is a number, a date, true, false or nothing needs quotes.

    Compose takes only text as a key. Without quotes, YAML reads `1` as a number and `true` as yes.

    Bad:

        services:
          web:
            image: nginx
            labels:
              1: first

    Good:

        services:
          web:
            image: nginx
            labels:
              "1": first
    """
    written = source.slice(span)
    if not written:
        return Finding(
            rule="yaml-key-type",
            severity=Severity.ERROR,
            message="There is no key before the colon. Compose takes only text as a key, and "
            "refuses the "
            "file.",
            source=source,
            span=span,
            remedy="Write the key before the colon, or remove the line.",
            path=path,
        )
    right = quoted(text)
    return Finding(
        rule="yaml-key-type",
        severity=Severity.ERROR,
        message=f"The key {shown(text)} is {what} to YAML. Compose takes only text as a key, and "
        f"refuses "
        "the file.",
        source=source,
        span=span,
        remedy=f"Put it in quotes: {right}.",
        path=path,
        suggestions=(right,),
        fix=Fix(f"Put {shown(text)} in quotes", Safety.SAFE, (Edit(source, span, right),)),
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


def _finding(source: Source, cause: Cause, path: Path) -> Finding:
    edits = tuple(Edit(source, span, text) for span, text in cause.changes)
    return Finding(
        rule=cause.rule,
        severity=Severity.ERROR,
        message=cause.message,
        source=source,
        span=cause.span,
        remedy=cause.remedy,
        path=path,
        fix=Fix(cause.title, cause.safety, edits),
    )
