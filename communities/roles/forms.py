"""The shape of an appointment, of its end, and of a day in the register."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones, queries
from communities.accounts.forms import NAME
from communities.accounts.models import User
from communities.roles.rules import STAFF, TITLES, Role

DAY = {"type": "date"}
DAY_SAYS = {"required": _("请填写日期。"), "invalid": _("请按 2026-11-21 的样子填写日期。")}
STAFF_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,39}")


def day_field(label: str, **more: object) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=DAY_SAYS, **more
    )


class AppointForm(forms.Form):
    """Staff by staff name (an unknown one opens an account), council members and supervisors also by phone."""

    role = forms.ChoiceField(
        label=_("职务"), error_messages={"required": _("请选择职务。"), "invalid_choice": _("这个职务不在您的任命范围内。")}
    )
    staff_name = forms.CharField(
        required=False,
        max_length=40,
        label=_("工号"),
        help_text=_("没有账号的会自动开通，并给出一次性开通链接。"),
        error_messages={"max_length": _("工号最多 40 位。")},
    )
    phone = forms.CharField(
        required=False,
        max_length=40,
        label=_("居民手机号"),
        help_text=_("议事代表和监督员可以用居民账号任职。"),
        error_messages={"max_length": _("请只输入一个手机号。")},
    )
    name = forms.CharField(
        required=False, max_length=50, label=_("姓名"), error_messages={"max_length": _("姓名最多 50 个字。")}
    )
    starts_on = day_field(_("任职日期"))
    ends_on = day_field(_("任期到"), required=False)

    def __init__(self, *args: object, roles: list[Role], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("请选择")), *((role.value, TITLES[role]) for role in roles)]

    def clean_staff_name(self) -> str:
        typed = self.cleaned_data["staff_name"].strip()
        if typed and not STAFF_NAME.fullmatch(typed):
            raise forms.ValidationError(_("工号由 3 至 40 位字母、数字或 . _ - 组成。"))
        return typed

    def clean(self) -> dict:
        given = self.cleaned_data
        self.person: User | None = None
        if given.get("staff_name"):
            self.person = queries.staff_named(given["staff_name"])
            if self.person is None and not NAME.fullmatch((given.get("name") or "").strip()):
                self.add_error("name", _("这个工号还没有账号，请填写姓名以便开通。"))
        elif given.get("phone"):
            self.person = User.objects.with_phone(phones.normalised(given["phone"]) or "-")
            if self.person is None:
                self.add_error("phone", _("没有找到用这个手机号登记的居民，请先请他登录一次。"))
        elif not self.errors:
            wanted = _("请填写工号。") if given.get("role") in STAFF else _("请填写工号或居民手机号。")
            self.add_error("staff_name", wanted)
        return given


class EndForm(forms.Form):
    ends_on = day_field(_("离任日期"), help_text=_("任职的最后一天；要立即停权，请填昨天。"))
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        error_messages={"required": _("请写明原因，例如“调任”。"), "max_length": _("原因最多 200 个字。")},
    )
    successor = forms.CharField(
        required=False,
        max_length=40,
        label=_("接任者工号"),
        help_text=_("填写后办理交接：接任者次日起任，未办的事项由他继续。"),
        error_messages={"max_length": _("工号最多 40 位。")},
    )

    def clean_successor(self) -> User | None:
        typed = self.cleaned_data["successor"].strip()
        found = queries.staff_named(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("没有这个工号的账号，请先开通。"))
        return found


class DayForm(forms.Form):
    """?on=2026-03-01 of the register; nothing asked is today."""

    on = day_field(_("日期"), required=False)

    def asked(self, today: date) -> date:
        return (self.cleaned_data.get("on") or today) if self.is_valid() else today
