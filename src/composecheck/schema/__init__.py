"""Shape: any node tree → what is wrong with its keys and its kinds of value, in our words.

`judge_stages` judges what the files of a project add up to; `judge_emptiness` whether they say
anything. `RULES` are the functions that report; their docstrings are the documentation.

The schema (`schemas/compose.schema.json`) is read by `files` and made ready for questions by
`grammar`. `tree` turns nodes into plain data that knows where it stands; `accept` says quickly
whether it fits; if not, `validate` asks `jsonschema` for each violation, `written` finds the text
that says it, and the rules put it into words (`judges` has them all): `unknown_key` (with `layout`
for what stands on the wrong level, and `explanations`), `keys`, `values`, `allowed`. Edits of text
are made in `renaming`, `relocate` (with `moves`), `convert` and `text_lines`. Importing this
package imports neither `jsonschema` nor what explains mistakes: only a file with a mistake does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Finding
    from composecheck.project.project import Project
    from composecheck.schema.judges import RULES
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

__all__ = ["RULES", "judge_emptiness", "judge_stages"]


def __getattr__(name: str) -> object:
    if name != "RULES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from composecheck.schema.judges import RULES

    return RULES


def judge_stages(project: Project) -> list[Finding]:
    """Judge the shape of what the files of a project add up to, after each document.

    Returns the findings in the order of the files, and of the text in each; what several stages or
    services have in common is one finding, in the file that says it. What is unknown, since a
    variable is not set or a file is not here, is judged only by what holds whatever it is. It is
    asked of `project.call` whether other files may supply what is missing (`is_part`).
    """
    from composecheck.schema.stages import explain_stages

    return explain_stages(project)


def judge_emptiness(source: Source, roots: Iterable[Node]) -> list[Finding]:
    """Judge whether the documents of a project say anything at all.

    `roots` are the top nodes of all documents of all its files; `source` is the first file, where
    the finding is reported.
    """
    from composecheck.schema.emptiness import file_empty

    return list(file_empty(source, roots))
