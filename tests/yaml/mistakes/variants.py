"""One realistic Compose file, and what people do to it by mistake.

In `wrong`, `⟦…⟧` stands around the characters that the finding must point at; `wrong` replaces
`right` in the file. `remedy` is a part of what the finding must say to do. `fixed` tells whether
the finding must carry a fix, with which the real Compose takes the file.
"""

from __future__ import annotations

from dataclasses import dataclass

FILE = """\
# A small shop.
name: shop

x-common: &common
  restart: unless-stopped
  logging:
    driver: json-file

services:
  web:
    <<: *common
    image: "nginx:1.27"
    command: ["nginx", "-g", "daemon off;"]
    ports:
      - "8080:80"
      - "8443:443"
    environment:
      TZ: Europe/Berlin
      GREETING: 'good morning'
    depends_on:
      - db
    labels:
      com.example.title: Front page
  db:
    image: postgres:16
    environment:
      - POSTGRES_USER=shop
      - POSTGRES_DB=shop
    command: |
      postgres
      -c shared_buffers=128MB
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD", "pg_isready"]
      interval: 10s

volumes:
  data: {}
"""


@dataclass(frozen=True, slots=True)
class Variant:
    """The file with one mistake, and what must be said of it."""

    right: str
    wrong: str
    rule: str
    remedy: str
    fixed: bool = True

    @property
    def marked(self) -> str:
        """The broken file, with the marks."""
        assert FILE.count(self.right) == 1, self.right
        return FILE.replace(self.right, self.wrong)

    @property
    def text(self) -> str:
        """The broken file."""
        return self.marked.replace("⟦", "").replace("⟧", "")

    @property
    def span(self) -> tuple[int, int]:
        """The offsets (from 0) of the characters that the finding must point at."""
        start = self.marked.index("⟦")
        return start, self.marked.index("⟧") - 1


