"""Which files, which variables, which profiles, which name."""

from __future__ import annotations

from tests.project.scenario import scenario

SCENARIOS = (
    scenario(
        "found",
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        -- docker.compose.yml
        nonsense
        """,
    ),
    scenario(
        "override found",
        text="""
        -- compose.yml
        services: {a: {image: x}}
        -- compose.override.yml
        services: {a: {command: c}}
        """,
    ),
    scenario(
        "found above",
        folder="sub/deep",
        text="""
        -- compose.yaml
        services: {a: {image: 'x:${V:-}', build: .}}
        -- sub/deep/x
        -- .env
        V=above
        -- sub/deep/.env
        V=deep
        W=deep
        """,
    ),
    scenario(
        "env beside the file",
        "-f",
        "sub/o.yaml",
        text="""
        -- sub/o.yaml
        services: {a: {image: 'x:${V:-none}', build: .}}
        -- .env
        V=here
        -- sub/.env
        V=sub
        """,
    ),
    scenario(
        "project directory",
        "--project-directory",
        "dir",
        "-f",
        "sub/o.yaml",
        text="""
        -- sub/o.yaml
        services: {a: {image: 'x:${V:-none}', build: ., volumes: ['./a:/a']}}
        -- dir/x
        -- sub/.env
        V=sub
        -- dir/.env
        V=dir
        """,
    ),
    scenario(
        "env file",
        "--env-file",
        "one.env",
        "--env-file",
        "two.env",
        environment={"P": "process"},
        text="""
        -- compose.yaml
        services: {a: {image: 'x:${V}${W:-}', environment: [V, HOME, P]}}
        -- one.env
        V=1
        W=1
        -- two.env
        W=2$V
        P
        -- .env
        V=none
        """,
    ),
    scenario(
        "process wins",
        environment={"V": "process"},
        text="""
        -- compose.yaml
        services: {a: {image: 'x:${V}${W}'}}
        -- .env
        V=env
        W=${V}w
        """,
    ),
    scenario(
        "env file absent",
        "--env-file",
        "no.env",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "env file disabled",
        environment={"COMPOSE_DISABLE_ENV_FILE": "1"},
        text="""
        -- compose.yaml
        services: {a: {image: 'x:${V:-none}'}}
        -- .env
        V=env
        """,
    ),
    scenario(
        "env file broken",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        -- .env
        A B=1
        """,
    ),
    scenario(
        "compose file variable",
        environment={"COMPOSE_FILE": "a.yaml:s/b.yaml"},
        text="""
        -- a.yaml
        services: {a: {image: x}}
        -- s/b.yaml
        services: {a: {build: .}}
        """,
    ),
    scenario(
        "compose file in env",
        text="""
        -- a.yaml
        services: {a: {image: 'x:${V}'}}
        -- .env
        COMPOSE_FILE=a.yaml
        V=1
        """,
    ),
    scenario(
        "profiles off",
        text="""
        -- compose.yaml
        services: {a: {image: x}, b: {image: y, profiles: [p]}}
        """,
    ),
    scenario(
        "profile on",
        "--profile",
        "p",
        text="""
        -- compose.yaml
        services: {a: {image: x}, b: {image: y, profiles: [p, q]}, c: {image: z, profiles: [r]}}
        """,
    ),
    scenario(
        "profiles all",
        "--profile",
        "*",
        text="""
        -- compose.yaml
        services: {a: {image: x}, b: {image: y, profiles: [p]}}
        """,
    ),
    scenario(
        "profiles variable",
        text="""
        -- compose.yaml
        services: {a: {image: x}, b: {image: y, profiles: [p]}, c: {image: z, profiles: [q]}}
        -- .env
        COMPOSE_PROFILES=p, q
        """,
    ),
    scenario(
        "name variable",
        environment={"COMPOSE_PROJECT_NAME": "other"},
        text="""
        -- compose.yaml
        name: mine
        services: {a: {image: 'x:${COMPOSE_PROJECT_NAME}'}}
        volumes: {v: }
        """,
    ),
    scenario(
        "name option",
        "-p",
        "other",
        text="""
        -- compose.yaml
        name: mine
        services: {a: {image: x, volumes: ['v:/v']}}
        volumes: {v: }
        """,
    ),
    scenario(
        "name refused",
        "-p",
        "Other",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "name normalized",
        environment={"N": "new"},
        text="""
        -- compose.yaml
        name: _My.${N}-Name
        services: {a: {image: '${COMPOSE_PROJECT_NAME}'}}
        """,
    ),
    scenario(
        "name empty",
        is_refused=True,
        text="""
        -- compose.yaml
        name: ___
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "name of second document",
        text="""
        -- compose.yaml
        services: {a: {image: '${COMPOSE_PROJECT_NAME}'}}
        ---
        name: second
        """,
    ),
    scenario(
        "implicit dependencies",
        text="""
        -- compose.yaml
        services:
          a: {image: x, links: ["b:alias", c], network_mode: "service:d", ipc: "service:e",
              volumes_from: ["f:ro", "container:q"], pid: "service:g",
              depends_on: {b: {condition: service_healthy}}}
          b: {image: x}
          c: {image: x}
          d: {image: x, uts: host}
          e: {image: x, ipc: shareable, cgroup: host}
          f: {image: x}
          g: {image: x, pull_policy: if_not_present}
        """,
    ),
    scenario(
        "env and label files",
        environment={"P": "process", "S": "shell"},
        text="""
        -- compose.yaml
        services:
          a:
            image: x
            env_file: [a.env, {path: raw.env, format: raw}, {path: no.env, required: false}]
            environment: {A: mine, N: , P: }
            label_file: [a.label, b.label]
            labels: {L: mine}
          b: {image: y, profiles: [off], env_file: no.env}
        -- a.env
        A=1
        B=${A}-${S:-s}
        N=file
        export Q='q'
        P
        -- raw.env
        R=${A}
        Q=raw
        -- a.label
        L=1
        M=${L}
        -- b.label
        M2=${M}2
        """,
    ),
    scenario(
        "env file absent in service",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, env_file: no.env}}
        """,
    ),
    scenario(
        "env file format",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, env_file: [{path: a.env, format: foo}]}}
        -- a.env
        A=1
        """,
    ),
    scenario(
        "job",
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        jobs:
          j:
            image: y
            triggers: {manual: true, schedule: ["* * * * *", {cron: "1 * * * *", timezone: UTC}]}
            env_file: [j.env, {path: k.env, required: false, format: raw}]
            label_file: l.label
            environment: [X, HOME, A=1]
            build: .
            depends_on: [a]
            privileged: "true"
            cpus: "0.5"
            volumes: ["./a:/b", "v:/v/"]
            devices: [/dev/a, /dev/a]
            ports: ["80:80"]
            secrets: [s]
            network_mode: "service:a"
            dns: ["", 1.1.1.1]
            gpus: [{driver: d}]
            healthcheck: {retries: "5"}
          off: {image: z, triggers: {manual: true}, profiles: [p]}
        secrets: {s: {file: ./s}}
        """,
    ),
    scenario(
        "jobs of two files",
        "-f",
        "compose.yaml",
        "-f",
        "over.yaml",
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        jobs:
          j:
            image: y
            triggers: {manual: true}
            environment: {A: 1}
            ports: ["80:80"]
            volumes: ["./a:/x"]
            command: one two
            logging: {driver: a, options: {x: y}}
            depends_on: [a]
          k: {extends: j, labels: [q]}
          l: {extends: {file: o.yaml, service: a}, triggers: {manual: true}}
        -- over.yaml
        jobs:
          j:
            environment: [A=2, B]
            ports: ["80:80"]
            volumes: ["./b:/x"]
            command: [three]
            logging: {driver: b}
            depends_on: {a: {condition: service_healthy}}
        -- o.yaml
        services: {a: {image: z, extends: b}, b: {working_dir: /b}}
        jobs: {a: {image: q}}
        """,
    ),
    scenario(
        "before the start",
        text="""
        -- compose.yaml
        services:
          a:
            image: x
            environment: {A: 1, B: 2}
            labels: {l: 1}
            command: run
            entrypoint: enter
            cap_add: [X]
            networks: {n: {aliases: [a]}}
            volumes: ["./q:/r"]
            devices: [/dev/x]
            tmpfs: [/t]
            init: true
            env_file: [e.env]
            label_file: [l.label]
            pre_start:
              - environment: [C=3, A=9, HOME]
                cap_add: [Y]
                privileged: "false"
                command: hook
                labels: [m=2]
                tmpfs: /u
                networks: [o]
                devices: [/dev/y]
                volumes: ["./a:/b", {type: bind, source: ./c, target: /d, bind: {}}]
                env_file: f.env
                dns: ""
                gpus: all
                per_replica: true
              - {image: z}
        networks: {n: , o: }
        -- e.env
        E=1
        -- l.label
        L=1
        """,
    ),
    scenario(
        "project directory with a file in it",
        "--project-directory",
        "d",
        text="""
        -- d/compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- d/.env
        V=1
        -- .env
        V=2
        """,
    ),
    scenario(
        "project directory below the file",
        "--project-directory",
        "d",
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- d/.env
        V=1
        -- .env
        V=2
        """,
    ),
    scenario(
        "compose file variable is empty",
        environment={"COMPOSE_FILE": ""},
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "compose file variable with its separator",
        environment={"COMPOSE_FILE": "a.yaml,b.yaml", "COMPOSE_PATH_SEPARATOR": ","},
        text="""
        -- a.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- b.yaml
        services: {b: {image: y}}
        """,
    ),
    scenario(
        "env files variable",
        environment={"COMPOSE_ENV_FILES": "q.env"},
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- q.env
        V=1
        -- .env
        V=2
        """,
    ),
    scenario(
        "env file neither disabled nor not",
        environment={"COMPOSE_DISABLE_ENV_FILE": "maybe"},
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "env file is a folder",
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- .env/file
        V=1
        """,
    ),
    scenario(
        "file is a folder",
        "-f",
        "d",
        is_refused=True,
        text="""
        -- d/compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "no file",
        is_refused=True,
        text="""
        -- other
        text
        """,
    ),
    scenario(
        "name of the folder",
        folder="My.Proj",
        text="""
        -- My.Proj/compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "no name in the folder",
        folder="___",
        is_refused=True,
        text="""
        -- ___/compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "name of itself",
        is_refused=True,
        text="""
        -- compose.yaml
        name: ${COMPOSE_PROJECT_NAME}
        services: {a: {image: "x:${V:-none}", build: .}}
        """,
    ),
    scenario(
        "name in env",
        text="""
        -- compose.yaml
        name: mine
        services: {a: {image: "x:${V:-none}", build: .}}
        -- .env
        COMPOSE_PROJECT_NAME=other
        """,
    ),
    scenario(
        "name refused in env",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: "x:${V:-none}", build: .}}
        -- .env
        COMPOSE_PROJECT_NAME=Other
        """,
    ),
    scenario(
        "names of two files",
        "-f",
        "a.yaml",
        "-f",
        "b.yaml",
        text="""
        -- a.yaml
        name: one
        services: {a: {image: "x:${V:-none}", build: .}}
        -- b.yaml
        name: two
        """,
    ),
    scenario(
        "profile option over variable",
        "--profile",
        "q",
        environment={"COMPOSE_PROFILES": "p"},
        text="""
        -- compose.yaml
        services: {a: {image: x, profiles: [p]}, b: {image: y, profiles: [q]}}
        """,
    ),
    scenario(
        "working folder as variable",
        text="""
        -- compose.yaml
        services: {a: {image: "x:${PWD}"}}
        """,
    ),
)
