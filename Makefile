# Everything one does with the course. `make` alone lists the commands.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
BROWSER := .venv/browser
COMPILE := $(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	--fork-strategy fewest --quiet --custom-compile-command "make requirements"
# JupyterLab refuses to run as root (in a container, say) unless told that it may.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# With the notebook's file instead, JupyterLab would serve notebooks/ alone, and no picture.
FIRST := /lab/tree/notebooks/01_value_skeleton.ipynb

.DEFAULT_GOAL := help
.PHONY: help lab test slides slides-check handouts bench notebooks steps images lint requirements \
	vendor clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \2/p' Makefile | \
		while read -r make name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

lab: $(READY) ## set everything up and open JupyterLab at the first notebook
	$(BIN)/jupyter lab $(AS_ROOT) --ServerApp.ip=localhost --LabApp.default_url=$(FIRST)

test: $(READY) ## set everything up, run the unit tests and every notebook as a test
	$(BIN)/pytest

slides: $(READY) ## build the slides of every notebook into build/slides/
	$(BIN)/python -m tools.decks.build

slides-check: slides $(BROWSER) ## look for what a class would stumble on, slide by slide (needs Chromium)
	$(BIN)/python -m tools.decks.check

handouts: slides $(BROWSER) ## print notebooks and slides as PDF into build/handouts/ (needs Chromium)
	$(BIN)/python -m tools.decks.handouts

bench: $(READY) ## measure our engines beside others, in one run (peers go into .bench)
	$(BIN)/python -m tools.bench.run

notebooks: $(READY) ## write the links between the notebooks and execute them all in place
	$(BIN)/python -m tools.notebooks.execute

steps: $(READY) ## write micrograd/steps/ from the notebooks' `step` cells
	$(BIN)/python -m tools.notebooks.write_steps

images: $(READY) ## draw every picture in images/ afresh
	$(BIN)/python -m tools.notebooks.draw_images

lint: $(READY) ## look for mistakes in the code and in the notebooks with ruff
	$(BIN)/ruff check .

requirements: $(READY) ## pin what pyproject.toml asks for in requirements.txt
	$(COMPILE) --output-file requirements.txt
	echo "-e ." >> requirements.txt

vendor: $(READY) ## fetch the slides' reveal.js and MathJax afresh (needs npm)
	$(BIN)/python -m tools.decks.fetch_vendor

clean: ## remove the environment and everything that was built
	rm -rf .venv .bench build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

# The environment is made once, and again only when what it is made from changes.
$(READY): requirements.txt pyproject.toml tools/check_python.py tools/lab_settings.json
	@$(PYTHON) tools/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	mkdir -p .venv/share/jupyter/lab/settings
	cp tools/lab_settings.json .venv/share/jupyter/lab/settings/overrides.json
	@touch $(READY)

# What drives the system's Chromium is large, so only the commands that need it install it.
$(BROWSER): $(READY)
	$(BIN)/python -m pip install --quiet --group browser
	@touch $(BROWSER)
