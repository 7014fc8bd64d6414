# make run, make test and make bench work on a fresh machine with Python >= 3.11 and make: each installs what it needs
# into .venv, and again only when pyproject.toml changes.
.DEFAULT_GOAL := run
VENV := .venv
BIN := $(VENV)/bin

# The first interpreter that is new enough and can make a virtual environment; PYTHON=... overrides it.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python3.14 python; do \
	if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then command -v $$name; break; fi; done)

INSTALL := bin/python -m pip install --quiet --disable-pip-version-check
PIP := $(VENV)/$(INSTALL)

# What make mesa-versions builds on: newer versions of Mesa need Python >= 3.12, wherever it is, even if pyenv hides it.
# In turn: those on the PATH, those in the folder of pyenv; MESA_PYTHON=... overrides it.
MESA_PYTHON ?= $(shell pyenv=$${PYENV_ROOT:-$$(pyenv root 2>/dev/null || echo "$$HOME/.pyenv")}; \
	for name in python3.13 python3.12 python3.14 python3 \
		"$$pyenv"/versions/3.13.*[0-9]/bin/python "$$pyenv"/versions/3.12.*[0-9]/bin/python; do \
	if "$$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 12) <= sys.version_info < (3, 15))' 2>/dev/null; \
	then command -v "$$name"; break; fi; done)
NEWEST := .venv-mesa-newest
OLDEST := .venv-mesa-oldest
OLDEST_MESA = $(shell sed -n 's/.*"\(mesa\[[a-z]*\]\)>=\([0-9.]*\),.*/\1==\2/p' pyproject.toml)

# What make test runs, and how: whole files in as many processes as tests/parallel.py says; PROCESSES=1: one after the other,
# by pytest itself. In the order of folders, which begins with the long files; xdist would begin with those of many tests.
ORDINARY := not slow and not benchmarks and not notebooks and not page and not docs
PROCESSES ?= auto
PARALLEL = $(if $(filter 1,$(PROCESSES)),,--numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder)

.PHONY: run test test-slow test-notebooks test-page test-docs docs numbers measure-page library notebooks mesa-versions compare-versions coverage bench mutate lint checked constraints clean

run: $(VENV)/.installed
	$(BIN)/xinzhi headline

test: checked
	cd build/checked && PYTHONPATH=$(CURDIR) $(CURDIR)/$(BIN)/lint-imports --no-logo $(CURDIR)/pyproject.toml
	$(BIN)/python -m pytest $(PARALLEL) -m "$(ORDINARY)"

# Each notebook from top to bottom with small runs; and every notebook made anew from its script.
test-notebooks: $(VENV)/.installed-notebook
	FAST=1 $(BIN)/python -m pytest tests/notebooks -m notebooks

notebooks: $(VENV)/.installed-notebook
	@PYTHONPATH=tests $(BIN)/python -m notebooks.pairing

# The page: its server, and the page in a browser where one is found.
test-page: $(VENV)/.installed-test
	$(BIN)/python -m pytest tests/page -m page

# The site of the documentation in build/docs/site; warnings are errors, and nothing is fetched.
docs: $(VENV)/.installed-docs
	$(BIN)/python -m sphinx --fresh-env --fail-on-warning --keep-going --quiet --conf-dir docs . build/docs/site
	@echo "The site is in build/docs/site/index.html"

# The same, and its pages looked at: links, foreign hosts, and in a browser where one is found.
test-docs: $(VENV)/.installed-docs
	$(BIN)/python -m pytest tests/docs -m docs

# Every command whose results README and the site quote, and the texts renewed: half an hour on two cores.
# ONLY="headline nowcast" runs these alone; KEPT=1 reads what was run before.
numbers: $(VENV)/.installed-test
	@PYTHONPATH=docs $(BIN)/python -m quoted $(ONLY) $(if $(KEPT),--kept)

# What the page costs, printed; and the shipped scenarios run before anybody asks the page for them.
measure-page: $(VENV)/.installed-test
	@PYTHONPATH=tests $(BIN)/python -m page.measure

library: $(VENV)/.installed
	$(BIN)/python -m xinzhi.app.filling $(if $(SEEDS),--seeds $(SEEDS))

test-slow: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m slow

# The environments that tests/mesa_versions compares: the newest and the oldest Mesa allowed, all else the same.
mesa-versions:
	@if [ -z "$(MESA_PYTHON)" ]; then echo "make: found no Python >= 3.12, so no other version of Mesa is compared"; \
	else $(MAKE) --no-print-directory $(OLDEST)/.installed; fi

# Every scenario and every lever at three strengths, in the commit OLD and in the working tree; see tests/versions.
compare-versions: $(if $(OLD),$(VENV)/.installed-test)
	@test -n "$(OLD)" || { echo "usage: make compare-versions OLD=<commit> [ONLY='<scenario or lever> ...'] [SEEDS=4]" \
		"[WORKERS=2000] [QUARTERS=32]" >&2; exit 2; }
	@PYTHONPATH=tests $(BIN)/python -m versions $(if $(ONLY),--only "$(ONLY)") $(if $(SEEDS),--seeds $(SEEDS)) \
		$(if $(WORKERS),--workers $(WORKERS)) $(if $(QUARTERS),--quarters $(QUARTERS)) -- "$(OLD)"

coverage: $(VENV)/.installed-test
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -m "$(ORDINARY)"
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

bench: $(VENV)/.installed-bench
	$(BIN)/python -m pytest tests/benchmarks -m benchmarks -s

# Plants bugs one at a time in a copy of the tree and says which tests catch them: SEED=.. N=.. ONLY=group JOBS=..,
# KNOWN=1 for the ten that were once missed, DESPITE=1 to set aside tests that fail without a bug.
mutate: $(VENV)/.installed-test
	@PYTHONPATH=tests $(BIN)/python -m mutation.run $(if $(SEED),--seed $(SEED)) $(if $(N),--number $(N)) \
		$(if $(ONLY),--only "$(ONLY)") $(if $(JOBS),--jobs $(JOBS)) $(if $(KNOWN),--known) $(if $(DESPITE),--despite)

lint: checked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	cd build/checked && PYTHONPATH=$(CURDIR) $(CURDIR)/$(BIN)/lint-imports --no-logo $(CURDIR)/pyproject.toml
	$(BIN)/mypy

# The versions that were installed together here, for whoever wants just these: pip install -c constraints/python-3.11.txt
constraints: $(VENV)/.installed-test
	@$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9_.-]+==' | grep -iv '^bamengine' \
		>constraints/python-$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])').txt

