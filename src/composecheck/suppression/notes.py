"""What is said about comments that do not do what they seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety
from composecheck.nearest import nearest, only_slip
from composecheck.rule import Category
from composecheck.rules.ignores import ignore_malformed, ignore_unknown, ignore_unused
from composecheck.rules.selection import ALL
from composecheck.schema.words import join_and, join_or, quoted
from composecheck.source import Span
from composecheck.suppression.coverage import covers, stands_for_file
from composecheck.suppression.directives import Directive, Lookalike
from composecheck.yaml.gaps import BREAKS, start_of_line
from composecheck.yaml.leaves import commented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from composecheck.finding import Finding
    from composecheck.rule import Rule
    from composecheck.suppression.coverage import Cover
    from composecheck.yaml import Document
    from composecheck.yaml.comments import Comment

Silenced = tuple[Directive, str]
"""A directive, and one of its names that has silenced a finding."""

ELSEWHERE = frozenset(
    {
        # Other files, which may be there or not, and say this or that.
        "env-file-absent",
        "env-file-comment",
        "env-file-dollar",
        "env-file-overridden",
        "env-file-quotes",
        "env-file-repeated",
        "env-file-syntax",
        "environment-shell",
        "extends-file-absent",
        "extends-undefined",
        "file-outside",
        "include-absent",
        "project-fragment",
        # What is set in the environment; profiles that are on; the name of the folder.
        "project-name-empty",
        "service-off",
        "variable-in-env-file",
        "variable-required",
        "variable-unset",
        # What other files of the project may supply.
        "config-undefined",
        "file-empty",
        "job-dependency",
        "key-missing",
        "model-undefined",
        "network-undefined",
        "port-no-target",
        "secret-undefined",
        "service-no-image",
        "service-undefined",
        "source-missing",
        "volume-incomplete",
        "volume-undefined",
        "watch-target-missing",
    }
)
"""Rules whose findings hang on more than the text: a comment of no use here may be of use there."""

_CATEGORIES = frozenset(category.value for category in Category)
_ABOUT_TEXT = ("yaml-", "key-")  # these rules read what is written, whatever variables are set to
_HANGS_ON_OTHERS = expression(r"\$|\b(?:env_file|label_file|extends|include|profiles)\b")
_KEEPS_BREAKS = expression(r"[|>][0-9]?\+")
_LINE_BREAK = expression(rf"\r\n|[{BREAKS}]")
_PUNCTUATION = " \t()[]{}:;,=.-"


def explain_directive(
    document: Document, cover: Cover, rules: dict[str, Rule], findings: Sequence[Finding]
) -> Iterator[Finding]:
    """Say what is wrong with the names and the place of a directive."""
    directive, source = cover.directive, document.source
    if not directive.names or any(named.name == ALL for named in directive.names):
        yield _without_names(document, directive, findings)
    for named in directive.names:
        if named.name not in rules and named.name not in _CATEGORIES and named.name != ALL:
            known = [*_CATEGORIES, *rules]
            meant = only_slip(named.name, known)
            suggestions = tuple([meant] if meant else nearest(named.name, known))
            hint = f"Is {join_or(map(quoted, suggestions))} meant?" if suggestions else ""
            yield ignore_unknown(
                source,
                named.span,
                f"There is no rule {quoted(named.name)}, so there is nothing to ignore.",
                hint or '"composecheck rules" lists them all.',
                suggestions,
                _fix(f"Write {quoted(meant)}", [Edit(source, named.span, meant)])
                if meant
                else None,
            )
    if directive.is_for_file and cover.span is None:
        comment = source.slice(directive.span)
        top = Edit(source, Span(0, 0), f"{comment}{_line_break(document)}")
        yield ignore_malformed(
            source,
            directive.span,
            '"ignore-file" covers nothing here. It is looked for in the head of the file, and on'
            " lines of their own that are not indented.",
            "Move it to the top of the file.",
            _fix("Move it to the top of the file", [top, *_removal(document, directive)]),
        )
    if directive.stray is not None:
        span = Span(directive.stray, directive.span.end)
        before = source.text[directive.stray - 1]
        text = "-- " if before in " \t" else " -- "
        yield ignore_malformed(
            source,
            span,
            "The reason in this comment lacks the two dashes before it.",
            f"Write {quoted(f'-- {source.slice(span)}')}.",
            _fix("Write dashes", [Edit(source, Span(span.start, span.start), text)]),
        )


def _without_names(
    document: Document, directive: Directive, findings: Sequence[Finding]
) -> Finding:
    """Explain a directive that names no rules, or all."""
    source = document.source
    others = [named.name for named in directive.names if named.name != ALL]
    found = _found(document, directive, findings)
    names = list(dict.fromkeys([*others, *found]))
    fix: Fix | None
    is_all = bool(directive.names)
    subject = '"all" is not taken in a comment' if is_all else "This comment names no rule"
    if names:
        text = ", ".join(names)
        remedy = f"Name what is to be ignored: {quoted(f'[{text}]')}."
        fix = _fix("Name the rules", [Edit(source, directive.names_span, text)])
    else:
        remedy = "Remove it: nothing is found here."
        fix = _removing(document, directive)
    return ignore_malformed(
        source,
        directive.span,
        f"{subject}, so it silences nothing: without names it would hide mistakes that nobody has"
        " seen yet.",
        remedy,
        fix,
    )


def explain_lookalike(
    document: Document, lookalike: Lookalike, rules: dict[str, Rule], findings: Sequence[Finding]
) -> Finding:
    """Say how a comment is written that is meant for us."""
    source = document.source
    names: list[str] = []
    end = lookalike.words[0].span.start if lookalike.words else lookalike.span.end
    for word in lookalike.words:
        known = word.name in rules or word.name in _CATEGORIES
        name = word.name if known else only_slip(word.name, rules)
        if name is None:
            break
        names.append(name)
        end = word.span.end
    rest = source.text[end : lookalike.span.end].strip(_PUNCTUATION) if lookalike.words else ""
    verb = "ignore-file" if lookalike.is_for_file else "ignore"
    if not names:
        names = _found(document, lookalike, findings)
    reason = lookalike.reason or rest
    written = f"# composecheck: {verb}[{', '.join(names)}]" + (f" -- {reason}" if reason else "")
    fix = None
    if not names:
        remedy = f"Write {quoted(f'# composecheck: {verb}[RULE]')} with the name of a rule."
        if not reason:
            fix = _removing(document, lookalike)
            remedy = "Remove it: nothing is found here."
    else:
        remedy = f"Write {quoted(written)}."
        if not lookalike.is_for_file or stands_for_file(document, lookalike.comment):
            fix = _fix("Write it as composecheck reads it", [Edit(source, lookalike.span, written)])
    return ignore_malformed(
        source,
        lookalike.span,
        "This comment seems to be for composecheck, and is not written as one, so it silences"
        " nothing.",
        remedy,
        fix,
    )


def find_unused(
    document: Document,
    all_covers: Iterable[Cover],
    silenced: set[Silenced],
    rules: dict[str, Rule],
) -> Iterator[Finding]:
    """Say which names silence nothing, where that can be told from here."""
    for cover in all_covers:
        directive = cover.directive
        own_names = {named.name for named in directive.names}
        if "ignore-unused" in own_names:
            continue
        if cover.span is None:
            if not directive.is_for_file and own_names:
                yield _above_nothing(document, directive)
            continue
        covered = document.source.slice(cover.span)
        unused = [
            named
            for named in directive.names
            if (directive, named.name) not in silenced and _is_settled(named.name, covered, rules)
        ]
        if unused:
            yield _unused(document, directive, list(dict.fromkeys(each.name for each in unused)))


def _is_settled(name: str, covered: str, rules: dict[str, Rule]) -> bool:
    """Whether a rule that finds nothing in a text finds nothing there elsewhere, either."""
    if name in _CATEGORIES:
        return not _HANGS_ON_OTHERS.search(covered)
    if name not in rules:
        return False  # which is said already
    return name not in ELSEWHERE and ("$" not in covered or name.startswith(_ABOUT_TEXT))


def _unused(document: Document, directive: Directive, names: list[str]) -> Finding:
    source = document.source
    left = [named.name for named in directive.names if named.name not in names]
    verb = "finds" if len(names) == 1 else "find"
    if left:
        text = ", ".join(dict.fromkeys(left))
        remedy = f"Take {join_and(map(quoted, names))} out of the list."
        fix: Fix | None = _fix(remedy.rstrip("."), [Edit(source, directive.names_span, text)])
    else:
        remedy = "Remove the comment."
        fix = _removing(document, directive)
    message = f"{join_and(map(quoted, names))} {verb} nothing here, so there is nothing to ignore."
    return ignore_unused(source, directive.span, message, remedy, fix)


def _above_nothing(document: Document, directive: Directive) -> Finding:
    return ignore_unused(
        document.source,
        directive.span,
        "This comment stands above no key and no item of a list, so it covers nothing.",
        "Write it above the key that it is meant for, or at the end of its line.",
        _removing(document, directive),
    )


def _found(
    document: Document, said: Directive | Lookalike, findings: Sequence[Finding]
) -> list[str]:
    """Return the rules that find something in what a directive at this place covers."""
    names_span = Span(said.span.start, said.span.start)
    probe = Directive(said.comment, said.span, said.is_for_file, (), names_span)
    (cover,) = covers(document, [probe])
    return sorted({finding.rule for finding in findings if cover.reaches(finding.span.start)})


def _fix(title: str, edits: Sequence[Edit]) -> Fix:
    # What Compose sees stays the same: it reads no comments.
    return Fix(title, Safety.SAFE, tuple(edits))


def _removing(document: Document, said: Directive | Lookalike) -> Fix | None:
    """Return the fix that removes a directive; None if more than a comment would change."""
    edits = _removal(document, said)
    # A comment may be what ends a text whose line breaks are kept.
    if _KEEPS_BREAKS.search(document.text) and commented(document, edits) is None:
        return None
    return _fix("Remove the comment", edits)


def _removal(document: Document, said: Directive | Lookalike) -> list[Edit]:
    text, comment = document.text, said.comment
    start, end = said.span.start, said.span.end
    if _is_whole(comment, said.span, text):
        if comment.is_own_line:
            start, end = start_of_line(text, start), _behind_line(text, comment.span.end)
        else:
            start, end = _behind_content(text, start), comment.span.end
    elif end >= len(text[: comment.span.end].rstrip()):
        # What was said before it stays.
        start, end = _behind_content(text, start), comment.span.end
    return [Edit(document.source, Span(start, end), "")]


def _is_whole(comment: Comment, span: Span, text: str) -> bool:
    return span.start == comment.span.start and not text[span.end : comment.span.end].strip()


def _behind_content(text: str, offset: int) -> int:
    """Return where the blanks begin that stand before `offset`."""
    return len(text[:offset].rstrip(" \t"))


def _behind_line(text: str, offset: int) -> int:
    match = _LINE_BREAK.match(text, offset)
    return match.end() if match else offset


def _line_break(document: Document) -> str:
    """Return how lines end in a file."""
    match = _LINE_BREAK.search(document.text)
    return match[0] if match else "\n"
