"""Whether we refuse what the real Compose refuses; and never what it accepts."""

from __future__ import annotations

import copy
import subprocess
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import Severity, splice
from composecheck.schema import judge_emptiness, judge_stages
from composecheck.schema.accept import fits, surely_fits
from composecheck.schema.grammar import compose_file, sections
from composecheck.schema.tree import build_stage_tree, build_tree
from composecheck.schema.validate import violations
from composecheck.source import Source, decode
from composecheck.yaml import Document, load
from tests.schema.judging import errors, load_sources
from tests.schema.slips import block_style, document, every_key, slips_of
from tests.shared_material import ask_compose, corpus, docker_compose, probes, requires_shared

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding
    from tests.shared_material import CorpusFile

SHAPE = ("validating ", "must be a mapping", "must be a list", "unexpected type")


def own_words(stderr: str) -> str:
    return "\n".join(line for line in stderr.splitlines() if "level=warning" not in line)


def is_of_shape(stderr: str) -> bool:
    return any(words in own_words(stderr) for words in SHAPE)


@requires_shared
def test_no_error_in_any_published_file_that_compose_accepts() -> None:
    accused = {
        file.id: [finding.text for finding in errors(file.text.encode())]
        for file in corpus()
        if not file.refused
    }

    assert len(accused) > 2_500
    assert {id_: texts for id_, texts in accused.items() if texts} == {}


@requires_shared
def test_published_files_refused_for_their_shape_are_refused_by_us() -> None:
    refused = [file for file in corpus() if file.refused and is_of_shape(file.stderr)]
    missed = [file for file in refused if not errors(file.text.encode())]

    assert len(refused) > 120
    # Two are refused since a variable that nobody set leaves `container_name` empty.
    assert all("container_name ''" in file.stderr for file in missed)
    assert len(missed) <= 2


@requires_shared
def test_every_shape_refusal_of_a_key_names_that_key() -> None:
    def is_named(file: CorpusFile) -> bool:
        said = own_words(file.stderr)
        return any(
            name in said for finding in errors(file.text.encode()) for name in names_in(finding)
        )

    def names_in(finding: Finding) -> list[str]:
        # Of several services Compose names one, and we all: the others are related places.
        others = [place.source.slice(place.span) for place in finding.related]
        return [str(finding.path[-1]), *others]

    single = [
        file
        for file in corpus()
        if file.refused and "false schema" in file.stderr and len(errors(file.text.encode())) == 1
    ]

    assert len(single) > 10
    assert [file.id for file in single if not is_named(file)] == []


@requires_shared
def test_no_error_in_any_probe_that_compose_accepts() -> None:
    missed = []
    refused = 0
    for probe in probes():
        texts = [decode(probe["data"], probe["name"])]
        names = [n for flag, n in zip(probe["pre"], probe["pre"][1:], strict=False) if flag == "-f"]
        texts += [Source(name, probe["files"][name]) for name in names if name in probe["files"]]
        documents = [load(source) for source in texts]
        found = judge_all(texts, documents)
        if not probe["rc"]:
            assert found == [], probe["label"]
        elif is_of_shape(probe["stderr"]) and "invalid compose project" not in probe["stderr"]:
            refused += 1
            if not found and not any(document.findings for document in documents):
                missed.append(probe["label"])

    assert refused > 90
    # `cpus: "inf"` becomes infinite only when Compose makes a number of the text.
    assert missed == ["cpus inf"]


def judge_all(sources: list[Source], documents: list[Document]) -> list[Finding]:
    roots = [root for document in documents for root in document.roots]
    found = judge_stages(load_sources(*sources))
    if not any(document.findings for document in documents):
        found += judge_emptiness(sources[0], roots)
    return [finding for finding in found if finding.severity is Severity.ERROR]


@requires_shared
def test_the_quick_answer_and_the_long_one_agree_on_published_files() -> None:
    shape = compose_file()
    disagreed = []
    for file in corpus():
        for root in load(decode(file.text.encode(), file.id)).roots:
            tree = build_tree(root, shape, is_partial=False)
            # Items that Compose drops itself are no violation, although the list repeats itself.
            if fits(tree.data, shape) and violations(tree):
                disagreed.append(file.id)

    assert disagreed == []


@requires_shared
@pytest.mark.parametrize("is_here", [True, False])
def test_the_quickest_answer_is_right_and_mostly_enough(is_here: bool) -> None:
    shape = compose_file()
    sources = [Source("compose.yaml", file.text) for file in corpus()[::2]]
    sources += [decode(probe["data"], "compose.yaml") for probe in probes()]
    sure = fitting = 0
    for source in sources:
        for stage in load_sources(source, is_here=is_here).stages:
            is_sure = surely_fits(stage.root, shape)
            fit = fits(build_stage_tree(stage.root, shape, is_partial=False).data, shape)
            assert is_sure <= fit
            sure += is_sure
            fitting += fit

    assert sure > 0.99 * fitting > 2000


