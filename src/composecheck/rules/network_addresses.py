"""Rules on single addresses of networks and containers: texts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.addresses import InvalidAddress, address_of, parse_address
from composecheck.language.extra_hosts import ExtraHost, read_extra_hosts
from composecheck.nearest import only_slip
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.values import table_of, values_at
from composecheck.rules.wrong_texts import find_text, known_text
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project

_V4, _V6 = "an IPv4 address", "an IPv6 address"
_ANY = "an IP address"
_IN_NETWORK = "services.*.networks.*"
_IN_POOL = "networks.*.ipam.config.*"

_ADDRESSES = table_of(
    {
        "services.*.dns.*": _ANY,
        f"{_IN_NETWORK}.ipv4_address": _V4,
        f"{_IN_NETWORK}.ipv6_address": _V6,
        f"{_IN_NETWORK}.link_local_ips.*": _ANY,
        f"{_IN_POOL}.gateway": _ANY,
        f"{_IN_POOL}.aux_addresses.*": _ANY,
    }
)
_HOSTS = table_of({"services.*.extra_hosts": ""})

GATEWAY = "host-gateway"
"""What stands for the address of this machine in `extra_hosts`."""


@rule("address-invalid", Severity.WARNING, Category.RUNTIME)
def address_invalid(project: Project) -> Iterator[Finding]:
    """A text that is no IP address, where only an address can stand.

    So it is with `dns`, with the address of a container in a network (`ipv4_address`,
    `ipv6_address`), with the `gateway` of a network, and behind the name in `extra_hosts`.
    `docker compose config` takes any text there. But `docker compose up` does not look up names in
    these places: the network or the container is not created. In `extra_hosts`, `host-gateway`
    stands for this machine. The name of another service needs no line there: containers of a
    network find each other by it.

    Bad:

        services:
          web:
            image: nginx
            dns: 8.8.8

    Good:

        services:
          web:
            image: nginx
            dns: 8.8.8.8
    """
    # Hits in the corpus: none. The source: docker/compose, `pkg/compose/create.go`
    # ("invalid DNS address", "invalid IPv4 address", "invalid gateway address"); moby,
    # `daemon/pkg/opts/hosts.go` ("invalid IP address in add-host").
    yield from once(_addresses(project))
    yield from once(_hosts(project))


def _addresses(project: Project) -> Iterator[Finding]:
    for node, path, what in values_at(project, _ADDRESSES):
        text = known_text(node, project)
        if text is None or "%" in text.text:
            continue  # a zone may stand there
        address = parse_address(text)
        key = next(part for part in reversed(path) if isinstance(part, str))
        if "aux_addresses" in path:
            key = "aux_addresses"
        if isinstance(address, InvalidAddress):
            meant = _bare(text.text)
            message = f"{quoted(text.text)} is no IP address"
        else:
            value = address_of(text.text)
            if value is None or what == _ANY or what.endswith(f"IPv{value.version} address"):
                continue
            if value.version == 6 and getattr(value, "ipv4_mapped", None) is not None:
                continue
            meant = ""
            message = f"{quoted(text.text)} is no {what.removeprefix('an ')}"
        which = "network" if path[0] == "networks" else "container"
        message = f"{message}, and {quoted(key)} takes nothing else: the {which} is not created."
        remedy = f"Write {quoted(meant)}." if meant else f"Write {what}."
        if not meant and what != _ANY and not isinstance(address, InvalidAddress):
            other = "ipv6_address" if key == "ipv4_address" else "ipv4_address"
            remedy = f"Write {what}, or {quoted(other)} for the key."
        elif not meant and what != _V6:
            remedy = f"Write {what}, such as {quoted(_examples[key])}."
        yield find_text(
            project, "address-invalid", text, message, remedy, (meant,) if meant else ()
        )


_examples = {
    "dns": "1.1.1.1",
    "ipv4_address": "172.20.0.10",
    "link_local_ips": "169.254.8.8",
    "gateway": "172.20.0.1",
    "aux_addresses": "172.20.0.5",
}


def _hosts(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _HOSTS):
        for host in read_extra_hosts(node, project.text):
            if not isinstance(host, ExtraHost):
                continue  # Compose itself refuses it
            for text in host.addresses:
                address = text.strip()  # as Docker does it
                is_good = not address.is_known or address_of(address.text) or "%" in address.text
                if not is_good and address.text != GATEWAY and len(address):
                    yield _wrong_host(project, address)


def _wrong_host(project: Project, address: Traced) -> Finding:
    text = address.text
    meant = _bare(text) or only_slip(text, [GATEWAY]) or ""
    remedy = f"Write {quoted(meant)}." if meant else "Write its address."
    if not meant and text in project.section("services"):
        remedy = (
            "Remove this line: in a network of the project, the service is found by its name. For"
            f' another name, add it to "aliases" of the network in {quoted(text)}.'
        )
    elif not meant and text == "localhost":
        remedy = (
            f"Write {quoted('127.0.0.1')} for the container, {quoted(GATEWAY)} for the machine."
        )
    return find_text(
        project,
        "address-invalid",
        address,
        f"{quoted(text)} is no IP address, and none is looked up here: Docker does not create the"
        " container.",
        remedy,
        (meant,) if meant else (),
    )


def _bare(text: str) -> str:
    """Return the address that is meant, where blanks, brackets, zeros or a length hide it."""
    for bare in (text.strip(), text.strip("[]"), text.partition("/")[0]):
        if address_of(bare):
            return bare
    wrong = text.split(".")
    if len(wrong) == 4 and all(part.isascii() and part.isdecimal() for part in wrong):
        bare = ".".join(str(int(part)) for part in wrong)
        return bare if address_of(bare) else ""
    return ""


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (address_invalid,)
