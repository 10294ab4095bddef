"""The ballot page as plain values: candidates in the voter's own order, what is chosen, what is still possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import segno
from django.forms import BaseForm
from django.http import QueryDict

from communities.accounts.models import User
from portal.refusals import Refusal
from portal.web import words
from projects.rounds.calendar import Window
from projects.voting import ballots, queries, rules
from projects.voting.models import Ballot, Candidate, Slate

MOST_DIGITS = 7


@dataclass(frozen=True)
class Line:
    candidate: Candidate
    points: int
    photo: object


@dataclass(frozen=True)
class Sheet:
    """What the ballot page prints. `total` is the chosen projects' cost in fen; `why_not` ready words or ""."""

    slate: Slate
    window: Window
    candidates: list[Candidate]
    choices: Mapping[int, int] = field(default_factory=dict)
    why_not: str = ""
    refusal: Refusal | None = None
    cast_before: bool = False

    @property
    def form_kind(self) -> str:
        return self.slate.round.rules["ballot"]

    @property
    def lines(self) -> list[Line]:
        return [Line(each, self.choices.get(each.pk, 0), _photo(each)) for each in self.candidates]

    @property
    def chosen(self) -> list[Line]:
        return [line for line in self.lines if line.points]

    @property
    def total(self) -> int:
        return sum(line.candidate.cost for line in self.chosen)

    @property
    def most(self) -> int:
        return self.slate.round.rules["max_choices"]

    @property
    def left(self) -> int:
        return max(0, self.most - len(self.chosen))

    @property
    def over(self) -> int:
        return max(0, len(self.chosen) - self.most) if self.form_kind == "approval" else 0

    @property
    def rest(self) -> int:
        return self.slate.budget - self.total

    @property
    def points_given(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def points_left(self) -> int:
        return self.slate.round.rules["points"] - self.points_given

    @property
    def advised(self) -> int:
        return min(self.slate.round.rules["advised_choices"], len(self.candidates))

    @property
    def small(self) -> bool:
        """Even if the whole roll votes, too few to publish ballots one by one (rules.too_few_to_publish)."""
        return rules.too_few_to_publish(self.slate.roll_size, most=self.most)

    @property
    def few(self) -> bool:
        return 0 < len(self.chosen) < self.advised

    def with_choices(self, choices: Mapping[int, int]) -> Sheet:
        return replace(self, choices=choices)


def sheet_for(slate: Slate, person: User, *, now: datetime, blank: bool = False) -> Sheet:
    """The sheet of this voter now, with what she has cast before; blank where others could look on."""
    window = queries.window_of(slate.round)
    refusal = queries.why_not_vote(slate, person) or queries.final_on_paper(slate, person)
    refusal = refusal or rules.objection_to_time(now, window.opens_at, window.closes_at)
    held = None if refusal else queries.ballot_of(slate, person)
    rows = {each.pk: each for each in queries.candidates_of(slate)}
    order = rules.personal_order(rows, seed=slate.seed, person=person.pk)
    return Sheet(
        slate=slate,
        window=window,
        candidates=[rows[pk] for pk in order],
        choices={int(key): points for key, points in held.choices.items()} if held and not blank else {},
        why_not=words(refusal) if refusal else "",
        refusal=refusal,
        cast_before=held is not None,
    )


def checked(form: BaseForm, sheet: Sheet) -> bool:
    """Ask the ballot form's rule; what it says becomes the page's error. An empty ballot is asked for a choice."""
    costs = {each.pk: each.cost for each in sheet.candidates}
    fault = ballots.fault_in(
        sheet.form_kind, form.chosen(), costs=costs, budget=sheet.slate.budget, rules=sheet.slate.round.rules
    )
    if fault:
        form.add_error(None, words(fault))
    return fault is None


def marked(sheet: Sheet, form: BaseForm) -> Sheet:
    """The sheet as it was sent, right or wrong, so that nothing is lost on the next page."""
    if not form.is_bound:
        return sheet
    return sheet.with_choices(form.chosen() if form.is_valid() else _typed(form.data, sheet))


def _typed(data: QueryDict, sheet: Sheet) -> dict[int, int]:
    if sheet.form_kind != "points":
        ticked = set(data.getlist("choices"))
        return {each.pk: 1 for each in sheet.candidates if str(each.pk) in ticked}
    given = {each.pk: data.get(f"points_{each.pk}", "").strip() for each in sheet.candidates}
    return {pk: int(text) for pk, text in given.items() if text.isdecimal() and len(text) < MOST_DIGITS and int(text)}


def qr_of(held: Ballot | None) -> str:
    """The tracker as a QR code for print and for the phone's camera; the sign itself says nothing of the choice."""
    return segno.make(held.tracker, error="m").svg_data_uri(scale=4, border=2) if held else ""


def _photo(candidate: Candidate) -> object:
    held = candidate.proposal.attachments  # a rehearsal's stand-in has none
    return next((each for each in held.all() if each.is_photo), None) if held else None
