"""Filters of the communities' pages: {% load people %}."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "华为手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
)


@register.filter
def device_name(user_agent: str) -> str:
    """安卓手机 · 微信, from what the browser says of itself."""
    machine = next((name for sign, name in MACHINES if sign in (user_agent or "")), _("其他设备"))
    browser = next((name for sign, name in BROWSERS if sign in (user_agent or "")), "")
    return " · ".join(part for part in (machine, browser) if part)
