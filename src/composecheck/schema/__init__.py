"""Shape: any node tree → what is wrong with its keys and its kinds of value, in our words.

`judge_shape` judges one YAML document; `judge_emptiness` whether all documents together say
anything. `RULES` are the functions that report; their docstrings are the documentation.

The schema (`schemas/compose.schema.json`) is read by `files` and made ready for questions by
`grammar`. `tree` turns nodes into plain data that knows where it stands; `accept` says quickly
whether it fits; if not, `validate` asks `jsonschema` for each violation, and the rules put them
into words: `unknown_key` (with `layout` for what stands on the wrong level, and `explanations`),
`keys`, `values`, `allowed`, `emptiness`. Edits of text are made in `moves`, `relocate` and
`convert`. Importing this package does not import `jsonschema`: only a file with a mistake does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composecheck.schema.accept import fits
from composecheck.schema.allowed import list_duplicate, value_not_allowed, value_pattern
from composecheck.schema.consumed import consumed_violations
from composecheck.schema.emptiness import file_empty
from composecheck.schema.grammar import compose_file
from composecheck.schema.keys import key_missing, key_obsolete, name_invalid
from composecheck.schema.numbers import infinite_numbers
from composecheck.schema.tree import build_tree
from composecheck.schema.unknown_key import key_unknown
from composecheck.schema.values import value_type
from composecheck.schema.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

__all__ = ["RULES", "judge_emptiness", "judge_shape"]

# In this order: what one explains, the next ones need not.
_JUDGES: tuple[Callable[[Work], Iterator[Finding]], ...] = (
    key_obsolete,
    key_unknown,
    name_invalid,
    key_missing,
    value_type,
    value_not_allowed,
    value_pattern,
    list_duplicate,
)

RULES: tuple[Callable[..., Any], ...] = (*_JUDGES, file_empty)
"""Every rule of this package."""


def judge_shape(root: Node, *, is_override: bool = False) -> list[Finding]:
    """Judge one YAML document by its top node; return the findings in the order of the text.

    `is_override` says that it is laid over what other files, or earlier documents of the same
    file, say: then nothing is missing in it, and what its values become depends on the others.
    """
    shape = compose_file()
    tree = build_tree(root, shape, is_partial=is_override)
    violations = [*consumed_violations(tree), *infinite_numbers(tree)]
    if not fits(tree.data, shape):
        from composecheck.schema.validate import violations as find_violations

        violations += find_violations(tree)
    work = Work(tree, violations)
    findings = [finding for judge in _JUDGES for finding in judge(work)]
    return sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))


def judge_emptiness(source: Source, roots: Iterable[Node]) -> list[Finding]:
    """Judge whether the documents of a project say anything at all.

    `roots` are the top nodes of all documents of all its files; `source` is the first file, where
    the finding is reported.
    """
    return list(file_empty(source, roots))
