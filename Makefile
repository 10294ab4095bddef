# make run    the whole portal on this machine        make test    every test
# Everything else that one needs now and then is below; nothing here asks for more than Python 3.11 or 3.12.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK = 1
PIP := $(PY) -m pip install --quiet --retries 10 --require-hashes --requirement
LOCAL := PORTAL_HTTPS=$${PORTAL_HTTPS:-0} PORTAL_DEMO=$${PORTAL_DEMO:-1} PORTAL_MANIFEST=$${PORTAL_MANIFEST:-1} PORTAL_PLAIN_LOGS=$${PORTAL_PLAIN_LOGS:-1} PORTAL_LOG_LEVEL=$${PORTAL_LOG_LEVEL:-WARNING}
TESTS ?= tests
PYTEST_ARGS ?= -n 2 --dist loadfile -q

.PHONY: run test browser demo-reset lint lock backup restore bench messages help

run: $(VENV)/.ready
	@exec env $(LOCAL) $(PY) manage.py serve

test: $(VENV)/.ready-dev
	@$(PY) -m pytest $(PYTEST_ARGS) $(TESTS)

browser:
	@sh deploy/browser.sh

demo-reset: $(VENV)/.ready
	@$(LOCAL) $(PY) manage.py demo_reset

lint: $(VENV)/.ready-dev
	@sh deploy/lint.sh $(PY)

backup: $(VENV)/.ready
	@$(PY) manage.py backup $(FILE)

restore: $(VENV)/.ready
	@test -n "$(FILE)" || { echo "make restore FILE=var/backups/….sealed"; exit 2; }
	@$(PY) manage.py restore $(FILE) $(if $(REPLACE),--replace)

bench: $(VENV)/.ready-dev
	@$(PY) -m bench

# The English catalogue: every string of the code and the templates. The compiled catalogue is part of the checkout.
messages: $(VENV)/.ready-dev
	@$(PY) manage.py catalogue

# One lock for 3.11 and 3.12, with hashes and without the name of any package index.
lock: $(VENV)/.ready-dev
	@$(PY) -m venv var/lock-tool && var/lock-tool/bin/python -m pip install --quiet uv
	@cd deploy && for kind in requirements requirements-dev; do \
	  ../var/lock-tool/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --custom-compile-command "make lock" $$kind.in --output-file $$kind.lock || exit 1; done

$(VENV)/bin/python:
	@sh deploy/venv.sh $(VENV)

$(VENV)/.ready: deploy/requirements.lock | $(VENV)/bin/python
	@echo "正在安装依赖（仅第一次，或依赖有变化时）…"
	@test -e $(VENV)/.ready-dev || $(PIP) deploy/requirements.lock
	@test ! -e $(VENV)/.ready-dev || $(PIP) deploy/requirements-dev.lock
	@touch $@

$(VENV)/.ready-dev: deploy/requirements-dev.lock | $(VENV)/bin/python
	@echo "正在安装依赖（仅第一次，或依赖有变化时）…"
	@$(PIP) deploy/requirements-dev.lock
	@touch $(VENV)/.ready $@
