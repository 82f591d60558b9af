"""The ways to our users beside the package: the action for GitHub, the image, the recipes for CI.

No runner of GitHub or GitLab is here, and no engine that builds images; what can be tried without
them is: the shell code of the action and of the image is run, the rest is read.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from composecheck import __version__
from tests import wheelhouse
from tests.shared_material import REPOSITORY
from tests.yaml_data import yaml_data

ACTION: dict[str, Any] = yaml_data((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
RECIPES = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
SLIP = "services:\n  web:\n    image: nginx\n    enviroment: {}\n"

requires_bash = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None,
    reason="NOT RUN: there is no bash here that could run the shell code",
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", RECIPES, re.DOTALL)


def of_file(name: str) -> list[Any]:
    """Return what the blocks hold that begin with the name of a file."""
    return [yaml_data(block) for block in blocks("yaml") if block.startswith(f"# {name}\n")]


WORKFLOWS = of_file(".github/workflows/compose.yml")
PIPELINES = of_file(".gitlab-ci.yml")


def steps_of(workflow: Any) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


# The action


def test_the_action_is_written_as_actions_are() -> None:
    assert set(ACTION) == {"name", "description", "branding", "inputs", "outputs", "runs"}
    assert set(ACTION["inputs"]) == {"paths", "args", "version", "sarif"}
    for described in ACTION["inputs"].values():
        assert set(described) == {"description", "default"}
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert set(step) <= {"id", "name", "uses", "with", "shell", "env", "run"}
        # A composite step that runs something must name its shell.
        assert ("uses" in step) != ("run" in step)
        assert ("run" in step) == ("shell" in step)


def test_the_action_reads_only_what_there_is() -> None:
    text = (REPOSITORY / "action.yml").read_text(encoding="utf-8")
    names = re.findall(r"\$\{\{ (.*?) \}\}", text)
    steps = {step.get("id") for step in ACTION["runs"]["steps"]}
    assert set(names) == {
        *(f"inputs.{name}" for name in ACTION["inputs"]),
        "steps.python.outputs.python-path",
        "steps.install.outputs.composecheck",
    }
    assert {"python", "install"} <= steps


def test_no_input_is_pasted_into_the_shell_code() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def step_named(name: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = (step for step in ACTION["runs"]["steps"] if step.get("name") == name)
    return found


def run_step(name: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the shell code of a step as GitHub's runners do; all its variables must be given."""
    step = step_named(name)
    assert set(step["env"]) <= set(variables)
    script = folder / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the variables with which pip needs no network."""
    folder = tmp_path_factory.mktemp("wheels")
    try:
        wheelhouse.fill(folder)
    except wheelhouse.NoWheel as reason:
        pytest.skip(f"NOT RUN: {reason}, so that nothing can be installed without a network")
    return wheelhouse.pip_environment(folder)


@requires_bash
def test_the_action_installs_what_it_came_with_and_checks(
    tmp_path: Path, wheels: dict[str, str]
) -> None:
    outputs = tmp_path / "outputs"
    installed = run_step(
        "Install composecheck",
        tmp_path,
        PYTHON=sys.executable,
        VERSION="",
        RUNNER_TEMP=str(tmp_path / "temp of the runner"),
        GITHUB_ACTION_PATH=str(REPOSITORY),
        GITHUB_OUTPUT=str(outputs),
        **wheels,
    )
    assert installed.returncode == 0, installed.stderr
    name, _, command = outputs.read_text(encoding="utf-8").strip().partition("=")
    assert name == "composecheck"
    (tmp_path / "compose.yaml").write_text(SLIP, encoding="utf-8")
    checked = run_step("Check", tmp_path, COMPOSECHECK=command, PATHS=".", ARGS="", SARIF="")
    assert checked.returncode == 1, checked.stderr
    assert checked.stdout.startswith("::error ")
    assert "enviroment" in checked.stdout


@requires_bash
def test_a_version_that_is_asked_for_comes_from_the_index(tmp_path: Path) -> None:
    # A Python whose virtual environments only say what they are asked to do.
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"\nprintf \'#!/bin/sh\\necho "$@"\\n\' > "$3/bin/python"\n'
        'chmod +x "$3/bin/python"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    installed = run_step(
        "Install composecheck",
        tmp_path,
        PYTHON=str(python),
        VERSION="0.0.1",
        RUNNER_TEMP=str(tmp_path),
        GITHUB_ACTION_PATH=str(REPOSITORY),
        GITHUB_OUTPUT=str(tmp_path / "outputs"),
    )
    assert (installed.returncode, installed.stderr) == (0, "")
    assert installed.stdout.split()[:3] == ["-m", "pip", "install"]
    assert installed.stdout.split()[-1] == "composecheck==0.0.1"


@requires_bash
def test_the_inputs_of_the_action_become_arguments(tmp_path: Path) -> None:
    command = tmp_path / "composecheck"
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    ran = run_step(
        "Check",
        tmp_path,
        COMPOSECHECK=str(command),
        PATHS="compose.yaml\n\na folder/$(id)\n",
        ARGS=" --fail-on error\n --select=compose * $HOME `id`",
        SARIF="out of/report.sarif",
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    expected = "check|--format|github|--output|sarif:out of/report.sarif|--fail-on|error"
    expected += "|--select=compose|*|$HOME|`id`|compose.yaml|a folder/$(id)"
    assert ran.stdout.splitlines() == expected.split("|")


# The image

INSTRUCTION = re.compile(r"(?P<name>[A-Z]+) (?P<rest>.+)")
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD", "LABEL", "ARG"}


def dockerfile() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile: names, and what stands after them."""
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    matches = [INSTRUCTION.fullmatch(line) for line in joined.splitlines()]
    assert all(matches), joined
    return [(match["name"], match["rest"]) for match in matches if match]


