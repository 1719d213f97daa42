# The commands of development. Each calls one tool; what it needs and this machine lacks comes first, pinned, into .venv.
.DEFAULT_GOAL := help
# Named, because an old make looks for commands along its own PATH unless a shell of choice does.
SHELL := /bin/bash
.PHONY: help dev demo test fixtures oracle knowledge browser tools lint audit docs bench soak fuzz build deploy

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export SAM_CLI_TELEMETRY := 0
export PYTHONDONTWRITEBYTECODE := 1

VENV := .venv/.requirements.sha256
LINT := .venv/.requirements-lint.sha256
CLIENTS := .venv/.requirements-clients.sha256
BUILD := .venv/.requirements-build.sha256
ICAL := tests/bench/peers/ical
KNOWLEDGE := tests/bench/peers/knowledge
PAGES := $(wildcard $(PORCHLIGHT_FIXTURES)/documents/pdf/*latex*.pdf $(PORCHLIGHT_FIXTURES)/documents/pdf/multicolumn.pdf)
SECONDS ?= 60
STAGE ?= production
SHARED := $(notdir $(patsubst %/Cargo.toml,%,$(wildcard shared/*/Cargo.toml)))
FUNCTIONS := -p 'webhook-*' -p 'ai-*' -p 'worker-*' -p 'cron-*' -p 'api-*'

