# make run: from the raw reports to the table of events; make test: the tests. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
STAMP := $(VENV)/.installed
export PATH := $(BIN):$(PATH)
export DVC_NO_ANALYTICS := 1

.PHONY: help setup run test check clean

help:
	@echo "make run     set up, bring every table up to date (dvc repro), print the events"
	@echo "make test    set up, run the tests"
	@echo "make check   what CI runs: tests, ruff, mypy, import contracts, the built wheel"
	@echo "make setup   only make $(VENV) and install the pinned packages"
	@echo "make clean   remove $(VENV)"

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: setup
	$(BIN)/dvc repro
	$(BIN)/donations show

test: setup
	$(BIN)/pytest -n 2

check: setup
	bash .ci/run

clean:
	rm -rf $(VENV)
