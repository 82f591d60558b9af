"""What the real Compose said of the files in `../shared`, as cases with their answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.conformance.case import PROJECT, Case, one_file
from tests.conformance.compose import Answer, recorded
from tests.project.comparing import placed
from tests.shared_material import corpus, probes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "docker-compose.yml"

_FAR = "../../"
"""A path that leads above the parent folder: the measurements do not say what was there."""


def recorded_corpus() -> Iterator[tuple[Case, Answer]]:
    """Yield all published files; models are there where they were stored and can be compared."""
    for file in corpus():
        model = None if _FAR in file.text else file.model
        answer = recorded(refused=file.refused, stderr=file.stderr, model=model)
        yield one_file(file.id, file.text, origin="corpus", file=FILE), answer


def recorded_probes() -> Iterator[tuple[Case, Answer]]:
    """Yield all small inputs that were given to Compose as we are asked about them."""
    for probe in probes():
        if not probe["args"]:
            yield _probe(probe)


def recorded_prints() -> Iterator[tuple[Case, tuple[str, ...], Answer]]:
    """Yield those with arguments behind the word `config`: an option, or the name of a service."""
    for probe in probes():
        if probe["args"]:
            case, answer = _probe(probe)
            yield case, tuple(probe["args"]), answer


def _probe(probe: dict[str, Any]) -> tuple[Case, Answer]:
    files = {name: text.encode() for name, text in probe["files"].items()}
    case = Case(
        f"{probe['label'] or 'probe'} ({probe['id']})",
        {**files, probe["name"]: probe["data"]},
        ("-f", probe["name"], *probe["pre"]),
        probe["env"],
        origin="probe",
    )
    is_model = not probe["rc"] and probe["stdout"].startswith("{")
    model = json.loads(probe["stdout"]) if is_model else None
    return case, recorded(refused=probe["rc"] != 0, stderr=probe["stderr"], model=model)


def as_recorded(model: dict[str, Any], answer: Answer, root: Path) -> dict[str, Any]:
    """Return our model of a case below `root` with folders named as in the measurements."""
    folder = root / PROJECT
    names = {str(folder): "$D", str(folder.parent): "$P", str(root): "$HOME"}
    if answer.model is not None and model["name"] == folder.name:
        # Each probe had a folder with a name of its own, and so a name of the project.
        names[folder.name] = answer.model["name"]
    replaced: dict[str, Any] = placed(model, names)
    return replaced
