"""The shape of what volunteers, leaders and workers type about people and teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from communities.accounts.models import User
from communities.residents.forms import EstateForm
from portal.fields import LineField, ReasonField, TextField
from volunteers.teams import queries, rules
from volunteers.teams.models import GuardianConsent, Team

PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}
BANDS = [
    (rules.ADULT, _("已满18周岁")),
    (rules.MINOR, _("14至17周岁（要监护人同意）")),
    (rules.CHILD, _("未满14周岁")),
]


class ChecksField(forms.MultipleChoiceField):
    """Several of a published list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": _("请在列出的选项里选。"), "invalid_list": _("请在列出的选项里选。")}


class OfferForm(EstateForm):
    """What a volunteer can do and when: the same for registering and for changing."""

    skills = ChecksField(label=_("会做什么"), required=False, help_text=_("可以多选，也可以不选。"))
    times = ChecksField(
        label=_("什么时候有空"), choices=rules.TIMES, required=False, help_text=_("用来推荐合适的活动，不是承诺。")
    )

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.fields["skills"].choices = [(row.code, said(row.title)) for row in queries.skills()]


class RegisterForm(OfferForm):
    band = forms.ChoiceField(label=_("年龄"), choices=BANDS, widget=forms.RadioSelect, error_messages=PICK)
    agree = forms.BooleanField(
        label=_("我同意按隐私说明使用以上信息，用于安排志愿服务"),
        error_messages={"required": _("请先阅读并勾选同意，才能登记。")},
    )
    field_order = ["band", "estate", "skills", "times", "agree"]

    def wanted(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("band", "estate", "skills", "times")}


class ProfileForm(OfferForm):
    adult = forms.BooleanField(label=_("我已满18周岁"), required=False)

    def __init__(self, *, minor: bool, **kwargs: Any):
        super().__init__(**kwargs)
        if not minor:
            del self.fields["adult"]


class GuardianForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("与本人关系"), choices=GuardianConsent.Relation.choices, widget=forms.RadioSelect, error_messages=PICK
    )
    guardian_name = LineField(
        label=_("监护人姓名"), least=2, most=50, error_messages={"required": _("请写同意书上监护人的姓名。")}
    )
    paper_ref = LineField(
        label=_("同意书编号"),
        least=2,
        most=40,
        help_text=_("原件留在党群服务中心，这里只记编号。"),
        error_messages={"required": _("请写同意书的存档编号。")},
    )


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class TeamForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("队伍类别"), choices=Team.Kind.choices, widget=forms.RadioSelect, error_messages=PICK
    )
    name = LineField(label=_("队伍名称"), least=3, most=40, error_messages={"required": _("请写队伍名称。")})
    about = TextField(
        label=_("做什么"), least=5, most=300, rows=3, error_messages={"required": _("请写一两句这支队伍做什么。")}
    )
    meets_at = LineField(label=_("集合地点"), most=80, required=False)
    social_worker = StaffField(
        label=_("结对社工"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("不结对"),
        help_text=_("只有“社工+志愿者结对”要选。"),
        error_messages={"invalid_choice": _("请在本社区的工作人员里选。")},
    )

    def __init__(self, *, workers: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.fields["social_worker"].queryset = workers


class AnswerForm(forms.Form):
    accepts = forms.TypedChoiceField(
        label=_("答复"),
        choices=[("yes", _("欢迎加入")), ("no", _("这次不能接收"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    reason = TextField(label=_("理由"), required=False, most=200, rows=2, help_text=_("不能接收时必填，对方会看到。"))


class EndForm(forms.Form):
    reason = ReasonField(least=4, most=200, rows=2)
