"""`composecheck config`: what it prints, beside what Docker Compose prints, and the exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from composecheck.cli import main
from tests.project.scenario import Scenario, scenario
from tests.shared_material import REPOSITORY, docker_compose

SAMPLES = sorted((REPOSITORY / "samples").glob("*/*.y*ml"))

PROJECTS = (
    scenario(
        "override and .env",
        text="""
        -- compose.yaml
        name: shop
        services:
          a10: {image: "x:${TAG:-1}", ports: ["80:80"], command: "echo $$HOME ${WORD}"}
          a2: {build: ., environment: [GIVEN, ABSENT, OWN=1], privileged: "true", cpus: "0.50"}
        -- compose.override.yaml
        services:
          a10: {ports: ["81:81"], volumes: ["data:/d", "./src:/src:ro"], labels: [price=5$$]}
        volumes: {data: , unused: }
        -- .env
        TAG=2
        WORD="two words"
        """,
        environment={"GIVEN": "yes", "WORD": "mine"},
    ),
    scenario(
        "profiles",
        "--profile",
        "debug",
        text="""
        -- compose.yaml
        services:
          a: {image: x, depends_on: [b]}
          b: {image: y, volumes: ["store:/s"]}
          c: {image: z, profiles: [debug], networks: [back]}
          d: {build: ./d, profiles: [other]}
        networks: {back: , front: }
        volumes: {store: }
        """,
    ),
    scenario(
        "extends and include",
        "-f",
        "main.yaml",
        text="""
        -- main.yaml
        include:
          - sub/compose.yaml
        services:
          web: {extends: {file: base/base.yaml, service: base}, depends_on: [cache]}
        -- base/base.yaml
        services:
          base: {image: "w:$V", env_file: one.env, volumes: ["./conf:/conf"]}
        -- base/one.env
        ONE=1 # one
        TWO='$$x'
        -- sub/compose.yaml
        services:
          cache: {image: "c:${VERSION}", healthcheck: {test: "ping ${VERSION}", interval: 90s}}
        -- sub/.env
        VERSION=7
        """,
        environment={"V": "9"},
    ),
    scenario(
        "options",
        "-f",
        "d/one.yaml",
        "-f",
        "two.yaml",
        "--project-directory",
        "e",
        "--env-file",
        "my.env",
        "-p",
        "given",
        text="""
        -- d/one.yaml
        name: written
        services:
          a: &a {image: "x:$X", volumes: ["./here:/h"], secrets: [s]}
          b: {<<: *a, restart: "no"}
        secrets: {s: {file: ./s.txt}}
        -- two.yaml
        services:
          b: !reset null
          a: {environment: {LONG: "a text that is so long that it does not fit into a line of eighty
            columns $$ at all", LINES: "one\\ntwo\\n"}}
        x-more: {n: 1.50, empty: {}, nothing: , list: []}
        -- my.env
        X=3
        -- e/file
        """,
    ),
    scenario(
        "jobs and what runs before a start",
        "--profile",
        "on",
        text="""
        -- compose.yaml
        services:
          a: &a
            image: "x:${TAG:-1}"
            ulimits: {core: {soft: 0, hard: 0}, nproc: 0, nofile: 5, stack: {soft: 0, hard: 1}}
            environment: [GIVEN, "Q=$$x", A=1]
            labels: [a=1, b=1]
            tmpfs: [/t, /u]
            sysctls: [k=1, l=1]
            annotations: {k: 1}
            cap_add: [A=1]
            pre_start:
              - {command: one, environment: [Q=1, GIVEN], labels: [a=2], sysctls: [k=2]}
              - {command: two, image: init, tmpfs: [/t], annotations: {k: 2}, cap_add: [A=2]}
          b: {build: ., volumes: [{type: volume, source: v, target: /v, volume: {labels: [x=1]}}]}
          off: {<<: *a, profiles: [other]}
        jobs:
          j: {image: "job:$TAG", triggers: {schedule: ["${CRON:-* * * * *}", {cron: 0 0 * * *}]}}
          k: {build: ., profiles: ["on"], triggers: {manual: true}, volumes: ["v:/v/"]}
          l: {image: y, profiles: [other], triggers: {manual: false}}
        volumes: {v: {labels: [q=1]}}
        """,
        environment={"GIVEN": "yes"},
    ),
    scenario(
        "keys that come again",
        text="""
        -- compose.yaml
        include: [sub/compose.yaml]
        services:
          a:
            extends: b
            labels: {a: 1, c: }
            environment: [a=1, c]
            build: {context: ., args: [a=1], labels: [a=1], additional_contexts: [a=1]}
            dns: [1.1.1.1]
          e: {image: x, environment: [], build: {args: [NOT_SET]}, labels: []}
          b:
            extends: c
            labels: [a=b, q]
            environment: [a=2]
            build: {args: [a=2], labels: [a=2], additional_contexts: [a=2]}
            dns: [2.2.2.2]
          c:
            image: x
            labels: {a: 1, c: }
            environment: [a=1, c]
            build: {context: ., args: [a=1], labels: [a=1], additional_contexts: [a=1]}
            dns: [1.1.1.1]
            volumes: ["same:/s", "other:/o"]
            secrets: [s]
            env_file: one.env
        volumes: {same: {labels: {x: 1}}, other: {labels: {x: 2}}}
        networks: {same: {labels: {x: 1}}}
        secrets: {s: {labels: {x: 1}, file: ./f}}
        -- sub/compose.yaml
        services: {i: {image: y, networks: [same], volumes: ["same:/s"]}}
        volumes: {same: {labels: {x: 1}}, other: {labels: {x: 1, y: 1}}}
        networks: {same: {labels: {x: 1}}}
        secrets: {s: {labels: [x=1, x=3], file: ./g}}
        -- one.env
        ONE=1
        c="<$a>"
        """,
    ),
    scenario(
        "what one value makes of another",
        text="""
        -- compose.yaml
        services:
          a: {image: x, scale: 2, deploy: {mode: global}, env_file: e, environment: ['E=', Q=1]}
          b: {image: x, scale: 2, deploy: {replicas: 2}, command: "", entrypoint: [], dns: ""}
          c: {image: x, scale: 0, deploy: {}, label_file: l}
          d: {image: x, scale: 2, deploy: {labels: {a: 1.0}}, profiles: [off]}
          f:
            image: x
            env_file: [{path: no, required: false, format: odd}, {path: r, format: raw}]
        x-numbers: [1e6, 1.0, 0x1F, 12345678901234567890, .5, -0.0, 1_000, 1e21, 1.5e-7, -0.00001]
        x-others: [2020-01-01, {}, [], "", null, "<&>"]
        -- e
        E=1
        X="$E y"
        -- l
        L=1
        -- r
        R=$x "q"
        """,
    ),
    scenario(
        "variables of an included project",
        "-f",
        "main.yaml",
        text="""
        -- main.yaml
        include: [sub/compose.yaml]
        services:
          a: {image: x, environment: [HOME, OWN, COMPOSE_PROJECT_NAME, NOT_SET]}
        -- sub/compose.yaml
        services:
          b: {image: x, environment: [HOME, OWN, NOT_SET], secrets: [s], volumes: ["~/x:/x"]}
          c: {image: x, environment: {OWN: }, configs: [c]}
        secrets: {s: {environment: OWN}}
        configs: {c: {environment: NOT_SET}}
        -- sub/.env
        OWN=sub
        -- .env
        OWN=main
        """,
    ),
)

LISTS = (
    "services",
    "volumes",
    "networks",
    "models",
    "images",
    "profiles",
    "variables",
    "environment",
)


def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    *arguments: str,
    environment: dict[str, str] | None = None,
) -> tuple[int, str, str]:
    """Run the command in `folder`; return its exit status, and what it wrote where."""
    monkeypatch.chdir(folder)
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in (environment or {}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["composecheck", "config", *arguments])
    status = main()
    captured = capsys.readouterr()
    return status, captured.out, captured.err


class Here:
    """A folder with files, in which the command is run."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def write(self, **files: str) -> None:
        """Write files; `__` in a name stands for a point."""
        for name, text in files.items():
            (self.folder / name.replace("__", ".")).write_text(text, encoding="utf-8")

    def __call__(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Run the command; return its exit status, and what it wrote where."""
        return run(self.monkeypatch, self.capsys, self.folder, *arguments, environment=environment)


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Here:
    folder = tmp_path / "project"
    folder.mkdir()
    return Here(folder, monkeypatch, capsys)


def compose(folder: Path, *arguments: str, environment: dict[str, str]) -> str:
    """Return what Docker Compose prints."""
    answer = subprocess.run(
        [docker_compose(), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--format", "json"),
        ("--no-interpolate",),
        ("--no-interpolate", "--format", "json"),
        ("--no-env-resolution",),
        ("--quiet",),
        ("[abw]*",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_it_prints_what_compose_prints(
    project: Scenario, options: tuple[str, ...], here: Here
) -> None:
    project.write(here.folder)
    environment = project.variables(here.folder)
    theirs = compose(here.folder, *project.arguments, "config", *options, environment=environment)
    status, out, _ = here(*project.arguments, *options, **environment)
    assert status == 0
    assert out == theirs


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_it_lists_what_compose_lists(project: Scenario, what: str, here: Here) -> None:
    project.write(here.folder)
    environment = project.variables(here.folder)
    theirs = compose(
        here.folder,
        *project.arguments,
        "config",
        f"--{what}",
        environment={"PWD": str(here.folder), **environment},
    )
    # Of its own, Compose has this from its process.
    status, out, _ = here(*project.arguments, f"--{what}", PWD=str(here.folder), **environment)
    assert status == 0
    # Compose prints some of them in an order that changes from call to call.
    assert sorted(out.splitlines()) == sorted(theirs.splitlines())


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize(
    "text",
    ['services: {a: {image: "x:${V:-<1>}${A10}${A2:+a: b}"}}\n', "services: {a: {image: x}}\n"],
)
def test_variables_in_other_forms(text: str, form: str, here: Here) -> None:
    here.write(compose__yaml=text)
    environment = {"HOME": str(here.folder)}
    options = ("--variables", "--format", form)
    theirs = compose(here.folder, "config", *options, environment=environment)
    assert here(*options, **environment)[1] == theirs


def test_all_services_where_variables_are_kept(here: Here) -> None:
    here.write(compose__yaml="services: {a: {image: x}, b: {image: y, profiles: [p]}}\n")
    environment = {"HOME": str(here.folder)}
    options = ("--services", "--no-interpolate")
    theirs = compose(here.folder, "config", *options, environment=environment)
    assert here(*options, **environment) == (0, "a\nb\n", "")
    assert sorted(theirs.splitlines()) == ["a", "b"]


def test_images_where_names_are_joined_as_they_once_were(here: Here) -> None:
    here.write(compose__yaml="services: {a: {build: .}}\n")
    for said in ("1", "true", " Y ", "yes", "0"):
        environment = {"HOME": str(here.folder), "COMPOSE_COMPATIBILITY": said}
        theirs = compose(here.folder, "config", "--images", environment=environment)
        assert here("--images", **environment)[1] == theirs


def test_output_is_written_to_a_file(here: Here) -> None:
    here.write(compose__yaml="services: {a: {image: x$$}}\n")
    printed = here()[1]
    assert here("-o", "out.yaml") == (0, "", "")
    assert (here.folder / "out.yaml").read_text(encoding="utf-8") == printed
    (here.folder / "out.yaml").unlink()
    assert here("-o", "out.yaml", "-q") == (0, "", "")
    assert not (here.folder / "out.yaml").exists()
    status, _, err = here("-o", "absent/out.yaml")
    assert status == 2
    assert err == (
        'composecheck: The file "absent/out.yaml" could not be written: No such file or'
        " directory.\n"
    )


def test_files_that_a_variable_names(here: Here) -> None:
    here.write(over__yaml="services: {a: {image: z}}\n")
    stdin = io.TextIOWrapper(io.BytesIO(b"services: {a: {image: x, build: .}}\n"))
    here.monkeypatch.setattr(sys, "stdin", stdin)
    status, out, _ = here(COMPOSE_FILE="-:over.yaml", HOME="/h")
    assert (status, "image: z\n" in out) == (0, True)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.parent.name)
def test_samples_are_printed_as_by_compose(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sample.parent
    environment = {"HOME": str(folder)}
    answer = subprocess.run(
        [docker_compose(), "config"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    status, out, _ = run(monkeypatch, capsys, folder, environment=environment)
    assert (status == 0) is (answer.returncode == 0), answer.stderr
    assert out == answer.stdout


def test_the_samples_are_of_both_kinds() -> None:
    assert {"anchors", "web-stack", "wrong-indentation"} <= {path.parent.name for path in SAMPLES}


TWO_FILES = {
    "compose__yaml": """\
services:
  web:
    image: "shop:${TAG:-1}"
    command: |
      echo 1
      echo $$2
    environment:
      LONG: a text that is so long that Compose breaks it into two lines when it is printed, as here
    ports: ["80:8000"]
    cap_add: []
volumes:
  data:
""",
    "compose__override__yaml": """\
services:
  web:
    image: shop:2
    volumes:
      - data:/data
    env_file: one.env
""",
    "one__env": "# comment\nONE=1\n",
}

WITH_ORIGIN = """\
name: project  # not from a Compose file
services:
  web:
    command:
      - echo  # compose.yaml:5
      - "1"  # compose.yaml:5
      - echo  # compose.yaml:6
      - $$2  # compose.yaml:6
    environment:
      LONG: a text that is so long that Compose breaks it into two lines when it is
        printed, as here  # compose.yaml:8
      ONE: "1"  # one.env:2
    image: shop:2  # compose.override.yaml:3
    networks:
      default: null  # added by Compose
    volumes:
      - type: volume  # added by Compose
        source: data  # compose.override.yaml:5
        target: /data  # compose.override.yaml:5
        volume: {}  # added by Compose
    ports:
      - mode: ingress  # added by Compose
        target: 8000  # compose.yaml:9
        published: "80"  # compose.yaml:9
        protocol: tcp  # added by Compose
networks:
  default:
    name: project_default  # added by Compose
volumes:
  data:
    name: project_data  # added by Compose
"""


def test_origin_is_a_comment_behind_each_value(here: Here) -> None:
    here.write(**TWO_FILES)
    assert here("--origin") == (0, WITH_ORIGIN, "")
    without = "".join(line.partition("  #")[0] + "\n" for line in WITH_ORIGIN.splitlines())
    assert here()[1] == without


def test_origin_in_json_stands_beside_the_project(here: Here) -> None:
    here.write(**TWO_FILES)
    status, out, _ = here("--origin", "--format", "json")
    both: dict[str, Any] = json.loads(out)
    assert status == 0
    assert both["project"] == json.loads(here("--format", "json")[1])
    rows = {".".join(map(str, row["path"])): row for row in both["origins"]}
    assert rows["services.web.image"] == {
        "path": ["services", "web", "image"],
        "file": "compose.override.yaml",
        "line": 3,
        "column": 12,
        "added": False,
    }
    assert rows["services.web.ports.0.protocol"] == {
        "path": ["services", "web", "ports", 0, "protocol"],
        "file": None,
        "line": None,
        "column": None,
        "added": True,
    }


def test_origin_of_what_is_written_short(here: Here) -> None:
    here.write(
        compose__yaml="""\
services:
  a:
    image: x
    command:
      - one
      - "two ${V:-words}"
    gpus: all
    extra_hosts:
      - one=1.1.1.1
      - two=2.2.2.2
    depends_on:
      - b
    healthcheck:
      test: run it
    dns: ""
    entrypoint: ""
  b: {image: y}
"""
    )
    out = here("--origin")[1]
    assert "- one  # compose.yaml:5\n" in out
    assert "- two words  # compose.yaml:6\n" in out
    assert "- count: -1  # compose.yaml:7\n" in out
    assert "- one=1.1.1.1  # compose.yaml:9\n" in out
    assert "- two=2.2.2.2  # compose.yaml:10\n" in out
    assert "condition: service_started  # added by Compose for compose.yaml:12\n" in out
    assert "- CMD-SHELL  # added by Compose\n        - run it  # compose.yaml:14\n" in out
    assert "entrypoint: []  # compose.yaml:16\n" in out
    written = here("--origin", "--no-interpolate")[1]
    assert "dns: []  # compose.yaml:15\n" in written
    assert "required: true  # added by Compose for compose.yaml:12\n" in written


def test_origin_of_block_text_empty_values_and_the_name(here: Here) -> None:
    here.write(
        compose__yaml="name: Mine\nservices: {a: {image: x}}\n"
        'x-a: {"a$$b": {}, c: [], d: "1\\n2\\n"}\nx-b:\n'
    )
    _, out, _ = here("--origin", "--no-interpolate")
    assert out.startswith("name: mine  # compose.yaml:1\n")
    assert "  a$$b: {}  # compose.yaml:3\n" in out
    assert "  c: []  # compose.yaml:3\n" in out
    assert "  d: |  # compose.yaml:3\n    1\n    2\n" in out
    assert "x-b: null  # compose.yaml:4\n" in out
    assert here("--origin", "-p", "other")[1].startswith("name: other  # not from a Compose file\n")


def test_a_name_of_a_file_cannot_break_the_comment(here: Here) -> None:
    (here.folder / "a\nb.yaml").write_text("services: {a: {image: x}}\n", encoding="utf-8")
    assert "image: x  # a\\nb.yaml:1\n" in here("-f", "a\nb.yaml", "--origin")[1]


def test_an_unset_variable_is_blank_and_said_once(here: Here) -> None:
    here.write(compose__yaml='services:\n  a: {image: "x$V", command: "$V"}\n')
    status, out, err = here()
    assert (status, "image: x\n" in out) == (0, True)
    assert err == (
        'compose.yaml:2:16: note[variable-unset] "V" is not set here; Compose puts nothing in its'
        ' place. Set it in a ".env" file, or write a default: "${V:-…}".\n'
    )
    assert here("--no-interpolate")[2] == ""


def test_what_compose_would_refuse_is_told_all_at_once(here: Here) -> None:
    here.write(
        compose__yaml="""\
services:
  web:
    image: "x:${V"
    ports: [foo, "80:80"]
    extends: nobody
    env_file: no.env
    cpus: 590m
"""
    )
    status, out, err = here()
    assert (status, out) == (1, "")
    assert [line.partition("] ")[0] for line in err.splitlines()] == [
        "compose.yaml:3:15: error[variable-syntax",
        "compose.yaml:4:13: error[port-invalid",
        "compose.yaml:5:14: error[extends-undefined",
        "compose.yaml:6:15: error[env-file-absent",
        "compose.yaml:7:14: error[number-invalid",
        "composecheck: Compose refuses this project, so there is nothing to print.",
    ]


REFUSED = (
    ("services: {a: [}", "error[yaml-"),
    ("services: {a: {image: x, enviroment: {}}}", "compose.yaml:1:26: error[key-unknown] "),
    ("# nothing\n", "compose.yaml:1:1: error[file-empty] "),
    ("services: {a: {image: '${A:?set it}'}}", "error[variable-required] "),
    ("include: [no.yaml]\nservices: {a: {image: x}}", "error[include-absent] "),
    ("services: {a: {image: x, extends: b}, b: {extends: a}}", "error[extends-cycle] "),
    ("services: {a: {image: x, networks: [n]}}", "error[network-undefined] "),
    ("services: {a: {}}", "error[service-no-image] "),
    ("services: {a: {image: x, depends_on: [a]}}", "error[service-cycle] "),
)


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(text: str, message: str, here: Here) -> None:
    here.write(compose__yaml=text)
    status, out, err = here()
    assert (status, out) == (1, "")
    assert message in err


def test_nothing_is_told_twice(here: Here) -> None:
    here.write(compose__yaml="services: {a: text}\n")
    status, _, err = here()
    assert status == 1
    assert len(err.splitlines()) == 2


def test_clash_names_the_other_file(here: Here) -> None:
    here.write(
        compose__yaml="services: {a: {image: x, security_opt: [b]}}\n",
        over__yaml="services: {a: {security_opt: {c: d}}}\n",
    )
    status, _, err = here("-f", "compose.yaml", "-f", "over.yaml")
    assert status == 1
    assert "over.yaml:1:30: error" in err


def test_an_extended_file_need_not_be_right_as_a_whole(here: Here) -> None:
    here.write(
        compose__yaml="services: {a: {extends: {file: base.yaml, service: b}}}\n",
        base__yaml="services: {b: {image: x}, c: {imagee: y}}\n",
    )
    environment = {"HOME": str(here.folder)}
    assert here()[1] == compose(here.folder, "config", environment=environment)


def test_a_job_need_not_be_whole_before_it_extends_another(here: Here) -> None:
    here.write(
        compose__yaml="services: {a: {image: x}}\n"
        "jobs: {j: {image: y, triggers: {manual: true}}, k: {extends: j}}\n"
    )
    environment = {"HOME": str(here.folder)}
    assert here()[1] == compose(here.folder, "config", environment=environment)


NOT_WITHOUT_VALUES = (
    ("depends_on: {b: {condition: service_started, required: '${V:-true}'}}", "required"),
    ('pull_policy: "${V:-always}"', "pull_policy"),
    ("ports: [80]\n    healthcheck: {test: '${V}', interval: 5}", None),
)


@pytest.mark.parametrize(("line", "key"), NOT_WITHOUT_VALUES)
def test_what_is_refused_only_where_variables_are_kept(
    line: str, key: str | None, here: Here
) -> None:
    here.write(compose__yaml=f"services:\n  b: {{image: y}}\n  a:\n    image: x\n    {line}\n")
    assert here("--variables")[0] == 0
    status, out, err = here("--no-interpolate")
    assert (status, out) == (1, "")
    if key is not None:
        assert here()[0] == 0
        assert f'is text that Compose does not take for "{key}".' in err


def test_what_matters_only_once_variables_are_replaced(here: Here) -> None:
    here.write(
        compose__yaml="""\
services:
  a: {image: "${V", ports: ["${P}:80", foo], mem_limit: big, cpus: "${C}", networks: [n]}
  b: {command: "${A:?set it}", depends_on: [c], env_file: no.env}
"""
    )
    environment = {"HOME": str(here.folder)}
    theirs = compose(here.folder, "config", "--no-interpolate", environment=environment)
    assert here("--no-interpolate", **environment) == (0, theirs, "")
    assert here(**environment)[0] == 1


def test_services_that_are_asked_for(here: Here) -> None:
    here.write(
        compose__yaml="""\
services:
  a: {image: x, depends_on: [beta], container_name: same}
  beta: {image: y}
  c: {image: z, container_name: same}
  d: {image: z, profiles: [p], env_file: no.env}
"""
    )
    environment = {"HOME": str(here.folder)}
    for arguments in (("a",), ("c",), ("--images", "a"), ("--services", "a"), ("--volumes", "no")):
        theirs = compose(here.folder, "config", *arguments, environment=environment)
        status, out, _ = here(*arguments, **environment)
        assert (status, sorted(out.splitlines())) == (0, sorted(theirs.splitlines()))
    assert "error[container-name-taken]" in here()[2]
    assert "error[container-name-taken]" in here("a", "c")[2]
    assert here("d")[0] == 1
    assert "error[env-file-absent]" in here("d")[2]
    assert here("d", "--no-env-resolution")[0] == 0
    status, out, err = here("bta")
    assert (status, out) == (1, "")
    assert err == 'composecheck: There is no service "bta" that is on. Is "beta" meant?\n'


def test_names_that_compose_does_not_take(here: Here) -> None:
    here.write(compose__yaml="services: {a: {image: x}}\n")
    status, out, err = here("-p", "Foo")
    assert (status, out) == (1, "")
    assert err.startswith('composecheck: "Foo", the name of the project in --project-name, is none')
    status, out, err = here(COMPOSE_DISABLE_ENV_FILE="perhaps")
    assert (status, out) == (1, "")
    assert '"COMPOSE_DISABLE_ENV_FILE" is neither true nor false; Compose refuses' in err


def test_a_folder_without_a_name(here: Here) -> None:
    folder = here.folder / "---"
    folder.mkdir()
    (folder / "compose.yaml").write_text("services: {a: {image: '$V'}}\n", encoding="utf-8")
    assert here("--project-directory", "---", "-f", "---/compose.yaml")[0] == 1
    listed = here("--project-directory", "---", "-f", "---/compose.yaml", "--variables")
    assert listed[0] == 0
    assert "\nV " in listed[1]


FAILING = (
    (("-f", "no.yaml"), '"no.yaml": There is no such file'),
    (("-f", "folder"), '"folder": This is a folder'),
    (("--env-file", "no.env"), "no.env"),
    (("--services", "--images"), '"--services" and "--images" cannot be given together.'),
    (("--services", "--origin"), '"--services" and "--origin" cannot be given together.'),
    (("--images", "--no-interpolate"), '"--images" and "--no-interpolate" cannot be given'),
    (("-f", "https://example.com/a.git"), "would have to be fetched"),
)


@pytest.mark.parametrize(("arguments", "message"), FAILING, ids=lambda row: str(row))
def test_what_cannot_be_done(arguments: tuple[str, ...], message: str, here: Here) -> None:
    here.write(compose__yaml="services: {a: {image: x}}\n")
    (here.folder / "folder").mkdir()
    status, out, err = here(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("composecheck: ")
    assert message in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("--format", "toml"), ("--color=always",)])
def test_bad_usage(arguments: tuple[str, ...], here: Here) -> None:
    assert here(*arguments)[:2] == (2, "")


def test_nothing_is_fetched(here: Here) -> None:
    here.write(compose__yaml="include: ['oci://r/i', 'oci://r/i']\nservices: {a: {image: x}}\n")
    status, out, err = here()
    assert (status, out) == (2, "")
    assert err.startswith('composecheck: compose.yaml:1:11: "oci://r/i" would have to be fetched')


def test_no_compose_file_at_all(here: Here) -> None:
    status, out, err = here("--project-directory", "/proc/self/fdinfo")
    assert (status, out) == (2, "")
    assert err.startswith("composecheck: There is no Compose file here")


def test_lists_do_not_need_env_files_of_services(here: Here) -> None:
    text = "services: {a: {image: x, env_file: no.env}}\n"
    here.write(compose__yaml=text)
    assert here("--services") == (0, "a\n", "")
    assert here("--images")[0] == 1
    here.write(no__env="A B=1\n")
    assert here("--services") == (0, "a\n", "")
    status, _, err = here("--profiles")
    assert status == 1
    assert err.startswith("no.env:1:1: error[env-file-syntax] ")
    here.write(
        compose__yaml="include: [{path: b.yaml, env_file: gone.env}]\n" + text,
        b__yaml="services: {b: {image: y}}\n",
    )
    assert here("--services")[0] == 1


def test_standard_input(here: Here) -> None:
    here.write(over__yaml="services: {a: {image: z}}\n")
    environment = {"HOME": str(here.folder)}
    stdin = io.TextIOWrapper(io.BytesIO(b'services: {a: {image: "x", command: "$$a"}}\n'))
    here.monkeypatch.setattr(sys, "stdin", stdin)
    status, out, err = here("-f", "-", "-f", "over.yaml", "--origin", **environment)
    assert (status, err) == (0, "")
    assert "image: z  # over.yaml:1\n" in out
    assert "- $$a  # <stdin>:1\n" in out


def test_no_standard_input(here: Here) -> None:
    here.monkeypatch.setattr(sys, "stdin", None)
    assert here("-f", "-") == (
        2,
        "",
        'composecheck: "<stdin>": It cannot be read: standard input is closed.\n',
    )


def test_a_folder_that_is_gone(here: Here) -> None:
    code = (
        "import os, sys\n"
        "from composecheck.cli import main\n"
        "os.mkdir('gone')\n"
        "os.chdir('gone')\n"
        "os.rmdir('../gone')\n"
        "sys.exit(main())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, "config"],
        cwd=here.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "composecheck: The folder in which you are no longer exists.\n"


def test_a_link_to_a_folder_is_the_folder_as_for_compose(here: Here) -> None:
    here.write(compose__yaml="services: {a: {build: .}}\n")
    link = here.folder.parent / "link"
    link.symlink_to(here.folder)
    for said in (link, here.folder, here.folder.parent, Path("link")):
        environment = {"HOME": str(here.folder), "PWD": str(said)}
        theirs = compose(link, "config", environment=environment)
        assert run(here.monkeypatch, here.capsys, link, environment=environment)[1] == theirs


def test_a_closed_pipe_is_met_in_silence(here: Here) -> None:
    here.write(compose__yaml="services: {a: {image: x}}\n")
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [sys.executable, "-m", "composecheck", "config"],
        cwd=here.folder,
        stdout=writer,
        stderr=subprocess.PIPE,
    ) as running:
        os.close(writer)
        _, err = running.communicate()
    assert (running.returncode, err) == (2, b"")


def test_nothing_of_it_is_loaded_for_other_commands(here: Here) -> None:
    code = (
        "import sys\n"
        "from composecheck.cli import main\n"
        "main()\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )

    def modules(command: str) -> str:
        answer = subprocess.run(
            [sys.executable, "-c", code, command],
            cwd=here.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return answer.stderr

    here.write(compose__yaml="services: {a: {image: x}}\n")
    loaded = modules("--version")
    assert "composecheck.project" not in loaded
    assert "composecheck.config" not in loaded
    assert "composecheck.config.printing" in modules("config")
    assert " rich" not in modules("config")
    assert " jsonschema" not in modules("config")