def test_the_quick_answer_and_the_long_one_agree_on_broken_files() -> None:
    shape = compose_file()
    random = Random(7)
    strange: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        1.5,
        "",
        "a",
        [],
        [None],
        ["a", "a"],
        {},
        {"a": {}},
    )
    checked = 0
    for path, key in every_key():
        good = document(path, key, key)
        spoilt = [slip.text for slip in slips_of(path, key, random, set())][:2]
        for value in strange:
            spoilt.append(block_style(with_value(good, path, key, value)))
        for text in spoilt:
            (root,) = load(Source("compose.yaml", text)).roots
            tree = build_tree(root, shape, is_partial=False)
            found = violations(tree)
            assert fits(tree.data, shape) <= (not found), text
            assert surely_fits(root, shape) <= fits(tree.data, shape), text
            if found:
                assert not fits(tree.data, shape), text
            checked += 1

    assert checked > 5_000


def with_value(whole: dict[str, Any], path: tuple[str, ...], key: str, value: Any) -> Any:
    """Return a copy of `whole` in which `key` at `path` has this value."""
    changed = copy.deepcopy(whole)
    here: Any = changed
    for step in path:
        here = here[0] if step == "[]" else here["web" if step == "*" else step]
    here[key] = value
    return changed


LISTS = tuple(
    (path, key)
    for path, shape in sections(compose_file(), depth=12)
    for key, child in shape.keys.items()
    if child.is_unique and path[0] not in ("jobs", "include") and "pre_start" not in path
)


@pytest.mark.parametrize(("path", "key"), LISTS, ids=lambda value: ".".join(value) or str(value))
def test_a_list_that_repeats_itself(path: tuple[str, ...], key: str, tmp_path: Path) -> None:
    whole = with_value(document(path, key, key), path, key, ["a=b:/c", "a=b:/c"])
    if path[2:3] == ("volumes",):
        # Compose asks for the target first.
        whole["services"]["web"]["volumes"][0]["target"] = "/data"
    text = block_style(whole)

    refused = "validating" in own_words(ask_compose(text, tmp_path).stderr)

    assert [finding.rule for finding in errors(text)] == (["list-duplicate"] if refused else [])


BASE = """\
services:
  web:
    image: nginx
    environment: [A=1]
    ports: ["80:80"]
    depends_on: [db]
    healthcheck: {test: exit 0}
    ulimits: {nofile: {soft: 1, hard: 2}}
    networks: [front]
  db:
    image: mysql:8
networks:
  front: {}
"""

OVERRIDES = (
    "services:\n  web:\n",
    "services:\n  web:\n    environment:\n    image:\n    ports:\n",
    "services:\n  web:\n    environment: B=2\n    depends_on: db\n",
    "services:\n  web:\n    depends_on:\n      db:\n        restart: true\n",
    "services:\n  web:\n    depends_on: [db, db]\n",
    "services:\n  web:\n    ulimits: {nofile: {soft: 1}}\n",
    "services:\n  web:\n    enviroment: !reset null\n",
    "services:\n  web:\n    environment: !override [B=2]\n",
    "networks:\n",
    "networks:\n  front:\n",
    "{}\n",
    "services:\n  web: !reset {}\n  other: {image: nginx}\n",
    # From here on they are refused.
    "services:\n",
    "services: []\n",
    "services:\n  web: text\n",
    "services:\n  web:\n    enviroment:\n",
    "services:\n  web:\n    enviroment: !override x\n",
    "services:\n  web:\n    image: 5\n",
    "services:\n  web:\n    healthcheck: {interval: 5}\n",
    "services:\n  web:\n    command: [true]\n",
    "services:\n  web:\n    environment: [5]\n",
    "services:\n  web:\n    environment: !override text\n",
    "services:\n  web:\n    depends_on: !override {db: {}}\n",
    "services:\n  web:\n    depends_on: !override [db, db]\n",
    "services:\n  web:\n    volumes: [{source: a, target: /b}]\n",
    "services:\n  web:\n    pull_policy: sometimes\n",
    "other:\n",
    "include: text\n",
    "networks: {front: text}\n",
    "- a\n",
    "~\n",
)