def test_the_image_is_small_and_not_for_root() -> None:
    instructions = dockerfile()
    assert {name for name, _ in instructions} <= KNOWN
    stages = [index for index, (name, _) in enumerate(instructions) if name == "FROM"]
    bases = [instructions[index][1].split()[0] for index in stages]
    assert bases == ["python:3.13-slim"] * 2
    last = dict(instructions[stages[-1] :])
    user, _, group = last["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert last["WORKDIR"] == "/project"
    assert last["ENTRYPOINT"] == '["composecheck"]'
    assert last["CMD"] == '["check"]'


def test_the_image_takes_nothing_from_elsewhere() -> None:
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert re.search(r"https?://|curl|wget|secret|token|password|\bADD\b", code, re.I) is None


def test_what_the_image_is_built_from_is_not_ignored() -> None:
    copied = {
        name
        for instruction, rest in dockerfile()
        if instruction == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    }
    for name in copied:
        assert (REPOSITORY / name).exists()
    ignore = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in ignore if line and line[0] not in "#!"] == ["*", "**/__pycache__"]
    assert {line[1:] for line in ignore if line.startswith("!")} == copied


@requires_bash
def test_the_image_can_be_built_from_what_is_copied(tmp_path: Path, wheels: dict[str, str]) -> None:
    target = tmp_path / "installed"
    source = tmp_path / "source"
    source.mkdir()
    for instruction, rest in dockerfile():
        if instruction == "COPY" and not rest.startswith("--from"):
            *names, _ = rest.split()
            for name in names:
                copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
                copy(REPOSITORY / name, source / name)
    (command,) = (rest for instruction, rest in dockerfile() if instruction == "RUN")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    built = subprocess.run(
        ["bash", "-c", command.replace("/opt/composecheck", str(target))],
        cwd=source,
        env={"PATH": path, **wheels},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    answer = subprocess.run(
        [str(target / "bin" / "composecheck"), "--version"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert answer.stdout.startswith(f"composecheck {__version__} ")


# The recipes


def test_there_are_recipes_for_both() -> None:
    assert len(WORKFLOWS) == 3
    assert len(PIPELINES) == 2
    assert len(blocks("yaml")) == 5


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_has_the_keys_of_workflows(workflow: Any) -> None:
    assert set(workflow) == {"name", "on", "permissions", "jobs"}
    assert set(workflow["on"]) <= {"pull_request", "push"}
    assert set(workflow["permissions"]) <= {"contents", "security-events"}
    for job in workflow["jobs"].values():
        assert set(job) == {"runs-on", "steps"}
    for step in steps_of(workflow):
        assert set(step) <= {"uses", "with", "if", "run", "name"}
        assert ("uses" in step) != ("run" in step)
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+(/[\w-]+)?@v\d+(\.\d+\.\d+)?", step["uses"])


def test_the_workflows_call_the_action_as_it_is() -> None:
    steps = [step for workflow in WORKFLOWS for step in steps_of(workflow)]
    ours = [step for step in steps if "/composecheck@" in step.get("uses", "")]
    assert len(ours) == 2
    for step in ours:
        assert step["uses"].endswith(f"@v{__version__}")
        assert set(step.get("with", {})) <= set(ACTION["inputs"])
    (upload,) = (step for step in steps if "upload-sarif" in step.get("uses", ""))
    assert upload["with"]["sarif_file"] in [step.get("with", {}).get("sarif") for step in ours]
    for name, described in ACTION["inputs"].items():
        assert f"| `{name}` | " in RECIPES
        assert described["default"] in ("", ".")


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_pipeline_has_the_keys_of_pipelines(pipeline: Any) -> None:
    (job,) = pipeline.values()
    assert set(job) <= {"image", "script", "artifacts", "rules"}
    image = job["image"]
    assert isinstance(image, str) or set(image) == {"name", "entrypoint"}
    assert all(isinstance(line, str) for line in job["script"])
    assert job["artifacts"]["when"] == "always"
    reports = job["artifacts"]["reports"]
    assert set(reports) <= {"codequality", "junit"}
    for name in reports.values():
        assert f":{name}" in " ".join(job["script"])


def command_lines() -> list[str]:
    """Return every line of shell code that the recipes show."""
    code = [*blocks("shell")]
    code += [step["run"] for workflow in WORKFLOWS for step in steps_of(workflow) if "run" in step]
    code += ["\n".join(next(iter(pipeline.values()))["script"]) for pipeline in PIPELINES]
    return [line for text in code for line in text.splitlines() if line]


@requires_bash
@pytest.mark.parametrize("line", command_lines())
def test_shell_code_is_shell_code(line: str) -> None:
    subprocess.run(["bash", "-n", "-c", line], check=True, timeout=60)


def test_the_commands_shown_have_the_options_shown() -> None:
    shown: dict[str, set[str]] = {"check": set(), "fix": set()}
    for line in command_lines():
        words = shlex.split(line)
        for command, options in shown.items():
            if "composecheck" in words and command in words:
                after = words[words.index(command) :]
                options |= {word.partition("=")[0] for word in after if word.startswith("--")}
    shown["check"] |= set(re.findall(r"args: (--[a-z-]+)", RECIPES))
    assert shown["check"] >= {"--format", "--output", "--fail-on"}
    for command, options in shown.items():
        printed = subprocess.run(
            [sys.executable, "-m", "composecheck", command, "--help"],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        ).stdout
        assert {option for option in options if option not in printed} == set()
