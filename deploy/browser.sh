#!/bin/sh
# Chromium and Chinese fonts for the browser journeys, on Debian and Ubuntu.
set -eu
if command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi 'noto.*cjk'; then
    echo "已安装：$(chromium --version --no-sandbox 2>/dev/null | head -n 1)"
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "请用本系统的软件包管理器安装 Chromium 和 Noto Sans CJK 字体。" >&2
    exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
chromium --version --no-sandbox
