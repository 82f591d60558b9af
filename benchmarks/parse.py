"""How long it takes to load a file: `python benchmarks/parse.py`.

Prints the median for files of 100 lines (wanted: at most 1 ms), and how the time grows with the
length of a file (wanted: in proportion). With real files where `../shared/corpus` stands beside the
repository, else with one that is made here. Each number is the median of several runs; repeat it on
a machine that does nothing else, since everything that runs beside it adds to every number.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "corpus.jsonl.gz"
sys.path.insert(0, str(REPOSITORY / "src"))

from composecheck.source import Source  # noqa: E402 -- it is to work without installation
from composecheck.yaml import load  # noqa: E402 -- as above

SERVICE = """\
  service-{number}:
    image: "registry.example.org/team/image:1.{number}"
    # What it needs before it starts.
    depends_on:
      - database
    environment:
      LOG_LEVEL: debug   # noisy
      DATABASE_URL: postgres://user:secret@database:5432/app?sslmode=disable
      TEXT: |
        several lines
        of text
    ports:
      - "80{number}:80"
    deploy: {{replicas: 2, resources: {{limits: {{cpus: "0.5"}}}}}}
    restart: unless-stopped

"""
LINES_OF_SERVICE = SERVICE.count("\n")


def made_text(lines: int) -> str:
    """Return a file of about so many lines."""
    services = "".join(SERVICE.format(number=number) for number in range(lines // LINES_OF_SERVICE))
    return f"services:\n{services}  database:\n    image: postgres:17\n"


def real_texts(shortest: int, longest: int) -> list[str]:
    """Return the files of the corpus that have so many lines; none if it is absent."""
    if not CORPUS.is_file():
        return []
    with gzip.open(CORPUS, "rt", encoding="utf-8", newline="") as file:
        texts = [json.loads(line)["text"] for line in file]
    return [text for text in texts if shortest <= text.count("\n") <= longest]


def median_time(text: str, runs: int) -> float:
    """Return the median of the seconds that it takes to load `text`."""
    source = Source("compose.yaml", text)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        document = load(source)
        times.append(time.perf_counter() - start)
    assert document.refusal is None
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    real = real_texts(95, 105)
    texts = real or [made_text(100)]
    times = sorted(median_time(text, 11) for text in texts if not load(Source("", text)).findings)
    kind = f"{len(times)} real files of 95 to 105 lines" if real else "a made file of 100 lines"
    print(
        f"{kind}: median {statistics.median(times) * 1e3:.2f} ms, slowest {times[-1] * 1e3:.2f} ms"
    )
    print()
    print("  lines   milliseconds   microseconds a line")
    for lines in (100, 300, 1000, 3000, 10_000):
        text = made_text(lines)
        seconds = median_time(text, 15 if lines <= 1000 else 5)
        print(f"{lines:7} {seconds * 1e3:14.2f} {seconds / text.count(chr(10)) * 1e6:21.2f}")


if __name__ == "__main__":
    main()
