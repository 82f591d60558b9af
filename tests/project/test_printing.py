"""What `config` prints: everything, in Compose's order, and where each value came from."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.go_durations import go_duration
from composecheck.project.go_json import print_json
from composecheck.project.go_values import go_text, single
from composecheck.project.listings import (
    list_images,
    list_models,
    list_profiles,
    list_resources,
    list_services,
)
from composecheck.project.model import origins, to_model, to_written_model
from composecheck.project.project import Project, load_project
from composecheck.source import Source
from composecheck.yaml import load
from tests.project.comparing import absent, differences
from tests.shared_material import docker_compose

EVERYTHING = Path(__file__).with_name("everything.yaml")


def _project(text: str, **changes: Any) -> Project:
    options: dict[str, Any] = {
        "files": (ComposeFile(Path("/proj/compose.yaml"), load(Source("compose.yaml", text))),),
        "working_folder": Path("/proj"),
        "is_here": True,
        "read": absent,
        **changes,
    }
    return load_project(Call(**options))


def _ask(folder: Path, *arguments: str) -> str:
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "--profile", "p", "config", *arguments],
        cwd=folder,
        env={"HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def _call(folder: Path, **changes: Any) -> Call:
    options: dict[str, Any] = {
        "files": ("compose.yaml",),
        "profiles": ("p",),
        "environment": {"HOME": str(folder)},
        "working_folder": folder,
        "is_here": True,
        **changes,
    }
    return Call(**options)


def test_everything_is_printed_as_by_compose(tmp_path: Path) -> None:
    extra = 'x-odd: ["<a> & b", "$$x", 1.0, 1e6, 1.5e30, 2020-01-01, "\\u2028\\t\\"é😀"]\n'
    text = EVERYTHING.read_text(encoding="utf-8") + extra
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    project = load_project(_call(tmp_path))
    assert not project.problems
    ours = print_json(to_model(project)).replace("$", "$$")
    assert ours.splitlines() == _ask(tmp_path, "--format", "json").splitlines()


WRITTEN = """
x-a: 1
services:
  a:
    image: x:${V:-1}
    ports: ["${P}:80", "81:81"]
    volumes: ["${D}:/d", "./e:/e", "./${X}/q:/e/", "vol:/v"]
    env_file: absent.env
    environment: [A, B=$C, HOME]
    privileged: "${Q}"
    command: a $$b
    cpus: "0.5"
    build: {args: {HOME: }}
  b: {build: ., profiles: [q], links: [a], secrets: [s], ports: ["82:82", 83]}
networks: {n: , m: {name: "${N}"}}
volumes: {vol: }
secrets: {s: {file: "./${Z}"}}
"""


def test_written_model_is_that_of_no_interpolate(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(WRITTEN, encoding="utf-8")
    project = load_project(_call(tmp_path, keep_variables=True))
    assert not project.problems
    model = to_written_model(project)
    theirs = json.loads(_ask(tmp_path, "--no-interpolate", "--format", "json"))
    assert not list(differences(model, theirs))
    assert list(model) == sorted(model)


LISTED = """
services:
  z: {image: "x:${V:-1}", profiles: [p], volumes: ["vol:/v"]}
  a: {image: "y$W", volumes: ["wol:/w", "/q"], networks: [n], models: [m],
      environment: ["A=${R:?must}", "B=${U:+x}", "C=${E-${F}}", "D=$$G"]}
  b: {build: ., depends_on: [a], profiles: [q, p]}
