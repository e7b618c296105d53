# make demo   set up, import the sample corpora, open the review interface
# make test   set up, run every test (browser tests too where Chromium can be had)
# make check  format, lint, types, import contracts
# make bench  the quick benchmarks (RELECTURE_DATA names the labelled data)
# make clean  remove what the above made

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check
RELECTURE_DATA ?= ../shared/data

.PHONY: demo test check bench clean browser
.DELETE_ON_ERROR:

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "Relecture needs Python 3.11 or newer; this is %d.%d. Name another: make PYTHON=python3.12 …" % v[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Relecture into $(VENV); the first time this takes a few minutes"
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need"
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(VENV)/.installed
	$(VENV)/bin/qa demo --port $(PORT)

test: $(VENV)/.installed-dev browser
	$(VENV)/bin/python -m pytest

check: $(VENV)/.installed-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.installed-dev
	RELECTURE_DATA=$(RELECTURE_DATA) $(VENV)/bin/python benchmarks/run.py

# Browser tests drive Debian's Chromium. Elsewhere, or without the right to install it, they are
# skipped with the reason in the test report.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && echo "Installing Chromium for the browser tests" \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } \
	|| echo "No Chromium and no right to install it: the browser tests will be skipped"

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
