"""Rules on what YAML lets one write, and few people mean: blanks before colons, `&` and `!`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.rule import Category, rule
from composecheck.rules.marks import path_at
from composecheck.rules.places import find_at
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Style
from composecheck.yaml.structure import OVERRIDE_TAG, RESET_TAG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry


@rule("key-blank", Severity.NOTE, Category.UPKEEP)
def key_blank(project: Project) -> Iterator[Finding]:
    """Blanks between a key and its colon.

    YAML passes over them, and so does Compose. Whoever searches the file for `ports:` does not find
    it, and neither do scripts that edit it by lines. Write the colon directly behind the key. Where
    the colons of several keys are one below the other, somebody has put them there, and nothing is
    said.

    Bad:

        services:
          web:
            image: nginx
            ports :
              - "8080:80"

    Good:

        services:
          web:
            image: nginx
            ports:
              - "8080:80"
    """
    # Hits in the corpus: three. The source: YAML 1.2.2, 6.2, separation spaces.
    files: dict[int, list[tuple[Entry, Span]]] = {}
    for entry, mapping in written_nodes(project).blank_keys:
        source = mapping.source
        colon = source.text.index(":", entry.key.end)
        if mapping.is_flow or _is_aligned(entry, mapping, colon) or _is_version(entry):
            continue
        files.setdefault(id(source), []).append((entry, Span(entry.key.end, colon)))
    for found in files.values():
        (first, _), *others = found
        source = first.key.source
        like = f", as with {len(others)} more keys" if others else ""
        if len(others) == 1:
            like = f", as with {quoted(source.slice(others[0][0].key.span))}"
        yield find_at(
            project,
            "key-blank",
            Severity.NOTE,
            source,
            Span(first.key.start, found[0][1].end + 1),
            f"There is a blank between {quoted(source.slice(first.key.span))} and its colon{like}:"
            " it works, but who searches for the key with its colon does not find it.",
            "Write the colon directly behind the key.",
            related=tuple(
                Related(source, Span(entry.key.start, blanks.end + 1), "So it is here.")
                for entry, blanks in found[1:]
            ),
            fix=Fix(
                "Remove the blank" if len(found) == 1 else "Remove the blanks",
                Safety.SAFE,
                tuple(Edit(source, blanks, "") for _, blanks in found),
            ),
        )


def _is_version(entry: Entry) -> bool:
    """Whether it is the key at the top that is obsolete, and to be deleted anyway."""
    key = entry.key
    is_at_top = key.source.text[key.start - 1 : key.start] in ("", "\n", "\r")
    return is_at_top and name_of(key) == "version"


def _is_aligned(entry: Entry, mapping: Mapping, colon: int) -> bool:
    """Whether the colon has been put below or above that of a neighbour of another length."""
    text = mapping.source.text
    at = mapping.entries.index(entry)
    own = colon - entry.key.end
    for neighbour in mapping.entries[max(at - 1, 0) : at + 2]:
        blanks = text.find(":", neighbour.key.end) - neighbour.key.end
        # One blank more than a neighbour with none may be a slip.
        if blanks != own and len(neighbour.key.span) + blanks == len(entry.key.span) + own:
            return own > 1 or blanks > 0
    return False


@rule("yaml-documents", Severity.NOTE, Category.UPKEEP)
def yaml_documents(project: Project) -> Iterator[Finding]:
    """Several YAML documents in one file.

    A line `---` ends one document and begins the next. Compose lays each over the ones before, as
    if it were an override file of its own: lists get longer, single values are replaced. Most other
    programs that read Compose files take the first document alone, or fail. Nearly always, two
    files have been pasted into one. Make one document of them, or write two files and name both
    with `-f`.

    Bad:

        services:
          web:
            image: nginx
        ---
        services:
          db:
            image: example/db

    Good:

        services:
          web:
            image: nginx
          db:
            image: example/db
    """
    # Hits in the corpus: none. The source: compose-go, `loader/loader.go`, decodes one document
    # after the other and merges each into those before; measured.
    for file in project.files:
        roots = [root for root in file.document.roots if root.start < root.end]
        if len(roots) < 2:
            continue
        source, second = file.document.source, roots[1]
        dashes = source.text.rfind("---", 0, second.start)
        span = Span(dashes, dashes + 3) if dashes >= 0 else source.first_line(second.span)
        yield Finding(
            rule="yaml-documents",
            severity=Severity.NOTE,
            message=f"Here, the second of {len(roots)} YAML documents in this file begins: Compose"
            " lays it over the first, and many other programs read the first alone.",
            source=source,
            span=span,
            remedy='Make one document of them, or write several files and name each with "-f".',
        )


@rule("value-marked", Severity.WARNING, Category.RUNTIME)
def value_marked(project: Project) -> Iterator[Finding]:
    """A value that begins with `&` or `!` and has no quotes.

    To YAML, a word with `&` in front gives a name to what comes behind it, and one with `!` says of
    which kind that is. Neither is a part of the value: a password `!geheim` is empty to Compose.
    Put quotes around it. `!reset` and `!override` are Compose's own, and are meant.

    Bad:

        services:
          db:
            image: mysql
            environment:
              MYSQL_ROOT_PASSWORD: !geheim

    Good:

        services:
          db:
            image: mysql
            environment:
              MYSQL_ROOT_PASSWORD: "!geheim"
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 6.8 and 6.9, node properties; measured.
    used = {alias.name for alias in written_nodes(project).aliases}
    for node in written_nodes(project).marked:
        properties = node.properties if isinstance(node, Scalar) else None
        if not isinstance(node, Scalar) or properties is None or node.style is not Style.PLAIN:
            continue
        source = node.source
        path = path_at(project, source, node.span)
        if not _takes_any_text(path) or properties.tag in (RESET_TAG, OVERRIDE_TAG):
            continue
        written = source.slice(node.span)
        if properties.anchor is not None and properties.tag_span is None:
            if node.text or properties.anchor in used:
                continue
            message = (
                f'{quoted(written)} is a name for the value behind it to YAML, because of the "&",'
                " and there is no value: it is empty."
            )
        elif properties.tag is not None and properties.tag.startswith("!"):
            mark = source.slice(properties.tag_span or node.span)
            message = (
                f"{quoted(mark)} says of which kind the value is to YAML, because of the"
                f' "!", and is no part of it: '
                + (f"what is left is {quoted(node.text)}." if node.text else "nothing is left.")
            )
        else:
            continue
        fix = None
        if "\n" not in written and not set('"\\') & set(written):
            fix = Fix(
                "Put quotes around it", Safety.UNSAFE, (Edit(source, node.span, f'"{written}"'),)
            )
        yield find_at(
            project,
            "value-marked",
            Severity.WARNING,
            source,
            node.span,
            message,
            f'If it is meant as it stands, put quotes around it: "{written}".',
            fix=fix,
        )


_ANY_TEXT = frozenset({"args", "command", "entrypoint", "environment", "labels"})


def _takes_any_text(path: tuple[str | int, ...]) -> bool:
    return path[:1] == ("services",) and not _ANY_TEXT.isdisjoint(path[2:-1])


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    key_blank,
    yaml_documents,
    value_marked,
)
