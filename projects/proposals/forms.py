"""The shape of what residents and workers type in, a form for each page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from portal.fields import CountField, LineField, TextField, YuanField, plain
from portal.files import PaperField
from projects.proposals import steps
from projects.proposals.models import Category, Origin

CHOICES = (
    (Category.SERVICES.value, _("服务类：办活动、请人来服务，例如培训、义诊、体检")),
    (Category.GOODS.value, _("货物类：买设备和物品，例如座椅、健身器材、消防器材")),
    (Category.WORKS.value, _("工程类：动工修建，例如坡道、路灯、雨棚、路面")),
)
RADIO = {"required": _("请选一个类型。"), "invalid_choice": _("请在列出的类型里选一个。")}


class NeedForm(forms.Form):
    need = TextField(
        label=_("现在有什么不方便"),
        help_text=_("例如：三栋门口有五级台阶，轮椅和婴儿车上不去。"),
        least=6,
        most=1000,
        error_messages={"required": _("请说说现在有什么不方便。")},
    )


class WishForm(forms.Form):
    title = LineField(
        label=_("提案名称"),
        help_text=_("一句话说清楚要办什么事，例如：三栋门口加装无障碍坡道。"),
        least=4,
        most=40,
        error_messages={"required": _("请给提案起个名字。")},
    )
    wish = TextField(
        label=_("具体希望怎么办"),
        least=6,
        most=1000,
        error_messages={"required": _("请说说您希望怎么办。")},
    )


class PlaceForm(forms.Form):
    place = LineField(
        label=_("具体地点"),
        help_text=_("写到几栋、哪个出入口，别人能找到就行，例如：阳光花园三栋一单元门口。"),
        least=2,
        most=80,
        error_messages={"required": _("请写清楚地点。")},
    )


class PeopleForm(forms.Form):
    beneficiaries = LineField(
        label=_("谁会受益"),
        help_text=_("例如：住在三栋的老人和孩子。"),
        most=80,
        error_messages={"required": _("请写一写谁会受益。")},
    )
    beneficiary_count = CountField(label=_("大约多少人"), required=False, help_text=_("估个大概就行，例如 60。"))


class CostForm(forms.Form):
    """Type, rough amount, and up to five cost lines, each with a name, a number and a price."""

    category = forms.ChoiceField(label=_("类型"), choices=CHOICES, widget=forms.RadioSelect, error_messages=RADIO)
    estimate = YuanField(
        label=_("大约要多少元"),
        required=False,
        help_text=_("估个大概就行，例如 35000 或 3.5 万；不清楚可以不填，社区会核算。"),
        most=100_000_000_00,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(1, steps.MOST_COST_ITEMS + 1):
            self.fields[f"item_{place}"] = LineField(label=_("费用名称"), required=False, most=40)
            self.fields[f"count_{place}"] = CountField(label=_("数量"), required=False, most=1_000_000)
            self.fields[f"price_{place}"] = YuanField(label=_("单价（元）"), required=False, most=100_000_000_00)

    def lines(self) -> list[dict]:
        """The bound fields of each cost line, for the page."""
        return [
            {
                "number": place,
                "item": self[f"item_{place}"],
                "count": self[f"count_{place}"],
                "price": self[f"price_{place}"],
            }
            for place in range(1, steps.MOST_COST_ITEMS + 1)
        ]

    def lines_open(self) -> bool:
        return any(
            line[part].value() or line[part].errors for line in self.lines() for part in ("item", "count", "price")
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        self.costs = []
        for place in range(1, steps.MOST_COST_ITEMS + 1):
            names = [f"{part}_{place}" for part in ("item", "count", "price")]
            line = [cleaned.get(name) for name in names]
            if any(line) and not any(name in self.errors for name in names):
                for name, value, text in zip(
                    names, line, (_("请写费用名称。"), _("请写数量。"), _("请写单价。")), strict=True
                ):
                    if not value:
                        self.add_error(name, text)
                if all(line):
                    self.costs.append(tuple(line))
        return cleaned


class PhotoForm(forms.Form):
    photo = PaperField(label=_("照片或文件"))
    caption = LineField(
        label=_("说明"),
        help_text=_("一句话说说是什么，看不到图的人也能明白。"),
        least=2,
        most=80,
        error_messages={"required": _("请写一句说明。")},
    )


FORMS = {
    "need": NeedForm,
    "wish": WishForm,
    "place": PlaceForm,
    "people": PeopleForm,
    "cost": CostForm,
    "photos": PhotoForm,
}


class WithdrawForm(forms.Form):
    reason = TextField(label=_("撤回的原因"), required=False, most=200, rows=3)


class EntryForm(NeedForm, WishForm, PlaceForm, PeopleForm):
    """A whole paper form on one page, for staff."""

    call = forms.ChoiceField(
        label=_("批次和社区"),
        error_messages={"required": _("请选批次和社区。"), "invalid_choice": _("这个批次现在不收提案，请重新选。")},
    )
    paper_ref = LineField(
        label=_("纸质登记号"),
        help_text=_("纸质表右上角的编号，一张表只能录一次。"),
        most=40,
        error_messages={"required": _("请写纸质登记号。")},
    )
    origin = forms.ChoiceField(
        label=_("来源"),
        choices=Origin.choices,
        initial=Origin.RESIDENT,
        error_messages={"required": _("请选来源。"), "invalid_choice": _("请在列出的来源里选一个。")},
    )
    name = LineField(label=_("提案人姓名"), least=2, most=50, error_messages={"required": _("请写提案人姓名。")})
    phone = LineField(
        label=_("手机号"), required=False, most=30, help_text=_("提案人没有手机可以不填，由社区转告进展。")
    )
    namesake = forms.ChoiceField(
        label=_("本社区有同名居民时"),
        required=False,
        choices=[("", _("没有同名的，或已填手机号")), ("same", _("是同一个人，也没有手机")), ("another", _("是同名的另一个人，已核对"))],
        error_messages={"invalid_choice": _("请从三项中选一项。")},
    )
    category = forms.ChoiceField(label=_("类型"), choices=CHOICES, error_messages=RADIO)
    estimate = YuanField(label=_("估算金额"), required=False, most=100_000_000_00)

    field_order = ["call", "paper_ref", "origin", "name", "phone", "namesake", "title", "need", "wish", "place"]

    def __init__(self, *args, calls=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].choices = calls

    def clean_phone(self) -> str:
        typed = plain(self.cleaned_data["phone"]).strip()
        number = phones.normalised(typed) if typed else ""
        if typed and not number:
            raise forms.ValidationError(_("请输入 11 位手机号，例如 138 0013 8000。"))
        return number


def lacks_only(form: forms.Form) -> bool:
    """Is nothing wrong but that answers are still missing? Then a draft may be put aside as it is."""
    return all(error.code == "required" for errors in form.errors.as_data().values() for error in errors)