# Said before anything is compiled, and only where no function has been built yet. docs/ci.md has the measurements.
define FIRST
The first run takes 8 to 15 minutes on two cores. It compiles the $(words $(wildcard functions/*/*/Cargo.toml)) functions and what they are made of,
downloads 50 MB of crates and 72 MB of Python tools (AWS emulator, SAM CLI), and needs 6 GB of disk.
Later runs take seconds: they build what changed and deploy only then.
endef
export FIRST
SAY_FIRST = $(if $(wildcard target/lambda/*/bootstrap),true,echo "$$FIRST")

help: ## What there is
	@awk -F ' *:.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dev: ## The whole product on this machine: one message per channel, then yours; Ctrl-C ends it
	@$(SAY_FIRST)
	cargo xtask dev

demo: ## The same replay without staying up; fails unless all five were answered
	@$(SAY_FIRST)
	cargo xtask dev --once

test: $(CLIENTS) ## Every test, with a fresh local stack beside them
	cargo xtask test

fixtures: ## The tests that need vendors' own texts and payloads, which are not ours to keep: PORCHLIGHT_FIXTURES=<folder>
	test -d "$$PORCHLIGHT_FIXTURES" || { echo "PORCHLIGHT_FIXTURES must name a folder"; exit 1; }
	cargo test -p ai -p connectors -p documents -p domain -p semantics -p weather -p worker-calendars --lib --tests -- --ignored

oracle: ## What we read of calendar files beside python, and what we write as python and ical.js read it; PORCHLIGHT_FIXTURES as above
	test -d "$$PORCHLIGHT_FIXTURES" || { echo "PORCHLIGHT_FIXTURES must name a folder"; exit 1; }
	python3 -m venv $(ICAL)/.venv
	$(ICAL)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(ICAL)/requirements.txt
	npm ci --prefix $(ICAL) --no-audit --no-fund --silent
	cargo run --release -p calendar --example oracle -- "$$PORCHLIGHT_FIXTURES/icalendar"

knowledge: ## How well and how fast documents are searched and read, beside numpy, faiss and pypdf; PORCHLIGHT_FIXTURES as above
	test -d "$$PORCHLIGHT_FIXTURES" || { echo "PORCHLIGHT_FIXTURES must name a folder"; exit 1; }
	python3 -m venv $(KNOWLEDGE)/.venv
	$(KNOWLEDGE)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(KNOWLEDGE)/requirements.txt
	$(KNOWLEDGE)/.venv/bin/python $(KNOWLEDGE)/peers.py scifact "$$PORCHLIGHT_FIXTURES/nlp/scifact" target/scifact
	$(KNOWLEDGE)/.venv/bin/python $(KNOWLEDGE)/peers.py book target/book.pdf
	cargo run --release -p knowledge --example measure -- target/scifact
	$(KNOWLEDGE)/.venv/bin/python $(KNOWLEDGE)/peers.py vectors
	cargo run --release -p documents --example pages -- target/book.pdf $(PAGES)
	$(KNOWLEDGE)/.venv/bin/python $(KNOWLEDGE)/peers.py pages target/book.pdf $(PAGES)

browser: ## The pages in a real browser, on a stack of their own; installs chromium where apt-get can
	command -v chromedriver >/dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver; }
	infra/openapi/install.sh
	cargo xtask test --workspace --test browser

tools: $(VENV) $(LINT) $(CLIENTS) ## The tools, into .venv: who needs them installs them anyway
	infra/openapi/install.sh

lint: $(VENV) $(LINT) ## Format, lints, dependencies, templates
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --workspace --test browser --test after -- -D warnings
	cargo deny check --hide-inclusion-graph licenses bans sources
	cargo shear
	sam validate --lint --region us-east-1
	cfn-lint
	python infra/lint_transformed.py
	python infra/test_check_template.py
	python infra/check_template.py
	python infra/test_ask_parameters.py
	python infra/test_point_at_table.py
	python infra/test_release.py
	infra/openapi/lint.sh

audit: $(LINT) ## Dependencies against the RustSec advisories; OFFLINE=--offline uses the database that is here
	cargo deny $(OFFLINE) check --hide-inclusion-graph advisories

# The tests beside them, and --examples, make cargo build the dependencies as clippy's --all-targets does: what `make lint` has checked is
# not checked again. It costs nothing more: system-tests has nothing to document, and fuzz a page.
docs: ## The reference documentation of shared/; a broken link fails
	RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --lib --examples $(addprefix -p ,$(SHARED)) -p system-tests -p fuzz

bench: ## Time, memory, size, AWS calls and dollars, beside Python and Node
	cargo run --release -p bench
	cargo run --release -p stock --example year

soak: ## A simulated year in full, 100,000 schedules, the crash harness, the API's contract, a large table, a thousand businesses and a restore at length
	YEAR_TENANTS=200 YEAR_CONTACTS=20000 cargo test -p system-tests --test year -- --nocapture
	PORCHLIGHT_SCHEDULES=100000 cargo test --release -p domain --lib scheduling::tests::schedules -- --nocapture
	CRASH_SCHEDULES=10000 cargo xtask test -p system-tests --test crash
	RIGHTS_TABLE_MB=200 cargo xtask test -p system-tests --test store large
	RUN_BUSINESSES=1000 cargo xtask test -p system-tests --test store many_businesses
	cargo xtask restore
	API_EXAMPLES=20 API_PHASES=examples,coverage,fuzzing,stateful cargo xtask test -p system-tests --test system schemathesis

fuzz: ## Every parser and verifier at length, SECONDS=60 for each
	BOLERO_RANDOM_TEST_TIME_MS=$(SECONDS)000 cargo test -p fuzz

build: $(BUILD) ## Every function for AWS, into target/lambda
	cargo lambda build --release --arm64 $(FUNCTIONS)

deploy: deploy/$(STAGE).yaml build $(VENV) ## To the AWS account and region of your environment, as STAGE=production or staging
	python infra/release.py deploy/$(STAGE).yaml
	sam deploy --config-env $(STAGE) $(ARGS)
	TABLE_NAME=$$(python infra/table_name.py $(STAGE)) cargo run -q --bin porchlight -- prompts seed

deploy/%.yaml: | $(VENV)
	@python infra/ask_parameters.py $@

# The first stamp is the one that `cargo xtask` makes and looks for. No list holds a package of another, so one .venv does for all.
.venv/.%.sha256: tools/%.txt | .venv/bin/pip
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	.venv/bin/python -c "import hashlib; print(hashlib.sha256(open('$<', 'rb').read()).hexdigest(), end='')" > $@

.venv/bin/pip:
	python3 -m venv .venv
