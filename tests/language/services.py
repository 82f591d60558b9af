"""What the tests of ports, volumes and devices share: texts as in a file, and the real program."""

from __future__ import annotations

import functools
import json
import subprocess
from typing import TYPE_CHECKING, Any

from composecheck.language.traced import Traced, trace
from composecheck.language.variables import interpolate, read_variables
from composecheck.source import Source, Span
from composecheck.yaml import load
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Node, Scalar, Sequence, follow, tag_of
from composecheck.yaml.walk import find
from tests.shared_material import corpus, docker_compose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def traced(text: str, environment: dict[str, str] | None = None) -> Traced:
    """Return `text` as it would stand in a file; what is not in `environment` is unknown.

    Offsets are indices of `text`.
    """
    scalar = Scalar(Source("test", text), 0, len(text), text)
    return interpolate(read_variables(trace(scalar)), environment or {}, unset_is_blank=False).value


def node(text: str) -> Node:
    """Return the value that is written as `text`; offsets are indices of `text`."""
    document = load(Source("test", text))
    assert document.refusal is None
    assert not document.findings
    (root,) = document.roots
    return root


def open_text(scalar: Scalar) -> Traced:
    """Return the text of `scalar` with all variables unknown."""
    return interpolate(read_variables(trace(scalar)), {}, unset_is_blank=False).value


def blank_text(scalar: Scalar) -> Traced:
    """Return the text of `scalar` where no variable is set, as for Compose in an empty folder."""
    return interpolate(read_variables(trace(scalar)), {}, unset_is_blank=True).value


def standing(span: Span, text: str) -> str:
    """Return the characters of `span`."""
    return text[span.start : span.end]


def quoted(text: str) -> str:
    """Return `text` as YAML in which it means just that to Compose."""
    return json.dumps(text.replace("$", "$$"))


def ask_about_services(lines: Iterable[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask the real program about services s0, s1, …, each with one of `lines`.

    What would only be missing elsewhere in the project (volumes) is not looked at.
    """
    services = "".join(f"  s{index}: {{image: x, {line}}}\n" for index, line in enumerate(lines))
    (folder / "compose.yaml").write_text(f"name: p\nservices:\n{services}", encoding="utf-8")
    return subprocess.run(
        [
            *(docker_compose(), "-f", "compose.yaml"),
            *("config", "--no-consistency", "--format", "json"),
        ],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def services_of_compose(lines: list[str], folder: Path) -> list[dict[str, Any]]:
    """Return what the real program makes of services that it accepts, in their order."""
    answer = ask_about_services(lines, folder)
    assert answer.returncode == 0, answer.stderr
    # What it prints could be read again, so it doubles each dollar.
    services = json.loads(answer.stdout.replace("$$", "$"))["services"]
    return [services[f"s{index}"] for index in range(len(lines))]


def accepted_by_compose(lines: Iterable[str], folder: Path) -> list[str]:
    """Return those of `lines` with which the real program takes a service, one call for each."""
    return [line for line in lines if ask_about_services([line], folder).returncode == 0]


@functools.cache
def published_services() -> tuple[tuple[str, dict[str, Node], dict[str, Any]], ...]:
    """Return the services of the corpus: the file's id, values by key, and what Compose made of it.

    Services that take something from elsewhere are left out.
    """
    rows = []
    for file in corpus():
        if file.model is None or "!override" in file.text:
            continue
        document = load(Source(file.id, file.text))
        services = find(document.roots[0], ("services",)) if len(document.roots) == 1 else None
        content = follow(services) if services is not None else None
        if not isinstance(content, Mapping):
            continue
        for name, entry in effective_entries(content).items():
            service = follow(entry.value)
            made = file.model["services"].get(name)
            if not isinstance(service, Mapping) or made is None:
                continue
            values = {key: below.value for key, below in effective_entries(service).items()}
            if "extends" not in values and not any(map(tag_of, values.values())):
                rows.append((file.id, values, made))
    return tuple(rows)


def items(value: Node | None) -> tuple[Node, ...]:
    """Return the items of a list; none if there is no list."""
    content = follow(value) if value is not None else None
    return content.items if isinstance(content, Sequence) else ()
