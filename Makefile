# Everything runs in .venv, which each goal makes when it is missing.
# Python 3.11 or newer is all that has to be on the machine.
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,$(if $(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print(1)' 2>/dev/null),$(p))))
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types bench fmt clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   a photo in, 12 talking videos out, on the embedded sandbox"
	@echo "make test   the whole test suite"
	@echo "make lint | types | fmt | bench | clean"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (or set PYTHON=...)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# One stamp per set of extras: installed once, and again when pyproject.toml changes.
$(VENV)/.installed-%: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

demo: $(VENV)/.installed-cli,sandbox
	$(BIN)/heygen-async demo

# Compiled once, whatever the shell says: the command is started some hundred times.
test: $(VENV)/.installed-dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.installed-dev
	$(BIN)/mypy
	$(BIN)/pyright
	# From outside, as a user's checker sees the package: the settings of this folder would hide it.
	cd $(VENV) && PATH="$(CURDIR)/$(BIN):$$PATH" pyright --verifytypes heygen_async --ignoreexternal

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) demo-out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
