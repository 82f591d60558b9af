"""What the tests of rules on single values share: judging a text as the rules of a module do."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from composecheck.finding import Severity, splice
from composecheck.project.call import Call
from composecheck.project.project import load_project
from composecheck.rules import without_consequences
from tests.project.loading import load_texts
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from composecheck.finding import Finding
    from composecheck.project.project import Project

AREAS = (
    "booleans",
    "builds",
    "byte_sizes",
    "command_lines",
    "dates",
    "devices",
    "durations",
    "env_files",
    "environments",
    "extends",
    "extra_hosts",
    "file_modes",
    "healthchecks",
    "include",
    "limits",
    "merging",
    "numbers",
    "ports",
    "texts",
    "variables",
    "volume_specs",
)

RULES: tuple[Callable[..., Iterator[Finding]], ...] = tuple(
    check for area in AREAS for check in import_module(f"composecheck.rules.{area}").RULES
)
"""All rules on values and on the way to the project."""


def judge(project: Project) -> list[Finding]:
    """Return what all these rules say of `project`, in the order of the text."""
    found = [finding for check in RULES for finding in check(project)]
    findings = without_consequences(found, is_here=project.call.is_here)
    return sorted(findings, key=lambda finding: (finding.source.name, finding.span.start))


def find(text: str, **options: Any) -> list[Finding]:
    """Return what all these rules say of a project that is `compose.yaml` with `text`.

    `options` are those of `load_texts`; the question is what Compose does here, unless `is_here`
    says otherwise.
    """
    return judge(load_texts(text, **options))


def find_in(folder: Path, *, is_here: bool = True, **options: Any) -> list[Finding]:
    """Return what all these rules say of the file `compose.yaml` in `folder`."""
    call = Call(files=("compose.yaml",), working_folder=folder, is_here=is_here, **options)
    return judge(load_project(call))


def characters(finding: Finding) -> str:
    """Return the characters that `finding` points to."""
    return finding.source.slice(finding.span)


def service(*lines: str) -> str:
    """Return a file with a service that has `lines` beside its image."""
    below = "".join(f"    {line}\n" for text in lines for line in text.split("\n"))
    return f"services:\n  a:\n    image: x\n{below}"


Row = tuple[str, str, str, str | None]
"""What stands in a service; the rule that is broken; the characters; the text once it is fixed."""


def assert_row(row: Row, folder: Path, rest: str = "") -> None:
    """Assert that a service is refused for one cause, which is found, and its fix accepted.

    The real program is asked about both. `rest` is what else is in the file.
    """
    lines, rule, wanted, fixed = row
    text = service(lines) + rest
    found = [finding for finding in find(text) if finding.severity is Severity.ERROR]
    assert [(finding.rule, characters(finding)) for finding in found] == [(rule, wanted)]
    (finding,) = found
    assert finding.text.endswith(".")
    assert ask_compose(text, folder).returncode != 0
    if fixed is None:
        assert finding.fix is None
        return
    assert finding.fix is not None
    mended = splice(text, finding.fix.edits)
    assert mended == service(fixed) + rest
    assert ask_compose(mended, folder).returncode == 0
    assert not [finding for finding in find(mended) if finding.severity is Severity.ERROR]


def assert_fine(lines: str, folder: Path, rest: str = "") -> None:
    """Assert that a service is accepted by the real program, and that nothing is found."""
    text = service(lines) + rest
    assert find(text) == []
    assert ask_compose(text, folder).returncode == 0


def assert_unknown(lines: str) -> None:
    """Assert that nothing but notes is said where it depends on variables."""
    found = find(service(lines), is_here=False)
    assert {finding.severity for finding in found} <= {Severity.NOTE}
