"""Undefined volumes, networks, secrets, configs and models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety, Severity, splice
from composecheck.rules.references import (
    RULES,
    config_undefined,
    model_undefined,
    network_name_ignored,
    network_undefined,
    secret_undefined,
    volume_undefined,
)
from tests.rules.fitting import assert_accepted, assert_refused, judge, marked, project_of

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding
    from tests.rules.fitting import Rule


def _mount(mount: str) -> str:
    return f"services:\n  a:\n    image: x\n    volumes:\n      - {mount}\n"


# The rule, the text, the characters it points to, and the first suggestion or "".
REFUSED: tuple[tuple[Rule, str, str, str], ...] = (
    (volume_undefined, _mount("qq:/a") + "volumes: {data: }", "qq", ""),
    (volume_undefined, _mount("data:/a"), "data", ""),
    (volume_undefined, _mount('"data:/a:ro"'), "data", ""),
    (volume_undefined, _mount("daat:/a") + "volumes:\n  data:\n", "daat", "data"),
    (volume_undefined, _mount("other:/a") + "volumes:\n  data:\n", "other", ""),
    (volume_undefined, _mount("backrest/data:/data"), "backrest/data", "./backrest/data"),
    (volume_undefined, _mount("pterovar/:/x"), "pterovar/", "./pterovar/"),
    (
        volume_undefined,
        _mount("var/run/x.sock:/var/run/x.sock"),
        "var/run/x.sock",
        "/var/run/x.sock",
    ),
    (volume_undefined, _mount("etc/x:/y"), "etc/x", "./etc/x"),
    (volume_undefined, _mount("nginx.conf:/etc/nginx/nginx.conf"), "nginx.conf", "./nginx.conf"),
    (volume_undefined, _mount("$(pwd)/src:/src"), "$(pwd)/src", "./src"),
    (volume_undefined, _mount("my data:/a"), "my data", ""),
    (volume_undefined, _mount("{type: volume, source: data, target: /a}"), "data", ""),
    (volume_undefined, _mount("{type: volume, source: ./q, target: /a}"), "./q", ""),
    (network_undefined, "services: {a: {image: x, networks: [front]}}", "front", ""),
    (
        network_undefined,
        "services:\n  a:\n    image: x\n    networks:\n      n: {aliases: [b]}",
        "n",
        "",
    ),
    (
        network_undefined,
        "services: {a: {image: x, networks: [frnot]}}\nnetworks: {front: }",
        "frnot",
        "front",
    ),
    (
        network_name_ignored,
        "services: {a: {image: x, networks: [x-n]}}\nnetworks: {x-n: }",
        "x-n",
        "",
    ),
    (
        secret_undefined,
        "services: {a: {image: x, secrets: [pasword]}}\nsecrets: {password: {file: f}}",
        "pasword",
        "password",
    ),
    (secret_undefined, "services: {a: {image: x, secrets: [{source: q}]}}", "q", ""),
    (secret_undefined, "services: {a: {image: x, secrets: [{target: q}]}}", "{target: q}", ""),
    (secret_undefined, "services: {a: {image: x, build: {context: ., secrets: [q]}}}", "q", ""),
    (config_undefined, "services: {a: {image: x, configs: [q]}}", "q", ""),
    (config_undefined, "services: {a: {image: x, configs: [{source: q, target: /q}]}}", "q", ""),
    (model_undefined, "services: {a: {image: x, models: [q]}}", "q", ""),
    (model_undefined, "services: {a: {image: x, models: {q: {}}}}", "q", ""),
)

ACCEPTED: tuple[str, ...] = (
    _mount("v:/a"),  # so short that it is all a path in the container
    _mount("data:/a") + "volumes: {data: }",
    _mount("x-v:/a") + "volumes: {x-v: }",
    _mount("./q:/a"),
    _mount("/q"),
    _mount("{type: volume, target: /a}"),
    _mount("{type: image, source: q, target: /a}"),
    "services: {a: {image: x, networks: [default]}}",
    "services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}",
    "services: {a: {image: x, volumes: ['qq:/a'], networks: [q], secrets: [q], profiles: [p]}}",
    "services: {a: {image: x, pre_start: [{image: y, volumes: ['qq:/a'], networks: [q]}]}}",
    "jobs: {j: {image: x, triggers: {manual: true}, volumes: ['qq:/a'], networks: [q]}}\n"
    "services: {a: {image: x}}",
)


@pytest.mark.parametrize(
    ("rule", "text", "characters", "suggestion"), REFUSED, ids=[row[1] for row in REFUSED]
)
def test_what_is_not_defined(
    rule: Rule, text: str, characters: str, suggestion: str, tmp_path: Path
) -> None:
    finding = assert_refused(rule, text, characters, tmp_path)
    assert (*finding.suggestions, "")[0] == suggestion


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_defined(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        _mount("${V}:/a"),
        _mount("${V}data:/a"),
        _mount("{type: $V, source: q, target: /a}"),
        "services: {a: {image: x, networks: [$V], secrets: [$V], configs: ['${V}x']}}",
        "services: {a: {image: x, volumes: ['qq:/a'], profiles: [$V]}}",
        "include: [other.yaml]\n" + _mount("qq:/a"),
        "services: {a: {extends: {file: other.yaml, service: b}, volumes: ['qq:/a']}}",
        "services: {a: {volumes: ['qq:/a']}, b: {networks: [q]}}",
        "volume: {qq: }\n" + _mount("qq:/a"),
        _mount("qq:/a") + "  volumes:\n    qq:\n",
        "services: {a: {image: x, networks: {q: {driver: bridge}}}}",
        "volumes:\n" + _mount("qq:/a"),
        _mount("qq:/a") + "\n---\nvolumes: {qq: }\n  x\n",
    ],
)
def test_silent_where_it_is_unknown_or_follows_from_something_else(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]


def test_a_name_is_known_though_the_rest_is_not() -> None:
    assert marked(judge(volume_undefined, _mount("data:$V"), is_here=False)) == ["data"]
    assert marked(judge(volume_undefined, _mount("data:/a:${V}"), is_here=False)) == ["data"]


def test_with_a_profile_off_it_is_a_warning_that_names_it() -> None:
    text = "services: {a: {image: x, volumes: ['data:/a'], profiles: [debug, p]}, b: {image: x}}"
    (finding,) = judge(volume_undefined, text)
    assert finding.severity is Severity.WARNING
    assert '"data"' in finding.message
    assert 'refuses the project with "--profile debug".' in finding.message
    (finding,) = judge(volume_undefined, text, profiles=("p",))
    assert finding.severity is Severity.ERROR


def test_one_finding_for_a_name_used_twice_and_one_fix_for_both() -> None:
    text = """\
