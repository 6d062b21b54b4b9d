# Every target is one line and calls run.py, which makes the environment first. `make` alone lists them.
PYTHON ?= python3
RUN = $(PYTHON) run.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all check bench bench-full docs

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## make the environment and install the locked packages
	@$(RUN) setup
demo: ## a synthetic borough from file to screen, on 127.0.0.1:8000 (CHILDREN=90000 for a large one)
	@$(RUN) demo $(if $(CHILDREN),--children $(CHILDREN)) $(ARGS)
test: ## every test but the slow ones, browser journeys included
	@$(RUN) test $(ARGS)
test-all: ## every test
	@$(RUN) test-all $(ARGS)
check: ## what CI runs
	@$(RUN) check $(ARGS)
bench: ## the benchmarks that fit into twenty minutes
	@$(RUN) bench $(ARGS)
bench-full: ## the rest of the benchmarks
	@$(RUN) bench-full $(ARGS)
docs: ## the tests of the documentation alone
	@$(RUN) docs $(ARGS)
