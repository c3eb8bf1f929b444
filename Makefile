# make demo   set everything up in .venv, load the demo sector, ask two questions, serve it (ARGS=--no-serve: do not serve)
# make test   everything that is checked: format, lint, types, imports, tests on both stores, browser, docs
# make lint   format, lint, types and imports alone
# make tools  install what tests need besides Python: Chromium, Java 17, Maven (Debian or Ubuntu, as root)

PYTHON ?= python3
BIN := .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps
ARGS ?=

.PHONY: demo test run-tests lint tools bench clean

demo: .venv/run
	$(BIN)/weefsel demo $(ARGS)

test: tools .venv/dev
	$(MAKE) --jobs 2 --no-print-directory lint run-tests

run-tests: .venv/dev
	$(BIN)/pytest --numprocesses 2 --no-loadscope-reorder $(ARGS)

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tools:
	sh tests/install-tools.sh

bench: .venv/dev
	$(BIN)/python -m benchmarks.run $(ARGS)

.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Weefsel needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	touch $@

# Both lists are whole, so that they can be installed side by side: neither looks for what the other installs.
.venv/run: .venv/made requirements.txt pyproject.toml
	$(PIP) -r requirements.txt
	$(PIP) --no-build-isolation -e .
	touch $@

.venv/tests: .venv/made requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	touch $@

.venv/dev: .venv/run .venv/tests
	$(BIN)/python -m pip --quiet check
	touch $@

clean:
	rm -rf .venv .cache build weefsel.egg-info