# The folders analysis and app where an installation has it, for the checks that read imports without running them.
checked: $(VENV)/.installed-test
	@rm -rf build/checked && mkdir -p build/checked/xinzhi
	@cp xinzhi/*.py build/checked/xinzhi/ && cp -R analysis app build/checked/xinzhi/

clean:
	rm -rf $(VENV) $(NEWEST) $(OLDEST) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache build/checked .coverage .coverage.* htmlcov
	find $(wildcard abm analysis app xinzhi tests notebooks docs) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "make: found no Python >= 3.11 with venv; install one or give PYTHON=/its/path" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing xinzhi and what it needs into $(VENV) (a minute or two, once)"
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	@echo "Installing xinzhi and its tests into $(VENV) (a minute or two, once)"
	$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-notebook: pyproject.toml | $(VENV)/bin/python
	@echo "Installing xinzhi and its notebooks into $(VENV) (a minute, once)"
	$(PIP) --editable '.[test,notebook]'
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed

$(VENV)/.installed-docs: pyproject.toml | $(VENV)/bin/python
	@echo "Installing xinzhi and what makes its site into $(VENV) (a minute, once)"
	$(PIP) --editable '.[test,docs]'
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(VENV)/bin/python
	@echo "Installing xinzhi and its benchmarks into $(VENV) (a minute or two, once)"
	$(PIP) --editable '.[test,bench]'
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed

$(NEWEST)/.installed: pyproject.toml
	@echo "Making $(NEWEST) with $(MESA_PYTHON) (a minute or two, once)"
	@"$(MESA_PYTHON)" -m venv --clear $(NEWEST)
	@$(NEWEST)/$(INSTALL) --no-compile --editable .
	@$(NEWEST)/bin/python -m pip freeze --exclude-editable | grep -iv '^mesa==' >$(NEWEST)/constraints.txt
	@touch $@

$(OLDEST)/.installed: $(NEWEST)/.installed
	@echo "Making $(OLDEST) with $(MESA_PYTHON) and $(OLDEST_MESA)"
	@"$(MESA_PYTHON)" -m venv --clear $(OLDEST)
	@$(OLDEST)/$(INSTALL) --no-compile --constraint $(NEWEST)/constraints.txt --editable . '$(OLDEST_MESA)'
	@touch $@