services:
  a: {image: x, volumes: ["daat:/a"]}
  b: {image: x, volumes: ["daat:/a"]}
  c: {image: x, volumes: ["data:/a"]}
volumes:
  data:
"""
    (finding,) = judge(volume_undefined, text)
    assert finding.path == ("services", "a", "volumes", 0)
    assert [place.source.slice(place.span) for place in finding.related] == ["daat"]
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert splice(text, finding.fix.edits) == text.replace("daat", "data")


def test_the_definition_is_renamed_if_services_agree_and_nobody_uses_it() -> None:
    text = """\
services:
  a: {image: x, networks: [front]}
  b: {image: x, networks: [front]}
networks:
  fornt: {driver: bridge}
"""
    (finding,) = judge(network_undefined, text)
    assert finding.fix is not None
    assert splice(text, finding.fix.edits) == text.replace("fornt", "front")
    assert 'Write "front" instead of "fornt"' in finding.remedy


def test_no_network_is_suggested_that_is_there_already(tmp_path: Path) -> None:
    text = "services: {a: {image: x, networks: [front, frnot]}}\nnetworks: {front: }"
    finding = assert_refused(network_undefined, text, "frnot", tmp_path)
    assert finding.suggestions == ()


def test_a_path_that_can_be_nothing_else_is_a_safe_fix() -> None:
    (finding,) = judge(volume_undefined, _mount("backrest/data:/data"))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE


def test_no_fix_of_what_means_two_things_nor_where_it_is_written_otherwise() -> None:
    shared = """
    services:
      a: {image: x, volumes: &v ["daat:/a"]}
      b: {image: x, expose: ["1"], labels: *v}
    volumes: {data: }
    """
    (finding,) = judge(volume_undefined, shared)
    assert (finding.fix, finding.suggestions) == (None, ("data",))
    (finding,) = judge(volume_undefined, shared.replace("labels", "volumes"))
    assert finding.fix is not None
    text = _mount('"d${V}at:/a"') + "volumes: {data: }"
    (finding,) = judge(volume_undefined, text, environment={"V": "a"})
    assert (finding.fix, finding.suggestions) == (None, ("data",))


# What the file ends with, and what it ends with once the volume is defined.
STYLES = (
    ("", "\nvolumes:\n  data:\n"),
    ("networks:\n  n:\n", "networks:\n  n:\nvolumes:\n  data:\n"),
    ("\nnetworks:\n  n:\n", "\nnetworks:\n  n:\n\nvolumes:\n  data:\n"),
    ("volumes:\n    b: # one\n\n# end\n", "volumes:\n    b: # one\n    data:\n\n# end\n"),
    ("volumes:\n  b:\n    driver: local", "volumes:\n  b:\n    driver: local\n  data:"),
    ("# the end", "# the end\n\nvolumes:\n  data:"),
    ("    # ports:\n\n# end\n", "    # ports:\n\nvolumes:\n  data:\n\n# end\n"),
    ("volumes: {}\n", "volumes:\n  data:\n"),
    ("volumes: {b: }\n", "volumes: {b: , data: null}\n"),
    ("volumes:\n  b: {}\n", "volumes:\n  b: {}\n  data: {}\n"),
    ("volumes:\n  b:\n    # old\n", "volumes:\n  b:\n    # old\n  data:\n"),
    ("...\n", "\nvolumes:\n  data:\n...\n"),
    ("x-a: |\n  text\n", "x-a: |\n  text\nvolumes:\n  data:\n"),
    ("x-a: |+\n  text\n", "x-a: |+\n  text\nvolumes:\n  data:\n"),
)


@pytest.mark.parametrize(("end", "fixed"), STYLES)
def test_it_is_defined_in_the_style_of_the_file(end: str, fixed: str, tmp_path: Path) -> None:
    text = _mount("data:/a")
    finding = assert_refused(volume_undefined, text + end, "data", tmp_path)
    assert finding.fix is not None
    assert splice(text + end, finding.fix.edits) == text + fixed
    windows = (text + end).replace("\n", "\r\n")
    (finding,) = judge(volume_undefined, windows)
    assert finding.fix is not None
    assert splice(windows, finding.fix.edits) == (text + fixed).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "end",
    [
        "volumes: {b: , # one\n  c: }\n",
        "volumes: &v\n  b:\nx-v: *v\n",
        "---\nvolumes: {b: }\n",
        "? volumes\n: b:\n",
    ],
)
def test_it_is_not_defined_where_that_is_not_certain(end: str) -> None:
    (finding,) = judge(volume_undefined, _mount("data:/a") + end)
    assert finding.fix is None


_SECRET = "services:\n  a:\n    image: x\n    secrets:\n      - db_key\n"

# What the file ends with, and what is added to it for the secret "db_key".
SECRETS = (
    ("", "\nsecrets:\n  db_key:\n    file: ./db_key.txt\n"),
    (
        "secrets:\n    other:\n        file: ./other\n",
        "    db_key:\n        file: ./db_key\n",
    ),
    (
        'secrets:\n  other:\n    file: "./keys/other.pem"  # one\n',
        '  db_key:\n    file: "./keys/db_key.pem"\n',
    ),
    (
        "secrets:\n  other: {file: ./keys/my-other.pem}\n",
        "  db_key: {file: ./keys/my-db_key.pem}\n",
    ),
    (
        "secrets:\n  other:\n    file: ./keys/1.pem\n",
        "  db_key:\n    file: ./keys/db_key.pem\n",
    ),
    (
        "secrets:\n  one:\n    external: true\n  two:\n    external: true\n  q: {file: q}\n",
        "  db_key:\n    external: true\n",
    ),
    (
        "secrets:\n  other:\n    environment: OTHER\n",
        "  db_key:\n    file: ./db_key.txt\n",
    ),
)


@pytest.mark.parametrize(("end", "added"), SECRETS)
def test_a_secret_is_defined_like_those_beside_it(end: str, added: str, tmp_path: Path) -> None:
    finding = assert_refused(secret_undefined, _SECRET + end, "db_key", tmp_path)
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert "guess" in finding.fix.title
    fixed = splice(_SECRET + end, finding.fix.edits)
    assert fixed == _SECRET + end + added
    assert_accepted(secret_undefined, fixed, tmp_path)


def test_a_config_is_defined_by_a_file_of_its_own(tmp_path: Path) -> None:
    text = "services:\n  a:\n    image: x\n    configs:\n      - site\n      - app.ini\n"
    finding = assert_refused(config_undefined, text, "site", tmp_path)
    assert finding.fix is not None
    assert finding.fix.title.endswith("with a guess where they come from")
    fixed = splice(text, finding.fix.edits)
    assert fixed == (
        f"{text}\nconfigs:\n  site:\n    file: ./site.conf\n  app.ini:\n    file: ./app.ini\n"
    )
    assert_accepted(config_undefined, fixed, tmp_path)


def test_of_a_model_nobody_can_tell_which_it_is() -> None:
    (finding,) = judge(model_undefined, "services: {a: {image: x, models: [q]}}")
    assert finding.fix is None


def test_two_definitions_in_one_section_may_be_added_together() -> None:
    text = _mount("data:/a") + "      - more:/b\nvolumes:\n  other:\n"
    one, two = judge(volume_undefined, text)
    assert one.fix is not None
    assert two.fix is not None
    both = splice(text, (*one.fix.edits, *two.fix.edits))
    assert both == f"{text}  data:\n  more:\n"


def test_where_there_is_no_such_section_one_finding_is_enough(tmp_path: Path) -> None:
    text = _mount("data:/a") + "      - more:/b\n      - ./c:/c\n      - data:/d\n"
    finding = assert_refused(volume_undefined, text, "data", tmp_path)
    assert finding.message == (
        'The volumes "data" and "more" are not defined; Compose refuses the project.'
    )
    assert marked_places(finding) == ["more", "data"]
    assert finding.fix is not None
    assert splice(text, finding.fix.edits).endswith("volumes:\n  data:\n  more:\n")


def test_many_names_are_not_all_listed() -> None:
    names = [f"v{number}" for number in range(10, 20)]
    text = _mount("data:/a") + "".join(f"      - {name}:/{name}\n" for name in names)
    (finding,) = judge(volume_undefined, text)
    assert '"data", "v10", "v11", "v12" and 7 more' in finding.message
    assert len(finding.related) == 10


def test_networks_that_are_not_defined_are_one_finding(tmp_path: Path) -> None:
    text = "services:\n  a:\n    image: x\n    networks:\n      - front\n      - back\n"
    finding = assert_refused(network_undefined, text, "front", tmp_path)
    assert '"front" and "back"' in finding.message


def test_what_another_file_may_define_is_said_of_the_text_alone() -> None:
    text = _mount("data:/a")
    (here,) = judge(volume_undefined, text, is_here=True)
    (in_text,) = judge(volume_undefined, text, is_here=False)
    assert "another file" not in here.remedy
    assert "if another file does" in in_text.remedy
    (known,) = judge(volume_undefined, text + "volumes: {other: }", is_here=False)
    assert "another file" not in known.remedy


def marked_places(finding: Finding) -> list[str]:
    return [place.source.slice(place.span) for place in finding.related]


def test_it_points_into_the_file_that_uses_it() -> None:
    files = {"over.yaml": "services: {a: {volumes: ['data:/a']}}"}
    project = project_of("services: {a: {image: x}}", is_here=True)
    assert not list(volume_undefined(project))
    from tests.project.loading import load_texts

    project = load_texts(
        "services: {a: {image: x}}", files=files, files_of_call=("compose.yaml", "over.yaml")
    )
    (finding,) = volume_undefined(project)
    assert (finding.source.name, marked([finding])) == ("over.yaml", ["data"])
    assert finding.path == ("services", "a", "volumes", 0)
