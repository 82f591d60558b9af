"""What a slip of the hand did to a file is undone to the byte, and nothing else is touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import Safety, splice
from composecheck.source import Source
from composecheck.yaml.mistakes.known_keys import PLACES, is_known, known_keys
from composecheck.yaml.mistakes.lines import lay_out
from composecheck.yaml.mistakes.surroundings import block_of, first_offset, offsets, path_at
from tests.shared_material import REPOSITORY, ask_compose
from tests.yaml.mistakes.parsing import explain, problem_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "services:\n  web:\n    image: nginx\n"

# Each with the text as it was meant, and as it was written; named by what happened.
SLIPS = {
    "a list and its key two too deep": (
        HEAD + "    ports:\n      - 80:80\n    restart: always\n",
        HEAD + "      ports:\n        - 80:80\n    restart: always\n",
    ),
    "a list and its key one too shallow": (
        HEAD + "    ports:\n      - 80:80\n    restart: always\n",
        HEAD + "   ports:\n     - 80:80\n    restart: always\n",
    ),
    "a list and its key beside the services": (
        HEAD + "    ports:\n      - 80:80\n    volumes:\n      - ./a:/a\n",
        HEAD + "  ports:\n    - 80:80\n    volumes:\n      - ./a:/a\n",
    ),
    "a key beside the services, with others below": (
        HEAD + "    hostname: x\n    ports:\n      - 80:80\n",
        HEAD + "  hostname: x\n    ports:\n      - 80:80\n",
    ),
    "a list right below its key, too deep": (
        HEAD + "    ports:\n    - 80:80\n    expose:\n    - 1\n    restart: always\n",
        HEAD + "     ports:\n     - 80:80\n    expose:\n    - 1\n    restart: always\n",
    ),
    "a block of text with a comment in it": (
        HEAD + "    command: |\n      # not a comment\n      run\n    restart: always\n",
        HEAD + "     command: |\n       # not a comment\n       run\n    restart: always\n",
    ),
    "comments between and a line of blanks": (
        HEAD
        + "    # why\n    ports:\n      # http\n      - 80:80\n   \n      - 1:1\n    tty: true\n",
        HEAD + "     # why\n     ports:\n       # http\n       - 80:80\n   \n"
        "       - 1:1\n    tty: true\n",
    ),
    "a comment above that stands right": (
        HEAD + "    # why\n    ports:\n      - 80:80\n    tty: true\n",
        HEAD + "    # why\n     ports:\n       - 80:80\n    tty: true\n",
    ),
    "a key of a service among variables": (
        HEAD + "    environment:\n      A: a\n    volumes:\n      - ./a:/a\n    tty: true\n",
        HEAD + "    environment:\n      A: a\n     volumes:\n       - ./a:/a\n    tty: true\n",
    ),
    "a list in brackets over several lines": (
        HEAD + "    command: [\n      a\n    ]\n    tty: true\n",
        HEAD + "     command: [\n       a\n     ]\n    tty: true\n",
    ),
    "items with keys": (
        HEAD + "    ports:\n      - target: 80\n        protocol: tcp\n      - target: 81\n",
        HEAD + "    ports:\n      - target: 80\n        protocol: tcp\n     - target: 81\n",
    ),
    "no line of services": (
        "version: '3'\n\nservices:\n  web:\n    image: nginx\n  db:\n    build: .\n",
        "version: '3'\n\n  web:\n    image: nginx\n  db:\n    build: .\n",
    ),
    "no line of services, with sections behind": (
        "services:\n  web:\n    image: nginx\n  db:\n    build: .\n\nvolumes:\n  data:\n",
        "  web:\n    image: nginx\n  db:\n    build: .\n\nvolumes:\n  data:\n",
    ),
    "a no-break space behind a colon": (
        HEAD + "    environment:\n      A: 1\n      B: 2\n",
        HEAD + "    environment:\n      A:\u00a01\n      B: 2\n",
    ),
    "no-break spaces before a line": (
        HEAD + "    restart: always\n    volumes:\n      - ./a:/a\n",
        HEAD + "\u00a0\u00a0\u00a0\u00a0restart: always\n    volumes:\n      - ./a:/a\n",
    ),
    "no-break spaces before every line": (
        HEAD + "    restart: always\n    volumes:\n      - ./a:/a\n",
        HEAD.replace("  ", "\u00a0 ") + "\u00a0   restart: always\n\u00a0   volumes:\n"
        "\u00a0     - ./a:/a\n",
    ),
    "a first item without its dash": (
        HEAD + '    ports:\n      - "80:80"\n      - "81:81"\n',
        HEAD + '    ports:\n      "80:80"\n      - "81:81"\n',
    ),
    "an only item without its dash": (
        HEAD + "    ports:\n    - 80:80\n    restart: always\n",
        HEAD + "    ports:\n    80:80\n    restart: always\n",
    ),
    "a dash before the first variable": (
        HEAD + "    environment:\n      A: 1\n      B: 2\n      C: 3\n",
        HEAD + "    environment:\n      - A: 1\n      B: 2\n      C: 3\n",
    ),
    "a first variable as in a list": (
        HEAD + "    environment:\n      A: 1\n      B: 2\n      C: 3\n",
        HEAD + "    environment:\n      - A=1\n      B: 2\n      C: 3\n",
    ),
    "a dash before the first key of a service": (
        "services:\n  web:\n    image: nginx\n    restart: always\n",
        "services:\n  web:\n    - image: nginx\n    restart: always\n",
    ),
    "a dash before the first key of the file": (
        "version: '3'\nservices:\n  web:\n    image: nginx\n",
        "- version: '3'\nservices:\n  web:\n    image: nginx\n",
    ),
    "two keys on a line": (
        "services:\n  web:\n    image: nginx\n    container_name: web\n    tty: true\n",
        "services:\n  web:\n    image: nginx container_name: web\n    tty: true\n",
    ),
    "a list closed by a parenthesis": (
        HEAD + '    command: ["a", "b"]\n    tty: true\n',
        HEAD + '    command: ["a", "b")\n    tty: true\n',
    ),
    "a list not closed, with blanks inside": (
        HEAD + '    command: [ "a", "b" ]\n    tty: true\n',
        HEAD + '    command: [ "a", "b" \n    tty: true\n',
    ),
    "a list not opened, with blanks inside": (
        HEAD + '    command: [ "a", "b" ]\n    tty: true\n',
        HEAD + '    command:  "a", "b" ]\n    tty: true\n',
    ),
    "a comma missing among others without blanks": (
        HEAD + '    command: ["a","b","c"]\n    tty: true\n',
        HEAD + '    command: ["a","b""c"]\n    tty: true\n',
    ),
    "a section without a colon below a name without a value": (
        "networks:\n  front:\n\nservices:\n  web:\n    image: nginx\n",
        "networks:\n  front:\n\nservices\n  web:\n    image: nginx\n",
    ),
    "a tab before a key of a service, below variables": (
        HEAD + "    environment:\n      A: 1\n    restart: always\n    tty: true\n",
        HEAD + "    environment:\n      A: 1\n\trestart: always\n    tty: true\n",
    ),
}

each_slip = pytest.mark.parametrize("name", SLIPS)


@each_slip
def test_it_is_one_finding_and_undone_to_the_byte(name: str) -> None:
    meant, written = SLIPS[name]
    (finding,) = explain(written)
    assert finding.fix is not None
    assert splice(written, finding.fix.edits) == meant


@each_slip
def test_the_same_with_line_ends_of_windows(name: str) -> None:
    meant, written = (text.replace("\n", "\r\n") for text in SLIPS[name])
    (finding,) = explain(written)
    assert finding.fix is not None
    assert splice(written, finding.fix.edits) == meant


@each_slip
def test_compose_takes_what_was_meant_and_refuses_what_was_written(
    name: str, tmp_path: Path
) -> None:
    meant, written = SLIPS[name]
    assert ask_compose(meant, tmp_path).returncode == 0
    assert ask_compose(written, tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("written", "safety"),
    [
        (HEAD + "     ports: [a]\n    tty: true\n", Safety.SAFE),
        # Both the variable and the key of a service may be meant.
        (HEAD + "    environment:\n      A: a\n    user: b\n      C: c\n", Safety.UNSAFE),
        # Nothing stands below that shows where it ends.
        (HEAD + "      ports:\n        - 80:80\n", Safety.UNSAFE),
        (HEAD + "    user: a tty: true\n", Safety.SAFE),
        (HEAD + "    command: echo user: a\n", Safety.UNSAFE),
        ("name: a\n\n  web:\n    image: b\n  db:\n    build: .\n", Safety.SAFE),
        ("name: a\n\n  web:\n    image: b\n  db:\n    dns: a\n", Safety.UNSAFE),
    ],
)
def test_only_what_can_mean_nothing_else_is_safe(written: str, safety: Safety) -> None:
    (finding,) = explain(written)
    assert finding.fix is not None
    assert finding.fix.safety is safety


def test_the_second_mistake_does_not_hide_the_first() -> None:
    """Indenting "A" by no blanks would let everything be read, with the comment as text."""
    written = (
        HEAD + "    environment:\n      A: >-\n        x\n      # c\n      B:\u00a0y\n      C: z\n"
        "  db:\n    image: mysql\n      ports:\n        - 80:80\n    restart: always\n"
    )
    first, second = explain(written)
    assert (first.rule, second.rule) == ("yaml-no-break-space", "yaml-indentation")
    edits = [edit for finding in (first, second) if finding.fix for edit in finding.fix.edits]
    assert splice(written, edits) == (
        HEAD + "    environment:\n      A: >-\n        x\n      # c\n      B: y\n      C: z\n"
        "  db:\n    image: mysql\n    ports:\n      - 80:80\n    restart: always\n"
    )


def test_a_no_break_space_in_text_is_left_alone() -> None:
    written = (
        HEAD + "    labels:\n      a:\u00a0b\n      c: d\u00a0e\n      g: >\n        \u00a0h\n"
    )
    edits = [edit for finding in explain(written) if finding.fix for edit in finding.fix.edits]
    fixed = splice(written, edits)
    assert problem_of(fixed) is None
    assert fixed.count("\u00a0") == 2


def _definitions() -> dict[str, str]:
    """Return the name of the schema's definition for each of our places."""
    names = {place: place.rpartition(".")[2] for place in PLACES if place.count(".") > 1}
    sections = {f"{section}.*": section[:-1] for section in ("services", "networks", "volumes")}
    return {
        **names,
        **sections,
        "secrets.*": "secret",
        "configs.*": "config",
        "services.*.deploy.resources.limits": "resource_limits",
        "services.*.deploy.resources.reservations": "resource_reservations",
        "services.*.depends_on.*": "service_dependency",
        "services.*.networks.*": "network_attachment",
        "networks.*.ipam": "ipam",
    }


