# Everything from a fresh Debian 12, Debian 13 or Ubuntu 24.04: each target installs what it lacks
# (scripts/install-packages), configures, builds and runs. `make help` lists the targets.
.DEFAULT_GOAL := build
PREFIX ?= /usr/local
packages = @scripts/install-packages

.PHONY: build demo test dev sanitize tsan fuzz bench bench-search format tidy install clean help

build: ## the programs, in build/bin (default)
	$(packages) build
	@scripts/build release

demo: build ## measure a workload on this machine, tune the fine-tuning of a model and a pipeline (10 minutes)
	$(packages) demo
	@scripts/make-venv demo
	@scripts/demo

test: ## every test: fast ones, then sanitizers, then a short fuzz run
	$(packages) build test format fuzz
	@scripts/make-venv engine-test || echo "turngreen: without it the engine is not compared with its references."
	@scripts/test dev sanitize tsan fuzz

dev: ## the fast tests alone, with assertions, in build/dev
	$(packages) build test format
	@scripts/make-venv engine-test || echo "turngreen: without it the engine is not compared with its references."
	@scripts/test dev

sanitize: ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	$(packages) build test
	@scripts/test sanitize

tsan: ## the threaded tests under ThreadSanitizer
	$(packages) build test
	@scripts/test tsan

fuzz: ## a short run of each fuzzer
	$(packages) build fuzz
	@scripts/test fuzz

bench: ## the benchmarks, and the peers side by side
	$(packages) build bench
	@scripts/make-venv bench
	@scripts/build bench
	@bench/run

bench-search: build ## joules until a good configuration is found, beside the peers (hours; JOBS=N, QUICK=1)
	$(packages) bench
	@scripts/make-venv search
	@.venv/bin/python bench/search/compare.py --jobs $(or $(JOBS),1) $(if $(QUICK),--quick)

format: ## rewrite the C++ sources in the project's format
	$(packages) format
	@scripts/format

tidy: ## clang-tidy over src/
	$(packages) build test tidy
	@scripts/build dev
	@scripts/tidy

install: build ## install under PREFIX (default /usr/local); DESTDIR is honoured
	cmake --install build --prefix $(PREFIX)

clean: ## remove build/ and .venv/
	rm -rf build .venv

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 22
