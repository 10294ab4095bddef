"""What a worker writes down while both stand before her."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones, rules
from communities.accounts.forms import NameForm
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.proxies.models import Proxy
from communities.residents.forms import SEEN
from portal.fields import DateField, LineField

ONE_OF = {"required": _("请选一项。"), "invalid_choice": _("请从列出的选项中选一项。")}


def phone_field(label: object, *, required: bool, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("请输入手机号。"), "max_length": _("请只输入一个手机号，例如 138 0013 8000。")},
    )


WITHOUT_PHONE = _("委托人没有手机的，请选这一项。")
OF_PERSON = ("person_phone", "name", "age", "evidence", "another")


def as_before(again: Proxy | None) -> dict:
    return {"community": again.community_id, "why": again.why} if again else {}


class ProxyForm(forms.Form):
    """The person by her own number; without one by name, age and what was seen of her home. `known` is a person whose
    proxy is recorded anew: nothing is asked of her again."""

    use_required_attribute = False  # of the person either the number or the rest
    community = forms.TypedChoiceField(label=_("哪个社区"), coerce=int, error_messages=ONE_OF)
    person_phone = phone_field(_("委托人的手机号"), required=False, help_text=_("没有手机的留空。"))
    name = LineField(label=_("委托人姓名"), most=50, error_messages={"required": _("委托人没有手机的，请写姓名。")})
    another = forms.BooleanField(label=_("是同名的另一个人，已核对"), required=False)
    age = forms.ChoiceField(
        label=_("委托人年龄"),
        choices=[("", _("请选择")), (rules.ADULT, _("已满 18 周岁")), (rules.YOUTH, _("14 至 17 周岁"))],
        error_messages={**ONE_OF, "required": WITHOUT_PHONE},
    )
    evidence = forms.ChoiceField(
        label=_("怎样核实委托人住在这里"),
        choices=[("", _("请选择")), *SEEN],
        help_text=_("只记类别，不抄号码，不留复印件。"),
        error_messages={**ONE_OF, "required": WITHOUT_PHONE},
    )
    holder_phone = phone_field(_("代办人的手机号"), required=True, help_text=_("用这个号码登录过的居民，年满 18 周岁。"))
    why = forms.ChoiceField(label=_("为什么要代办"), choices=Proxy.Why.choices, widget=forms.RadioSelect, error_messages=ONE_OF)
    paper_ref = LineField(
        label=_("纸质委托书编号"), most=40, error_messages={"required": _("请写委托书编号，原件由社区保存。")}
    )
    ends_on = DateField(label=_("代办到哪天"), help_text=_("最长一年，到期自动失效。"))
    both_here = forms.BooleanField(
        label=_("两人都到场，看过并签了委托书，知道不能代投票、随时可以撤销"),
        error_messages={"required": _("请当面见证后再登记。")},
    )

    def __init__(self, *args: object, places: list[Division], known: User | None = None, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.known = known
        for name in OF_PERSON if known else ():
            del self.fields[name]
        self.fields["community"].choices = [(place.pk, place.name) for place in places]
        if len(places) == 1:
            self.initial.setdefault("community", places[0].pk)

    def clean_holder_phone(self) -> User:
        return self._held_by("holder_phone")

    def clean_person_phone(self) -> User | None:
        given = bool(self.cleaned_data["person_phone"].strip())
        for name in ("name", "age", "evidence"):
            self.fields[name].required = not given
        return self._held_by("person_phone") if given else None

    def clean_name(self) -> str:
        """As everybody's name is written here."""
        named = NameForm({"name": self.cleaned_data["name"]})
        if self.fields["name"].required and not named.is_valid():
            raise forms.ValidationError(named.errors["name"])
        return named.cleaned_data["name"] if named.is_valid() else ""

    def _held_by(self, field: str) -> User:
        found = User.objects.with_phone(phones.normalised(self.cleaned_data[field]) or "-")
        if found is None:
            raise forms.ValidationError(_("没有找到用这个手机号登记的居民，请本人先登录一次。"))
        return found

    def recorded(self) -> dict:
        """As the service takes it."""
        given = dict(self.cleaned_data)
        person, holder = self.known or given.pop("person_phone"), given.pop("holder_phone")
        if person is None:
            given["adult"] = given["age"] != rules.YOUTH
        else:
            given = {key: value for key, value in given.items() if key not in OF_PERSON}
        for asked in ("age", "both_here"):
            given.pop(asked, None)
        return given | {"community_id": given.pop("community"), "holder_id": holder.pk, "person_id": person and person.pk}
