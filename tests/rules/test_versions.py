"""What only a newer Compose knows: by the schema, and beyond it.

The cases for the schema are made from the schema itself, so that none of its annotations is left
out; they read the file, and not what `schema/` makes of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.check import check
from composecheck.finding import Severity
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.rules.versions import key_too_new
from composecheck.schema.files import compose_schema
from composecheck.source import Source
from composecheck.yaml import load
from tests.cli_commands import Command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composecheck.finding import Finding

Node = dict[str, Any]
Version = tuple[int, ...]

_DEFS = compose_schema()["$defs"]


def version(text: str) -> Version:
    return tuple(map(int, text.split(".")))


def just_below(newer: Version) -> Version:
    """Return a version below `newer` and above all others."""
    major, minor, patch = newer
    if patch:
        return (major, minor, patch - 1)
    return (major, minor - 1, 9999) if minor else (major - 1, 9999, 9999)


# --- a case for each annotation of the schema --------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """Something that came with a version, a value that shows it, and the way to there.

    `where` is the annotation's place in the schema.
    """

    where: str
    path: tuple[str, ...]
    value: object
    since: Version
    works_since: Version = ()

    @property
    def text(self) -> str:
        """A file with the value, and nothing else."""
        value = self.value
        for step in reversed(self.path):
            value = [value] if step == "[]" else {step: value}
        return json.dumps(value)


def sample(node: Node) -> object:
    """Return a value that fits, of the simplest kind."""
    if "$ref" in node:
        return sample(_DEFS[node["$ref"].rpartition("/")[2]])
    if "oneOf" in node:
        return sample(node["oneOf"][-1])
    kinds = node.get("type", "string")
    match kinds if isinstance(kinds, str) else kinds[0]:
        case "object":
            return {key: sample(node["properties"][key]) for key in node.get("required", ())}
        case "array":
            return [sample(node["items"])]
        case "null":
            return None
        case "boolean":
            return True
        case "integer" | "number":
            return 1
    return node["enum"][0] if "enum" in node else "x"


def facts_at(node: Node, where: str, path: tuple[str, ...]) -> Iterator[Fact]:
    """Yield the facts that stand at one place of the schema."""
    for text, since in node.get("x-since-values", {}).items():
        value = text.replace("*", "12h")
        yield Fact(f"{where}/x-since-values/{text}", path, value, version(since))
    if "x-since" in node or "x-works-since" in node:
        since = version(node.get("x-since", "2.0.0"))
        works_since = version(node["x-works-since"]) if "x-works-since" in node else ()
        yield Fact(where, path, sample(node), since, works_since)


def facts() -> dict[str, Fact]:
    """Return each annotation of the schema once, by its place, at the shortest way to it."""
    found: dict[str, Fact] = {}
    seen: set[str] = set()
    waiting: list[tuple[Node, str, tuple[str, ...]]] = [(compose_schema(), "#", ())]
    while waiting:
        node, where, path = waiting.pop(0)
        for fact in facts_at(node, where, path):
            found.setdefault(fact.where, fact)
        if "$ref" in node and node["$ref"] not in seen:
            seen.add(node["$ref"])
            name = node["$ref"].rpartition("/")[2]
            waiting.append((_DEFS[name], f"#/$defs/{name}", path))
        for number, branch in enumerate(node.get("oneOf", ())):
            waiting.append((branch, f"{where}/oneOf/{number}", path))
        for key, below in node.get("properties", {}).items():
            waiting.append((below, f"{where}/properties/{key}", (*path, key)))
        for pattern, below in node.get("patternProperties", {}).items():
            if pattern != "^x-":
                waiting.append((below, f"{where}/patternProperties/{pattern}", (*path, "a")))
        if "items" in node:
            waiting.append((node["items"], f"{where}/items", (*path, "[]")))
    return found


FACTS = facts()
each_fact = pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())


def judge(text: str, target: Version | None, *, is_here: bool = False) -> list[Finding]:
    """Return what the rule says of one text."""
    file = ComposeFile(None, load(Source("compose.yaml", text)))
    project = load_project(Call(files=(file,), target_compose=target, is_here=is_here))
    return list(key_too_new(project))


def told(text: str, target: Version | None, **options: bool) -> list[tuple[str, str]]:
    """Return the characters that are said to be too new, and since when there is what they say."""
    return [
        (found.source.slice(found.span), found.message.partition(" Compose ")[2].split()[0])
        for found in judge(text, target, **options)
    ]


def test_every_annotation_of_the_schema_has_a_case() -> None:
    text = json.dumps(compose_schema())
    expected = len(re.findall(r'"x-since": "', text)) + sum(
        len(json.loads(values)) for values in re.findall(r'"x-since-values": (\{.*?\})', text)
    )
    # One key is in all versions, and does something from a later one on.
    assert len(FACTS) == expected + 1
    assert expected > 70


@each_fact
def test_what_the_schema_says_is_told_below_its_version_only(fact: Fact) -> None:
    newest = max(fact.since, fact.works_since)
    written = ".".join(map(str, newest))
    assert written in [since for _, since in told(fact.text, just_below(newest))]
    assert written not in [since for _, since in told(fact.text, newest)]
    assert told(fact.text, None) == []


@each_fact
def test_what_an_older_one_does_is_told(fact: Fact) -> None:
    written = f"needs Docker Compose {'.'.join(map(str, max(fact.since, fact.works_since)))} or"

    def message(target: Version) -> str:
        return next(found.message for found in judge(fact.text, target) if written in found.message)

    if "x-since-values" in fact.where:
        assert message(just_below(fact.since)).endswith(" does not know it.")
        return
    if fact.since > (2, 0, 0):
        assert message(just_below(fact.since)).endswith(" refuses the project.")
    if fact.works_since:
        ending = " takes it, but does not do what it says."
        assert message(just_below(fact.works_since)).endswith(ending)


# --- what is said, and where -------------------------------------------------------------------


def test_the_words() -> None:
    (found,) = judge("services: {a: {image: x, gpus: [], attach: true}}", (2, 20))
    assert found.severity is Severity.WARNING
    assert found.message == (
        'The key "gpus" needs Docker Compose 2.30.0 or newer; 2.20, the oldest that these files are'
        " for, refuses the project."
    )
    assert found.remedy == (
        'Do without it, or set "target-compose" to "2.30.0" if no older one is in use.'
    )
    assert found.path == ("services", "a", "gpus")
    assert found.fix is None


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        # What stands in something too new is not told as well.
        ("services: {a: {develop: {watch: [{path: ., action: sync+exec}]}}}", (2, 21), ["develop"]),
        ("services: {a: {gpus: all}}", (2, 29), ["gpus"]),
        ("services: {a: {gpus: all}}", (2, 32), ["all"]),
        (
            "services: {a: {build: {additional_contexts: {b: 'service:c'}}}}",
            (2, 16),
            ["additional_contexts"],
        ),
        ("jobs: {a: {image: x, gpus: all, extra_hosts: ['a=1.2.3.4']}}", (2, 20), ["jobs"]),
        # What counts in several services is told once.
        (
            "x-a: &a {gpus: all}\nservices: {a: {<<: *a, image: x}, b: {<<: *a, image: y}}",
            (2, 20),
            ["gpus"],
        ),
        ("services: {a: {image: x, gpus: all}, b: {extends: a}}", (2, 20), ["gpus"]),
        # A target without a patch is the first of its kind.
        (
            "services: {a: {depends_on: {b: {condition: x, required: false}}}}",
            (2, 20),
            ["required"],
        ),
        ("services: {a: {attach: false}}", (2, 20), []),
        # What a profile keeps off is refused, too.
        ("services: {a: {profiles: [p], gpus: []}}", (2, 20), ["gpus"]),
        # A text is judged with its variables in place.
        ("services: {a: {pull_policy: '${V:-daily}'}}", (2, 20), []),
        ("services: {a: {pull_policy: 'every_${V}'}}", (2, 20), []),
        # Nothing is said of what Compose leaves alone, nor of wrong keys.
        (
            "x-a: {include: [], gpus: all}\nservices: {a: {image: x, x-gpus: all, gpu: all}}",
            (2, 0),
            [],
        ),
        ("services: {a: {labels: {gpus: all}, environment: {gpus: all}}}", (2, 0), []),
        ("services: {a: {image: x, gpus: !reset all}}", (2, 20), []),
        ("include: !reset []\nservices: {a: {image: x}}", (2, 18), []),
    ],
)
def test_what_is_told_and_what_not(text: str, target: Version, expected: list[str]) -> None:
    assert [characters for characters, _ in told(text, target)] == expected


@pytest.mark.parametrize(
    ("text", "newer", "characters"),
    [
        ("services: {a: {image: x, ports: !reset []}}", (2, 18, 0), "!reset"),
        ("services: {a: {image: x, ports: !override []}}", (2, 24, 4), "!override"),
        ("services: {a: {image: x}}\n---\nservices: {b: {image: x}}", (2, 21, 0), "---"),
        (
            "services: {a: {image: x}}\r---\rservices: {b: {image: x}}",
            (2, 21, 0),
            "services: {b: {image: x}}",
        ),
        (
            "services: {a: {build: {additional_contexts: {b: 'service:c'}}}}",
            (2, 33, 0),
            "service:c",
        ),
        ("services: {a: {build: {additional_contexts: ['b=service:c']}}}", (2, 33, 0), "service:c"),
        ("services: {a: {extra_hosts: ['b=1.2.3.4']}}", (2, 24, 1), "b"),
        ("services: {a: {build: {extra_hosts: ['b=1.2.3.4']}}}", (2, 24, 1), "b"),
        (
            "services: {a: {devices: ['vendor.com/class=name']}}",
            (2, 30, 0),
            "vendor.com/class=name",
        ),
    ],
)
def test_what_the_schema_does_not_say(text: str, newer: Version, characters: str) -> None:
    assert told(text, just_below(newer)) == [(characters, ".".join(map(str, newer)))]
    assert told(text, newer) == []


@pytest.mark.parametrize(
    "text",
    [
        "services: {a: {build: {additional_contexts: {b: ./service, c: '${C}'}}}}",
        "services: {a: {extra_hosts: ['b:1.2.3.4', '${H}', 'c:${I}']}}",
        "services: {a: {extra_hosts: {b: 1.2.3.4, 'c': 1.2.3.4}}}",
        "services: {a: {devices: ['/dev/by-id/a=b', '${D}', '/dev/a:/dev/b=c', 'class/GUID']}}",
        "services: {a: {image: x}}\n---\n",
        "# !reset\nservices: {a: {image: '!override'}}\n",
    ],
)
def test_silent_where_every_compose_knows_it(text: str) -> None:
    assert told(text, (2, 17)) == []


def test_here_a_variable_that_is_not_set_stands_for_its_default() -> None:
    text = "services: {a: {image: x, pull_policy: '${V:-daily}'}}"
    assert told(text, (2, 20), is_here=True) == [("${V:-daily}", "2.34.0")]


# --- from the settings to the finding ----------------------------------------------------------

GPUS = "services:\n  a:\n    image: x\n    gpus: all\n"


def found_in(folder: Path, **options: Any) -> list[str]:
    return [found.rule for found in check([folder], **options).findings]


@pytest.mark.parametrize("is_here", [False, True])
def test_the_target_is_set_in_a_settings_file(tmp_path: Path, *, is_here: bool) -> None:
    (tmp_path / "compose.yaml").write_text(GPUS)
    settings = tmp_path / "composecheck.toml"
    settings.write_text('target-compose = "2.20"\n')
    assert found_in(tmp_path, reads_settings=True, is_here=is_here) == ["key-too-new"]
    assert found_in(tmp_path, is_here=is_here) == []
    settings.write_text('target-compose = "2.33"\n')
    assert found_in(tmp_path, reads_settings=True, is_here=is_here) == []
    settings.write_text('target-compose = "2.20"\n[[group]]\nfiles = ["compose.yaml"]\n')
    assert found_in(tmp_path, reads_settings=True, is_here=is_here) == ["key-too-new"]


def test_an_included_and_an_extended_file_are_for_it_too(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(
        "include: [b/b.yaml]\nservices: {a: {extends: {file: c.txt, service: c}}}\n"
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b/b.yaml").write_text("services: {b: {image: x, gpus: all}}\n")
    # Of this one, only the service counts.
    (tmp_path / "c.txt").write_text(
        "include: [x]\nservices: {c: {image: x, attach: true, gpus: all}, d: {gpus: all}}\n"
    )
    report = check([tmp_path / "compose.yaml"], target_compose="2.24")
    places = [(found.source.name.rpartition("/")[2], found.path) for found in report.findings]
    assert places == [("b.yaml", ("services", "b", "gpus")), ("c.txt", ("services", "c", "gpus"))]


def test_the_library_takes_a_target(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(GPUS)
    assert found_in(tmp_path, target_compose="v2.20.3") == ["key-too-new"]
    assert found_in(tmp_path, target_compose="2.33.0") == []
    with pytest.raises(ValueError, match=r'^"new" is no version of Docker Compose\.'):
        found_in(tmp_path, target_compose="new")


def test_the_command_line_takes_a_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = Command(monkeypatch, capsys)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compose.yaml").write_text(GPUS)
    (tmp_path / "composecheck.toml").write_text('target-compose = "2.33"\n')
    assert command("check")[:2] == (0, "")
    for arguments in ((), ("-f", "compose.yaml"), (".",), ("compose.yaml",)):
        status, out, _ = command("check", *arguments, "--target-compose", "2.20")
        assert (status, "warning[key-too-new]" in out) == (1, True)
    status, out, _ = command("check", "-", "--target-compose", "2.20", stdin=GPUS.encode())
    assert (status, out.startswith("<stdin>:4:5: warning[key-too-new]")) == (1, True)
    status, out, _ = command("fix", "--target-compose", "2.20")
    assert (status, "warning[key-too-new]" in out) == (1, True)
    assert (tmp_path / "compose.yaml").read_text() == GPUS
    for name in ("check", "fix"):
        for wrong in ("latest", "1.29", "99.0"):
            status, out, complaint = command(name, "--target-compose", wrong)
            assert (status, out) == (2, "")
            assert wrong in complaint


def test_comments_and_settings_silence_it(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(
        GPUS.rstrip() + "  # composecheck: ignore[key-too-new]\n"
    )
    assert found_in(tmp_path, target_compose="2.20") == []
    (tmp_path / "compose.yaml").write_text(GPUS)
    assert found_in(tmp_path, target_compose="2.20", ignore=["runtime"]) == []
