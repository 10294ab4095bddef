"""The shape of a batch, of a code, of a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from communities.letters import rules
from communities.letters.models import CodeBatch
from communities.residents.forms import EstateForm
from portal.fields import CountField, LineField


class BatchForm(EstateForm):
    """Whose letters, how many, how they reach people."""

    community = forms.TypedChoiceField(
        label=_("哪个社区"),
        coerce=int,
        error_messages={"required": _("请选择一个社区。"), "invalid_choice": _("请从您的社区中选一个。")},
    )
    count = CountField(
        label=_("印多少封"),
        least=1,
        most=rules.MOST,
        help_text=_("一人一封，一次最多 300 封。"),
    )
    way = forms.ChoiceField(
        label=_("怎样送达"),
        choices=CodeBatch.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择怎样送达。"), "invalid_choice": _("请从列出的方式中选一种。")},
    )
    days = CountField(label=_("有效天数"), least=1, most=rules.LONGEST, initial=rules.DAYS)

    field_order = ("community", "estate", "count", "way", "days")

    def __init__(self, *args: object, places: list[Division], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [(place.pk, place.name) for place in places]
        self.fields["estate"].help_text = _("印在信上，例如“龙岭花园住户”。")
        if len(places) == 1:
            self.fields["community"].initial = places[0].pk

    def ordered(self) -> dict:
        given = dict(self.cleaned_data)
        return {"community_id": given.pop("community"), **given}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("信上的验证码"),
        max_length=40,
        help_text=_("8 位字母和数字，大小写、横线都不要紧。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请输入信上的验证码。"), "max_length": _("验证码只有 8 位，请对照信纸再输一次。")},
    )

    def clean_code(self) -> str:
        code = rules.code_in(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("验证码是 8 位字母和数字，没有 0、1 和字母 O、I，请对照信纸再输一次。"))
        return code


class StopForm(forms.Form):
    reason = LineField(
        label=_("作废原因"),
        least=5,
        most=200,
        error_messages={"required": _("请写明作废原因，例如“邮寄途中遗失”。")},
    )
