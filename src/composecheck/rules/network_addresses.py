"""Rules on single addresses of networks and containers: texts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.language.addresses import InvalidAddress, address_of, parse_address
from composecheck.language.extra_hosts import ExtraHost, read_extra_hosts
from composecheck.language.mac_addresses import is_mac_address
from composecheck.language.subnets import Fault as SubnetFault
from composecheck.language.subnets import Subnet, parse_subnet
from composecheck.nearest import only_slip
from composecheck.project.reading import text_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement, visible
from composecheck.rules.values import table_of, values_at
from composecheck.schema.words import quoted
from composecheck.yaml.nodes import Scalar

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
_SUBNETS = table_of({f"{_IN_POOL}.subnet": "", f"{_IN_POOL}.ip_range": ""})
_MACS = table_of({"services.*.mac_address": "", f"{_IN_NETWORK}.mac_address": ""})

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
    # Hits in the corpus: see tests/precision. The source: docker/compose, `pkg/compose/create.go`
    # ("invalid DNS address", "invalid IPv4 address", "invalid gateway address"); moby,
    # `daemon/pkg/opts/hosts.go` ("invalid IP address in add-host").
    yield from once(_addresses(project))
    yield from once(_hosts(project))


def _addresses(project: Project) -> Iterator[Finding]:
    for node, path, what in values_at(project, _ADDRESSES):
        text = _known_text(node, project)
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
        yield _wrong(project, "address-invalid", text, message, remedy, meant)


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
            for text in host.addresses if isinstance(host, ExtraHost) else ():
                address = text.strip()  # as Docker does it
                is_good = not address.is_known or address_of(address.text) or "%" in address.text
                if is_good or address.text == GATEWAY or not len(address):
                    continue
                yield _wrong_host(project, host, address)


def _wrong_host(project: Project, host: ExtraHost, address: Traced) -> Finding:
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
    return _wrong(
        project,
        "address-invalid",
        address,
        f"{quoted(text)} is no IP address, and none is looked up here: Docker does not create the"
        " container.",
        remedy,
        meant,
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


@rule("subnet-invalid", Severity.WARNING, Category.RUNTIME)
def subnet_invalid(project: Project) -> Iterator[Finding]:
    """A subnet of a network that is none.

    `subnet` and `ip_range` are the first address of a range, a slash, and how many bits all its
    addresses share: `172.20.0.0/16` begins with `172.20` in all of them. `docker compose config`
    takes any text. But `docker compose up` does not create the network where the number is missing,
    or where the address before the slash is not the first one.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.1/16

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
    """
    # The source: docker/compose, `pkg/compose/create.go` ("invalid subnet"); moby 25 and later,
    # `api/types/network/ipam.go` ("invalid subnet 172.20.0.1/16: it should be 172.20.0.0/16").
    yield from once(_subnets(project))


def _subnets(project: Project) -> Iterator[Finding]:
    for node, path, _ in values_at(project, _SUBNETS):
        text = _known_text(node, project)
        subnet = parse_subnet(text) if text is not None else None
        if text is None or subnet is None or (isinstance(subnet, Subnet) and subnet.is_exact):
            continue
        shown, meant = quoted(text.text), ""
        if isinstance(subnet, Subnet):
            meant = str(subnet.value)
            message = (
                f"{quoted(subnet.text.partition('/')[0])} is an address within the range, and not"
                " its first one"
            )
        elif subnet.fault is SubnetFault.NO_LENGTH:
            meant = _with_length(text.text)
            message = f"There is no slash and number behind {shown}"
        elif subnet.fault is SubnetFault.LENGTH:
            meant = _with_mask(text.text)
            message = f"What stands behind the slash of {shown} is no number of bits"
        else:
            message = f"{shown} is no range of IP addresses"
        example = f"such as {quoted('172.20.0.0/16')}"
        remedy = f"Write {quoted(meant)}." if meant else f"Write one, {example}."
        yield _wrong(
            project,
            "subnet-invalid",
            text,
            f"{message}: the network {quoted(path[1])} is not created.",
            remedy,
            meant,
        )


def _with_length(address: str) -> str:
    """Return the range that is likely meant by its first address."""
    parts = address.split(".")
    zeros = 0
    while len(parts) == 4 and zeros < 3 and parts[3 - zeros] == "0":
        zeros += 1
    return f"{address}/{32 - 8 * zeros}" if zeros else ""


def _with_mask(text: str) -> str:
    """Return a range that is written with a mask, `10.0.0.0/255.0.0.0`, as it should be."""
    address, _, mask = text.partition("/")
    value = address_of(mask)
    if value is None or value.version != 4 or address_of(address) is None:
        return ""
    bits = f"{int(value):032b}"
    return f"{address}/{bits.count('1')}" if "01" not in bits else ""


@rule("mac-address-invalid", Severity.WARNING, Category.RUNTIME)
def mac_address_invalid(project: Project) -> Iterator[Finding]:
    """A `mac_address` that is none.

    It is six pairs of the digits `0` to `9` and `a` to `f`, with `:` between them.
    `docker compose config` takes any text. But `docker compose up` does not create the container.

    Bad:

        services:
          web:
            image: nginx
            mac_address: 02:42:ac:11:00

    Good:

        services:
          web:
            image: nginx
            mac_address: 02:42:ac:11:00:02
    """
    # Hits in the corpus: none. The source: docker/compose, `pkg/compose/create.go` ("invalid MAC
    # address").
    yield from once(_macs(project))


def _macs(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _MACS):
        text = _known_text(node, project)
        if text is None or is_mac_address(text.text):
            continue
        digits = "".join(filter(str.isalnum, text.text))
        pairs = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        meant = pairs if len(digits) == 12 and is_mac_address(pairs) else ""
        yield _wrong(
            project,
            "mac-address-invalid",
            text,
            f"{quoted(text.text)} is no address of a network card: the container is not created.",
            f"Write {quoted(meant)}."
            if meant
            else 'Write six pairs of digits, such as "02:42:ac:11:00:02".',
            meant,
        )


def _known_text(node: object, project: Project) -> Traced | None:
    if not isinstance(node, Scalar) or text_of(node) is None:
        return None
    text = project.text(node)
    return text if text.is_known and len(text) else None


def _wrong(
    project: Project, name: str, text: Traced, message: str, remedy: str, meant: str
) -> Finding:
    fix = None
    if meant:
        fix = replacement(project, text.source, text.span, text.text, meant, Safety.UNSAFE)
    return find_at(
        project,
        name,
        Severity.WARNING,
        text.source,
        visible(project, text.source, text.span),
        message,
        remedy,
        suggestions=(meant,) if fix is not None else (),
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    address_invalid,
    subnet_invalid,
    mac_address_invalid,
)
