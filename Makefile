# Two commands on a fresh machine: `make demo` and `make test`. Both set up .venv by themselves.

PYTHON ?= python3
VENV := .venv
BENCH := .venv-bench
FUZZ := .venv-fuzz
AUDIT := .venv-audit
FUZZ_SECONDS ?= 600
KILLS ?= 1000
PAGES ?= 20000
ARTICLES ?= 100000
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
.DEFAULT_GOAL := help

.PHONY: help demo crawl test lint types golden check lock fuzz audit soak soak-memory bench-extraction bench-search bench-web prove-search prove-guards setup clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.run ## Make .venv with everything the archive needs

demo: $(VENV)/.run ## The main job on the bundled replica of the site, in two minutes
	@$(BIN)/xha demo

crawl: $(VENV)/.run ## The same job on the live site
	@$(BIN)/xha crawl

test: lint types ## Set up, lint, type-check, and run the tests
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

golden: $(VENV)/.dev ## Rewrite what golden cases expect from what is read now (CASE=tests/golden/dzrb: only these)
	@$(BIN)/python tests/golden/golden_update.py $(CASE)

lock: $(VENV)/.dev ## Resolve pyproject.toml anew into requirements/*.txt, with hashes
	for set in "run:pyproject.toml --extra build" \
	    "dev:pyproject.toml --extra build --extra render --extra parquet --extra dev" \
	    "bench:pyproject.toml --extra build --extra bench --constraints requirements/run.txt" \
	    "fuzz:pyproject.toml --extra build --extra fuzz --constraints requirements/run.txt" "audit:--group audit"; do \
	  $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	    --no-emit-index-url $${set#*:} -o requirements/$${set%%:*}.txt || exit 1; \
	done

fuzz: $(FUZZ)/.fuzz ## Look for bytes that break what reads pages, lists, feeds, addresses and archives (FUZZ_SECONDS=600)
	@$(FUZZ)/bin/python -m fuzz.run --seconds $(FUZZ_SECONDS)

audit: $(VENV)/.run ## Look for known holes in what the archive depends on; says so where nobody can be asked
	@$(BIN)/python tests/security/audit_dependencies.py $(AUDIT)

soak: $(VENV)/.dev ## Kill crawls a thousand times and compare (KILLS=100, SEED=1: once more the same)
	$(BIN)/python tests/crash/crash_soak.py --kills $(KILLS) $(if $(SEED),--seed $(SEED))

soak-memory: $(VENV)/.dev ## Memory of a crawl of 20,000 pages, over the pages
	$(BIN)/python tests/crash/crash_memory.py --pages $(PAGES)

bench-extraction: $(BENCH)/.bench ## How well and how fast labelled news pages are read, beside other readers
	$(BENCH)/bin/python -m bench.compare
	$(BENCH)/bin/python -m bench.floors

bench-search: $(VENV)/.dev ## How fast searches are among 10,000 to 1,000,000 articles, beside LIKE and trigrams (an hour)
	$(BIN)/python -m bench.search --soak 10000 --postgres 100000

bench-web: $(VENV)/.dev ## How fast web pages answer 50 requests a second for a minute (ARTICLES=100000; DATABASE=sqlite:////…: of that one)
	$(BIN)/python -m bench.web --articles $(ARTICLES) $(if $(DATABASE),--database $(DATABASE))

prove-guards: $(VENV)/.dev ## Take out the guard of every fault in docs/reliability.md, and see its test fail (an hour)
	$(BIN)/python tests/guards/guard_removal.py

prove-search: $(VENV)/.dev ## 5,000 random questions on both databases, compared with the definition of an answer
	SEARCH_QUESTIONS=5000 $(BIN)/python -m pytest -q tests/query/test_query_oracle.py

clean: ## Remove .venv and caches; data stays
	rm -rf $(VENV) $(BENCH) $(FUZZ) $(AUDIT) .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Setting up $(VENV): once, about a minute …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The lock is whole, so nothing is left to resolve (--no-deps). Asked to, pip looks at the newest release of what is
# named with an extra, finds no hash for it, and gives up.
$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Adding what the tests need …"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# Peers stay out of the environment that the tests run in.
$(BENCH)/.bench: $(VENV)/.python requirements/bench.txt pyproject.toml
	@echo "Setting up $(BENCH) with the readers we are measured against …"
	@$(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes -r requirements/bench.txt
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(FUZZ)/.fuzz: $(VENV)/.python requirements/fuzz.txt pyproject.toml
	@echo "Setting up $(FUZZ) with the fuzzer …"
	@$(BIN)/python -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes -r requirements/fuzz.txt
	@$(FUZZ)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@touch $@
