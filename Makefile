# Everything one does with the course; `make` alone lists the commands. Each is run by tools/run.py,
# which needs nothing but Python, and first sets up what is missing. Any make can read this file.

PYTHON = python3
RUN = $(PYTHON) -Es tools/run.py
PLACE = awkward
LEARNERS = 3

help: ## list these commands
	@LC_ALL=C sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \2/p' Makefile | \
		while read -r make name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

lab: ## set everything up and open JupyterLab at the first notebook
	@$(RUN) lab

test: ## set everything up, run the unit tests and every notebook as a test
	@$(RUN) test

check: ## run the tests that take longer, and compare all that is stored with what is made afresh
	@$(RUN) check

elsewhere: ## run the tests in an awkward place, or in the PLACE that tools/elsewhere/run.py lists
	@$(PYTHON) -Es tools/elsewhere/run.py $(PLACE)

slides: ## build the slides of every notebook into build/slides/
	@$(RUN) slides

slides-check: ## look for what a class would stumble on, slide by slide (needs Chromium)
	@$(RUN) slides-check

handouts: ## print notebooks, slides, solutions and guide into build/handouts/ (needs Chromium)
	@$(RUN) handouts

site: ## build the website, with notebooks that run in the browser, into build/site/ (needs npm)
	@$(RUN) site $(REPOSITORY)

site-check: ## run notebooks of the website in Chromium, cut off from every network
	@$(RUN) site-check

report: ## see what a class has answered: make report FOLDER=path/to/collected/notebooks
	@$(RUN) report "$(FOLDER)"

worksheets: ## print worksheets, answer sheets and quizzes into build/worksheets/ (needs Chromium)
	@$(RUN) worksheets

class: ## put together what a class and its teacher get, into build/class/ (needs Chromium)
	@$(RUN) class

wheels: ## fetch the notebooks' packages into wheels/, to set up without a network
	@$(RUN) wheels

bench: ## measure our engines beside others, in one run (peers go into .bench)
	@$(RUN) bench

notebooks: ## write the links between the notebooks and execute them all in place
	@$(RUN) notebooks

steps: ## write micrograd/steps/ from the notebooks' `step` cells
	@$(RUN) steps

images: ## draw every picture in images/ afresh
	@$(RUN) images

lint: ## look for mistakes in the code and in the notebooks with ruff
	@$(RUN) lint

requirements: ## pin what `pyproject.toml` asks for, group by group
	@$(RUN) requirements

hub: ## start a JupyterHub for a class on this machine (needs npm)
	@$(RUN) hub

hub-check: ## let LEARNERS learners come to that hub at once and run notebooks (needs npm)
	@$(RUN) hub-check $(LEARNERS)

colab: ## write the notebooks for Colab into build/colab/, say REPOSITORY=https://github.com/...
	@$(RUN) colab $(REPOSITORY)

vendor: ## fetch the slides' reveal.js and MathJax afresh (needs npm)
	@$(RUN) vendor

clean: ## remove the environment and everything that was built
	rm -rf .venv .bench build wheels .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

.PHONY: help lab test check elsewhere slides slides-check handouts site site-check report \
	worksheets class wheels bench notebooks steps images lint requirements hub hub-check colab \
	vendor clean
.NOTPARALLEL:
