"""Shape, judged as Compose judges it: what the files of a project add up to, document by document.

A raw document may look wrong and be right, and the other way round; so whether something is wrong
is asked of the accumulated trees (`project.stages`). What is wrong is then looked up in the text
that says it (`written`), and explained there: with what stands around it, and with edits of that
one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.project.problem import Fault as Trouble
from composecheck.schema.accept import fits, surely_fits, takes
from composecheck.schema.consumed import consumed_violations, has_consumed_violations
from composecheck.schema.grammar import compose_file
from composecheck.schema.numbers import infinite_numbers, says_infinite
from composecheck.schema.obsolete import key_obsolete
from composecheck.schema.tree import Place, build_stage_tree, kind_of
from composecheck.schema.violation import Fault, Violation
from composecheck.schema.work import Work
from composecheck.schema.written import WrittenTexts
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, follow
from composecheck.yaml.structure import is_reset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from composecheck.finding import Finding
    from composecheck.project.loading import Stage
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

    Judge = Callable[[Work], Iterator[Finding]]


def explain_stages(project: Project) -> list[Finding]:
    """Return the findings on the shape of all stages of a project, each once, file by file."""
    texts = WrittenTexts(project)
    found: dict[tuple[object, ...], Violation] = {}
    for violation in (*_stage_violations(project), *_consumed(project, texts)):
        found.setdefault(_identity(violation), violation)
    by_tree: dict[int, tuple[Place, list[Violation]]] = {}
    nowhere: dict[int, tuple[Place, list[Violation]]] = {}
    for violation in found.values():
        known = texts.locate(violation)
        into, here = (nowhere, violation) if known is None else (by_tree, known)
        tree = here.place.root
        into.setdefault(id(tree), (tree, []))[1].append(here)
    staged = {texts.root(stage.source, stage.number) for stage in project.stages}
    findings: list[Finding] = []
    for root in staged - {tree.node for tree, _ in by_tree.values()}:
        top = None if root is None else _with_version(root)
        if top is not None:
            findings += key_obsolete(Work(top, [], texts.document(top.node)))
    judges = _judges() if found else ()
    others = [judge for judge in judges if judge is not key_obsolete]
    for tree, violations in by_tree.values():
        work = Work(tree, violations, texts.document(tree.node))
        # Of a file that a service is taken from, Compose does not say which keys are obsolete.
        rules = judges if tree.node in staged else others
        findings += [finding for judge in rules for finding in judge(work)]
    for tree, violations in nowhere.values():
        # No text says just this: Compose made it, so that there is nothing to edit either.
        work = Work(tree, violations, replace(texts.document(tree.node), is_complete=False))
        findings += [replace(found, fix=None) for judge in others for found in judge(work)]
    order = {id(file.document.source): number for number, file in enumerate(project.files)}
    return sorted(
        findings,
        key=lambda finding: (
            order.get(id(finding.source), len(order)),
            finding.span.start,
            finding.span.end,
        ),
    )


def _judges() -> Sequence[Judge]:
    """Return the rules that explain mistakes, which take long to import."""
    from composecheck.schema.judges import JUDGES

    return JUDGES


def _identity(violation: Violation) -> tuple[object, ...]:
    """Return what is equal for what is wrong in several stages, or several services, at once."""
    place = violation.place
    mark = place.mark
    where = (id(mark.source), mark.start, mark.end, place.entry is None)
    return (violation.fault, *where, violation.name)


def _stage_violations(project: Project) -> Iterator[Violation]:
    """Yield what Compose refuses in the shape of each stage; what is unknown may be right."""
    shape = compose_file()
    call = project.call
    may_be_infinite = any(says_infinite(file.document.source.text) for file in project.files)
    for stage in project.stages:
        if not (may_be_infinite or call.keep_variables) and surely_fits(stage.root, shape):
            continue
        tree = build_stage_tree(
            stage.root,
            shape,
            is_partial=call.is_part or project.is_open or _follows_a_broken_file(stage, project),
            partial_services=stage.partial_services,
            keeps_variables=call.keep_variables,
        )
        if may_be_infinite:
            for violation in infinite_numbers(stage.root):
                # Of a text that Compose makes a number of, a rule on numbers tells.
                if violation.place.node not in project.texts:
                    yield violation
        if not fits(tree.data, shape):
            from composecheck.schema.validate import violations

            yield from violations(tree)


def _follows_a_broken_file(stage: Stage, project: Project) -> bool:
    """Whether something that stands behind a mistake of syntax may supply what is missing."""
    return any(
        not file.document.is_complete and file.document.source is not stage.source
        for file in project.files
    )


def _consumed(project: Project, texts: WrittenTexts) -> Iterator[Violation]:
    """Yield what Compose refuses before it has a tree to judge.

    That is in `include` and `extends`, and where it needs a value of a certain kind to go on.
    """
    for stage in project.stages:
        root = texts.root(stage.source, stage.number)
        if root is not None and has_consumed_violations(root):
            yield from consumed_violations(texts.tree(root))
    for problem in project.problems:
        source, span = problem.source, problem.span
        # Of what stands deeper and cannot be laid over another value, a rule on merging tells.
        is_of_kind = problem.fault in _OF_KINDS or (
            problem.fault is Trouble.CANNOT_OVERRIDE and len(problem.path) <= 2
        )
        if is_of_kind and source is not None and span is not None:
            place = texts.value_at(source, span, problem.path)
            if place is not None:
                yield from _refused_kind(place)


_OF_KINDS = frozenset({Trouble.NOT_MAPPING, Trouble.NOT_TEXT, Trouble.WRONG_KIND})


def _refused_kind(place: Place) -> Iterator[Violation]:
    """Yield why Compose can do nothing with a value, as far as it is a mistake of shape."""
    while place.shape is None and place.parent is not None:
        # Either there is no such key, or nothing of this kind may stand around it.
        above = place.parent
        if above.shape is not None and not _is_of_wrong_kind(above):
            yield Violation(Fault.UNKNOWN_KEY, place)
            return
        place = above
    if _is_of_wrong_kind(place):
        yield Violation(Fault.TYPE, place)
    elif isinstance(place.data, dict) and place.shape is not None:
        for name in place.shape.required:
            if name not in place.data:
                yield Violation(Fault.MISSING_KEY, place, name=name)


def _is_of_wrong_kind(place: Place) -> bool:
    """Whether no value of this kind may stand there, whatever else the files say."""
    kind = kind_of(place.data)
    return place.shape is not None and kind is not None and not takes(place.data, kind, place.shape)


def _with_version(root: Node) -> Place | None:
    """Return the tree of a document that has a `version`, with nothing else in it."""
    content = follow(root)
    if not isinstance(content, Mapping):
        return None
    for entry in content.entries:
        if name_of(entry.key) == "version" and not is_reset(entry.value):
            tree = Place(node=root, shape=None, data={})
            shape = compose_file().child("version")
            tree.children["version"] = Place(entry.value, shape, tree, "version", entry)
            return tree
    return None
