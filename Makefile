# make demo: a made-up life, read by the ordinary pipeline, and its report.   make test: the tests.
PYTHON ?= python3
BIN := .venv/bin
DEMO := build/demo
DEMO_WEEK := 2026-W46

.PHONY: demo test check ui bench clean

# .venv is made anew when the lock or the packaging changes; the stamp is written last, so that a broken set-up is redone.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "coldcoffee needs Python 3.11 or later: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: .venv/ready
	$(BIN)/python -m pipelines.demo $(DEMO) --week $(DEMO_WEEK)
	$(BIN)/coldcoffee --home $(DEMO) run --week $(DEMO_WEEK)
	@echo
	@echo "The report as HTML: $(CURDIR)/$(DEMO)/reports/mara/$(DEMO_WEEK)/report.html"

# An older DuckDB, by which the store must stay readable, for the tests alone; without it they are skipped by name.
build/duckdb15/ready: tests/duckdb-1.5.lock | .venv/ready
	-$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target $(@D) -r $<
	mkdir -p $(@D) && touch $@

test: .venv/ready build/duckdb15/ready
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

ui: .venv/ready
	$(BIN)/coldcoffee --home $(DEMO) ui

clean:
	rm -rf .venv build
