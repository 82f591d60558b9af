"""Looking for an environment in which Compose takes a file that it refuses as it stands.

What a file needs is made up: values for its variables, and the files that it reads. It is for the
promise that without `--here` an error means that Compose would refuse in every environment.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from composecheck.project.call import Call
from composecheck.project.project import load_project
from tests.conformance.case import PROJECT, Case
from tests.conformance.compose import ask, own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ABSENT = re.compile(
    r"(?:env file|label file) (?P<a>[^\n]*?) not found"
    r"|(?:open|stat) (?P<b>[^\n]*?): no such file or directory"
)
_MOST_FILES = 12
_EXTENDED = re.compile(r"service:\s*[\"']?(?P<name>[\w.-]+)")

_VALUES = ("1", "x", "./x", "10s", "true", "1.1.1.1")
"""What every variable is set to, one after the other; then each to what its name speaks of."""

_BY_NAME = (
    (re.compile("PORT"), "80"),
    (re.compile("DIR|PATH|ROOT|FOLDER|VOL|DATA|CONF|LOG|FILE|HOME"), "./x"),
    (re.compile("IP$|_IP_|ADDR|SUBNET|DNS"), "10.0.0.1"),
    (re.compile("MEM|SIZE"), "64m"),
    (re.compile("INTERVAL|TIMEOUT|PERIOD"), "10s"),
    (re.compile("CPU|COUNT|REPLICAS|UID|GID|PUID|PGID|ID$|RETRIES"), "1"),
    (re.compile("ENABLE|DISABLE|^IS_"), "true"),
)


def accepted_somewhere(case: Case, root: Path) -> Case | None:
    """Return `case` with an environment in which Compose takes it; None if none is found."""
    for environment in _environments(variables_of(case, root)):
        tried = _with_files(Case(case.name, case.files, case.arguments, environment), root)
        if tried is not None:
            return tried
    return None


def variables_of(case: Case, root: Path) -> list[str]:
    """Return the names of the variables that are not set for `case`, sorted."""
    folder = case.write(root)
    options = case.options()
    project = load_project(Call(**options, working_folder=folder, environment={"HOME": "/h"}))
    shutil.rmtree(root)
    return sorted({use.variable.name for use in project.unset} | _required(case))


def _required(case: Case) -> set[str]:
    """Return the names that `${NAME:?…}` asks for, which count as no unset variables."""
    texts = "\n".join(data.decode(errors="replace") for data in case.files.values())
    return set(re.findall(r"\$\{(\w+):?\?", texts))


def _environments(names: Iterable[str]) -> Iterator[dict[str, str]]:
    names = list(names)
    yield {}
    if names:
        yield {name: _fitting(name) for name in names}
        for value in _VALUES:
            yield dict.fromkeys(names, value)


def _fitting(name: str) -> str:
    return next((value for pattern, value in _BY_NAME if pattern.search(name.upper())), "x")


def _with_files(case: Case, root: Path) -> Case | None:
    """Return `case` with the files that Compose misses, if it takes it then."""
    files = dict(case.files)
    for _ in range(_MOST_FILES):
        tried = Case(case.name, files, case.arguments, case.environment)
        answer = ask(tried, root)
        shutil.rmtree(root)
        if not answer.refuses:
            return tried
        found = _ABSENT.search(own_words(answer.stderr))
        path = found and (found["a"] or found["b"])
        project = root / PROJECT
        if not path or not path.startswith(f"{project.parent}/"):
            return None
        name = path.removeprefix(f"{project}/")
        name = name if name != path else f"../{path.removeprefix(f'{project.parent}/')}"
        if name in files:
            return None
        files[name] = _made_up(case, name)
    return None


def _made_up(case: Case, name: str) -> bytes:
    """Return a Compose file with every service that the case may extend, or an empty env file."""
    if not name.endswith((".yml", ".yaml")):
        return b""
    texts = "\n".join(data.decode(errors="replace") for data in case.files.values())
    services = sorted(set(_EXTENDED.findall(texts)))
    lines = [f"  {service}: {{image: x}}\n" for service in services]
    return f"services: {'{}' if not lines else ''}\n{''.join(lines)}".encode()