volumes: {vol: {name: real}, wol: , unused: }
networks: {n: , unused: }
models: {m: {model: q}}
"""


def test_lists_of_what_a_project_has(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(LISTED, encoding="utf-8")
    environment = {"HOME": str(tmp_path), "R": "1"}
    project = load_project(_call(tmp_path, environment=environment))
    name = project.name
    assert list_services(project) == ["a", "b", "z"]
    assert list_resources(project, "volumes") == ["vol", "wol"]
    assert list_resources(project, "networks") == ["default", "n"]
    assert list_models(project) == ["q"]
    assert list_profiles(project) == ["p", "q"]
    assert list_images(project) == ["y", f"{name}-b", "x:1"]
    without = load_project(_call(tmp_path, environment=environment, profiles=()))
    assert list_services(without) == ["a"]
    assert list_resources(without, "volumes") == ["wol"]
    assert list_profiles(without) == ["p", "q"]


def _origins(project: Project) -> dict[str, tuple[object, str | None]]:
    return {
        ".".join(map(str, row.path)): (
            row.value,
            None
            if row.source is None or row.span is None
            else f"{row.source.name}:{row.source.slice(row.span)}{' added' * row.is_added}",
        )
        for row in origins(project)
    }


def test_each_value_knows_the_characters_that_set_it() -> None:
    base = """
x-base: &base {restart: always}
services:
  a:
    <<: *base
    image: "x:${TAG:-1}"
    ports: ["127.0.0.1:8080:80/udp"]
    volumes: ["./data/:/data/:ro"]
    depends_on: [b]
    environment: [A=1, B=2]
    privileged: "true"
  b: {image: y, links: [a]}
"""
    over = 'services: {a: {image: z, environment: {B: 3}, ports: ["81:81"]}}'
    project = _project(
        base,
        files=(
            ComposeFile(Path("/proj/compose.yaml"), load(Source("base", base))),
            ComposeFile(Path("/proj/over.yaml"), load(Source("over", over))),
        ),
    )
    rows = _origins(project)
    assert rows["services.a.restart"] == ("always", "base:always")
    assert rows["services.a.image"] == ("z", "over:z")
    assert rows["services.a.ports.0.host_ip"] == ("127.0.0.1", "base:127.0.0.1")
    assert rows["services.a.ports.0.published"] == ("8080", "base:8080")
    assert rows["services.a.ports.0.target"] == (80, "base:80")
    assert rows["services.a.ports.0.protocol"] == ("udp", "base:udp")
    assert rows["services.a.ports.0.mode"] == ("ingress", None)
    assert rows["services.a.ports.1.target"] == (81, "over:81")
    assert rows["services.a.ports.1.protocol"] == ("tcp", None)
    assert rows["services.a.volumes.0.source"] == ("/proj/data", "base:./data/")
    assert rows["services.a.volumes.0.target"] == ("/data", "base:/data/")
    assert rows["services.a.volumes.0.read_only"] == (True, "base:ro")
    assert rows["services.a.volumes.0.type"] == ("bind", None)
    # Of a dependency that is no more than a name, all is added because of that name.
    assert rows["services.a.depends_on.b.condition"] == ("service_started", "base:b added")
    assert rows["services.a.environment.A"] == ("1", "base:A=1")
    assert rows["services.a.environment.B"] == ("3", "over:B: 3")
    assert rows["services.a.privileged"] == (True, 'base:"true"')
    assert rows["services.b.depends_on.a.restart"] == (True, "base:a added")
    assert rows["services.a.networks.default"] == (None, None)
    assert rows["networks.default.name"] == ("proj_default", None)
    assert rows["name"] == ("proj", None)


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [
        (0, "0s"),
        (1, "1ns"),
        (1_500, "1.5µs"),
        (2_000_000, "2ms"),
        (1_000_000_000, "1s"),
        (90_000_000_000, "1m30s"),
        (60_500_000_000, "1m0.5s"),
        (3_600_000_000_000, "1h0m0s"),
        (-5_000_000_000, "-5s"),
        (86_400_000_000_001, "24h0m0.000000001s"),
    ],
)
def test_durations_as_go_writes_them(nanoseconds: int, text: str) -> None:
    assert go_duration(nanoseconds) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "<nil>"),
        (True, "true"),
        (1e6, "1e+06"),
        ({"b": [1, "x"], "a": None}, "map[a:<nil> b:[1 x]]"),
    ],
)
def test_values_as_go_writes_them(value: object, text: str) -> None:
    assert go_text(value) == text


def test_numbers_in_single_precision() -> None:
    assert single(0.1) == 0.1
    assert single(1 / 3) == 0.33333334
    assert single(1e300) == 1e300
    assert single(16777217) == 16777216
