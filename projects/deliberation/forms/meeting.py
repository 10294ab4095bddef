"""The shape of what the clerk and the members enter at a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.accounts.models import User
from portal.fields import CountField, DateField, LineField, ReasonField, TextField
from portal.figures import money
from projects.deliberation.models import AgendaItem, Attendance, Choice
from projects.proposals.models import Proposal

TIMES = [(f"{hour:02d}:{minute:02d}", f"{hour:02d}:{minute:02d}") for hour in range(8, 22) for minute in (0, 30)]
TICK_ONE = _("请至少勾选一项提案。")


class ConveneForm(forms.Form):
    """When, where, and which proposals."""

    held_on = DateField(label=_("开会日期"), help_text=_("议程会立刻送达每位议事代表。"))
    at = forms.ChoiceField(
        label=_("开会时间"),
        choices=TIMES,
        initial="19:30",
        error_messages={"invalid_choice": _("请从列表里选一个时间。")},
    )
    place = LineField(
        label=_("地点"), most=80, least=2, error_messages={"required": _("请写开会地点，例如社区会议室。")}
    )
    proposals = forms.TypedMultipleChoiceField(
        label=_("上会的提案"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": TICK_ONE, "invalid_choice": TICK_ONE, "invalid_list": TICK_ONE},
    )

    def __init__(self, *args: Any, proposals: Iterable[Proposal], **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = [(row.pk, f"{row.title}（{row.number}，{money(row.estimate)}）") for row in proposals]
        self.fields["proposals"].choices = rows
        self.fields["proposals"].initial = [key for key, _title in rows]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        at = datetime.strptime(data["at"], "%H:%M").time()
        starts_at = timezone.make_aware(datetime.combine(data["held_on"], at))
        return {"proposals": data["proposals"], "place": data["place"], "starts_at": starts_at}


def in_stead(person: User) -> str:
    """The name of whose vote it is, and who casts it in her stead."""
    holder = getattr(person, "votes_by", None)
    return gettext("%(name)s（%(holder)s代）") % {"name": person.name, "holder": holder.name} if holder else person.name


class PeopleForm(forms.Form):
    """One choice for each of some people; `values()` is {person id: choice}."""

    choices: list[tuple[str, Any]] = []
    prefix_of = "person"
    missing = _("请为每个人选一项。")

    def __init__(self, *args: Any, people: Iterable[User], given: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = {f"{self.prefix_of}_{each.pk}": each for each in people}
        self.people = {name: each.pk for name, each in held.items()}
        for name, key in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=in_stead(held[name]),
                choices=self.choices_of(key),
                initial=given.get(key, ""),
                widget=forms.RadioSelect,
                error_messages={"required": self.missing, "invalid_choice": self.missing},
            )

    def choices_of(self, key: int) -> list[tuple[str, Any]]:
        return self.choices

    def values(self) -> dict[int, str]:
        return {key: self.cleaned_data[name] for name, key in self.people.items()}


class RollForm(PeopleForm):
    """`holders`: {person id: who votes in her stead}; only they can be entered as represented."""

    choices = [pair for pair in Attendance.State.choices if pair[0] != Attendance.State.PROXY]
    prefix_of = "seat"
    missing = _("请选到会、缺席或请假。")

    def __init__(self, *args: Any, holders: dict[int, User], **kwargs: Any):
        self.holders = holders
        super().__init__(*args, **kwargs)

    def choices_of(self, key: int) -> list[tuple[str, Any]]:
        if key not in self.holders:
            return self.choices
        by = _("委托出席（%(name)s代）") % {"name": self.holders[key].name}
        return [*self.choices, (Attendance.State.PROXY, by)]


class HandsForm(PeopleForm):
    choices = Choice.choices
    prefix_of = "vote"
    missing = _("请选同意、反对或弃权。")


class OpenForm(forms.Form):
    chair = forms.TypedChoiceField(
        label=_("会议主持人"),
        coerce=int,
        error_messages={"required": _("请选会议主持人。"), "invalid_choice": _("请从到会的议事代表里选。")},
    )

    def __init__(self, *args: Any, present: Iterable[Attendance], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [(each.person_id, each.person.name) for each in present]


class ReasonForm(forms.Form):
    """Why a meeting is put off or an item deferred."""

    reason = ReasonField(error_messages={"required": _("请写明原因，原因会公开。")})


class CloseVoteForm(forms.Form):
    """The reason is asked for when the votes do not carry the item."""

    reason = ReasonField(label=_("不通过的理由"), required=False, help_text=_("按票数不通过时必须写明，理由会公开。"))


class SlipsForm(forms.Form):
    """Paper slips of a secret vote."""

    people = forms.TypedMultipleChoiceField(
        label=_("交了纸票的人"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("请勾选交了纸票的代表。"),
            "invalid_choice": _("名单里有人已经表决或需要回避，请刷新页面。"),
            "invalid_list": _("请勾选交了纸票的代表。"),
        },
    )
    in_favour = CountField(label=_("同意票"), least=0, most=200)
    against = CountField(label=_("反对票"), least=0, most=200)
    abstained = CountField(label=_("弃权票"), least=0, most=200)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(each.pk, in_stead(each)) for each in people]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "people": set(self.cleaned_data["people"])}


class InterestForm(forms.Form):
    reason = LineField(
        label=_("回避原因"),
        most=120,
        least=2,
        help_text=_("例如“我住在这栋楼”“承接单位是亲属开的”，原因会写进纪要。"),
        error_messages={"required": _("请写明回避的原因，例如“我住在这栋楼”。")},
    )


class RecuseForm(InterestForm):
    """The clerk writes down what a member declared in the room."""

    person = forms.TypedChoiceField(
        label=_("回避的代表"),
        coerce=int,
        error_messages={"required": _("请选回避的代表。"), "invalid_choice": _("请从议事代表里选。")},
    )
    field_order = ["person", "reason"]

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(each.pk, each.name) for each in people]


class SpeakerForm(forms.Form):
    """Whom the clerk enters in the speaking order."""

    person = forms.TypedChoiceField(
        label=_("要发言的代表"),
        coerce=int,
        error_messages={"required": _("请选要发言的代表。"), "invalid_choice": _("请从到会、还没有排队的代表里选。")},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("请选择")), *((each.pk, each.name) for each in people)]


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("您的意见"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("选一项：同意、反对或弃权。"),
            "invalid_choice": _("选一项：同意、反对或弃权。"),
        },
    )


class NotesForm(forms.Form):
    """The record of the debate, item by item."""

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items = {f"notes_{item.pk}": item.pk for item in items}
        titles = {f"notes_{item.pk}": item for item in items}
        for name, item in titles.items():
            self.fields[name] = TextField(
                label=f"{item.position}. {item.proposal.title}", most=3000, rows=4, required=False, initial=item.notes
            )

    def values(self) -> dict[int, str]:
        return {key: self.cleaned_data[name] for name, key in self.items.items()}


class SignForm(forms.Form):
    """Nothing to fill in: the press of the button is the signature."""
