# Every target sets itself up: the first use makes .venv from the lock, hashes checked.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
WARM := JUPYTER_DEFAULT_PROVISIONER_NAME=workbench-warm
.DEFAULT_GOAL := help
.PHONY: report test check lab bench browser campaign renew lock help

report: $(READY)  ## run every segment's notebooks and leave build/report/index.html
	$(BIN)/workbench run

test: $(READY)  ## style, types, tests, notebooks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 3 --dist loadfile
	$(WARM) $(BIN)/pytest --nbval --nbval-current-env -n 2 --dist loadfile notebooks

check: $(READY)  ## prove the files of the example study
	$(BIN)/workbench check

lab: $(READY)  ## JupyterLab on the example study
	$(BIN)/jupyter lab notebooks

bench: $(READY)  ## measure against a named peer: what, ours, reference, ratio, goal, met
	$(BIN)/python -m benchmarks

browser: $(READY)  ## all tests in a real browser (any Chromium on the machine)
	$(BIN)/pytest -m browser -rs

campaign: $(READY)  ## the slow ones: broken studies, killed writers, mutants of the library
	$(BIN)/pytest -m campaign -n 2 --dist loadfile
	$(BIN)/mutmut run
	$(BIN)/mutmut results

renew: $(READY)  ## execute the notebooks again and rewrite the ground truth
	$(WARM) $(BIN)/python -m tests.renew

lock: $(READY)  ## renew requirements.lock and environment.yml from pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev \
		--quiet --no-header --output-file requirements.lock pyproject.toml
	$(BIN)/python -m tests.environment > environment.yml

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say PYTHON=python3.12, for instance.")'
	$(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/^[^ ]/p' requirements.lock | sed '$$d' > $(VENV)/uv.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
