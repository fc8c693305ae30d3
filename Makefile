# `make demo` and `make test` are the two commands of the README.
# They need Python >= 3.11, make and the package registries, nothing else.
PY   ?= python3
VENV ?= .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip install --disable-pip-version-check -q
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --universal --python-version 3.11 \
        --generate-hashes --exclude-newer "7 days" --upgrade --no-emit-index-url -q pyproject.toml

.PHONY: help demo test check fast fix update bench peers mutants lock wheel clean
help:    ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10
demo: $(VENV)/.run    ## replay September 2016: lint, intake, status by day, tallies, bulletin
	$(BIN)/tregua demo syria-2016-09
test: $(VENV)/.dev check    ## all that must hold before a change is merged
	$(BIN)/python -m pytest
check: $(VENV)/.dev    ## lint, format, types, imports, spelling, and every case on the whole road
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python -m pytest -q -m "not slow" cases tests/centre
fast: $(VENV)/.dev    ## the tests that take less than a second each
	$(BIN)/python -m pytest -q -m "not slow and not outside"
fix: $(VENV)/.dev    ## repair style
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
update: $(VENV)/.dev    ## write the golden files again
	$(BIN)/python -m pytest -q --update
bench: $(VENV)/.dev    ## measure; DATA=PATH names the folder of real data; `make peers` first for peers
	$(BIN)/python -m bench $(if $(DATA),--data $(DATA))
peers: $(VENV)/.dev    ## bring the tools that the benches stand beside (1 GB)
	$(PIP) --require-hashes -r requirements/peers.txt
mutants: $(VENV)/.dev    ## change the operators in small ways; ONLY="since keys" names the files (half an hour for all)
	$(PIP) --require-hashes -r requirements/mutants.txt
	$(BIN)/python -m tests.operators.mutants $(ONLY)
lock: $(BIN)/python    ## choose versions again, none younger than seven days
	$(PIP) uv
	$(LOCK) --group build -o requirements/run.txt
	$(LOCK) -c requirements/run.txt --extra centre --extra fast --extra prove --extra lsp --group dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt --group bench -o requirements/peers.txt
	$(LOCK) -c requirements/dev.txt --group mutants -o requirements/mutants.txt
wheel: $(VENV)/.run    ## an installable file in dist/
	$(BIN)/python -m pip wheel --disable-pip-version-check -q --no-deps --no-build-isolation -w dist .
clean:    ## remove what make made
	rm -rf $(VENV) dist frontend/node_modules src/tregua/bulletin/basemap

$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit("tregua needs Python 3.11 or newer; try: make PY=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PY) -m venv $(VENV)
$(VENV)/.run: $(BIN)/python requirements/run.txt pyproject.toml frontend/package-lock.json frontend/copy.py
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend ci --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python frontend/copy.py
	touch $@
$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $@
