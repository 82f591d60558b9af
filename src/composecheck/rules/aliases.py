"""Rules on anchors, aliases and merge keys (`<<`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Finding, Fix, Related, Safety, Severity
from composecheck.project.problem import Fault
from composecheck.rule import Category, rule
from composecheck.rules.marks import is_shared, path_at
from composecheck.rules.places import find_at
from composecheck.rules.written_nodes import written_nodes
from composecheck.schema.words import quoted
from composecheck.source import Span
from composecheck.yaml.merge import effective_entries, name_of
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, follow, tag_of
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.project.project import Project
    from composecheck.source import Source
    from composecheck.yaml.nodes import Entry, Node


@rule("merge-overridden", Severity.NOTE, Category.UPKEEP)
def merge_overridden(project: Project) -> Iterator[Finding]:
    """A merge key from which nothing is left, since all of it is written again beside it.

    `<<: *name` brings the keys of what is called `&name`, but for those that are written beside it.
    Where that is so of all of them, the line brings nothing, and the next reader looks for what it
    does. What stands below a key is not merged: an `environment` of its own takes the place of the
    whole other one.

    Bad:

        x-base: &base
          restart: always
        services:
          web:
            <<: *base
            image: nginx
            restart: unless-stopped
          db:
            <<: *base
            image: example/db

    Good:

        x-base: &base
          restart: always
        services:
          web:
            image: nginx
            restart: unless-stopped
          db:
            <<: *base
            image: example/db
    """
    # Hits in the corpus: one. The source: YAML's merge keys (yaml.org/type/merge.html): what is
    # written beside one wins.
    for mapping in written_nodes(project).merging:
        own = {name_of(entry.key) for entry in mapping.entries if not is_merge(entry)}
        for entry in mapping.entries:
            if not is_merge(entry) or not isinstance(entry.value, Alias):
                continue
            target = follow(entry.value)
            if not isinstance(target, Mapping) or any(tag_of(e.value) for e in mapping.entries):
                continue
            brought = effective_entries(target)
            if not brought or not own.issuperset(brought):
                continue
            names = " and ".join(quoted(name) for name in list(brought)[:2])
            if len(brought) > 2:
                names = f"all its {len(brought)} keys"
            yield find_at(
                project,
                "merge-overridden",
                Severity.NOTE,
                entry.value.source,
                entry.span,
                f"{quoted(f'<<: *{entry.value.name}')} brings nothing here, since {names}"
                f" {'is' if len(brought) == 1 else 'are'} written beside it.",
                "Remove the line.",
                fix=_removing(project, entry),
            )


def _removing(project: Project, entry: Entry) -> Fix | None:
    """Return the fix that removes an entry, if it has its line for itself."""
    source, span = entry.value.source, entry.span
    number = source.position(span.start).line
    line = source.line_span(number)
    if source.slice(line).strip() != source.slice(span) or is_shared(project, source, span):
        return None
    if number >= len(source.line_starts):
        return None
    whole = Span(line.start, source.line_starts[number])
    return Fix("Remove the line", Safety.SAFE, (Edit(source, whole, ""),))


@rule("anchor-repeated", Severity.NOTE, Category.UPKEEP)
def anchor_repeated(project: Project) -> Iterator[Finding]:
    """A name that is given to two values with `&`, and used behind the second.

    An alias such as `*logging` stands for the last value above it that was called `&logging`. So
    the same alias means one thing in one half of the file and another in the other; who moves a
    service from here to there changes it. Give the second value a name of its own.

    Bad:

        x-logging: &logging
          driver: json-file
        services:
          web:
            image: nginx
            logging: *logging
          db:
            image: example/db
            logging: &logging
              driver: local
          cache:
            image: redis
            logging: *logging

    Good:

        x-logging: &logging
          driver: json-file
        services:
          web:
            image: nginx
            logging: *logging
          db:
            image: example/db
            logging: &local-logging
              driver: local
          cache:
            image: redis
            logging: *local-logging
    """
    # Hits in the corpus: none. The source: YAML 1.2.2, 3.2.2.2: an alias is of the most recent
    # node that has the anchor.
    first: dict[tuple[int, str], tuple[Source, Span, Node]] = {}
    uses = {(id(alias.target), alias.name) for alias in written_nodes(project).aliases}
    for node in written_nodes(project).marked:
        properties = node.properties if isinstance(node, Scalar | Mapping | Sequence) else None
        if properties is None or properties.anchor is None or properties.anchor_span is None:
            continue
        place = (node.source, properties.anchor_span, node)
        earlier = first.setdefault((id(node.source), properties.anchor), place)
        if earlier is place or (id(node), properties.anchor) not in uses:
            continue
        line = node.source.position(earlier[1].start).line
        name = quoted(f"&{properties.anchor}")
        yield Finding(
            rule="anchor-repeated",
            severity=Severity.NOTE,
            message=f"{name} is the name of a value on line {line} already: from here on,"
            f" {quoted(f'*{properties.anchor}')} stands for this one.",
            source=node.source,
            span=properties.anchor_span,
            remedy="Give this value a name of its own.",
            path=path_at(project, node.source, node.span),
            related=(Related(node.source, earlier[1], "This is the first of that name."),),
        )


@rule("alias-around", Severity.ERROR, Category.COMPOSE)
def alias_around(project: Project) -> Iterator[Finding]:
    """An alias stands inside of what has the same alias merged into it.

    That is no circle, but Compose takes it for one: what is merged in with `<<` counts for it as if
    it stood where it is merged into. It does not do so with a list: `<<: [*name]` means the same.

    Bad:

        x-owner: &owner
          team: shop
        x-labels:
          <<: *owner
          contact: *owner
        services:
          web:
            image: nginx

    Good:

        x-owner: &owner
          team: shop
        x-labels:
          <<: [*owner]
          contact: *owner
        services:
          web:
            image: nginx
    """
    for problem in project.problems:
        source, span, outer = problem.source, problem.span, problem.payload
        if problem.fault is not Fault.ALIAS_AROUND or source is None or span is None:
            continue
        alias = quoted(f"*{problem.name}")
        fix = None
        if isinstance(outer, Alias) and source.slice(outer.span) == f"*{outer.name}":
            edit = Edit(source, outer.span, f"[*{outer.name}]")
            fix = Fix(f'Write "<<: [*{outer.name}]"', Safety.SAFE, (edit,))
        yield find_at(
            project,
            "alias-around",
            Severity.ERROR,
            source,
            span,
            f"{alias} stands here, and once more around or inside of this place, which Compose"
            " takes for a circle; Compose refuses the file.",
            f'Write "<<: [*{problem.name}]" with square brackets where it is merged in, which means'
            " the same."
            if fix
            else "Write out what it means in one of the two places.",
            related=tuple(
                Related(place.source, place.span, f"Here {alias} stands, too.")
                for place in problem.related
            ),
            fix=fix,
        )


@rule("mark-lost", Severity.ERROR, Category.COMPOSE)
def mark_lost(project: Project) -> Iterator[Finding]:
    """A mark such as `!override` that is merged in under a key with a point in it.

    Compose writes down at which path a mark stands, and a path has points between its keys. With
    both a merge key (`<<`) and a point in a key on the way, it loses that path, and fails.

    Bad:

        x-base: &base
          command: !override ["run"]
        services:
          web.front:
            <<: *base
            image: nginx

    Good:

        x-base: &base
          command: ["run"]
        services:
          web.front:
            <<: *base
            image: nginx
    """
    for problem in project.problems:
        source, span = problem.source, problem.span
        if problem.fault is Fault.MARK_LOST and source is not None and span is not None:
            yield find_at(
                project,
                "mark-lost",
                Severity.ERROR,
                source,
                source.first_line(span),
                'A mark ("!reset" or "!override") is merged in here with "<<", and a key around it'
                f" has a point in it: {quoted(problem.name)}. Compose fails on that.",
                "Take the mark away, or write a name without a point.",
            )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    merge_overridden,
    anchor_repeated,
    alias_around,
    mark_lost,
)
