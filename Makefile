# Everything that people and CI do with this project. `make` lists it.

SHELL := /bin/sh
PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
RUN_LOCK := requirements/$(if $(filter postgres% pgsql%,$(value DATABASE_URL)),postgres,run).txt
RUN_READY := $(ENV)/.$(notdir $(RUN_LOCK))-installed
DEV_READY := $(ENV)/.dev.txt-installed
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

# An environment whose Python is gone, after an upgrade of the system for instance, is made anew.
BROKEN := $(shell test -x $(BIN)/python || echo broken)

.DEFAULT_GOAL := help
.PHONY: broken help run demo admin test test-sqlite browser postgresql lint format lock bench

help: ## Lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r command words; do printf '%-18s %s\n' "$$command" "$$words"; done

run: $(RUN_READY) ## Sets up and serves the site; HOST, PORT, DATA_DIR and WORKERS choose where
	@$(BIN)/python manage.py serve

demo: $(RUN_READY) ## Serves an invented edition, on data of its own
	@unset DATABASE_URL; DATA_DIR=var/demo $(BIN)/python manage.py serve --demo

admin: $(RUN_READY) ## Creates an administrator
	@$(BIN)/python manage.py prepare
	@DJANGO_SUPERUSER_EMAIL="$${DJANGO_SUPERUSER_EMAIL:-administrator@localhost}" \
		$(BIN)/python manage.py createsuperuser $${DJANGO_SUPERUSER_PASSWORD:+--noinput}

# Where bytecode is not kept, each process of a run would compile every test again.
test test-sqlite: export PYTHONDONTWRITEBYTECODE =

test: $(DEV_READY) browser postgresql ## Runs every test, in a real browser and on PostgreSQL too
	@# For two cores: a process that has a browser or a server waits for it now and then.
	@unset DATABASE_URL; $(BIN)/python -m pytest -n 3
	@$(BIN)/python -m tests.postgresql -n 2

test-sqlite: $(DEV_READY) ## Runs the quick tests: on SQLite, without a browser
	@unset DATABASE_URL; $(BIN)/python -m pytest -n 2 --ignore tests/browser

browser:
	@sh requirements/chromium.sh

postgresql:
	@sh requirements/postgresql.sh

lint: $(DEV_READY) ## Checks format, style, types, templates and migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djade --target-version 5.2 --check $$(find templates -name '*.html')
	@$(BIN)/mypy
	@$(BIN)/python manage.py makemigrations --check --dry-run

format: $(DEV_READY) ## Formats code and templates
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djade --target-version 5.2 $$(find templates -name '*.html') || true

bench: $(DEV_READY) browser ## Measures size and speed; SMOKE=1 only sees that it works
	@$(BIN)/python bench/pages.py $(if $(SMOKE),--smoke)

lock: ## Locks the packages anew from pyproject.toml; needs uv
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -o requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres -c requirements/run.txt -o requirements/postgres.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres --group dev -c requirements/postgres.txt -o requirements/dev.txt

$(ENV)/.environment: $(BROKEN)
	@command -v $(PYTHON) >/dev/null || { echo 'Python is missing. On Debian: apt install python3'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Choose another one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear $(ENV)
	@touch $@

$(RUN_READY): $(RUN_LOCK) $(ENV)/.environment
	@echo 'Installing the locked packages into $(ENV) …'
	@$(PIP_INSTALL) -r $(RUN_LOCK)
	@touch $@

$(DEV_READY): requirements/dev.txt $(ENV)/.environment
	@echo 'Installing the locked packages for development into $(ENV) …'
	@$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@
