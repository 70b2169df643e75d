# make run     a desk with the demo company on http://localhost:8000 (PORT=… for another), data in ./data
# make quick   the tests for while one writes: SQLite, no browser, no server beside the desk
# make test    everything CI runs: both databases, the browser, the clients
# make check   style, types, direction of imports, weight of the clients
# make house   our proportions beside those of the houses we admire
# make bench   the figures we promise to keep; BENCH=name for one of them
# make screens the screenshots of the documentation
# make reference   docs/reference, from the code
# make clean   back to a fresh clone, ./data excepted

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
BIN := .venv/bin
LATER := browser or postgres or mailserver or slow

CLIENT_SOURCES := $(shell find clients src/goodword/texts \( -name node_modules -o -name dist -o -name tests \) -prune -o -type f -print 2>/dev/null)

# Where a shell forbids Python to keep what it has compiled, every process of a test compiles everything anew.
export PYTHONDONTWRITEBYTECODE :=

ifeq ($(CI),true)
export GOODWORD_REQUIRE_ALL := 1
endif

.PHONY: run quick test check house bench screens reference clean
.DELETE_ON_ERROR:

run: export GOODWORD_DATA := $(DATA)
run: export GOODWORD_PORT := $(PORT)
run: .venv/installed .venv/clients
	@exec $(BIN)/goodword serve --demo

quick: .venv/dev .venv/clients
	$(BIN)/pytest -q -n auto --dist loadfile -m "not ($(LATER))" --ignore tests/walks $(PYTEST_ARGS)

test: .venv/system .venv/dev .venv/clients
	$(BIN)/python tools/build_clients.py test
	$(BIN)/pytest -n auto --dist loadfile $(PYTEST_ARGS)

check: .venv/dev .venv/clients
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src tools tests hatch_build.py
	$(BIN)/lint-imports
	$(BIN)/python tools/build_clients.py check
	$(BIN)/python tools/bundle_sizes.py

house:
	@$(PYTHON) tools/house.py

bench: .venv/dev .venv/clients
	@for file in benchmarks/$(or $(BENCH),[a-z]*).py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

screens: .venv/system .venv/dev .venv/clients
	$(BIN)/python tools/screens.py

reference: .venv/installed
	$(BIN)/python tools/reference.py

clean:
	rm -rf .venv build dist clients/node_modules clients/*/node_modules
	rm -rf src/goodword/web/static/widget src/goodword/web/static/workspace
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# Stamps: nothing below runs again until what stands on its right has changed.

.venv/bin/python:
	@tools/system-packages python
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	GOODWORD_SKIP_CLIENTS=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	GOODWORD_SKIP_CLIENTS=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check -e . --group dev
	@touch .venv/installed $@

.venv/clients: .venv/bin/python tools/build_clients.py $(CLIENT_SOURCES)
	$(BIN)/python tools/build_clients.py
	@touch $@

.venv/system: tools/system-packages .venv/bin/python
	tools/system-packages test
	@touch $@
