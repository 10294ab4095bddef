"""The shape of an authorisation: the member gives it to somebody; the clerk enters it from a signed paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts.models import User
from portal.fields import LineField


class MandateForm(forms.Form):
    """Who votes in my stead; myself I am not offered."""

    holder = forms.TypedChoiceField(
        label=_("受托的代表"),
        coerce=int,
        help_text=_("他要本人到会。您声明回避的、他声明回避的事项，受托的票都不投。"),
        error_messages={"required": _("请选受托的代表。"), "invalid_choice": _("请从议事代表里选。")},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [("", _("请选择")), *((each.pk, each.name) for each in people)]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {"holder_id": data["holder"], "paper_ref": data.get("paper_ref", "")}


class PaperMandateForm(MandateForm):
    """The clerk's: who for whom, and the number of the paper."""

    person = forms.TypedChoiceField(
        label=_("委托人"),
        coerce=int,
        error_messages={"required": _("请选委托人。"), "invalid_choice": _("请从议事代表里选。")},
    )
    paper_ref = LineField(
        label=_("委托书编号"), most=40, least=2, error_messages={"required": _("请填写委托书的编号。")}
    )
    field_order = ["person", "holder", "paper_ref"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["holder"].help_text = _("他要本人到会。委托人或受托人声明回避的事项，受托的票都不投。")
        self.fields["person"].choices = self.fields["holder"].choices

    def given(self) -> dict[str, Any]:
        return {**super().given(), "person_id": self.cleaned_data["person"]}
