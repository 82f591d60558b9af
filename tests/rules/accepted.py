"""What the tests of rules on accepted files share: a finding with its fix, and Compose's model."""

from __future__ import annotations

import json
import subprocess
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from composecheck.finding import Severity, splice
from tests.rules.fitting import judge, marked
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Edit, Finding
    from tests.rules.fitting import Rule


def service(*lines: str) -> str:
    """Return a file with a service `a` that has `lines` beside its image."""
    return "services:\n  a:\n    image: x\n" + "".join(f"    {line}\n" for line in lines)


def environment(*lines: str) -> str:
    """Return a file with a service that has `lines` under `environment`."""
    return service("environment:", *(f"  {line}" for line in lines))


def find(rule: Rule, text: str, *characters: str, **options: Any) -> list[Finding]:
    """Return the findings of `rule` on a text; they must be on just these characters.

    Asked is what is right wherever the file is used, unless `is_here` says otherwise.
    """
    findings = judge(rule, text, **{"is_here": False, **options})
    findings.sort(key=lambda finding: finding.span.start)
    assert marked(findings) == list(characters)
    for finding in findings:
        assert finding.severity is not Severity.ERROR
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
    return findings


def fixed(text: str, findings: list[Finding]) -> str:
    """Return a text with all fixes made; each finding must have one, which it does not survive."""
    edits: list[Edit] = []
    for finding in findings:
        assert finding.fix is not None
        edits += finding.fix.edits
    return splice(dedent(text), edits)


def model(text: str, folder: Path, **variables: str) -> dict[str, Any]:
    """Return what the real Docker Compose makes of a text, alone in `folder`."""
    (folder / "compose.yaml").write_text(dedent(text), encoding="utf-8")
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def variables_of(text: str, folder: Path, **variables: str) -> dict[str, str | None]:
    """Return the environment of the service `a`, as the real Docker Compose sees it.

    It doubles each `$` for whoever reads that again.
    """
    found: dict[str, str | None] = model(text, folder, **variables)["services"]["a"]["environment"]
    return found
