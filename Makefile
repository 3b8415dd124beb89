# Two commands are all a fresh machine needs: `make up` and `make test`. `make long` are the tests that take longest; CI runs both.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: up demo test long lint bench words lock wheel clean

up: $(VENV)/.installed
	$(BIN)/gatepost up

# The same with an invented year of readers and leads, in a database of its own.
demo: $(VENV)/.installed
	$(BIN)/gatepost demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long"

long: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "long and not alone"
	$(BIN)/python -m pytest -m alone

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/sizes.py

bench: $(VENV)/.installed-bench
	$(BIN)/python -m bench

# Finds every sentence for readers, and says which translations are missing.
words: $(VENV)/.installed-dev
	$(BIN)/python .ci/words.py

# Everything comes from the lock, hashes checked; the package itself is built in place with what the lock brought.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-bench: requirements-bench.lock $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gatepost needs Python 3.11 or newer. Set PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

# Needs uv; the lock carries hashes and no address of any registry.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header pyproject.toml --extra build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header pyproject.toml --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --group bench -o requirements-bench.lock

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf output report dist .gatepost/cache
