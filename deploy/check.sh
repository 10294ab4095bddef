#!/bin/sh
# `check --deploy` with the settings that a server has. The values are examples; the checks are about their presence.
set -eu
export PORTAL_DOTENV=0 PORTAL_VAR=var/ci-data PORTAL_HTTPS=1 PORTAL_DEMO=0 PORTAL_DEBUG=0 PORTAL_MANIFEST=1
export PORTAL_HOSTS=dacai.example.cn PORTAL_TRUSTED_PROXIES=1
export SECRET_KEY=check-only-4b7e1f0a9c6d5832e1aa7740bb19c3d2f6e5a8471c PHONE_KEY=check-only-91d0c55f2ab8e67734
export SITE_DOMAIN=dacai.example.cn SITE_ID_CODE=4403070000 SITE_HOST_UNIT=主办单位 SITE_CONTACT=0755-12345678
export SITE_ICP=粤ICP备12345678号 SITE_POLICE_RECORD='粤公网安备 44030700000000号'
export SITE_BADGE_URL=https://bszs.conac.cn SITE_ERROR_REPORT_URL=https://zfwzgl.www.gov.cn
exec "${1:-.venv/bin/python}" manage.py check --deploy --fail-level WARNING
