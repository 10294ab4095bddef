"""Bringing a roster in, step by step; and finding a resident on it."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from communities.accounts import phones
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.models import ProofTry, Residency
from communities.residents.proofs import prove
from communities.rosters import files, queries, rules
from communities.rosters.files import NotReadable
from communities.rosters.models import Roster
from portal import jobs, locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from portal.sheets import LongSheet

STATE = Roster.State
CHECK, TAKE_IN = "rosters.check", "rosters.take_in"


@transaction.atomic
def upload_roster(*, title: str, content: bytes, is_excel: bool, place_id: int, whole: bool, by: User, now: datetime) -> Roster:
    """Keep the file until it is taken in or dropped. One that announces identity numbers is not kept at all (P5)."""
    place = Division.objects.get(pk=place_id)
    insist(_objection(by, place, now, STATE.UPLOADED, (STATE.UPLOADED,)))
    headings = _headings(content, is_excel)
    made = Roster(place=place, whole=whole, title=title, headings=headings, by=by, at=now)
    made.columns = rules.guessed(headings)
    made.file.save(f"{uuid.uuid4().hex}.{'xlsx' if is_excel else 'csv'}", ContentFile(content), save=True)
    log.record("rosters.upload_roster", by=by, about=made, now=now, place=place.code, whole=whole)
    return made


def _headings(content: bytes, is_excel: bool) -> list[str]:
    try:
        with files.table(io.BytesIO(content), is_excel=is_excel) as (rows, _about):
            headings, first = files.headings_and_first(rows)
    except NotReadable as error:
        insist(Refusal("unreadable", str(error), field="file"))
    if len(headings) < 2 or not first:
        insist(Refusal("empty_roster", _("表里没有内容。第一行写列名，第二行起一人一行。"), field="file"))
    heading = rules.identity_heading(headings)
    if heading or any(rules.has_identity_number(cell) for row in first for cell in row):
        insist(
            Refusal(
                "identity_numbers",
                _("表里有证件号码一类的内容（%(heading)s），没有收。平台不收集证件号码。"),
                {"heading": heading[:20] or gettext("18 位号码")},
                field="file",
                next=_("请删去这一列后再上传。"),
            )
        )
    return headings


@transaction.atomic
def match_columns(*, roster_id: int, columns: Mapping[str, int | None], by: User, now: datetime) -> Roster:
    """Say which column is which, and have the file checked against what stands."""
    roster = Roster.objects.select_for_update(of=("self",)).select_related("place").get(pk=roster_id)
    stuck = (STATE.TAKING_IN,) if roster.job and roster.job.state == "failed" else ()
    insist(_objection(by, roster.place, now, roster.state, (STATE.UPLOADED, STATE.CHECKING, STATE.CHECKED, *stuck)))
    insist(rules.objection_to_columns(columns, needs_place=roster.place.level != "community"))
    roster.columns, roster.state = dict(columns), STATE.CHECKING
    roster.job = jobs.ask(CHECK, title=gettext("检查名册"), by=by, now=now, roster=roster.pk)
    roster.save()
    return roster


@transaction.atomic
def ask_taking_in(*, roster_id: int, by: User, now: datetime) -> Roster:
    """Take in what the preview shows. Asking twice answers the same job."""
    roster = Roster.objects.select_for_update(of=("self",)).select_related("place").get(pk=roster_id)
    insist(_objection(by, roster.place, now, roster.state, (STATE.CHECKED, STATE.TAKING_IN)))
    if roster.state == STATE.CHECKED:
        roster.job = jobs.ask(TAKE_IN, title=gettext("导入名册"), by=by, now=now, roster=roster.pk)
        roster.state = STATE.TAKING_IN
        roster.save(update_fields=["job", "state"])
    return roster


@transaction.atomic
def drop_roster(*, roster_id: int, by: User, now: datetime) -> Roster:
    """Delete the file without taking anything in."""
    roster = Roster.objects.select_for_update(of=("self",)).select_related("place").get(pk=roster_id)
    insist(_objection(by, roster.place, now, roster.state, (STATE.UPLOADED, STATE.CHECKING, STATE.CHECKED)))
    roster.state = STATE.DROPPED
    forget_files(roster)
    roster.save()
    log.record("rosters.drop_roster", by=by, about=roster, now=now)
    return roster


def forget_files(roster: Roster, *, rejects: bool = True) -> None:
    """Delete the uploaded file and, unless told otherwise, the rows that stayed out."""
    if roster.file:
        roster.file.delete(save=False)
    if rejects and roster.rejects:
        roster.rejects.delete(save=False)
    roster.samples = {}


def match_on_roster(*, by: User, now: datetime) -> Residency:
    """The resident asks to be found on her community's roster: the same number and the same name prove her home.

    A try is counted even when it fails, so that nobody goes through names.
    """
    with transaction.atomic():
        locks.hold_alone("person", by.pk)
        person = User.objects.get(pk=by.pk)
        home = person.residencies.select_for_update(of=("self",)).select_related("community").filter(until=None).first()
        entry = queries.entry_for(person, home.community) if home else None
        day_ago = now - timedelta(days=1)
        tries = ProofTry.objects.filter(person=person, proof=Residency.Proof.ROSTER, at__gt=day_ago).count()
        refusal = rules.objection_to_match(
            declared=bool(home and home.proof == Residency.Proof.DECLARED),
            tries=tries,
            on_roster=entry is not None,
            same=bool(entry and rules.same_name(entry.name, person.name)),
            ages_agree=bool(entry and home and entry.adult in (None, home.adult)),
        )
        if refusal is None:
            _prove(home, entry, by=person, now=now)
        elif tries < rules.TRIES_A_DAY:
            ProofTry.objects.create(person=person, proof=Residency.Proof.ROSTER, at=now)
    insist(refusal)
    by.__dict__.pop("_residency", None)
    return home


def prove_waiting(roster: Roster, *, communities: list[int], now: datetime) -> int:
    """After an import: declared residents whom the roster now shows are proved and told. Answers how many."""
    proved = 0
    for home in queries.waiting_on(communities).select_for_update(of=("self",)):
        entry = queries.entry_for(home.person, home.community)
        if entry and rules.same_name(entry.name, home.person.name) and entry.adult in (None, home.adult):
            _prove(home, entry, by=roster.by, now=now)
            proved += 1
    return proved


def _prove(home: Residency, entry: object, *, by: User, now: datetime) -> None:
    prove(
        home,
        proof=Residency.Proof.ROSTER,
        evidence="roster",
        reference=gettext("名册第 %(number)s 号") % {"number": entry.roster_id},
        answers=entry.roster.by,
        by=by,
        now=now,
    )


@transaction.atomic
def export_roster(*, place_id: int, reason: str, by: User, now: datetime) -> LongSheet:
    """Everybody who stands on the place's rosters, to be checked and brought in again; the reason stays in the log."""
    place = Division.objects.get(pk=place_id)
    insist(_objection(by, place, now, STATE.UPLOADED, (STATE.UPLOADED,)))
    writer, count = LongSheet([gettext(text) for text in rules.FIELDS.values()]), 0
    for entry in queries.standing(place).select_related("community").order_by("community__code", "pk").iterator(2000):
        adult = "" if entry.adult is None else gettext("是") if entry.adult else gettext("否")
        writer.write([entry.name, phones.unseal(entry.phone_cipher), entry.community.name, entry.estate, adult])
        count += 1
    log.record("rosters.export_roster", by=by, about=place, now=now, reason=reason, count=count)
    return writer


def _objection(by: User, place: Division, now: datetime, state: str, wanted: tuple) -> Refusal | None:
    may = queries.keeps_roster(by, place, timezone.localdate(now))
    return rules.objection_to_roster(may=may, state=state, wanted=wanted)
