"""What a public government site must have filled in before it opens (G1, G2, G13), asked by `check --deploy`."""

import re

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal import env

REQUIRED = {
    "domain": "SITE_DOMAIN",
    "code": "SITE_ID_CODE",
    "host": "SITE_HOST_UNIT",
    "contact": "SITE_CONTACT",
    "icp": "SITE_ICP",
    "police": "SITE_POLICE_RECORD",
    "badge_url": "SITE_BADGE_URL",
    "error_report_url": "SITE_ERROR_REPORT_URL",
}
MAIN_ICP = re.compile(r"^[\u4e00-\u9fff]ICP备\d+号$")


@register(deploy=True)
def identity(app_configs, **kwargs) -> list[CheckMessage]:
    """Every item of the footer is filled in, and the ICP number is the 主体 number (no `-1`)."""
    faults: list[CheckMessage] = [
        Error(f"{variable} is empty: the footer of a public government site must show it.", id="portal.E001")
        for key, variable in REQUIRED.items()
        if not settings.SITE[key] or settings.SITE[key] == "localhost"
    ]
    if settings.SITE["icp"] and not MAIN_ICP.match(settings.SITE["icp"]):
        faults.append(
            Error("SITE_ICP must be the 主体 number such as 粤ICP备12345678号, without -1.", id="portal.E002")
        )
    if settings.MAP_TILES and not settings.MAP_APPROVAL:
        faults.append(Error("MAP_TILES is set without MAP_APPROVAL (审图号).", id="portal.E003"))
    return faults


@register(deploy=True)
def mode(app_configs, **kwargs) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    if settings.DEMO:
        faults.append(Error("PORTAL_DEMO is on: codes and sign-in shortcuts are shown to everybody.", id="portal.E004"))
    if "*" in settings.ALLOWED_HOSTS:
        faults.append(Warning("PORTAL_HOSTS allows every host name.", id="portal.W001"))
    if settings.DATABASE_URL and not env.text("BACKUP_KEY"):
        faults.append(Warning("BACKUP_KEY is not set: `manage.py backup` cannot seal anything.", id="portal.W002"))
    return faults
