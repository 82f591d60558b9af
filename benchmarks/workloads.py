"""What is measured: Compose files that are made here, the same in every run, and real ones.

The made files are like those that people publish: a database, a cache, what people see and what
works behind it, with the keys that most files have. None of them has a mistake, so that nobody
waits for an explanation; no two are the same, so that nothing that is remembered helps.
"""

from __future__ import annotations

import gzip
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "corpus.jsonl.gz"
"""Published files, beside the repository; many machines do not have them."""

SERIES = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
"""The lengths of the files that show how the time grows, in lines."""

_FIRST_PORT = 20_000

_GROUP = (
    """\
  database-{n}:
    image: postgres:17.{n}
    restart: unless-stopped
    environment:
      POSTGRES_DB: shop
      POSTGRES_PASSWORD: change-me-{n}
    volumes:
      - database-{n}:/var/lib/postgresql/data
    networks:
      - inner
    healthcheck:
      test: ["CMD", "pg_isready", "--username", "postgres"]
      interval: 10s

""",
    """\
  # What is in it may get lost.
  cache-{n}:
    image: redis:7.{n}
    command: redis-server --save 60 1
    networks:
      - inner
    mem_limit: 256m

""",
    """\
  # What people see.
  web-{n}:
    image: registry.example.org/shop/web:1.{n}
    depends_on:
      database-{n}:
        condition: service_healthy
      cache-{n}:
        condition: service_started
    environment:
      - DATABASE_URL=postgres://postgres:change-me-{n}@database-{n}:5432/shop
      - LOG_LEVEL=info  # debug tells more
    ports:
      - "127.0.0.1:{port}:8080"
    networks:
      - inner
      - outer

""",
    """\
  worker-{n}:
    image: registry.example.org/shop/worker:1.{n}
    command: python -m work --queue orders
    depends_on:
      - database-{n}
      - cache-{n}
    networks: [inner]
    stop_grace_period: 1m

""",
)
"""The services of a project, which come again and again in a long file."""

_NETWORKS = ("networks:", "  inner:", "  outer:")

_LEAST_SETTINGS = 6
_LEAST_PROJECT = 1 + _LEAST_SETTINGS + len(_NETWORKS)


def make_text(lines: int, number: int = 1) -> str:
    """Return a Compose file of exactly `lines` lines that has no mistake.

    `number` makes the names, versions and ports of one file differ from those of another. Raises
    ValueError for less than 3 lines, into which no service fits.
    """
    if lines < 3:
        raise ValueError("a Compose file with a service has at least 3 lines")
    made = _make_project if lines >= _LEAST_PROJECT else _make_service
    return "\n".join(made(lines, number)) + "\n"


def _make_service(lines: int, number: int) -> list[str]:
    """Return a file of one service."""
    text = ["services:", "  web:", f"    image: nginx:1.{number}"]
    if lines == 4:
        return [*text, "    init: true"]
    if lines > 4:
        text += ["    environment:", *_options(lines - 4, number)]
    return text


def _make_project(lines: int, number: int) -> list[str]:
    """Return a file of as many services as fit, and of one that fills up what is left."""
    services = ["services:"]
    ends = list(_NETWORKS)
    for step in itertools.count():
        group, part = divmod(step, len(_GROUP))
        name = number + group
        service = _GROUP[part].format(n=name, port=_FIRST_PORT + name).splitlines()
        volume = [f"  database-{name}:"] if part == 0 else []
        if step == 0:
            volume = ["volumes:", *volume]
        if len(services) + len(service) + len(volume) + _LEAST_SETTINGS + len(ends) > lines:
            break
        services += service
        ends += volume
    settings = [
        "  settings:",
        f"    image: registry.example.org/shop/settings:1.{number}",
        "    networks: [inner, outer]",
        "    environment:",
    ]
    left = lines - len(services) - len(settings) - 1 - len(ends)
    return [*services, *settings, *_options(left, number), "", *ends]


def _options(count: int, number: int) -> list[str]:
    return [f"      OPTION_{option}: value-{number}" for option in range(count)]


@dataclass(frozen=True, slots=True)
class Workload:
    """Files that a tool is given in one call, each in a folder of its own.

    `is_clean` says that nothing is wrong with any of them.
    """

    name: str
    texts: tuple[str, ...]
    is_clean: bool = True

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the files below `folder`, and return where they are."""
        paths = []
        for number, text in enumerate(self.texts):
            path = folder / self.name / f"project-{number:05}" / "compose.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8", newline="")
            paths.append(path)
        return tuple(paths)


def make_many(count: int, lines: int) -> tuple[str, ...]:
    """Return so many files of so many lines each, no two the same."""
    return tuple(make_text(lines, number) for number in range(1, count + 1))


def real_texts(corpus: Path = CORPUS) -> tuple[str, ...]:
    """Return all texts of the corpus, in its order; none if it is absent."""
    if not corpus.is_file():
        return ()
    with gzip.open(corpus, "rt", encoding="utf-8", newline="") as file:
        return tuple(json.loads(line)["text"] for line in file)


def of_length(texts: Iterable[str], shortest: int, longest: int) -> tuple[str, ...]:
    """Return those of `texts` that have so many lines."""
    return tuple(text for text in texts if shortest <= text.count("\n") <= longest)


def every(texts: Sequence[str], step: int) -> tuple[str, ...]:
    """Return one of each `step` of `texts`, so that all kinds among them are there."""
    return tuple(texts[::step])
