"""Services, and what belongs to them or beside them, on the wrong level of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety
from composecheck.nearest import only_slip
from composecheck.schema.elsewhere import homes
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.levels import is_likely_slip, is_wrong, rows
from composecheck.schema.likeness import (
    SOURCES,
    resembles,
    resembles_service,
    roughly_fits,
    service_shape,
)
from composecheck.schema.relocate import move_below, move_out, wrap
from composecheck.schema.tree import kind_of
from composecheck.schema.violation import Fault
from composecheck.schema.words import REFUSED, join_or, more, quoted
from composecheck.schema.work import error, related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.tree import Place
    from composecheck.schema.violation import Violation
    from composecheck.schema.work import Work


def no_services_key(work: Work) -> Iterator[Finding]:
    """Find services at the top of a file without `services:`, as the first Compose had them."""
    root = work.root
    if not isinstance(root.data, dict) or "services" in root.data:
        return
    unknown = [
        violation.place
        for violation in work.remaining(Fault.UNKNOWN_KEY)
        if violation.place.parent is root
    ]
    sure = [place for place in unknown if _is_stray_service(place)]
    # Beside services, what has a key misspelt is one, too.
    strays = [place for place in unknown if place in sure or (sure and _is_half_service(place))]
    names = [stray.key for stray in strays]
    if not names or any(only_slip(key, ["services"]) for key in root.data if key not in names):
        return
    first, *others = strays
    if others:
        message = (
            f"{more([str(place.key) for place in strays])} stand at the top of the file, but"
            f' services belong under "services", which is missing; {REFUSED}.'
        )
    else:
        message = (
            f"{quoted(first.key)} stands at the top of the file, but a service belongs under"
            f' "services", which is missing; {REFUSED}.'
        )
    yield error(
        "key-unknown",
        first,
        first.mark,
        message,
        'Write "services:" on a line above, and indent everything below it.',
        related=tuple(related(place, "This is a service as well.") for place in others),
        fix=wrap(
            work,
            strays,
            "services",
            title='Write "services:" above, and indent the services',
            safety=Safety.SAFE,
        ),
    )
    work.claim(*strays)


def _is_stray_service(place: Place) -> bool:
    keys = service_shape().keys
    if not resembles_service(place.data):
        return False
    # Whoever calls services `service1` and `service2` has not misspelt "services".
    is_service = any(
        roughly_fits(place.data[key], keys[key]) for key in SOURCES & place.data.keys()
    )
    return (
        (is_service or not is_likely_slip(place))
        # `limits` with `cpus` under it is at home elsewhere.
        and not homes(str(place.key), place.data)
    )


def _is_half_service(place: Place) -> bool:
    keys = service_shape().keys
    if not isinstance(place.data, dict) or is_likely_slip(place):
        return False
    own = [key for key in place.data if key in keys]
    return 2 * len(own) >= len(place.data) > 0 and not homes(str(place.key), place.data)


def section_in_services(work: Work) -> Iterator[Finding]:
    """Find sections of the file (`volumes`) that are indented under `services`."""
    services = work.root.children.get("services")
    if services is None or not isinstance(services.data, dict):
        return
    shape = compose_file()
    for key, place in services.children.items():
        section = shape.keys.get(str(key))
        if section is None or not is_wrong(work, place) or resembles_service(place.data):
            continue
        if kind_of(place.data) is Kind.ARRAY or not roughly_fits(place.data, section):
            continue
        if key in service_shape().keys and key in work.root.data and not place.data:
            continue
        fix = move_out(work, [place], services)
        there = work.root.children.get(str(key))
        yield error(
            "key-unknown",
            place,
            place.mark,
            f'{quoted(key)} is indented too far: it stands under "services", so Compose takes it'
            f" for a service, and refuses the file.",
            f'Write "{key}:" at the start of its line, beside "services:".'
            if there is None
            else f'Move what is under it to the "{key}:" at the start of a line.',
            related=()
            if there is None
            else (related(there, f'The section "{key}" of the file is here.'),),
            fix=fix,
        )
        work.claim(place)


def service_elsewhere(work: Work) -> Iterator[Finding]:
    """Find services that stand somewhere else than under `services`."""
    services = work.root.children.get("services")
    groups: dict[int, tuple[Place, list[Place]]] = {}
    for violation in work.remaining(Fault.UNKNOWN_KEY, Fault.TYPE):
        found = _stray_and_holder(work, violation, services)
        for stray, holder in found:
            row = groups.setdefault(id(holder), (holder, []))[1]
            if stray not in row:
                row.append(stray)
    for holder, strays in groups.values():
        yield _strays(work, strays, holder, services)
        work.claim(*strays)
        if isinstance(holder.data, dict) and len(strays) == len(holder.data):
            work.claim(holder)


def _stray_and_holder(
    work: Work, violation: Violation, services: Place | None
) -> list[tuple[Place, Place]]:
    """Return the services among what is wrong here, each with the mapping it stands in."""
    place = violation.place
    parent = place.parent
    if parent is None:
        return []
    if violation.fault is Fault.TYPE:
        # Where a list or a text belongs, in a service: `volumes:` with a service under it.
        if services is None or not place.under(services) or not isinstance(place.data, dict):
            return []
        return [(row, place) for row in place.children.values() if _is_stray_service(row)]
    section = parent.parent
    if (
        section is not None
        and section.parent is work.root
        and section is not services
        and section.shape is not None
        and section.shape.named is parent.shape
        and resembles_service(parent.data)
        and not resembles(parent.data, parent.shape)
    ):
        return [(parent, section)]
    is_candidate = parent.shape is service_shape() or parent is work.root
    if is_candidate and services is not None and _is_stray_service(place):
        return [(place, parent)]
    return []


def _strays(work: Work, strays: list[Place], holder: Place, services: Place | None) -> Finding:
    """Say that these services stand under `holder`, where they do not belong."""
    first, *others = strays
    names = more([str(place.key) for place in strays])
    is_one = not others
    if holder is work.root:
        message = (
            f"{names} {'stands' if is_one else 'stand'} at the top of the file, but"
            f" {'a service belongs' if is_one else 'services belong'} under"
            f' "services"; {REFUSED}.'
        )
    else:
        message = (
            f"{names} {'is a service' if is_one else 'are services'}, but"
            f" {'it stands' if is_one else 'they stand'} under {quoted(holder.name)}; {REFUSED}."
        )
    fix = None
    if services is not None and isinstance(services.data, dict):
        beside: Place | None = first
        while beside is not None and beside.parent is not services:
            beside = beside.parent
        if beside is not None:
            fix = move_out(work, strays, beside)
        else:
            fix = move_below(work, strays, services)
    return error(
        "key-unknown",
        first,
        first.mark,
        message,
        f'Move {"it" if is_one else "them"} under "services:", and indent'
        f" {'it' if is_one else 'them'} like the other services.",
        related=(
            *(related(place, "This is a service as well.") for place in others),
            *(() if services is None else (related(services, "The services stand here."),)),
        ),
        fix=fix,
    )


def section_entry_in_services(work: Work) -> Iterator[Finding]:
    """Find networks, volumes and the like directly under `services`, taken for services."""
    services = work.root.children.get("services")
    if services is None or not isinstance(services.data, dict):
        return
    kinds = [
        (key, section.named)
        for key, section in compose_file().keys.items()
        if section.named is not None and not section.named.keys.keys() & SOURCES
    ]
    found: list[tuple[Place, list[str]]] = []
    for place in rows(services):
        wrong = [v for v in work.under(place) if v.place.parent is place]
        is_unknown = any(v.fault is Fault.UNKNOWN_KEY for v in wrong)
        if is_unknown and not resembles_service(place.data) and not _is_misspelt(place):
            alike = [key for key, shape in kinds if resembles(place.data, shape)]
            if alike:
                found.append((place, alike))
    if not found:
        return
    first = found[0][0]
    places = [place for place, _ in found]
    sections = [key for key in found[0][1] if all(key in alike for _, alike in found)][:2]
    is_one = len(places) == 1
    yield error(
        "key-unknown",
        first,
        first.mark,
        f"{more([str(place.key) for place in places], 'names')}"
        f' {"stands" if is_one else "stand"} under "services", but'
        f" {'has' if is_one else 'have'} no key that only a service has; {REFUSED}.",
        f"Write {'it' if is_one else 'them'} under"
        f" {join_or(quoted(f'{key}:') for key in sections or found[0][1][:2])} at the start of a"
        " line.",
        related=tuple(related(place, "The same is true of this.") for place in places[1:]),
    )
    work.claim(*places)


def _is_misspelt(place: Place) -> bool:
    """Whether a key in it is a slip of a key of a service."""
    keys = service_shape().keys
    return any(key not in keys and only_slip(str(key), keys) is not None for key in place.data)


def no_service_name(work: Work) -> Iterator[Finding]:
    """Find keys of a service directly under `services`, where its name is missing."""
    services = work.root.children.get("services")
    if services is None or not isinstance(services.data, dict):
        return
    keys = service_shape().keys
    run = []
    for place in rows(services):
        shape = keys.get(str(place.key))
        is_part = (
            shape is not None
            and is_wrong(work, place)
            and roughly_fits(place.data, shape)
            and not resembles_service(place.data)
            and place.data is not None
        )
        if is_part:
            run.append(place)
        elif run:
            break
    if not run:
        return
    first = run[0]
    one = len(run) == 1
    yield error(
        "key-unknown",
        first,
        first.mark,
        f"{more([str(place.key) for place in run])} {'stands' if one else 'stand'} directly under"
        f' "services", where the name of a service belongs; {REFUSED}.',
        'Write the name of the service, such as "app:", on a line above, and indent'
        f" {'it' if one else 'them'} below it.",
        related=(related(services, "The names of services stand directly under this."),),
        fix=None
        if "app" in services.data or not any(place.key in SOURCES for place in run)
        else wrap(
            work,
            run,
            "app",
            title='Write "app:" above, and indent what belongs to it',
            safety=Safety.UNSAFE,
        ),
    )
    work.claim(*run)