V = Variant
VARIANTS = (
    # a blank missing behind the colon
    V("name: shop\n", "⟦name:⟧shop\n", "yaml-colon-space", 'Write "name: shop".'),
    V(
        '    image: "nginx:1.27"',
        '    ⟦image:⟧"nginx:1.27"',
        "yaml-colon-space",
        'image: "nginx:1.27"',
    ),
    V(
        "    image: postgres:16",
        "    ⟦image:⟧postgres:16",
        "yaml-colon-space",
        '"image: postgres:16"',
    ),
    V(
        "      TZ: Europe/Berlin",
        "      ⟦TZ:⟧Europe/Berlin",
        "yaml-colon-space",
        '"TZ: Europe/Berlin"',
    ),
    V(
        "      GREETING: 'good morning'",
        "      ⟦GREETING:⟧'good morning'",
        "yaml-colon-space",
        "GREETING: 'good morning'",
    ),
    V("      interval: 10s", "      ⟦interval:⟧10s", "yaml-colon-space", '"interval: 10s"'),
    V(
        "    driver: json-file\n",
        "    ⟦driver:⟧json-file\n    options: {}\n",
        "yaml-colon-space",
        '"driver: json-file"',
    ),
    V(
        "  restart: unless-stopped",
        "  ⟦restart:⟧unless-stopped",
        "yaml-colon-space",
        '"restart: unless-stopped"',
    ),
    V('    command: ["nginx"', '    ⟦command:⟧["nginx"', "yaml-colon-space", 'command: ["nginx"'),
    V("    <<: *common", "    ⟦<<:⟧*common", "yaml-colon-space", '"<<: *common"'),
    # a key without a colon
    V("name: shop\n", "⟦name⟧ shop\n", "yaml-colon-missing", 'Write "name: shop".'),
    V(
        "    image: postgres:16",
        "    ⟦image⟧ postgres:16",
        "yaml-colon-missing",
        '"image: postgres:16"',
    ),
    V(
        '    image: "nginx:1.27"',
        '    ⟦image⟧ "nginx:1.27"',
        "yaml-colon-missing",
        'image: "nginx:1.27"',
    ),
    V("    ports:\n", "    ⟦ports⟧\n", "yaml-colon-missing", '"ports:"'),
    V("    depends_on:\n", "    ⟦depends_on⟧\n", "yaml-colon-missing", '"depends_on:"'),
    V("    labels:\n", "    ⟦labels⟧\n", "yaml-colon-missing", '"labels:"'),
    V("services:\n", "⟦services⟧\n", "yaml-colon-missing", '"services:"'),
    V("  db:\n", "  ⟦db⟧\n", "yaml-colon-missing", '"db:"'),
    V("  web:\n", "  ⟦web⟧\n", "yaml-colon-missing", '"web:"'),
    V("\nvolumes:\n", "\n⟦volumes⟧\n", "yaml-colon-missing", '"volumes:"'),
    V("    command: |\n", "    ⟦command⟧ |\n", "yaml-colon-missing", '"command: |"'),
    V("    healthcheck:\n", "    ⟦healthcheck⟧\n", "yaml-colon-missing", '"healthcheck:"'),
    V(
        "      TZ: Europe/Berlin",
        "      ⟦TZ⟧ Europe/Berlin",
        "yaml-colon-missing",
        '"TZ: Europe/Berlin"',
    ),
    V(
        '      test: ["CMD"',
        '      ⟦test⟧ ["CMD"',
        "yaml-colon-missing",
        'test: ["CMD", "pg_isready"]',
    ),
    # an equals sign
    V("    image: postgres:16", "    image⟦ = ⟧postgres:16", "yaml-equals", '"image: postgres:16"'),
    V('    image: "nginx:1.27"', '    image⟦=⟧"nginx:1.27"', "yaml-equals", 'image: "nginx:1.27"'),
    V("name: shop\n", "name⟦ = ⟧shop\n", "yaml-equals", '"name: shop"'),
    V("      TZ: Europe/Berlin", "      TZ⟦=⟧Europe/Berlin", "yaml-equals", '"TZ: Europe/Berlin"'),
    V("      interval: 10s", "      interval⟦ =⟧10s", "yaml-equals", '"interval: 10s"'),
    V("    command: |\n", "    command⟦ = ⟧|\n", "yaml-equals", '"command: |"'),
    V("    command: |\n", "    command⟦ = ⟧>\n", "yaml-equals", '"command: >"'),
    # a colon in a value
    V(
        "      com.example.title: Front page",
        "      com.example.title: Front⟦:⟧ page",
        "yaml-colon-in-value",
        '"Front: page"',
    ),
    V(
        "    image: postgres:16",
        "    image: postgres⟦:⟧ 16",
        "yaml-colon-in-value",
        '"postgres: 16"',
    ),
    V(
        "      - db\n",
        "      - db\n    hostname: web⟦:⟧ front\n",
        "yaml-colon-in-value",
        '"web: front"',
    ),
    V(
        "      - POSTGRES_USER=shop",
        "      - POSTGRES_INITDB_ARGS: -c⟦:⟧ x",
        "yaml-colon-in-value",
        '"POSTGRES_INITDB_ARGS: -c: x"',
    ),
    V(
        "      TZ: Europe/Berlin",
        "      TZ: time⟦:⟧ Berlin  # here",
        "yaml-colon-in-value",
        '"time: Berlin"',
    ),
    V(
        "    depends_on:\n      - db\n",
        "    environment: ⟦A: b⟧\n".replace("environment", "sysctls"),
        "yaml-colon-in-value",
        "line of its own",
    ),
    V(
        '    ports:\n      - "8080:80"\n      - "8443:443"\n',
        "    build: ⟦context: .⟧\n",
        "yaml-colon-in-value",
        "line of its own",
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: note⟦:⟧ it's",
        "yaml-colon-in-value",
        '"note: it\'s"',
    ),
    V(
        "      GREETING: 'good morning'",
        '      GREETING: say⟦:⟧ "hi"',
        "yaml-colon-in-value",
        "'say: \"hi\"'",
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: ⟦“⟧good: morning”",
        "yaml-typographic-quote",
        '"good: morning"',
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: ⟦‘⟧good: morning’",
        "yaml-typographic-quote",
        "'good: morning'",
    ),
    V(
        "    image: postgres:16",
        "    image: ⟦“⟧postgres: 16”",
        "yaml-typographic-quote",
        '"postgres: 16"',
    ),
    # quotes
    V(
        '    image: "nginx:1.27"',
        '    image: ⟦"⟧nginx:1.27',
        "yaml-quote",
        'end of the value: "nginx:1.27".',
    ),
    V('      - "8080:80"', '      - ⟦"⟧8080:80', "yaml-quote", '"8080:80"'),
    V('      - "8443:443"', '      - ⟦"⟧8443:443', "yaml-quote", '"8443:443"'),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: ⟦'⟧good morning",
        "yaml-quote",
        "'good morning'",
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: ⟦'⟧good morning\"",
        "yaml-quote",
        "'good morning'",
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: ⟦\"⟧good morning'",
        "yaml-quote",
        '"good morning"',
    ),
    V(
        "      GREETING: 'good morning'",
        '      GREETING: ⟦"⟧good morning  # hello',
        "yaml-quote",
        '"good morning"',
    ),
    V('["nginx", "-g", "daemon off;"]', '[⟦"⟧nginx, "-g", "daemon off;"]', "yaml-quote", '"nginx"'),
    V('["nginx", "-g", "daemon off;"]', '["nginx", ⟦"⟧-g, "daemon off;"]', "yaml-quote", '"-g"'),
    V(
        '["nginx", "-g", "daemon off;"]',
        '["nginx", "-g", ⟦"⟧daemon off;]',
        "yaml-quote",
        '"daemon off;"',
    ),
    V('["CMD", "pg_isready"]', '["CMD", ⟦"⟧pg_isready]', "yaml-quote", '"pg_isready"'),
    V('["CMD", "pg_isready"]', '[⟦"⟧CMD, "pg_isready"]', "yaml-quote", '"CMD"'),
    V("      TZ: Europe/Berlin", '      TZ: ⟦"⟧Europe/Berlin', "yaml-quote", '"Europe/Berlin"'),
    V("name: shop\n", "name: ⟦'⟧shop\n", "yaml-quote", "'shop'"),
    V("    image: postgres:16", '    image: ⟦"⟧postgres:16', "yaml-quote", '"postgres:16"'),
    V("      interval: 10s", '      interval: ⟦"⟧10s', "yaml-quote", '"10s"'),
    # something behind a closing quote
    V(
        "      GREETING: 'good morning'",
        "      GREETING: 'it'⟦s morning'⟧",
        "yaml-after-quote",
        '"it\'s morning"',
    ),
    V('    image: "nginx:1.27"', '    image: "nginx"⟦:1.27⟧', "yaml-after-quote", '"nginx:1.27"'),
    V(
        '    image: "nginx:1.27"',
        '    image: "nginx:1.27"⟦"⟧',
        "yaml-after-quote",
        'Write "nginx:1.27".',
    ),
    V('      - "8080:80"', '      - "8080"⟦:80⟧', "yaml-after-quote", '"8080:80"'),
    V('      - "8080:80"', '      - "8080"⟦:"80"⟧', "yaml-after-quote", "8080"),
    V(
        '    command: ["nginx", "-g", "daemon off;"]',
        '    command: "nginx" ⟦-g "daemon off;"⟧',
        "yaml-after-quote",
        '\'"nginx" -g "daemon off;"\'',
    ),
    V(
        "      GREETING: 'good morning'",
        "      GREETING: 'good' ⟦morning⟧",
        "yaml-after-quote",
        "good",
    ),
    # escapes
    V(
        "      GREETING: 'good morning'",
        '      GREETING: "good⟦\\m⟧orning"',
        "yaml-escape",
        "'good\\morning'",
    ),
    V(
        "      - data:/var/lib/postgresql/data",
        '      - "data:⟦\\d⟧ata"',
        "yaml-escape",
        "'data:\\data'",
    ),
    V("      GREETING: 'good morning'", '      GREETING: "^⟦\\d⟧+$$"', "yaml-escape", "'^\\d+$$'"),
    V(
        "      GREETING: 'good morning'",
        '      GREETING: "it\'s ⟦\\w⟧"',
        "yaml-escape",
        '"it\'s \\\\w"',
    ),
    V(
        '["CMD", "pg_isready"]',
        '["CMD", "pg⟦\\_⟧isready ⟧"]'.replace("⟦\\_⟧isready ⟧", "⟦\\.⟧isready"),
        "yaml-escape",
        "'pg\\.isready'",
    ),
    # brackets
    V(
        '    command: ["nginx", "-g", "daemon off;"]',
        '    command: ⟦[⟧"nginx", "-g", "daemon off;"',
        "yaml-bracket",
        '["nginx", "-g", "daemon off;"]',
    ),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: ⟦[⟧"CMD", "pg_isready"',
        "yaml-bracket",
        '["CMD", "pg_isready"]',
    ),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: ["CMD", "pg_isready"⟦}⟧',
        "yaml-bracket",
        '["CMD", "pg_isready"]',
    ),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: "CMD", "pg_isready"⟦]⟧',
        "yaml-bracket",
        '["CMD", "pg_isready"]',
    ),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: ["CMD", "pg_isready"]⟦]⟧',
        "yaml-bracket",
        '["CMD", "pg_isready"]',
    ),
    V("  data: {}\n", "  data: ⟦{⟧\n", "yaml-bracket", "{}"),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: ⟦[⟧\n        "CMD",\n        "pg_isready"',
        "yaml-bracket",
        "]",
    ),
    V(
        '    ports:\n      - "8080:80"\n      - "8443:443"\n',
        '    ports: ⟦[⟧"8080:80"\n',
        "yaml-bracket",
        '["8080:80"]',
    ),
    V(
        "    environment:\n      TZ: Europe/Berlin\n      GREETING: 'good morning'\n",
        "    environment: ⟦{⟧TZ: Berlin, LANG: C\n",
        "yaml-bracket",
        "{TZ: Berlin, LANG: C}",
    ),
    V('["nginx", "-g", "daemon off;"]', '["nginx⟦" "⟧-g", "daemon off;"]', "yaml-comma", "comma"),
    V('["CMD", "pg_isready"]', '["CMD⟦" "⟧pg_isready"]', "yaml-comma", "comma"),
    V(
        '      test: ["CMD", "pg_isready"]',
        '      test: [\n        "CMD⟦"⟧\n        "pg_isready"\n      ]',
        "yaml-comma",
        '"CMD",',
    ),
    V('      - "8080:80"', "      - ⟦[::1]:8080:80⟧", "yaml-bracket-text", '"[::1]:8080:80"'),
    V(
        "      com.example.title: Front page",
        "      com.example.title: ⟦[Shop] Front page⟧",
        "yaml-bracket-text",
        '"[Shop] Front page"',
    ),
    V(
        "    image: postgres:16",
        "    image: ⟦{{ image }}:16⟧",
        "yaml-template",
        "{{ image }}:16",
    ),
    V(
        "      com.example.title: Front page",
        "      com.example.title: ⟦{{ title }} page⟧",
        "yaml-template",
        '"{{ title }} page"',
    ),
    V(
        "    labels:\n",
        "    ⟦{% if labels %}⟧\n    labels:\n",
        "yaml-template",
        "template",
        fixed=False,
    ),
    # characters that begin no value
    V("      TZ: Europe/Berlin", "      TZ: ⟦@⟧midnight", "yaml-reserved-character", '"@midnight"'),
    V("      TZ: Europe/Berlin", "      TZ: ⟦`⟧date`", "yaml-reserved-character", '"`date`"'),
    V("      TZ: Europe/Berlin", "      TZ: ⟦%⟧h%m", "yaml-reserved-character", '"%h%m"'),
    V(
        "      - POSTGRES_USER=shop",
        "      - ⟦@⟧POSTGRES_USER=shop",
        "yaml-reserved-character",
        '"@POSTGRES_USER=shop"',
    ),
    V('["CMD", "pg_isready"]', "[CMD, ⟦@⟧pg_isready]", "yaml-reserved-character", '"@pg_isready"'),
    V("      TZ: Europe/Berlin", "      TZ: ⟦,⟧", "yaml-reserved-character", '","'),
    V(
        "      TZ: Europe/Berlin",
        "      TZ: ⟦?⟧ who knows",
        "yaml-reserved-character",
        '"? who knows"',
    ),
    V("      TZ: Europe/Berlin", "      TZ: ⟦*⟧ * * * *", "yaml-asterisk", '"* * * * *"'),
    V("      TZ: Europe/Berlin", "      TZ: ⟦*⟧/5 * * * *", "yaml-asterisk", '"*/5 * * * *"'),
    V(
        "      com.example.title: Front page",
        "      com.example.title: ⟦*⟧",
        "yaml-asterisk",
        '"*"',
    ),
    V("      TZ: Europe/Berlin", "      TZ: ⟦&⟧a &b", "yaml-ampersand", '"&a &b"'),
    V(
        "      TZ: Europe/Berlin",
        "      TZ: ⟦!⟧wow! really",
        "yaml-exclamation-mark",
        '"!wow! really"',
    ),
    V("      TZ: Europe/Berlin", "      TZ: ⟦!⟧a!b c", "yaml-exclamation-mark", '"!a!b c"'),
    # lists
    V('      - "8443:443"', '      ⟦-⟧"8443:443"', "yaml-dash-space", '- "8443:443"'),
    V(
        "      - POSTGRES_DB=shop",
        "      ⟦-⟧POSTGRES_DB=shop",
        "yaml-dash-space",
        '"- POSTGRES_DB=shop"',
    ),
    V(
        "    depends_on:\n      - db\n",
        "    depends_on: ⟦-⟧ db\n",
        "yaml-list-on-key-line",
        '"- db"',
    ),
    V(
        "    volumes:\n      - data:/var",
        "    volumes: ⟦-⟧ data:/var",
        "yaml-list-on-key-line",
        '"- data:/var/lib/postgresql/data"',
    ),
    V(
        '    ports:\n      - "8080:80"\n',
        '    ports: ⟦-⟧ "8080:80"\n',
        "yaml-list-on-key-line",
        "6 blanks",
    ),
    V(
        "      - POSTGRES_DB=shop",
        "      ⟦POSTGRES_DB=shop⟧",
        "yaml-dash-missing",
        '"- POSTGRES_DB=shop"',
    ),
    V(
        "      - POSTGRES_DB=shop",
        "      ⟦POSTGRES_DB: shop⟧",
        "yaml-dash-missing",
        '"- POSTGRES_DB=shop"',
    ),
    V('      - "8443:443"', '      ⟦"8443:443"⟧', "yaml-dash-missing", '- "8443:443"'),
    V('      - "8443:443"', '        ⟦"8443:443"⟧', "yaml-dash-missing", '- "8443:443"'),
    V(
        "      GREETING: 'good morning'",
        "      ⟦-⟧ GREETING=morning",
        "yaml-dash-extra",
        '"GREETING: morning"',
    ),
    V(
        "      GREETING: 'good morning'",
        "      ⟦-⟧ GREETING: 'good morning'",
        "yaml-dash-extra",
        "GREETING: 'good morning'",
    ),
    V("      interval: 10s", "      ⟦-⟧ interval: 10s", "yaml-dash-extra", '"interval: 10s"'),
    # blocks of text
    V(
        "    command: |\n      postgres\n",
        "    command: | ⟦postgres⟧\n",
        "yaml-block-text",
        "next line, indented by 6",
    ),
    V(
        "    command: |\n      postgres\n",
        "    command: > ⟦postgres⟧\n",
        "yaml-block-text",
        "next line",
    ),
    V(
        "    command: |\n      postgres\n      -c shared_buffers=128MB\n",
        "    command: ⟦>⟧file\n",
        "yaml-block-text",
        '">file"',
    ),
    V("    command: |\n", "    command: ⟦|0⟧\n", "yaml-block-text", '"|"'),
    V(
        "      -c shared_buffers=128MB",
        "⟦     ⟧-c shared_buffers=128MB",
        "yaml-block-indentation",
        "6 blanks",
    ),
    V(
        "      -c shared_buffers=128MB",
        "⟦    ⟧-c shared_buffers=128MB",
        "yaml-block-indentation",
        "6 blanks",
    ),
    V(
        "      -c shared_buffers=128MB",
        "⟦-c shared_buffers=128MB⟧",
        "yaml-block-indentation",
        "6 blanks",
    ),
    V("      postgres\n      -c", "⟦    ⟧postgres\n    -c", "yaml-block-indentation", "6 blanks"),
    # indentation
    V(
        '    image: "nginx:1.27"',
        '⟦     ⟧image: "nginx:1.27"',
        "yaml-indentation",
        "Indent it by 4 blanks",
    ),
    V(
        '    image: "nginx:1.27"',
        '⟦   ⟧image: "nginx:1.27"',
        "yaml-indentation",
        'so that it belongs to "web"',
    ),
    V(
        "    image: postgres:16",
        "⟦      ⟧image: postgres:16",
        "yaml-indentation",
        "Indent it by 4 blanks",
    ),
    V(
        "    image: postgres:16",
        "⟦     ⟧image: postgres:16",
        "yaml-indentation",
        "Indent it by 4 blanks",
    ),
    V("    ports:\n", "⟦     ⟧ports:\n", "yaml-indentation", "Indent it by 4 blanks"),
    V("    ports:\n", "⟦   ⟧ports:\n", "yaml-indentation", "Indent it by 4 blanks"),
    V("    labels:\n", "⟦   ⟧labels:\n", "yaml-indentation", "Indent it by 4 blanks"),
    V('      - "8443:443"', '⟦     ⟧- "8443:443"', "yaml-indentation", "Indent it by 6 blanks"),
    V('      - "8080:80"', '⟦       ⟧- "8080:80"', "yaml-indentation", "Indent it by 6 blanks"),
    V(
        "      TZ: Europe/Berlin",
        "⟦       ⟧TZ: Europe/Berlin",
        "yaml-indentation",
        "Indent it by 6 blanks",
    ),
    V("      GREETING:", "⟦       ⟧GREETING:", "yaml-indentation", "Indent it by 6 blanks"),
    V("      GREETING:", "⟦     ⟧GREETING:", "yaml-indentation", "Indent it by 6 blanks"),
    V("  db:\n", "⟦   ⟧db:\n", "yaml-indentation", "Indent it by 2 blanks"),
    V("  db:\n", "⟦ ⟧db:\n", "yaml-indentation", 'so that it belongs to "services"'),
    V("  web:\n", "⟦   ⟧web:\n", "yaml-indentation", "Indent it by 2 blanks"),
    V("services:\n", "⟦ ⟧services:\n", "yaml-indentation", "top level"),
    V("\nvolumes:\n", "\n⟦ ⟧volumes:\n", "yaml-indentation", "top level"),
    V("name: shop\n", "⟦ ⟧name: shop\n", "yaml-indentation", "top level"),
    V("      interval: 10s", "⟦       ⟧interval: 10s", "yaml-indentation", "Indent it by 6 blanks"),
    V("      interval: 10s", "⟦     ⟧interval: 10s", "yaml-indentation", "Indent it by 6 blanks"),
    V(
        "      - POSTGRES_DB=shop",
        "⟦     ⟧- POSTGRES_DB=shop",
        "yaml-indentation",
        "Indent it by 6 blanks",
    ),
    V(
        "    driver: json-file\n",
        "    driver: json-file\n⟦   ⟧options: {}\n",
        "yaml-indentation",
        "Indent it by 4 blanks",
    ),
    # tabs
    V("    image: postgres:16", "⟦\t⟧image: postgres:16", "yaml-tab", "4 blanks"),
    V("    image: postgres:16", "⟦\t\t⟧image: postgres:16", "yaml-tab", "4 blanks"),
    V('    image: "nginx:1.27"', '  ⟦\t⟧image: "nginx:1.27"', "yaml-tab", "4 blanks"),
    V('      - "8443:443"', '⟦\t⟧- "8443:443"', "yaml-tab", "6 blanks"),
    V(
        "      TZ: Europe/Berlin\n      GREETING: 'good morning'\n",
        "⟦\t⟧TZ: Europe/Berlin\n\tGREETING: 'good morning'\n",
        "yaml-tab",
        "blanks",
    ),
    V("      interval: 10s", "    ⟦\t⟧interval: 10s", "yaml-tab", "6 blanks"),
    # the file as a whole
    V(
        "    image: postgres:16\n",
        "⟦<<<<<<< HEAD⟧\n    image: postgres:16\n=======\n    image: postgres:17\n>>>>>>> update\n",
        "yaml-merge-conflict",
        "Keep the lines",
        fixed=False,
    ),
    V(
        "    image: postgres:16\n",
        "    image: postgres:16\n⟦=======⟧\n",
        "yaml-merge-conflict",
        "Remove the line",
        fixed=False,
    ),
    V(
        "    image: postgres:16\n",
        "    image: postgres:16\n⟦>>>>>>> update⟧\n",
        "yaml-merge-conflict",
        "Remove the line",
        fixed=False,
    ),
    V(
        "name: shop\n",
        "name: shop\n⟦this is my first try, please help⟧\n",
        "yaml-stray-text",
        '"# this is my first try',
    ),
    V(
        "# A small shop.\n",
        "⟦A small shop for a friend.⟧\n",
        "yaml-stray-text",
        '"# A small shop for a friend."',
    ),
    V("# A small shop.\n", "⟦%settings⟧\n", "yaml-directive", "Remove the line"),
    V("    labels:\n", "    ⟦```⟧\n    labels:\n", "yaml-stray-text", "Remove it"),
    # blanks that are none
    V("    image: postgres:16", "    image:⟦\u00a0⟧postgres:16", "yaml-no-break-space", "image: "),
    V(
        "    image: postgres:16",
        "⟦\u00a0\u00a0\u00a0\u00a0⟧image: postgres:16",
        "yaml-no-break-space",
        "ordinary blanks",
    ),
    V('      - "8443:443"', '      -⟦\u202f⟧"8443:443"', "yaml-no-break-space", '- "8443:443"'),
    V("      TZ: Europe/Berlin", "      TZ:⟦\u200b⟧ Europe/Berlin", "yaml-no-break-space", "TZ: "),
    V(
        "    image: postgres:16\n",
        "    image:⟦\u00a0⟧postgres:16\n    user:\u00a0shop\n",
        "yaml-no-break-space",
        "ordinary blanks",
    ),
    # two keys on a line
    V(
        "    image: postgres:16",
        "    image: postgres:16 ⟦user:⟧ shop",
        "yaml-colon-in-value",
        '"user: shop" on a line of its own, indented by 4 blanks',
    ),
    V(
        '    image: "nginx:1.27"',
        '    image: "nginx:1.27" ⟦hostname:⟧ shop',
        "yaml-colon-in-value",
        '"hostname: shop" on a line of its own',
    ),
    V(
        '      test: ["CMD", "pg_isready"]\n      interval: 10s',
        '      test: ["CMD", "pg_isready"] ⟦interval:⟧ 10s',
        "yaml-colon-in-value",
        '"interval: 10s" on a line of its own, indented by 6 blanks',
    ),
    # more of brackets, dashes and indentation
    V('["CMD", "pg_isready"]', '["CMD", "pg_isready"⟦)⟧', "yaml-bracket", '["CMD", "pg_isready"].'),
    V(
        '      - "8080:80"\n      - "8443:443"',
        '      ⟦"8080:80"⟧\n      - "8443:443"',
        "yaml-dash-missing",
        '- "8080:80"',
    ),
    V(
        "    volumes:\n      - data:/var/lib/postgresql/data",
        "    volumes:\n    ⟦data:/var/lib/postgresql/data⟧",
        "yaml-dash-missing",
        '"- data:/var/lib/postgresql/data"',
    ),
    V(
        '      test: ["CMD", "pg_isready"]\n',
        '      ⟦-⟧ test: ["CMD", "pg_isready"]\n',
        "yaml-dash-extra",
        "without the dash",
    ),
    V(
        '    ports:\n      - "8080:80"\n      - "8443:443"\n',
        '⟦     ⟧ports:\n       - "8080:80"\n       - "8443:443"\n',
        "yaml-indentation",
        'Indent it by 4 blanks, so that it belongs to "web", and move the 2 lines below it by 1',
    ),
    V(
        '    ports:\n      - "8080:80"\n      - "8443:443"\n',
        '⟦  ⟧ports:\n    - "8080:80"\n    - "8443:443"\n',
        "yaml-indentation",
        "Indent it by 4 blanks",
    ),
)
