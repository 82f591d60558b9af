"""`extends`: here, from other files, in circles."""

from __future__ import annotations

from tests.project.scenario import scenario

SCENARIOS = (
    scenario(
        "extends here",
        text="""
        -- compose.yaml
        services:
          a: {extends: b, image: z, environment: [A=2], ports: ["81:81"]}
          b: {extends: {service: c}, environment: {A: 1, B: 1}, command: bee}
          c: {image: x, ports: ["80:80"], depends_on: [d], volumes: ["./a:/a"]}
          d: {image: y}
        """,
    ),
    scenario(
        "extends file",
        text="""
        -- compose.yaml
        services:
          a: {extends: {file: sub/o.yaml, service: b}, volumes: ["./here:/h"]}
        -- sub/o.yaml
        services:
          b: {extends: c, build: ./ctx, volumes: ["./there:/t"]}
          c: {image: x, env_file: c.env, labels: [q]}
          broken: {image: 5, nonsense: true}
        -- sub/c.env
        FROM=c
        """,
    ),
    scenario(
        "extends file of file",
        text="""
        -- compose.yaml
        services: {a: {extends: {file: s/o.yaml, service: b}}}
        -- s/o.yaml
        services: {b: {extends: {file: t/p.yaml, service: c}, volumes: ['./b:/b']}}
        -- s/t/p.yaml
        services: {c: {image: x, volumes: ['./c:/c'], build: {context: ..}}}
        """,
    ),
    scenario(
        "extends with reset",
        text="""
        -- compose.yaml
        services:
          a: {extends: b, ports: !reset [], labels: !override [z]}
          b: {image: x, ports: ["80:80"], labels: {q: 1}}
        """,
    ),
    scenario(
        "extends undefined",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, extends: q}}
        """,
    ),
    scenario(
        "extends without service",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, extends: {file: o.yaml}}}
        -- o.yaml
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "extends absent file",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {extends: {file: o.yaml, service: b}}}
        """,
    ),
    scenario(
        "extends undefined in file",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {extends: {file: o.yaml, service: b}}}
        -- o.yaml
        services: {c: {image: x}}
        """,
    ),
    scenario(
        "extends file without services",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {extends: {file: o.yaml, service: b}}}
        -- o.yaml
        volumes: {c: }
        """,
    ),
    scenario(
        "extends itself",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, extends: a}}
        """,
    ),
    scenario(
        "extends in a circle",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, extends: b}, b: {extends: c}, c: {extends: a}}
        """,
    ),
    scenario(
        "extends in a circle of files",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, extends: {file: o.yaml, service: b}}}
        -- o.yaml
        services: {b: {extends: {file: compose.yaml, service: a}}}
        """,
    ),
    scenario(
        "extends same name",
        text="""
        -- compose.yaml
        services: {a: {extends: {file: o.yaml, service: a}, command: c}}
        -- o.yaml
        services: {a: {image: x}}
        """,
    ),
    scenario(
        "extends in second file",
        "-f",
        "compose.yaml",
        "-f",
        "over.yaml",
        text="""
        -- compose.yaml
        services: {a: {image: x, ports: ['80:80']}}
        -- over.yaml
        services: {b: {image: y, labels: {q: 1}}, a: {extends: b}}
        """,
    ),
    scenario(
        "extends only in first file",
        "-f",
        "compose.yaml",
        "-f",
        "over.yaml",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        -- over.yaml
        services: {b: {extends: a}}
        """,
    ),
    scenario(
        "extends with clash",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x, security_opt: {a: b}, extends: b}, b: {security_opt: [c]}}
        """,
    ),
    scenario(
        "extends with variables",
        environment={"V": "2"},
        text="""
        -- compose.yaml
        services: {a: {extends: {file: '${F:-o.yaml}', service: b}}}
        -- o.yaml
        services: {b: {image: 'x:${V:-1}', cpus: '0.5', privileged: 'true'}}
        """,
    ),
)
