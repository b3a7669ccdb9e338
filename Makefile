# Everything a user, translator or engineer runs. Each target makes what it needs: `make run` is enough to begin.

PYTHON ?= python3
BIN = .venv/bin
PYBABEL = $(BIN)/pybabel -q
POT = --no-location --no-wrap --omit-header

.PHONY: run talk test lint check messages bench bench-sending bench-understanding figures profile torture fuzz audit

run: .venv/installed  ## start the bot on SQLite, with the simulator page
	@$(BIN)/skinline db upgrade
	@$(BIN)/skinline serve

talk: .venv/installed  ## text the bot in this terminal
	@$(BIN)/skinline talk

test: .venv/ready  ## everything, in two processes; a file's tests stay together, and the long ones of tests/live come first
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/ready  ## style, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: .venv/installed  ## content, keywords and catalogues
	@$(BIN)/skinline check

messages: .venv/installed  ## extract the English texts, bring every catalogue up to date, check
	$(PYBABEL) extract -F pyproject.toml $(POT) -o locales/content.pot content/topics
	$(PYBABEL) extract -F pyproject.toml $(POT) -o locales/bot.pot content/phrases.toml
	$(PYBABEL) extract -F pyproject.toml $(POT) -o locales/staff.pot bot/staff bot/templates/staff
	$(BIN)/python -m bot.catalogues locales
	@$(BIN)/skinline check

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/ready: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

bench: .venv/ready .venv/wrk  ## everything that we claim, beside the peers, in under ten minutes; then README's figures
	$(BIN)/python -W ignore -m benchmarks
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -W ignore -m benchmarks.insights

figures: .venv/ready  ## README's figures, from benchmarks/results.json
	$(BIN)/python -m benchmarks.figures

profile: .venv/ready  ## where a message's time goes
	$(BIN)/python -W ignore -m benchmarks.profile

.venv/wrk: .venv/installed
	command -v wrk > /dev/null || apt-get install -y -q --no-install-recommends wrk
	@touch $@

bench-sending: .venv/ready  ## how long people on WhatsApp wait for a menu while Twilio's API is quick, slow or silent
	$(BIN)/python -m benchmarks.sending

bench-understanding: .venv/ready  ## what is understood, beside the peers
	$(BIN)/python -W ignore -m benchmarks understanding

torture: .venv/ready  ## load, kills, hostile texts, a million senders
	$(BIN)/python -W ignore -m benchmarks.torture

fuzz: .venv/ready  ## bent messages for ten minutes: whether any raises, makes no sense or takes long to understand
	$(BIN)/python -W ignore -m benchmarks.fuzz 600

audit: .venv/ready  ## known holes in what is installed; passes where the list of them cannot be reached
	@$(BIN)/python -m pip_audit --skip-editable --timeout 10 --progress-spinner off > .venv/audit 2>&1 \
	|| { cat .venv/audit; ! grep -q "^Found [0-9]* known vulnerabilit" .venv/audit; }
