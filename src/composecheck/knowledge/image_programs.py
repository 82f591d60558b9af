"""Official images that lack the programs with which people like to test their health.

The source: their Dockerfiles (github.com/docker-library and its kin, September 2026). Those on
Alpine Linux have the `wget` of BusyBox and no `curl`; those that are called slim have neither.
"""

from __future__ import annotations

_CURL = ("curl",)
_BOTH = ("curl", "wget")

_ALWAYS = {
    "alpine": _CURL,
    "busybox": _CURL,
    "debian": _BOTH,
    "memcached": _CURL,
    "redis": _CURL,
    "traefik": _CURL,
    "ubuntu": _BOTH,
}
_BY_TAG: dict[str, dict[str, tuple[str, ...]]] = {
    "golang": {"alpine": _CURL},
    "node": {"alpine": _CURL, "slim": _BOTH},
    "postgres": {"alpine": _CURL},
    "python": {"alpine": _CURL, "slim": _BOTH},
}


def lacks(image: str, tag: str, program: str) -> bool:
    """Tell whether the official `image`, with `tag` or none, certainly lacks `program`."""
    if program in _ALWAYS.get(image, ()):
        return True
    return any(
        f"-{mark}" in f"-{tag}" and program in programs
        for mark, programs in _BY_TAG.get(image, {}).items()
    )
