"""The shape of a person's choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.channels import rules
from communities.channels.models import Reach
from portal.fields import plain

CHOICE = {"invalid_choice": _("请在列出的选项里选。"), "required": _("请选一项。")}
HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


def hour_field(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=HOURS, coerce=int, error_messages=CHOICE, **kwargs)


class ChoicesForm(forms.Form):
    """By which channel, how often, which groups. `wanted` are the groups that she wants."""

    by_sms = forms.ChoiceField(label=_("短信"), choices=Reach.Wish.choices, error_messages=CHOICE)
    by_email = forms.ChoiceField(label=_("邮件"), choices=Reach.Wish.choices, error_messages=CHOICE)
    by_wechat = forms.ChoiceField(label=_("微信"), choices=Reach.Wish.choices, error_messages=CHOICE)
    pace = forms.ChoiceField(label=_("多久发一次"), choices=Reach.Pace.choices, widget=forms.RadioSelect, error_messages=CHOICE)
    digest_hour = hour_field(_("每天几点汇总"))
    quiet_from = hour_field(_("免打扰从"))
    quiet_until = hour_field(_("到第二天"))
    wanted = forms.MultipleChoiceField(
        label=_("想收到哪些消息"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("请在列出的选项里选。"), "invalid_list": _("请在列出的选项里选。")},
        help_text=_("不勾的只在“我的消息”里看。账号安全的消息总会发给您。"),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any):
        free = [group for group in rules.GROUPS if not group.fixed]
        start = {field.name: getattr(reach, field.name) for field in Reach._meta.concrete_fields}
        start["wanted"] = [group.key for group in free if group.key not in reach.muted]
        super().__init__(*args, initial=start, **kwargs)
        self.fields["wanted"].choices = [(group.key, gettext(group.title)) for group in free]

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        wanted = set(given.pop("wanted"))
        return given | {"muted": {group.key for group in rules.GROUPS} - wanted}


class WechatForm(forms.Form):
    """The code that the page has shown; what is no code of hers is answered with a new one."""

    code = forms.CharField(max_length=100, required=False)


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("邮箱"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请写邮箱，例如 name@example.com。"),
            "invalid": _("这个邮箱好像不完整，请这样写：name@example.com。"),
            "max_length": _("邮箱太长了，请检查。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = {**self.data.dict(), "email": plain(self.data.get("email", ""))}