@pytest.mark.parametrize("place", PLACES)
def test_the_keys_are_those_of_the_schema(place: str) -> None:
    path = REPOSITORY / "schemas" / "compose.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    shape = schema["$defs"][_definitions()[place]] if place else schema
    assert set(PLACES[place].split()) == _properties(shape, schema)


def _properties(shape: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    found = set(shape.get("properties", ()))
    for part in (*shape.get("oneOf", ()), *shape.get("anyOf", ()), *shape.get("allOf", ())):
        found |= _properties(part, schema)
    if "$ref" in shape:
        found |= _properties(schema["$defs"][shape["$ref"].rpartition("/")[2]], schema)
    return found


def test_what_is_known_depends_on_the_place() -> None:
    assert is_known("image", ("services", "web"))
    assert is_known("condition", ("services", "web", "depends_on", "db"))
    assert is_known("x-mine", ("services", "web"))
    assert not is_known("image", ())
    assert not is_known("x-mine", ("services",))
    assert not known_keys(("services", "web", "environment"))


def test_what_stands_around_a_line_is_seen() -> None:
    text = HEAD + "    ports:\n    - a\n    # c\n    - b\n    tty: true\n  db: &db\n    image: x\n"
    layout = lay_out(Source("compose.yaml", text))
    lines = {layout.name(line) or str(line.number): line for line in layout.lines}
    ports, image = lines["ports"], layout.lines[9]
    assert [line.number for line in block_of(layout, ports)] == [5, 6, 7]
    assert path_at(layout, ports, 4) == ("services", "web")
    assert path_at(layout, image, 4) == ("services", "db")
    assert path_at(layout, image, 6) == ("services", "db")
    assert path_at(layout, lines["db"], 6) is None
    assert first_offset(layout, ports) == (True, 0)


def test_habits_are_counted_without_what_is_in_question() -> None:
    text = HEAD + "    ports:\n    - a\n    dns:\n    - b\n    build:\n        args: [c]\n"
    found = offsets(lay_out(Source("compose.yaml", text)))
    assert found.by_line[4] == (True, 0)
    assert (found.usual(is_list=True, without=()), found.step) == (0, 2)
    assert found.usual(is_list=False, without=(1, 2)) == 4
    assert found.oddness(2, is_list=False, without=()) == pytest.approx(1 / 3)
    assert found.oddness(0, is_list=True, without=(4,)) == 0
    # Without any list, the keys are witnesses.
    assert found.oddness(4, is_list=True, without=(1, 2, 4, 6)) == 0
