"""Rules on whose network, processes and memory a container uses: words that mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.namespaces import Owner, parse_namespace
from composecheck.nearest import nearest, only_slip
from composecheck.project.reading import child
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.values import table_of, values_at
from composecheck.rules.wrong_texts import find_text, known_text
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_SPACES = table_of(
    {f"services.*.{key}": key for key in ("ipc", "isolation", "pid", "userns_mode", "uts")}
)
_NETWORKS = table_of({"services.*.network_mode": ""})

_WORDS: dict[str, tuple[str, ...]] = {
    "ipc": ("none", "host", "private", "shareable"),
    "isolation": ("default", "process", "hyperv"),
    "pid": ("host",),
    "userns_mode": ("host",),
    "uts": ("host",),
}
"""What each key takes, beside the empty text."""

_OF_OTHERS = ("service:", "container:")
_TAKE_OTHERS = frozenset({"ipc", "pid"})
"""Keys that also take the name of a service or container behind one of these."""


@rule("namespace-unknown", Severity.WARNING, Category.RUNTIME)
def namespace_unknown(project: Project) -> Iterator[Finding]:
    """A value of `ipc`, `pid`, `uts`, `userns_mode` or `isolation` that means nothing.

    `pid`, `uts` and `userns_mode` take `host`; `ipc` takes `none`, `host`, `private` and
    `shareable`; `pid` and `ipc` also take `service:` or `container:` and a name. Compose hands on
    whatever stands there; Docker then refuses to create the container (only with `userns_mode` it
    does as if nothing were there).

    Bad:

        services:
          web:
            image: nginx
            pid: hots

    Good:

        services:
          web:
            image: nginx
            pid: host
    """
    # Hits in the corpus: none. The source: moby, `daemon/daemon_unix.go` ("invalid IPC mode",
    # "invalid PID mode", "invalid UTS mode"), `api/types/container/hostconfig.go`.
    yield from once(_spaces(project))


def _spaces(project: Project) -> Iterator[Finding]:
    for node, path, key in values_at(project, _SPACES):
        text = known_text(node, project)
        if text is None or path[1] in project.partial_services:
            continue
        words = _WORDS[key]
        written = text.text.lower() if key == "isolation" else text.text
        if written in words:
            continue
        if key in _TAKE_OTHERS and text.startswith(_OF_OTHERS):
            continue
        is_free = key == "userns_mode"
        meant = _meant(text.text, project, words, can_be_service=key in _TAKE_OTHERS)
        if is_free and not meant:
            continue  # Podman has more words for it
        what = "does as if it were not there" if is_free else "refuses to create the container"
        yield find_text(
            project,
            "namespace-unknown",
            text,
            f"{quoted(text.text)} means nothing for {quoted(key)}: Docker {what}.",
            f"Write {join_or(map(quoted, meant or words))}"
            + (", or remove it." if words == ("host",) and not meant else "."),
            meant,
        )


@rule("network-mode-unknown", Severity.WARNING, Category.RUNTIME)
def network_mode_unknown(project: Project) -> Iterator[Finding]:
    """A `network_mode` that names a network which does not exist.

    `network_mode` takes `host`, `none`, `bridge`, or `service:` and the name of a service. Anything
    else is the whole name of a network that Docker must know already. The networks of the project
    are not meant by their keys here: Compose puts the name of the project before them. Write
    `networks` to be in one of these.

    Reported are only the keys of networks and services of the project, and slips of the words.

    Bad:

        services:
          vpn:
            image: example/vpn
          web:
            image: nginx
            network_mode: vpn

    Good:

        services:
          vpn:
            image: example/vpn
          web:
            image: nginx
            network_mode: service:vpn
    """
    # Hits in the corpus: none. The source: docker/docs, `network_mode`; moby,
    # `daemon/network.go` ("network … not found").
    yield from once(_modes(project))


def _modes(project: Project) -> Iterator[Finding]:
    for node, path, _ in values_at(project, _NETWORKS):
        text = known_text(node, project)
        if (
            text is None
            or path[1] in project.partial_services
            or parse_namespace(text).owner is not Owner.NAMED
        ):
            continue
        name = text.text
        if name in _MODES or _is_real_network(name, project):
            continue
        meant = _meant(name, project, _MODES[:3], can_be_service=True)
        remedy = f"Write {join_or(map(quoted, meant))}."
        if name in project.section("networks") and name not in project.section("services"):
            meant = ()
            message = (
                f'In "network_mode", {quoted(name)} is not the network of this project, but one of'
                " just that name, which Docker does not know: it does not start the container."
            )
            remedy = f'Write "networks: [{name}]" instead.'
        elif meant:
            message = (
                f"{quoted(name)} is the name of a network here, which Docker does not know: it does"
                " not start the container."
            )
        else:
            continue  # a network that others make
        yield find_text(project, "network-mode-unknown", text, message, remedy, meant)


_MODES = ("host", "none", "bridge", "default", "nat", "ingress")


def _is_real_network(name: str, project: Project) -> bool:
    """Whether a network of the project may have just this name."""
    for network in project.section("networks").values():
        called = child(network, "name")
        if isinstance(called, Scalar) and called not in project.implied:
            text = project.text(called)
            if not text.is_known or text.text == name:
                return True
    external = child(project.section("networks").get(name), "external")
    return external is not None


def _meant(
    written: str, project: Project, words: tuple[str, ...], *, can_be_service: bool
) -> tuple[str, ...]:
    """Return what is meant by a word that means nothing."""
    if can_be_service:
        if written in project.section("services"):
            return (f"service:{written}",)
        owner, colon, name = written.partition(":")
        prefix = only_slip(f"{owner}:", _OF_OTHERS) if colon else None
        if prefix and name.strip():
            return (f"{prefix}{name.strip()}",)
    slip = only_slip(written, words)
    if slip is not None:
        return (slip,)
    return tuple(nearest(written, words)) if words == _WORDS["ipc"] else ()


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (namespace_unknown, network_mode_unknown)
