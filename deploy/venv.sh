#!/bin/sh
# Make the virtual environment with the first Python on this machine that is 3.11 or 3.12 and really runs.
set -eu
venv=${1:-.venv}
for python in ${PYTHON:-} python3.12 python3.11 python3 python; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; then
        if "$python" -m venv "$venv"; then exit 0; fi
        rm -rf "$venv"
        # A Python without ensurepip, as Debian ships it when python3-venv is not installed
        if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip "$venv" \
            && "$python" -m pip --python "$venv/bin/python" install --quiet pip; then exit 0; fi
        rm -rf "$venv"
    fi
done
echo "没有找到可用的 Python 3.11 或 3.12（需要 venv 模块；Debian 请安装 python3-venv）。也可以指定：make run PYTHON=/path/to/python" >&2
exit 1
