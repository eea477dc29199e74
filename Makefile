# Task file. `make run` opens the editor on the demo song, `make test` is all that CI does.

SWIFT ?= swift
PYTHON ?= python3
CONFIGURATION = release
# Tests look inside modules; the same flags for the program, so that nothing is compiled twice.
BUILD_FLAGS = -c $(CONFIGURATION) -Xswiftc -enable-testing
PROGRAM = .build/$(CONFIGURATION)/learnitup
VENV = .venv
CORPUS ?= .build/corpus
CORPUS_BENCH = .build/$(CONFIGURATION)/corpus-bench
SOURCES = Sources Tests Benchmarks Fuzz Package.swift

APT_BUILD = libncurses-dev libsndfile1-dev libfftw3-dev libasound2-dev libopenblas-dev libsoundtouch-dev
# Made for this processor only; elsewhere OpenBLAS multiplies small matrices too.
ifeq ($(shell uname -m),x86_64)
APT_BUILD += libxsmm-dev
endif
APT_TEST = python3-venv pulseaudio libasound2-plugins pulseaudio-utils ncurses-term

# Where `make train` reads and keeps: DATA as Training/README.md describes it, CACHE for features and checkpoints.
DATA ?= ../shared/data
CACHE ?= Training/cache
TRAINING = cd Training && ../$(VENV)-training/bin/python -m learnitup_training

.PHONY: run train test-training test setup build tests unit end-to-end lint format bench bench-corpus corpus fuzz screens
.PHONY: docs help tempo-report

help: ## list the tasks
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: build ## open the editor on the demo song
	@$(PROGRAM) $(SONG)

setup: ## install the system libraries that are missing (needs root or sudo)
	@Scripts/setup.sh $(APT_BUILD) $(APT_TEST)

build: ## the program, optimised
	@Scripts/setup.sh $(APT_BUILD)
	$(SWIFT) build $(BUILD_FLAGS) --product learnitup

tests:
	$(SWIFT) build $(BUILD_FLAGS) --build-tests

test: setup lint tests unit end-to-end ## everything CI checks

unit: tests ## unit tests, golden screens, laws, vectors, parity
	$(SWIFT) test $(BUILD_FLAGS) --skip-build

end-to-end: tests $(VENV)/ready ## the real program in a pseudo-terminal, and heard
	$(VENV)/bin/python -m pytest -q Tests/EndToEnd --program $(PROGRAM)

$(VENV)/ready: Tests/EndToEnd/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check -r $<
	@touch $@

lint: ## formatting and style, strict
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## rewrite the sources in the project's format
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

docs: ## write docs/keys.md and docs/commands.md anew from the tables
	LEARNITUP_RECORD=1 $(SWIFT) test --filter 'theManual.*'

screens: build $(VENV)/ready ## take the screens of README.md anew, from the program itself
	$(VENV)/bin/python Scripts/screens.py --program $(PROGRAM)

fuzz: ## hostile files for each reader, SECONDS each (60)
	@Fuzz/run.sh $(or $(SECONDS),60)

corpus: tests $(VENV)/ready $(CORPUS) ## laws over all of the real charts, and differences from simfile
	LEARNITUP_CORPUS_WHOLE=1 LEARNITUP_CORPUS=$(abspath $(CORPUS)) \
	  $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter Corpus
	$(VENV)/bin/python Tests/Differential/compare.py --program $(CORPUS_BENCH) --corpus $(CORPUS)

bench-corpus: tests $(VENV)/ready $(CORPUS) ## how fast charts are read, side by side with simfile
	$(VENV)/bin/python Benchmarks/corpus.py --program $(CORPUS_BENCH) --corpus $(CORPUS)

$(CORPUS):
	mkdir -p $@
	tar xJf ../shared/data/charts.tar.xz -C $@

SPLIT ?= valid

# Without DATA only synthesised songs are judged. HEARD=folder keeps what was heard of each sound for the next run: decoding
# and synthesis take most of the time. Empty it when spectra or songs change.
tempo-report: ## how often the tempo is found, on songs with charts (DATA, SPLIT) and on synthesised ones
	$(SWIFT) build $(BUILD_FLAGS) --product tempo-evaluation
	.build/$(CONFIGURATION)/tempo-evaluation $(wildcard $(DATA)) --split $(SPLIT) $(if $(HEARD),--cache $(HEARD))

bench: build $(VENV)/ready ## what an author waits for, measured
	$(VENV)/bin/python Benchmarks/bench.py --program $(PROGRAM)

train: $(VENV)-training/ready ## train both networks on DATA and write the weights
	$(TRAINING) all --data $(abspath $(DATA)) --cache $(abspath $(CACHE)) \
	  --out ../Sources/Generation/Resources --fixtures ../Tests/GenerationTests/Fixtures

test-training: $(VENV)-training/ready ## tests of the training code
	cd Training && ../$(VENV)-training/bin/python -m pytest -q tests

$(VENV)-training/ready: Training/requirements.txt
	$(PYTHON) -m venv $(VENV)-training
	$(VENV)-training/bin/python -m pip install -q --disable-pip-version-check -r $<
	@touch $@
