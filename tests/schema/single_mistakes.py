"""Files with one mistake each, and what we should say of it.

The mistaken characters stand between `«` and `»`, which are no part of the file. Where the finding
has a fix, the real Compose must accept the fixed file; before, it must refuse it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `fix` is `safe`, `unsafe`, or empty where there is none to offer."""

    label: str
    marked: str
    suggests: str = ""
    fix: str = "safe"
    rule: str = "key-unknown"
    says: str = ""
    beside: str = ""
    """The name of another file that must be there."""

    @property
    def text(self) -> str:
        """The file."""
        return self.marked.replace("«", "").replace("»", "")

    @property
    def span(self) -> tuple[int, int]:
        """Where the mistake is: offsets from 0, the end exclusive."""
        start = self.marked.index("«")
        return start, self.marked.index("»") - 1


def _file(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def _in_service(
    label: str, lines: str, suggests: str = "", fix: str = "safe", **more: str
) -> Mistake:
    """Make a file with a service that has an image, and these lines in it."""
    body = textwrap.indent(textwrap.dedent(lines).strip("\n"), "    ")
    rest = "  db:\n    image: mysql:8\nvolumes:\n  data:\nnetworks:\n  front:\n"
    marked = f"services:\n  web:\n    image: nginx:1.27\n{body}\n{rest}"
    return Mistake(label, marked, suggests, fix, **more)


WORDS = (
    Mistake(
        "image = nginx",
        "services:\n  web:\n    «image = nginx:1.27»\n",
        "image: nginx:1.27",
        rule="value-type",
    ),
    Mistake(
        "image:nginx",
        "services:\n  web:\n    «image:nginx»  # no blank\n",
        "image: nginx",
        rule="value-type",
    ),
    _in_service("enviroment", "«enviroment»:\n  - A=1", "environment"),
    _in_service("enviorment", "«enviorment»:\n  A: 1", "environment"),
    _in_service("evironment", "«evironment»: {A: 1}", "environment"),
    _in_service("environments", "«environments»:\n  - A=1", "environment"),
    _in_service("env", "«env»:\n  - A=1", "environment"),
    _in_service("port", '«port»:\n  - "80:80"', "ports"),
    _in_service("volume", "«volume»:\n  - data:/data", "volumes"),
    Mistake("Image", "services:\n  web:\n    «Image»: nginx\n", "image"),
    _in_service("depend_on", "«depend_on»:\n  - db", "depends_on"),
    _in_service("depends-on", "«depends-on»:\n  - db", "depends_on"),
    _in_service("container-name", "«container-name»: my-web", "container_name"),
    _in_service("contianer_name", "«contianer_name»: my-web", "container_name"),
    _in_service("cmd", "«cmd»: nginx -g 'daemon off;'", "command"),
    _in_service("comand", '«comand»: ["nginx"]', "command"),
    _in_service("netwroks", "«netwroks»:\n  - front", "networks"),
    _in_service("helthcheck", "«helthcheck»:\n  test: exit 0", "healthcheck"),
    _in_service("health_check", "«health_check»:\n  test: exit 0", "healthcheck"),
    _in_service("restrat", "«restrat»: always", "restart"),
    _in_service("expse", '«expse»: ["80"]', "expose"),
    _in_service("lables", "«lables»:\n  a: b", "labels"),
    _in_service("privilaged", "«privilaged»: true", "privileged"),
    _in_service("env-file", "«env-file»: []", "env_file"),
    _in_service("working-dir", "«working-dir»: /srv", "working_dir"),
    _in_service("memory", "«memory»: 512m", "mem_limit", says="mem_limit"),
    _in_service("replicas in a service", "«replicas»: 2", fix="unsafe", says='under "deploy:"'),
    _in_service(
        "restart_policy in a service",
        "«restart_policy»:\n  condition: on-failure",
        fix="unsafe",
        says='under "deploy:"',
    ),
    _in_service(
        "healthcheck inside deploy",
        "deploy:\n  replicas: 2\n  «healthcheck»:\n    test: exit 0",
        says="indented too far",
    ),
    _in_service("retires", "healthcheck:\n  test: exit 0\n  «retires»: 3", "retries"),
    _in_service("dockerFile", "build:\n  context: .\n  «dockerFile»: app.Dockerfile", "dockerfile"),
    Mistake("service at top level", "«service»:\n  web:\n    image: nginx\n", "services"),
    Mistake(
        "volume at top level",
        "services:\n  web:\n    image: nginx\n    volumes: [data:/data]\n«volume»:\n  data:\n",
        "volumes",
    ),
    Mistake(
        "a service at top level, beside services",
        "services:\n  web:\n    image: nginx\n«db»:\n  image: mysql:8\n",
        says='belongs under "services"',
    ),
    Mistake(
        "a service at top level, further down",
        "services:\n  web:\n    image: nginx\nvolumes:\n  data:\n«db»:\n  image: mysql:8\n",
        says='belongs under "services"',
    ),
    Mistake(
        "version 1: services at top level",
        _file("""
            # the shop
            «web»:
              image: nginx
              ports:
                - "80:80"

            # and its data
            db:
              image: mysql:8
        """),
        says='"services", which is missing',
    ),
    Mistake(
        "version 1: one service at top level, version above",
        "version: '2'\n«web»:\n  image: nginx\n  restart: always\n",
        says='"services", which is missing',
    ),
    Mistake(
        "a service under another service's volumes",
        _file("""
            services:
              web:
                image: nginx
                volumes:
                  «db»:
                    image: mysql:8
        """),
        fix="unsafe",
        says="is a service",
    ),
    Mistake(
        "a service under another service",
        _file("""
            services:
              web:
                image: nginx
                «db»:
                  image: mysql:8
        """),
        says="is a service",
    ),
    Mistake(
        "top-level volumes in services",
        _file("""
            services:
              web:
                image: nginx
                volumes:
                  - data:/data
              «volumes»:
                data:
        """),
        says="indented too far",
    ),
    Mistake(
        "top-level networks in services, with settings",
        _file("""
            services:
              «networks»:
                front:
                  driver: bridge
              web:
                image: nginx
                networks: [front]
        """),
        says="indented too far",
    ),
    Mistake("image at top level", "«image»: nginx\n", fix="", says="a service"),
    Mistake(
        "image at top level, beside services",
        "services:\n  web:\n    restart: always\n«image»: nginx\n",
        says='under "web"',
    ),
    _in_service("nothing near", "«wrongField»: 1", fix="", says='"build"'),
)


FOUND_IN_FILES = (
    Mistake(
        "services indented under version",
        _file("""
            version:
              «services»:
                web:
                  image: nginx
        """),
        says="indented too far",
    ),
    Mistake(
        "services at column 0 under an empty services",
        _file("""
            version: "3"
            services:

            «web»:
              image: nginx
            db:
              image: mysql:8
        """),
        says="indented too little",
    ),
    Mistake(
        "context beside build",
        "services:\n  web:\n    build:\n    «context»: .\n    image: nginx\n",
        says='under "build"',
    ),
    Mistake(
        "context as a service",
        "services:\n  web:\n    build:\n  «context»: .\n",
        says='under "build"',
    ),
    Mistake(
        "context in a service that has build",
        "services:\n  web:\n    build: .\n    «context»: ./\n",
        fix="",
        says='under "build:"',
    ),
    Mistake(
        "image as a service: the name is missing",
        "services:\n  «image»: nginx\n  ports:\n    - 80:80\n",
        fix="unsafe",
        says="name of a service",
    ),
    Mistake(
        "image as a service: below its name",
        'services:\n  web:\n  «image»: nginx\n  restart: always\n  command: "-server"\n',
        says='under "web"',
    ),
    Mistake(
        "env_file as a service: below the one it belongs to",
        "services:\n  web:\n    image: nginx\n  «env_file»: []\n  db:\n    image: mysql:8\n",
        says='under "web"',
    ),
    _in_service(
        "a variable directly under the service",
        "«MYSQL_HOST»: db",
        fix="unsafe",
        says="environment variable",
    ),
    _in_service(
        "variables beside environment",
        "environment:\n«MYSQL_HOST»: db\nMYSQL_PORT: 3306",
        says='under "environment"',
    ),
    _in_service(
        "a variable below the environment it belongs to",
        "environment:\n  MYSQL_HOST: db\n«MYSQL_PORT»: 3306",
        says='under "environment"',
    ),
    _in_service(
        "image inside deploy, and misspelt",
        "deploy:\n  replicas: 2\n  «imagem»: nginx",
        "image",
        fix="",
        says="a key of a service",
    ),
    _in_service(
        "image inside deploy, and in the service too",
        "deploy:\n  replicas: 2\n  «image»: nginx",
        fix="",
        says="there already",
    ),
    Mistake(
        "image inside deploy",
        "services:\n  web:\n    deploy:\n      «image»: nginx\n      replicas: 2\n",
        says="indented too far",
    ),
    _in_service(
        "- KEY: value in an environment list",
        "environment:\n  - A=1\n  - «MYSQL_HOST: db»",
        "MYSQL_HOST=db",
        rule="value-type",
        says="KEY=value",
    ),
    _in_service(
        "- KEY: value all along, with quotes and comments",
        'environment:\n  - «A: "1"» # one\n  # two\n  - B: b c',
        rule="value-type",
        says="KEY=value",
    ),
    _in_service(
        "environment without dashes",
        "environment:\n  «A=1\n  B=2\n  C=http://c:80/»",
        rule="value-type",
        says="run together",
    ),
    _in_service(
        "a bare name under depends_on", "depends_on:\n  «db»", rule="value-type", says='"- "'
    ),
    _in_service("depends_on a text", "depends_on: «db»", rule="value-type", says='"- "'),
    _in_service(
        "a null service in depends_on", "depends_on:\n  «db»:", rule="value-type", says='"- db"'
    ),
    Mistake(
        "a null service among others in depends_on",
        _file("""
            services:
              web:
                image: nginx
                depends_on:
                  db:
                    condition: service_started
                  «cache»:
              db:
                image: mysql:8
              cache:
                image: redis
        """),
        rule="value-type",
        says='"condition"',
    ),
    _in_service(
        "an unquoted true in a command",
        "command: [server, --save, «true», 10]",
        rule="value-type",
        says="quotes",
    ),
    _in_service(
        "an unquoted true in a command in block style",
        "command:\n  - server\n  - «true»  # really",
        rule="value-type",
        says="quotes",
    ),
    Mistake("Version", "«Version»: '3'\nservices:\n  web:\n    image: nginx\n", "version"),
    _in_service("network-mode", "«network-mode»: host", "network_mode"),
    _in_service("host_name", "«host_name»: web", "hostname"),
    Mistake("imagem", "services:\n  web:\n    «imagem»: nginx\n", "image"),
    _in_service(
        "condition: service_completed_successfuly",
        "depends_on:\n  db:\n    condition: «service_completed_successfuly»",
        "service_completed_successfully",
        rule="value-not-allowed",
    ),
    Mistake(
        "a service that is null",
        "services:\n  web:\n    image: nginx\n  «db»:\n",
        fix="",
        rule="value-type",
        says="is empty",
    ),
)


MORE = (
    _in_service(
        "keys of build in a service",
        "«context»: .\ndockerfile: app.Dockerfile",
        fix="unsafe",
        says='"build:"',
    ),
    Mistake(
        "the header of a section indented too far",
        _file("""
            services:
              web:
                image: nginx
              «networks»:
              front:
                driver: bridge
              back:
        """),
        says="indented too far",
    ),
    Mistake(
        "a misspelt key alone in a service",
        "services:\n  web:\n    «biuld»: {context: ., secrets: []}\n",
        "build",
    ),
    _in_service(
        "a header indented too far",
        "healthcheck:\n  test: exit 0\n  «deploy»:\n  resources: {}",
        says="indented too far",
    ),
    _in_service(
        "variables directly under the service",
        "restart: always\n«MYSQL_HOST»: db\nMYSQL_PORT: 3306",
        fix="unsafe",
        says="environment variables",
    ),
    _in_service(
        "a variable that is nearly a key, below environment",
        "environment:\n«PORT»: 80",
        says='under "environment"',
    ),
    _in_service(
        "a blank in a variable's default",
        "environment:\n  - «A=${B: -c}»",
        rule="value-type",
        says="Remove the blank",
    ),
    Mistake(
        "networks indented too little, with settings",
        _file("""
            services:
              web:
                image: nginx
            networks:
            «front»:
              back:
                driver: bridge
        """),
        says='under "networks"',
    ),
    Mistake(
        "a service indented too little, and the next ones under it",
        _file("""
            services:
            «web»:
              image: nginx
              # the data
              db:
                image: mysql:8

              cache:
                image: redis
            volumes:
              data:
        """),
        says='under "services"',
    ),
    Mistake(
        "a key indented too little, and the next ones under it",
        _file("""
            services:
              web:
                image: nginx
              «environment»:
                  A: b
                  # ports
                ports:
                  - "80:80"
        """)
        .replace("      ", "    ")
        .replace("    - ", "      - "),
        says='under "web"',
    ),
    Mistake(
        "a volume indented too little",
        "services:\n  web:\n    image: nginx\nvolumes:\n«data»: {}\n",
        says='under "volumes"',
    ),
    Mistake(
        "a limit beside the block it belongs to",
        "services:\n  web:\n    image: nginx\n    ulimits:\n      nofile:\n        soft: 1\n"
        "      «hard»: 2\n",
        says='under "nofile"',
    ),
    _in_service(
        "two keys with the same sentence",
        "deploy:\n  resources:\n    «cpus»: '1'\n    memory: 1G",
        fix="",
        says="limits",
    ),
    Mistake(
        "networks under services, without their section",
        _file("""
            services:
              web:
                image: nginx
              «front»:
                driver: bridge
              back:
                internal: true
        """),
        fix="",
        says='"networks:"',
    ),
    Mistake(
        "names of volumes under services, without their section",
        "services:\n  web:\n    image: nginx\n  «data»:\n  logs:\n",
        fix="",
        rule="value-type",
        says="are empty",
    ),
    Mistake(
        "texts under services",
        "services:\n  web:\n    image: nginx\n  id: «a»\n  title: b\n",
        fix="",
        rule="value-type",
    ),
    Mistake(
        "volumes empty at the top",
        "services:\n  web:\n    image: nginx\n«volumes»:\n",
        fix="unsafe",
        rule="value-type",
        says="is empty",
    ),
    _in_service(
        "a colon in a value in an environment list",
        "environment:\n  - «OPTS=-Dx: y»",
        rule="value-type",
        says="quotes",
    ),
    _in_service("a key of one's own, with a capital", "«X-note»: mine", "x-note"),
    _in_service("a key of one's own, with an underscore", "«x_note»: mine", "x-note"),
    Mistake(
        "several services under another",
        _file("""
            services:
              web:
                image: nginx
                # the data
                «db»:
                  image: mysql:8
                cache:
                  image: redis
              mail:
                image: mailhog
        """),
        says="are services",
    ),
    _in_service(
        "restart_policy misspelt in deploy", "deploy:\n  «restart-policy»: {}", "restart_policy"
    ),
    _in_service("container_name a number", "container_name: «123»", '"123"', rule="value-type"),
    _in_service("user a number", "user: «1000» # me", '"1000"', rule="value-type"),
    _in_service(
        "interval without a unit",
        "healthcheck:\n  test: exit 0\n  interval: «30»",
        fix="unsafe",
        rule="value-type",
        says="unit",
    ),
    _in_service("ports a text", 'ports: «"80:80"»', rule="value-type"),
    _in_service("ports a number", "ports: «80»", rule="value-type"),
    _in_service(
        "ports as keys with values",
        'ports:\n  «"80": "80"»',
        fix="",
        rule="value-type",
        says="list",
    ),
    _in_service("ports empty", "«ports»:", rule="value-type", says="[]"),
    _in_service("ports empty, with comments", "«ports»: # none\n  # - 80:80", rule="value-type"),
    _in_service("environment empty", "«environment» :", rule="value-type"),
    _in_service("image empty", "hostname: «null»", fix="", rule="value-type", says="empty"),
    _in_service(
        "a list where keys belong",
        "«healthcheck»:\n  - test: exit 0\n  - retries: 3",
        rule="value-type",
        says="list",
    ),
    Mistake(
        "services as a list",
        "«services»:\n  - web:\n      image: nginx\n  - db:\n      image: mysql:8\n",
        rule="value-type",
        says="list",
    ),
    Mistake(
        "volumes as a list of names",
        "services:\n  web:\n    image: nginx\n«volumes»:\n  - data\n  - logs\n",
        rule="value-type",
        says="list",
    ),
    _in_service(
        "depends_on with dashes and conditions",
        "depends_on:\n  - «db»:\n      condition: service_started",
        rule="value-type",
    ),
    _in_service(
        "a dependency without its condition",
        "depends_on:\n  «db»:\n    restart: true",
        fix="unsafe",
        rule="key-missing",
        says='"condition"',
    ),
    _in_service(
        "a misspelt required key is not missing as well",
        "depends_on:\n  db:\n    «conditon»: service_started",
        "condition",
    ),
    _in_service(
        "a volume in long form without its type",
        "volumes:\n  - «source»: data\n    target: /data",
        fix="",
        rule="key-missing",
        says='"type:"',
    ),
    _in_service(
        "a blank behind the colon of a volume",
        "volumes:\n  - «./data: /data»",
        "./data:/data",
        says="blank",
    ),
    _in_service(
        "networks twice the same", "networks:\n  - front\n  - «front»", rule="list-duplicate"
    ),
    _in_service("security_opt twice the same", "security_opt: [a:b, «a:b»]", rule="list-duplicate"),
    _in_service(
        "pull_policy in other case", "pull_policy: «Always»", "always", rule="value-pattern"
    ),
    _in_service("pull_policy of nobody", "pull_policy: «sometimes»", fix="", rule="value-pattern"),
    _in_service(
        "container_name of one letter", "container_name: «a»", fix="", rule="value-pattern"
    ),
    _in_service(
        "oom_score_adj too high", "oom_score_adj: «2000»", fix="", rule="value-not-allowed"
    ),
    _in_service(
        "cgroup unknown", "cgroup: «guest»", fix="", rule="value-not-allowed", says='"host"'
    ),
    _in_service("infinite", "labels:\n  a: «.inf»", fix="unsafe", rule="value-not-allowed"),
    _in_service(
        "a strict true in quotes",
        'use_api_socket: «"true"»',
        "true",
        rule="value-type",
        says="without quotes",
    ),
    Mistake(
        "version a number",
        "version: «3»\nservices:\n  web:\n    image: nginx\n",
        rule="value-type",
        says="obsolete",
    ),
    Mistake(
        "a service with a blank in its name",
        "services:\n  «my web»:\n    image: nginx\n",
        "my-web",
        fix="unsafe",
        rule="name-invalid",
    ),
    Mistake("services empty", "«services»:\n", fix="", rule="value-type", says="is empty"),
    Mistake(
        "a text for a file", "«services»\n", fix="", rule="value-type", says="keys with values"
    ),
    Mistake("a list for a file", "«- web\n- db»\n", fix="", rule="value-type", says="a list"),
    Mistake(
        "include a text",
        "include: «other.yaml»\nservices:\n  web:\n    image: nginx\n",
        rule="value-type",
        beside="other.yaml",
        says="list",
    ),
    _in_service("extends a list", "«extends»:\n  - db\n  - web", fix="", rule="value-type"),
    _in_service(
        "extends without service", "«extends»:\n  file: a.yaml", fix="", rule="key-missing"
    ),
    Mistake(
        "both env and environment",
        "services:\n  web:\n    image: nginx\n    environment: [A=1]\n    «env»: [B=2]\n",
        "environment",
        fix="",
        says="there already",
    ),
    Mistake(
        "through an anchor that others use",
        _file("""
            services:
              web: &web
                image: nginx
                «enviroment»: [A=1]
              db:
                <<: *web
        """),
        "environment",
    ),
    Mistake(
        "in an anchor that stands for two kinds of things",
        _file("""
            services:
              web:
                image: nginx
                networks: [front]
                volumes: ["data:/data"]
            networks:
              front: &settings
                driver: local
                «driver_options»: {a: b}
            volumes:
              data: *settings
        """),
        "driver_opts",
        fix="",
    ),
    Mistake(
        "in an anchor under x-, used twice",
        _file("""
            x-common: &common
              «restrt»: always
            services:
              web:
                <<: *common
                image: nginx
              db:
                <<: *common
                image: mysql:8
        """),
        "restart",
    ),
    Mistake(
        "beside what is merged",
        _file("""
            x-common: &common
              restart: always
            services:
              web:
                <<: *common
                image: nginx
                «restrt»: "no"
        """),
        "restart",
    ),
    Mistake(
        "- KEY: value in an anchored list",
        _file("""
            x-variables: &variables
              - A=1
              - «B: 2»
            services:
              web:
                image: nginx
                environment: *variables
              db:
                image: mysql:8
                environment: *variables
        """),
        "B=2",
        rule="value-type",
    ),
    Mistake(
        "services of version 1 with names like services",
        _file("""
            «serviceA»:
              build: {context: .}
            serviceB:
              build: {context: .}
        """),
        says='Write "services:"',
    ),
    Mistake(
        "no line services, and the services indented",
        "  «web»:\n    image: nginx\n  db:\n    image: mysql:8\n",
        says='Write "services:"',
    ),
    _in_service(
        "the first dash missing",
        "environment:\n  «A=1\n  - B=2»\n",
        rule="value-type",
        says="run together",
    ),
    _in_service(
        "no blank behind the first dash",
        "environment:\n  «-A=1\n  - B=2»\n",
        rule="value-type",
        says="run together",
    ),
    _in_service(
        "a word for a key with a value",
        "logging:\n  «driver json-file»",
        "driver: json-file",
        rule="value-type",
    ),
    _in_service(
        "a no-break space for the blank behind the only colon",
        "logging:\n  «driver:\u00a0json-file»",
        "driver: json-file",
        rule="value-type",
        says="looks like a blank",
    ),
    _in_service(
        "mounts as keys with values",
        "«volumes»:\n  ./src: /src\n  data: '/data'",
        rule="value-type",
    ),
    _in_service(
        "dependencies with dashes",
        """
        depends_on:
          - «db»:
              condition: service_started
        """,
        rule="value-type",
    ),
    Mistake(
        "a service's networks with the settings of a network",
        _file("""
            services:
              web:
                image: nginx
                «networks»:
                  front:
                    driver: bridge
        """),
        fix="unsafe",
        says="indented too far",
    ),
    Mistake(
        "a list of a service at top level",
        'services:\n  web:\n    image: nginx\n«ports»:\n  - "80:80"\n',
        says='under "web"',
    ),
    Mistake(
        "no Compose file at all",
        "«apiVersion»: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers: []\n",
        fix="",
        says="Kubernetes",
    ),
    Mistake(
        "Windows line ends stay",
        "services:\r\n  web:\r\n    image: nginx\r\n  «volumes»:\r\n    data:\r\n",
        says="indented too far",
    ),
)
