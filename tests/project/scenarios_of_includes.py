"""`include`: short, long, nested, in conflict, in circles."""

from __future__ import annotations

from tests.project.scenario import scenario

SCENARIOS = (
    scenario(
        "include",
        text="""
        -- compose.yaml
        include: [sub/o.yaml]
        services: {a: {image: x, depends_on: [b]}}
        -- sub/o.yaml
        services: {b: {image: y, build: ., volumes: ["./d:/d", "v:/v"], networks: [n]}}
        volumes: {v: }
        networks: {n: }
        x-lost: 1
        """,
    ),
    scenario(
        "include long",
        text="""
        -- compose.yaml
        include:
          - path: [sub/o.yaml, sub/p.yaml]
            project_directory: dir
            env_file: [one.env, two.env]
        -- sub/o.yaml
        services: {b: {image: 'y:${ONE}${TWO}${THREE:-}', volumes: ['./d:/d']}}
        -- sub/p.yaml
        services: {b: {command: over, build: .}}
        -- one.env
        ONE=1
        TWO=1
        -- two.env
        TWO=2
        THREE=${ONE}
        -- dir/x
        """,
    ),
    scenario(
        "include with its env",
        text="""
        -- compose.yaml
        include: [sub/o.yaml]
        services: {a: {image: 'x:${V:-none}'}}
        -- sub/o.yaml
        services: {b: {image: 'y:${V}${W:-no}'}}
        -- sub/.env
        V=sub
        W=w
        """,
    ),
    scenario(
        "include both env",
        text="""
        -- compose.yaml
        include: [sub/o.yaml]
        services: {a: {image: 'x:${V:-none}'}}
        -- sub/o.yaml
        services: {b: {image: 'y:${V}', environment: [V, W]}}
        -- sub/.env
        V=sub
        W=sub
        -- .env
        V=main
        """,
    ),
    scenario(
        "include conflict",
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {image: x, ports: ['81:81'], labels: [z]}}
        -- o.yaml
        services: {a: {image: y, ports: ['80:80'], command: c, labels: {q: 1}}}
        """,
    ),
    scenario(
        "include conflict reset",
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {image: x, ports: !reset []}}
        -- o.yaml
        services: {a: {image: y, ports: ['80:80']}}
        """,
    ),
    scenario(
        "include conflict of two",
        text="""
        -- compose.yaml
        include: [o.yaml, p.yaml]
        -- o.yaml
        services: {a: {image: y, command: o}}
        -- p.yaml
        services: {a: {image: z, working_dir: /p}}
        """,
    ),
    scenario(
        "include in include",
        text="""
        -- compose.yaml
        include: [s/o.yaml]
        -- s/o.yaml
        include: [t/p.yaml]
        services: {b: {image: y, depends_on: [c]}}
        -- s/t/p.yaml
        services: {c: {image: z, volumes: ['./c:/c'], env_file: c.env}}
        -- s/t/c.env
        C=1
        """,
    ),
    scenario(
        "include itself",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [compose.yaml]
        """,
    ),
    scenario(
        "include in a circle",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {image: x}}
        -- o.yaml
        include: [compose.yaml]
        services: {b: {image: x}}
        """,
    ),
    scenario(
        "include absent",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "include absent env",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [{path: o.yaml, env_file: no.env}]
        services: {a: {image: x}}
        -- o.yaml
        services: {b: {image: x}}
        """,
    ),
    scenario(
        "include text",
        is_refused=True,
        text="""
        -- compose.yaml
        include: o.yaml
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "include number",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [1]
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "include nothing",
        text="""
        -- compose.yaml
        include: [{foo: 1}]
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "include null",
        text="""
        -- compose.yaml
        include:
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "include and extends",
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {extends: b, command: c}}
        -- o.yaml
        services: {b: {image: x, ports: ['80:80']}}
        """,
    ),
    scenario(
        "included extends",
        text="""
        -- compose.yaml
        include: [s/o.yaml]
        services: {a: {image: x}}
        -- s/o.yaml
        services: {b: {extends: {file: q.yaml, service: c}}}
        -- s/q.yaml
        services: {c: {image: z, volumes: ['./x:/x']}}
        """,
    ),
    scenario(
        "included with a mistake",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a: {image: x}}
        -- o.yaml
        services: {b: {image: x, ports: [nonsense]}}
        """,
    ),
    scenario(
        "include conflict in a name with a point",
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a.b: {image: x, labels: [z], command: [c]}}
        -- o.yaml
        services: {a.b: {labels: [y], command: [b]}}
        """,
    ),
    scenario(
        "include clash in a name with a point",
        is_refused=True,
        text="""
        -- compose.yaml
        include: [o.yaml]
        services: {a.b: {image: x, environment: {A: 1}}}
        -- o.yaml
        services: {a.b: {environment: [B=1]}}
        """,
    ),
    scenario(
        "include conflict of files",
        text="""
        -- compose.yaml
        include: [s/o.yaml, p.yaml]
        services:
          a: {image: x, env_file: [s/a.env, b.env], label_file: [s/a.env, ./s/a.env], build: .}
          b: {extends: {file: q.yaml, service: b}, label_file: b.env, env_file: b.env}
        -- p.yaml
        services: {a: {env_file: b.env, label_file: [b.env]}}
        -- q.yaml
        services: {b: {image: y, env_file: [b.env], label_file: b.env}}
        -- s/o.yaml
        services:
          a: {env_file: a.env, label_file: [a.env, /dev/null], volumes: ["./a:/a", "~:/h"]}
        -- s/a.env
        A=1
        -- b.env
        B=1
        """,
    ),
    scenario(
        "include with a folder that does not exist",
        text="""
        -- compose.yaml
        include: [{path: o.yaml, project_directory: no/where}]
        -- o.yaml
        services: {b: {image: y, build: ., volumes: ["./v:/v"]}}
        """,
    ),
    scenario(
        "include in include, seen from elsewhere",
        "-f",
        "a/compose.yaml",
        text="""
        -- a/compose.yaml
        include: [s/o.yaml]
        -- a/s/o.yaml
        include: [{path: t/p.yaml, project_directory: u}]
        -- a/s/t/p.yaml
        services: {b: {image: "y:${V:-none}", build: .}}
        -- a/s/u/.env
        V=1
        """,
    ),
    scenario(
        "include with env in include, seen from elsewhere",
        "-f",
        "a/compose.yaml",
        is_refused=True,
        text="""
        -- a/compose.yaml
        include: [s/o.yaml]
        -- a/s/o.yaml
        include: [{path: t/p.yaml, env_file: x.env}]
        -- a/s/t/p.yaml
        services: {b: {image: y}}
        -- a/s/x.env
        V=1
        """,
    ),
)
