"""Small projects of several files, and calls of Compose on them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from composecheck.project.call import Call

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scenario:
    """Files by their path, and a call made in `folder`, with `arguments` before `config`."""

    name: str
    files: dict[str, str]
    arguments: tuple[str, ...]
    environment: dict[str, str]
    folder: str
    is_refused: bool

    def write(self, root: Path) -> None:
        """Write the files into the folder `root`."""
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def variables(self, root: Path) -> dict[str, str]:
        """Return the environment of the process that makes the call."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(root), **self.environment}

    def call(self, root: Path, **changes: Any) -> Call:
        """Return the call as we make it ourselves."""
        options: dict[str, Any] = {"files": (), "env_files": (), "profiles": ()}
        for name, value in zip(self.arguments[::2], self.arguments[1::2], strict=True):
            key = _OPTIONS[name]
            options[key] = (*options[key], value) if key in options else value
        options |= {
            "environment": self.variables(root),
            "working_folder": root / self.folder,
            "is_here": True,
            **changes,
        }
        return Call(**options)


_OPTIONS = {
    "-f": "files",
    "--env-file": "env_files",
    "--profile": "profiles",
    "-p": "project_name",
    "--project-directory": "project_directory",
}


def scenario(
    name: str,
    *arguments: str,
    text: str,
    environment: dict[str, str] | None = None,
    folder: str = ".",
    is_refused: bool = False,
) -> Scenario:
    """Return a scenario; in `text`, a line `-- NAME` begins each file."""
    files: dict[str, str] = {}
    for part in dedent(text).lstrip("\n").split("-- ")[1:]:
        file_name, _, content = part.partition("\n")
        files[file_name] = content
    return Scenario(name, files, arguments, environment or {}, folder, is_refused)


def over(name: str, *, text: str, third: str = "", is_refused: bool = False) -> Scenario:
    """Return a scenario with `text` laid over BASE; further files may follow in it.

    `third` is one of those, to be laid over the two.
    """
    whole = f"-- compose.yaml\n{dedent(BASE)}-- one.env\n{ENV}-- over.yaml\n{dedent(text)}"
    names = ("compose.yaml", "over.yaml", *((third,) if third else ()))
    arguments = [part for file_name in names for part in ("-f", file_name)]
    return scenario(name, *arguments, text=whole, is_refused=is_refused)


ENV = "ONE=1\nB=env\nC=env\n"

BASE = """
services:
  a:
    image: x
    command: run it
    ports: ["80:80", "127.0.0.1:81:81/udp", "90-91:90-91"]
    environment: {A: 1, B: two, C: }
    labels: [l=1, m]
    volumes: ["./data:/data", "v:/v", "/anonymous"]
    networks: [n]
    depends_on: [b]
    healthcheck: {test: [CMD, x], interval: 5s, retries: 3}
    logging: {driver: json-file, options: {max-size: 1m}}
    ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}
    extra_hosts: ["h:1.1.1.1", "i=::1"]
    env_file: [one.env]
    dns: 1.1.1.1
    tmpfs: /t
    expose: [80, "81"]
    devices: ["/dev/a:/dev/b"]
    secrets: [s]
    configs: [{source: c, target: /c}]
    cap_add: [A, B]
    security_opt: [o]
    build: ./ctx
    sysctls: {k: 1}
    profiles: []
    deploy: {resources: {limits: {cpus: "0.5"}}}
  b: {image: y}
networks:
  n:
    ipam: {config: [{subnet: 10.0.0.0/24}, {subnet: 10.0.1.0/24}]}
    labels: {a: 1}
volumes: {v: {labels: {x: 1}}}
secrets: {s: {file: ./s}}
configs: {c: {content: "a${Q}b"}}
"""
