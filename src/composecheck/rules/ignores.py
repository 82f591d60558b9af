"""Comments that silence findings, and do not do what they say.

What they silence is worked out in `suppression`; here is what is said about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Finding, Severity
from composecheck.rule import Category, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.finding import Fix
    from composecheck.source import Source, Span


@rule("ignore-unused", Severity.NOTE, Category.UPKEEP)
def ignore_unused(
    source: Source, span: Span, message: str, remedy: str, fix: Fix | None
) -> Finding:
    """A comment ignores a rule that finds nothing there.

    What it silenced has been mended or has moved away, or the comment stands in the wrong place: at
    the end of a line it covers that line, on a line of its own the whole entry below it. Left where
    it is, it hides the next mistake. Remove it, or the one name that is of no use.

    A rule whose findings hang on variables or on other files is not counted here: it may find
    something elsewhere.

    Bad:

        services:
          web:
            image: nginx
            ports: ["80:80"]  # composecheck: ignore[port-invalid]

    Good:

        services:
          web:
            image: nginx
            ports: ["80:80"]
    """
    return Finding("ignore-unused", Severity.NOTE, message, source, span, remedy=remedy, fix=fix)


@rule("ignore-unknown", Severity.NOTE, Category.UPKEEP)
def ignore_unknown(
    source: Source,
    span: Span,
    message: str,
    remedy: str,
    suggestions: tuple[str, ...],
    fix: Fix | None,
) -> Finding:
    """A comment ignores a rule that does not exist.

    The name is misspelt, or it is the name that another tool has for something. It silences
    nothing. "composecheck rules" lists the names of all rules; the name of a category (`compose`,
    `runtime`, `upkeep`, `security`, `style`) stands for all rules in it.

    Bad:

        services:
          web:
            image: nginx  # composecheck: ignore[DL3006]

    Good:

        services:
          web:
            image: nginx
    """
    return Finding(
        "ignore-unknown",
        Severity.NOTE,
        message,
        source,
        span,
        remedy=remedy,
        suggestions=suggestions,
        fix=fix,
    )


@rule("ignore-malformed", Severity.NOTE, Category.UPKEEP)
def ignore_malformed(
    source: Source, span: Span, message: str, remedy: str, fix: Fix | None
) -> Finding:
    """A comment that looks as if it ignored a rule is not written as such comments are.

    The form is `# composecheck: ignore[rule, other-rule] -- the reason`, at the end of a line or
    above an entry, or `# composecheck: ignore-file[rule]`, not indented, for the whole file. The
    names are needed, since a comment without them would hide mistakes that nobody has seen yet; the
    reason is not. A comment in another form silences nothing, but for one thing: where only the
    `--` before the reason is missing, it does.

    Bad:

        version: "3.8"  # composecheck: ignore[key-obsolete] the old server needs it
        services:
          web:
            image: nginx

    Good:

        version: "3.8"  # composecheck: ignore[key-obsolete] -- the old server needs it
        services:
          web:
            image: nginx
    """
    return Finding("ignore-malformed", Severity.NOTE, message, source, span, remedy=remedy, fix=fix)


RULES: tuple[Callable[..., Finding], ...] = (ignore_unused, ignore_unknown, ignore_malformed)
