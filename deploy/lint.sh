#!/bin/sh
# What no reviewer should have to look for.
set -eu
python=${1:-.venv/bin/python}
bin=$(dirname "$python")
apps="portal communities projects volunteers"
"$python" -m ruff check .
"$python" -m djlint --quiet --lint templates
"$bin/lint-imports" --no-cache
# shellcheck disable=SC2086
"$python" -m bandit --quiet --recursive --severity-level medium --configfile pyproject.toml $apps