@pytest.mark.parametrize("override", OVERRIDES)
def test_a_file_laid_over_another(override: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (tmp_path / "override.yaml").write_text(override, "utf-8")
    answer = subprocess.run(
        [docker_compose(), "-f", "base.yaml", "-f", "override.yaml", "config", "-q"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert bool(errors(override, is_override=True)) == (answer.returncode != 0), answer.stderr
    assert bool(errors(BASE, override)) == (answer.returncode != 0)
    as_document = f"{BASE}---\n{override}"
    assert bool(errors(as_document)) == (ask_compose(as_document, tmp_path).returncode != 0)


ALONE = (
    # What cannot be known here is not judged.
    "services:\n  web:\n    image: nginx\n    pull_policy: ${POLICY:-always}\n",
    "services:\n  web:\n    image: nginx\n    container_name: $NAME-web\n",
    "services:\n  web:\n    image: nginx\n    healthcheck: {retries: '${N:-3}'}\n",
    "services:\n  web:\n    image: nginx\n    enviroment: !reset x\n    ports: [!reset 5]\n",
    "services:\n  web:\n    extends: db\n    labels:\n  db:\n    image: a\n    labels: [A=1]\n",
    "services:\n  web:\n    extends: {service: db, unknown: 1}\n  db:\n    image: a\n",
    "services:\n  web:\n    image: a\n    depends_on:\n      db: {condition: service_started,"
    " required: 'true'}\n  db:\n    image: a\n",
    "include:\nservices:\n  web:\n    image: nginx\n",
    "include: [{}]\nservices:\n  web:\n    image: nginx\n",
    "x-a: [.5, 1e3]\nservices:\n  web:\n    image: nginx\n    labels: {a: 2020-01-01, b: yes}\n",
    "x-a: &a {image: nginx, x-b: 1}\nservices:\n  web:\n    <<: *a\n  x-c:\n    <<: [*a]\n",
    # What depends on nothing is.
    "services:\n  web:\n    image: nginx\n    ports: ${PORTS}\n",
    "services:\n  web:\n    image: nginx\n    use_api_socket: '${YES}'\n",
    "services:\n  web:\n    extends: db\n    enviroment: [A=1]\n  db:\n    image: a\n",
    "services:\n  web:\n    extends: {file: a.yaml}\n",
    "services:\n  web:\n    extends: 5\n    image: nginx\n",
    "include: [5]\nservices:\n  web:\n    image: nginx\n",
    "include: [{path: 5}]\nservices:\n  web:\n    image: nginx\n",
    "x-a: -.inf\nservices:\n  web:\n    image: nginx\n",
    "services:\n  web:\n    image: nginx\n  é:\n    image: nginx\n",
    "services:\n  web:\n    image: nginx\n    networks: {'a b': }\n",
    "jobs:\n  j:\n    image: a\n    triggers: {}\nservices:\n  web:\n    image: nginx\n",
    "jobs:\n  j:\n    image: a\nservices:\n  web:\n    image: nginx\n",
    "services: {web: {image: nginx}, '': {image: nginx}}\n",
)


@pytest.mark.parametrize("text", ALONE)
def test_what_is_known_and_what_is_not(text: str, tmp_path: Path) -> None:
    assert bool(errors(text)) == (ask_compose(text, tmp_path).returncode != 0)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# only\n# comments\n", "{}\n", 'version: "3"\n', "services: {}\n", "x-a: 1\n"],
)
def test_a_file_that_says_nothing(text: str, tmp_path: Path) -> None:
    document = load(Source("compose.yaml", text))

    found = judge_emptiness(document.source, document.roots)

    assert bool(found) == (ask_compose(text, tmp_path).returncode != 0)
    assert all(finding.rule == "file-empty" for finding in found)


JOBS = (
    "services: {a: {image: x}}\n"
    "jobs:\n  base:\n    image: x\n    triggers: {manual: true}\n  more:\n"
)


@pytest.mark.parametrize(
    ("more", "is_accepted"),
    [
        ("    extends: base\n", True),
        ("    extends: {service: base, foo: 1}\n", True),
        ("    extends: {file: x.yml}\n", False),
        ("    extends: 5\n", False),
        ("    extends: base\n    foo: 1\n", False),
        ("    image: x\n", False),
    ],
)
def test_a_job_that_extends_another(more: str, is_accepted: bool, tmp_path: Path) -> None:
    assert (ask_compose(JOBS + more, tmp_path).returncode == 0) == is_accepted
    assert (not errors(JOBS + more)) == is_accepted


def test_a_mistake_in_an_anchor_is_said_once() -> None:
    users = "".join(f"  web{number}:\n    <<: *shared\n" for number in range(50))
    text = f"x-shared: &shared\n  image: nginx\n  enviroment: [A=1]\nservices:\n{users}"

    (finding,) = errors(text)

    assert finding.path == ("services", "web0", "enviroment")
    assert finding.source.slice(finding.span) == "enviroment"
    # It is as wrong wherever it is used, so that one edit puts all of it right.
    assert finding.fix is not None
    assert errors(splice(text, finding.fix.edits)) == []
