"""What concerns the file as a whole: merge conflicts, stray lines, the version of YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.source import Span
from composecheck.yaml.mistakes.cause import Cause, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.source import Source
    from composecheck.yaml.mistakes.cause import Scene
    from composecheck.yaml.mistakes.lines import Line

_CONFLICT = expression(
    r"^(?P<ours><{7})(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)|"
    r"^(?P<between>={7})(?=[ \t]*(?:[\r\n]|\Z))|"
    r"^(?P<theirs>>{7})(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)",
    re.MULTILINE,
)


@rule("yaml-merge-conflict", Severity.ERROR, Category.COMPOSE)
def merge_conflicts(source: Source) -> list[Finding]:
    """A merge of Git left both versions in the file, and its marks around them.

    Git could not decide which of two versions of some lines is right, and left the decision to
    you. Keep the lines that are right, from above `=======` or from below, and remove the three
    lines with the marks.

    Bad:

        services:
          web:
        <<<<<<< HEAD
            image: nginx:1.27
        =======
            image: nginx:1.28
        >>>>>>> update

    Good:

        services:
          web:
            image: nginx:1.28
    """
    findings = []
    opening: re.Match[str] | None = None
    middle: re.Match[str] | None = None
    for match in _CONFLICT.finditer(source.text):
        if match["ours"]:
            if opening is not None:
                findings.append(_conflict(source, opening, middle, None))
            opening, middle = match, None
        elif match["between"]:
            if opening is not None:
                middle = match
        elif match["theirs"]:
            findings.append(_conflict(source, opening or match, middle, match))
            opening = middle = None
    if opening is not None:
        findings.append(_conflict(source, opening, middle, None))
    return findings


def _conflict(
    source: Source, first: re.Match[str], middle: re.Match[str] | None, last: re.Match[str] | None
) -> Finding:
    whole = first is not last and middle is not None and last is not None
    marks = [
        (mark, what)
        for mark, what in ((middle, "The other version begins here."), (last, "It ends here."))
        if mark is not None and mark is not first
    ]
    span = Span(first.start(), first.start() + len(first.group().rstrip()))
    return Finding(
        rule="yaml-merge-conflict",
        severity=Severity.ERROR,
        message=f"{shown(first.group())} is a mark that Git left here when two versions of the "
        f"file could "
        "not be merged. Compose refuses the file.",
        source=source,
        span=span,
        remedy='Keep the lines that are right, those above "=======" or those below, and remove '
        "the "
        "three lines with the marks."
        if whole
        else "Remove the line, and check whether the lines around it are those that you want.",
        related=tuple(
            Related(source, Span(mark.start(), mark.start() + len(mark.group().rstrip())), what)
            for mark, what in marks
        ),
    )


@rule("yaml-stray-text", Severity.ERROR, Category.COMPOSE)
def stray_text(scene: Scene, line: Line) -> Iterator[Cause]:
    """A line that is no key, no item of a list and no comment does not belong in the file.

    Between keys, YAML allows no loose text. Write `#` before the line if it is a comment, and
    remove it if it came in by accident.

    Bad:

        services:
          web:
            image: nginx
        this is my first try, please help
          db:
            image: example/db

    Good:

        services:
          web:
            image: nginx
        # this is my first try, please help
          db:
            image: example/db
    """
    if line.key is not None or line.dashes:
        return
    written = scene.text[line.content : line.end].rstrip()
    if re.fullmatch(r"={7}", written):
        yield Cause(
            rule="yaml-merge-conflict",
            span=Span(line.content, line.end),
            message='"=======" is a mark of the kind that Git leaves when two versions of a file '
            "could not "
            "be merged. Compose refuses the file.",
            remedy="Remove the line, and check whether the lines around it are those that you "
            "want.",
            changes=((Span(line.start, line.end), ""),),
            offered=False,
            cost=0.2,
        )
        return
    lone = re.fullmatch(r"[\[\]{}]|`{3,}\w*|~{3,}\w*|-{4,}", written) is not None
    yield Cause(
        rule="yaml-stray-text",
        span=Span(line.content, line.content + len(written)),
        message=f"{shown(written)} is neither a key with a value nor an item of a list. Compose "
        f"refuses the "
        "file.",
        remedy="Remove it."
        if lone
        else f"Write {shown(f'# {written}')} if it is a comment; otherwise remove it, or write "
        f"it as a key "
        "with a value.",
        changes=((Span(line.start, line.end), ""),)
        if lone
        else ((Span(line.content, line.content), "# "),),
        title="Remove it" if lone else "Make the line a comment",
        safety=Safety.UNSAFE,
        # Several plain words are a sentence.
        cost=1.3 if re.fullmatch(r"[\w',.!?()-]+(?:\s+[\w',.!?()-]+){3,}", written) else 2.6,
    )


@rule("yaml-version", Severity.ERROR, Category.COMPOSE)
def unsupported_version(source: Source, span: Span, version: str) -> Finding:
    """A `%YAML` line may only say 1.1.

    Compose reads YAML 1.1 and refuses a file that says it is of another version, even where the
    file has nothing in it that makes a difference. Remove the line; no Compose file needs it.

    Bad:

        %YAML 1.2
        ---
        services:
          web:
            image: nginx

    Good:

        %YAML 1.1
        ---
        services:
          web:
            image: nginx
    """
    text = source.text
    line = source.line_span(source.position(span.start).line)
    edits = []
    if match := re.compile(r"%YAML[ \t]+([^\s#]+)").match(text, line.start, line.end):
        edits.append(Edit(source, Span(match.start(1), match.end(1)), "1.1"))
    return Finding(
        rule="yaml-version",
        severity=Severity.ERROR,
        message=f'"%YAML {version}" says that the file is YAML {version}. Compose takes only 1.1 '
        f"there, and "
        "refuses the file.",
        source=source,
        span=span,
        remedy='Write "%YAML 1.1", or remove the line.',
        fix=Fix('Write "%YAML 1.1"', Safety.SAFE, tuple(edits)) if edits else None,
    )


@rule("yaml-directive", Severity.ERROR, Category.COMPOSE)
def directive(scene: Scene, line: Line) -> Iterator[Cause]:
    """A line must not begin with `%`.

    At the very start of a line, `%` speaks to the reader of the YAML itself: `%YAML 1.1`. Compose
    refuses any other. Write `#` before the line if it is a comment, or put the key in quotes.

    Bad:

        %settings
        services:
          web:
            image: nginx

    Good:

        # settings
        services:
          web:
            image: nginx
    """
    text = scene.text
    if line.indent or not text.startswith("%", line.start):
        return
    written = text[line.start : line.end].rstrip()
    if match := re.match(r"%YAML[ \t]+([^\s#]+)", written):
        finding = unsupported_version(
            scene.source, Span(line.start, line.start + match.end()), match[1]
        )
        yield Cause(
            rule=finding.rule,
            span=finding.span,
            message=finding.message,
            remedy=finding.remedy,
            changes=((Span(line.start + match.start(1), line.start + match.end(1)), "1.1"),),
            title='Write "%YAML 1.1"',
            cost=0.1,
        )
        return
    yield Cause(
        rule="yaml-directive",
        span=Span(line.start, line.start + len(written)),
        message=f'{shown(written)} begins with "%" at the start of a line, which in YAML is an '
        f"instruction "
        "to the reader of the file, and this one is unknown. Compose refuses the file.",
        remedy='Remove the line, or write "#" instead of "%" if it is a comment.',
        changes=((Span(line.start, line.start + 1), "# "),),
        title="Make the line a comment",
        safety=Safety.UNSAFE,
        cost=0.2,
    )
