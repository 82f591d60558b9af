"""What `fix` must never do, and how much of what it should: on real files, with mistakes put in.

The seed is fixed here. `python -m tests.fixing.search` does the same with a fresh one, on more.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from random import Random

import pytest

from composecheck.fix import fix_text
from tests.fixing.mistakes import OPERATORS
from tests.fixing.models import differences, model_of
from tests.fixing.oracle import declared_paths, objections
from tests.fixing.own_files import FILES
from tests.fixing.search import accepted_files, mixed_trials, trials
from tests.fixing.trial import Tally, Trial
from tests.shared_material import corpus, requires_shared

SEED = 20
EACH = 3
"""Mistakes for each operator."""

each_operator = pytest.mark.parametrize("name", OPERATORS)


_HEAD = "services:\n  web:\n    image: nginx\n"

# Each with the text as it was meant, and as it was written: fixes once did other lines harm.
HARMED_ONCE = {
    "two mistakes, and a comment in between": (
        f"{_HEAD}    environment:\n      A: >-\n        x\n      # c\n      B: y\n      C: z\n"
        "  db:\n    image: mysql\n    ports:\n      - 80:80\n    restart: always\n",
        f"{_HEAD}    environment:\n      A: >-\n        x\n      # c\n      B:\u00a0y\n      C: z\n"
        "  db:\n    image: mysql\n      ports:\n        - 80:80\n    restart: always\n",
    ),
    "a no-break space behind a colon": (
        f"{_HEAD}    tty: true\n    volumes:\n      - ./a:/a\n",
        f"{_HEAD}    tty:\u00a0true\n    volumes:\n      - ./a:/a\n",
    ),
    "two keys on a line": (
        "services:\n  web:\n    image: nginx\n    container_name: web\n    restart: always\n",
        "services:\n  web:\n    image: nginx container_name: web\n    restart: always\n",
    ),
    "no-break spaces before a line": (
        f"{_HEAD}    restart: always\n    volumes:\n      - ./a:/a\n",
        f"{_HEAD}\u00a0\u00a0\u00a0\u00a0restart: always\n    volumes:\n      - ./a:/a\n",
    ),
    "a key beside the services": (
        f"{_HEAD}    hostname: x\n    ports:\n      - 80:80\n",
        f"{_HEAD}  hostname: x\n    ports:\n      - 80:80\n",
    ),
    "a variable as in a list, before others": (
        f"{_HEAD}    environment:\n      A: b\n      C: d\n      E: f\n",
        f"{_HEAD}    environment:\n      - A=b\n      C: d\n      E: f\n",
    ),
    "a dash before the whole file": (
        "name: shop\nservices:\n  web:\n    image: nginx\n",
        "- name: shop\nservices:\n  web:\n    image: nginx\n",
    ),
}


@cache
def made(name: str) -> tuple[Trial, ...]:
    return tuple(trials(name, seed=SEED, count=EACH, asks_compose=False))


def told(trial: Trial) -> str:
    return "\n".join((trial.mistake.operator, trial.mistake.what, *trial.objections, *trial.left))


@pytest.mark.parametrize("text", FILES)
def test_there_is_nothing_to_fix_in_our_own_files(text: str) -> None:
    assert fix_text(text, is_unsafe=True).text == text


@pytest.mark.parametrize("name", HARMED_ONCE)
def test_what_was_harmed_once_is_undone_to_the_byte(name: str) -> None:
    meant, written = HARMED_ONCE[name]
    assert fix_text(written, is_unsafe=True).text == meant


@each_operator
def test_a_mistake_is_fixed_without_harm(name: str) -> None:
    harmful = [told(trial) for trial in made(name) if trial.objections]
    assert not harmful, "\n\n".join(harmful)


def test_nine_of_ten_mistakes_with_an_exact_remedy_are_undone_to_the_byte() -> None:
    total = Tally()
    rows = []
    for name in OPERATORS:
        tally = Tally()
        for trial in made(name):
            tally.add(trial)
            total.add(trial)
        rows.append(f"{name}: {tally.undone} of {tally.exact}")
    assert total.exact > 2 * len(OPERATORS)
    assert total.share_undone >= 0.9, "\n".join((f"{total.share_undone:.0%}", *rows))


def test_several_mistakes_in_a_file_are_fixed_without_harm() -> None:
    numbers = Random(SEED).sample(range(len(accepted_files())), min(40, len(accepted_files())))
    made_here = [
        trial
        for number in numbers
        for trial in mixed_trials(number, seed=SEED, mistakes=3, asks_compose=False)
    ]
    assert made_here
    harmful = [told(trial) for trial in made_here if trial.objections]
    assert not harmful, "\n\n".join(harmful)


@requires_shared
def test_real_files_are_fixed_without_harm() -> None:
    """Files of all kinds, refused ones among them; nothing was put into them."""
    harmful = []
    for file in Random(SEED).sample(corpus(), 120):
        for is_unsafe in (False, True):
            fixed = fix_text(file.text, is_unsafe=is_unsafe)
            said = objections(file.text, fixed.text, declared_paths(fixed.applied))
            if fix_text(fixed.text, is_unsafe=is_unsafe).text != fixed.text:
                said.append("a second run changes it again")
            harmful += [f"{file.id}: {line}" for line in said]
    assert not harmful, "\n".join(harmful)


@requires_shared
def test_what_compose_makes_of_a_real_file_changes_only_as_declared() -> None:
    """Safe fixes change nothing of it, others only what they say."""
    work = []
    for file in Random(SEED).sample([file for file in corpus() if not file.refused], 120):
        for is_unsafe in (False, True):
            fixed = fix_text(file.text, is_unsafe=is_unsafe)
            if fixed.text != file.text:
                paths = declared_paths(fixed.applied) if is_unsafe else set()
                work.append((file.id, file.text, fixed.text, paths))
    assert len(work) > 20
    texts = dict.fromkeys(text for _, before, after, _ in work for text in (before, after))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        models = dict(zip(texts, pool.map(model_of, texts), strict=True))
    for name, before, after, paths in work:
        old, new = models[before], models[after]
        assert old is not None, name
        assert new is not None, name
        assert differences(old, new, paths) == [], name


WEB = "services:\n  web:\n    image: nginx\n"
DB = "  db:\n    image: mysql:8\n"

NAMED = {
    "services of version 1 that are called nearly services": (
        "serviceA:\n  build: {context: .}\nserviceB:\n  build: {context: .}\n",
        "services:\n  serviceA:\n    build: {context: .}\n  serviceB:\n    build: {context: .}\n",
    ),
    "no line services, and the services indented": (
        "# shop\n\n  web:\n    image: nginx\n\n  db:\n    image: mysql:8\n",
        f"# shop\n\n{WEB}\n{DB}",
    ),
    "a service outside services, with a line of blanks": (
        f"{WEB}\n# data\ndb:\n  image: mysql:8\n    \n  restart: always\n\nvolumes:\n  a: {{}}\n",
        f"{WEB}\n  # data\n{DB}    \n    restart: always\n\nvolumes:\n  a: {{}}\n",
    ),
    "a service below another section": (
        f"{WEB}\n{DB}\nvolumes:\n  a: {{}}\n\n# last\nlog:\n  image: x\n  tty: true\n",
        f"{WEB}\n{DB}\n  # last\n  log:\n    image: x\n    tty: true\n\nvolumes:\n  a: {{}}\n",
    ),
    "a volume, where the section is empty": (
        f"{WEB}    volumes:\n      - data:/a\nvolumes: # none yet\n",
        f"{WEB}    volumes:\n      - data:/a\nvolumes: # none yet\n  data:\n",
    ),
    "a service outside services, with comments in it at its end": (
        f"{WEB}volumes:\n  a: {{}}\ndb:\n  image: y\n  # ports:\n\n  #   - 80\n",
        f"{WEB}  db:\n    image: y\n    # ports:\n\n    #   - 80\nvolumes:\n  a: {{}}\n",
    ),
    "a key too deep, with an item out of use": (
        f"{WEB}    deploy:\n      ports:\n        - 80:80\n        # - 81:81\n      replicas: 2\n",
        f"{WEB}    deploy:\n      replicas: 2\n    ports:\n      - 80:80\n      # - 81:81\n",
    ),
    "a dependency without a condition": (
        f"{WEB}    depends_on:\n      db: # d\n{DB}",
        f"{WEB}    depends_on:\n      - db # d\n{DB}",
    ),
    "a dependency without a condition, in braces": (
        f"{WEB}    depends_on: {{db: , cache }}\n{DB}  cache:\n    image: redis\n",
        f"{WEB}    depends_on: [db, cache ]\n{DB}  cache:\n    image: redis\n",
    ),
    "dependencies, of which some have a condition": (
        f"{WEB}    depends_on:\n      - db # d\n      # c\n      - cache:\n"
        f"          condition: service_started\n{DB}  cache:\n    image: redis\n",
        f"{WEB}    depends_on:\n      db: # d\n        condition: service_started\n      # c\n"
        "      cache:\n        condition: service_started\n"
        f"{DB}  cache:\n    image: redis\n",
    ),
    "KEY: value between brackets": (
        f"{WEB}    environment: [A=b, C: d]\n",
        f"{WEB}    environment: [A=b, C=d]\n",
    ),
    "a shell's line in a block of text": (
        f"{WEB}    command: >\n      npm i\n      && npm start\n\n    tty: true\n",
        f"{WEB}    command: >\n      sh -c 'npm i\n      && npm start'\n\n    tty: true\n",
    ),
    "a key misspelt in an extension that is used": (
        f"x-log: &l\n  drvier: local\n{WEB}    logging: *l\n{DB}    logging: *l\n",
        f"x-log: &l\n  driver: local\n{WEB}    logging: *l\n{DB}    logging: *l\n",
    ),
    "blanks before a colon at the end of a line": (
        "services:\n  web :\n    image: nginx\n",
        "services:\n  web:\n    image: nginx\n",
    ),
    "all dashes dropped, with comments": (
        f"{WEB}    networks:\n      front # f\n      back  # b\n"
        f"{DB}    networks: [front, back]\nnetworks:\n  front:\n  back:\n",
        f"{WEB}    networks:\n      - front # f\n      - back  # b\n"
        f"{DB}    networks: [front, back]\nnetworks:\n  front:\n  back:\n",
    ),
    "services of version 1, in one of which the image is misspelt": (
        "# the page\nweb:\n  imgae: nginx\n  ports: ['80:80']\n\n# data\ndb:\n  image: pg\n",
        "# the page\nservices:\n  web:\n    image: nginx\n    ports: ['80:80']\n\n"
        "  # data\n  db:\n    image: pg\n",
    ),
    "typographic quotes around a path": (
        f"{WEB}    volumes:\n      - “./a/b:/c”  # c\n",
        f'{WEB}    volumes:\n      - "./a/b:/c"  # c\n',
    ),
    "typographic quotes around the first word of a test": (
        f"{WEB}    healthcheck:\n      test: [“CMD”, “curl”, x]\n",
        f'{WEB}    healthcheck:\n      test: ["CMD", "curl", x]\n',
    ),
    "a section misspelt, and a key that would come to be beside it": (
        f"network:\n  a:\n{WEB}    networks:\n      a:\n{DB}  networks:\n    a:\n"
        "      ipv4_address: 172.24.0.81\n",
        f"networks:\n  a:\n{WEB}    networks:\n      a:\n{DB}  networks:\n    a:\n"
        "      ipv4_address: 172.24.0.81\n",
    ),
    "a volume that is not defined, below one, among services with blank lines": (
        f"{WEB}    volumes: ['a:/a', 'longer:/b']\n\n{DB}\nvolumes:\n  a:\n",
        f"{WEB}    volumes: ['a:/a', 'longer:/b']\n\n{DB}\nvolumes:\n  a:\n  longer:\n",
    ),
    "a block of text that would swallow the rest, and two mistakes in that": (
        f"{WEB}    command: >\n      a\n      b\n    environment:\n      A: b\n     C: d\n"
        '    tty: "true\n',
        f"{WEB}    command: >\n      a\n      b\n    environment:\n      A: b\n      C: d\n"
        '    tty: "true"\n',
    ),
    "a volume that is not defined, and is called nearly as another that is used": (
        f"{WEB}    volumes: ['nc_data:/a']\n{DB}    volumes: ['db_data:/b']\n"
        "volumes:\n  db_data:\n",
        f"{WEB}    volumes: ['nc_data:/a']\n{DB}    volumes: ['db_data:/b']\n"
        "volumes:\n  db_data:\n  nc_data:\n",
    ),
    "a volume misspelt that another service uses": (
        f"{WEB}    volumes: ['db_dta:/a']\n{DB}    volumes: ['db_data:/b']\nvolumes:\n  db_data:\n",
        f"{WEB}    volumes: ['db_data:/a']\n{DB}    volumes: ['db_data:/b']\n"
        "volumes:\n  db_data:\n",
    ),
    "a protocol misspelt": (
        f"{WEB}    ports:\n      - 80:80/tpc  # c\n",
        f"{WEB}    ports:\n      - 80:80/tcp  # c\n",
    ),
    "a key over each half of a block, with comments": (
        f"{WEB}    environment:\n      A: b\n      # old\n    # more\n    environment:\n"
        "      C: d\n      # old, too\n    tty: true\n",
        f"{WEB}    environment:\n      A: b\n      # old\n      # more\n"
        "      C: d\n      # old, too\n    tty: true\n",
    ),
    "a key over each half of a block, apart, with comments": (
        f"{WEB}    labels:\n      A: b\n      # old\n    tty: true\n    # more\n    labels:\n"
        "      C: d\n      # old, too\n    init: true\n",
        f"{WEB}    labels:\n      A: b\n      # old\n      # more\n      C: d\n"
        "      # old, too\n    tty: true\n    init: true\n",
    ),
    "two keys that may both be meant": (
        f"{WEB}    enviroment: [A=1]\n    environmnt: [B=1]\n",
        f"{WEB}    enviroment: [A=1]\n    environmnt: [B=1]\n",
    ),
    "a key misspelt where an anchor is used": (
        f"x-a: &a\n  restrt: always\n{WEB}    <<: *a\n{DB}    <<: *a\n",
        f"x-a: &a\n  restart: always\n{WEB}    <<: *a\n{DB}    <<: *a\n",
    ),
    "a key misspelt in the place of one that is merged": (
        f'x-a: &a\n  restart: always\n  tty: true\n{WEB}    <<: *a\n    restrt: "no"\n',
        f'x-a: &a\n  restart: always\n  tty: true\n{WEB}    <<: *a\n    restart: "no"\n',
    ),
    "a key too deep where an anchor is used": (
        f"x-a: &a\n  deploy:\n    restart: always\n    replicas: 2\n{WEB}    <<: *a\n"
        f"{DB}    <<: *a\n    restart: 'no'\n",
        f"x-a: &a\n  deploy:\n    replicas: 2\n  restart: always\n{WEB}    <<: *a\n"
        f"{DB}    <<: *a\n    restart: 'no'\n",
    ),
    "a key too deep in what is used by itself": (
        f"{WEB}    deploy: &d\n      replicas: 2\n      restart: always\n{DB}    deploy: *d\n",
        f"{WEB}    deploy: &d\n      replicas: 2\n      restart: always\n{DB}    deploy: *d\n",
    ),
    "a key too shallow in an anchored service": (
        "services:\n  a: &a\n    image: x\n    healthcheck:\n      test: [CMD, a]\n"
        "    interval: 3s\n  b:\n    <<: *a\n",
        "services:\n  a: &a\n    image: x\n    healthcheck:\n      test: [CMD, a]\n"
        "      interval: 3s\n  b:\n    <<: *a\n",
    ),
    "a key too shallow beside what is used by itself": (
        f"{WEB}    healthcheck: &h\n      test: [CMD, a]\n    interval: 3s\n"
        f"{DB}    healthcheck: *h\n",
        f"{WEB}    healthcheck: &h\n      test: [CMD, a]\n    interval: 3s\n"
        f"{DB}    healthcheck: *h\n",
    ),
    "KEY: value in an anchored list": (
        f"x-e: &e\n  - A=1\n  - B: 2\n{WEB}    environment: *e\n{DB}    environment: *e\n",
        f"x-e: &e\n  - A=1\n  - B=2\n{WEB}    environment: *e\n{DB}    environment: *e\n",
    ),
    "the first dash dropped": (
        f"{WEB}    depends_on:\n      db\n      - cache\n{DB}  cache:\n    image: redis\n",
        f"{WEB}    depends_on:\n      - db\n      - cache\n{DB}  cache:\n    image: redis\n",
    ),
    "no blank behind the first dash": (
        f"{WEB}    environment:\n      -A=1\n      - B=2\n",
        f"{WEB}    environment:\n      - A=1\n      - B=2\n",
    ),
    "no colon behind the only key": (
        f"{WEB}networks:\n  default:\n    driver bridge  # local\n",
        f"{WEB}networks:\n  default:\n    driver: bridge  # local\n",
    ),
    "no-break spaces before a line": (
        f"{WEB}\u00a0\u00a0\u00a0\u00a0restart: always\n{DB}",
        f"{WEB}    restart: always\n{DB}",
    ),
    "a no-break space behind the only colon": (
        f"{WEB}networks:\n  default:\n    driver:\u00a0bridge\n",
        f"{WEB}networks:\n  default:\n    driver: bridge\n",
    ),
    "mounts as keys with values": (
        f"{WEB}    volumes:\n      ./a: /a  # one\n      ./b: '/b c'\n",
        f"{WEB}    volumes:\n      - ./a:/a  # one\n      - './b:/b c'\n",
    ),
    "dependencies with dashes": (
        f"{WEB}    depends_on:\n      # data\n      - db:\n          condition: service_started\n"
        f"{DB}",
        f"{WEB}    depends_on:\n      # data\n      db:\n        condition: service_started\n{DB}",
    ),
    "dependencies with dashes below their key": (
        f"{WEB}    depends_on:\n    - db:\n        condition: service_started\n{DB}",
        f"{WEB}    depends_on:\n      db:\n        condition: service_started\n{DB}",
    ),
    "no unit of time": (
        f"{WEB}    stop_grace_period: 10\n",
        f"{WEB}    stop_grace_period: 10s\n",
    ),
    "near to a known value, in quotes": (
        f"{WEB}    pull_policy: 'alway'\n",
        f"{WEB}    pull_policy: 'always'\n",
    ),
    "the same entry twice": (
        f"{WEB}    restart: always\n    restart: always\n",
        f"{WEB}    restart: always\n",
    ),
    "a key over each half of a list": (
        f"{WEB}    ports:\n      - 80:80\n    ports:\n      - 81:81  # other\n",
        f"{WEB}    ports:\n      - 80:80\n      - 81:81  # other\n",
    ),
    "a key over each half of a list, apart": (
        f"{WEB}    ports:\n      - 80:80\n    tty: true\n    ports:\n    # other\n    - 81:81\n",
        f"{WEB}    ports:\n      - 80:80\n      # other\n      - 81:81\n    tty: true\n",
    ),
    "a key over each half of a block": (
        f"{WEB}    environment:\n      A: b\n    environment:\n      C: d\n",
        f"{WEB}    environment:\n      A: b\n      C: d\n",
    ),
    "a variable twice, with two values": (
        f"{WEB}    environment:\n      A: b\n      A: c\n",
        f"{WEB}    environment:\n      A: b\n      A: c\n",
    ),
    "two commands": (
        f"{WEB}    command:\n      - a\n    command:\n      - b\n",
        f"{WEB}    command:\n      - a\n    command:\n      - b\n",
    ),
}
"""Mistakes that were fixed wrongly or not at all once, and what is to come of them."""


@pytest.mark.parametrize("name", NAMED)
def test_a_known_mistake_becomes_what_was_meant(name: str) -> None:
    broken, meant = NAMED[name]
    for ending in ("\n", "\r\n"):
        fixed = fix_text(broken.replace("\n", ending), is_unsafe=True)
        assert fixed.text == meant.replace("\n", ending), [fix.reason for fix in fixed.dropped]
