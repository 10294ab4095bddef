"""Preparing a round. Everything here is refused once the call is open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from pypinyin import Style, lazy_pinyin

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.parties import parties_at
from projects.rounds import calendar, queries, rules
from projects.rounds.models import Envelope, Round, StageWindow

LAST_SECOND = time(23, 59, 59)


@transaction.atomic
def prepare_round(
    *,
    by: User,
    street_id: int,
    title: str,
    now: datetime,
    first_day: date | None = None,
    intro: str = "",
    unused_stages: tuple[str, ...] = (),
    repeats_id: int | None = None,
) -> Round:
    """A new round in preparation, with the default rules and, when a first day is given, a calendar."""
    street = Division.objects.select_for_update(no_key=True).get(pk=street_id, level=Division.Level.STREET)
    _insist_may(by, street, now)
    insist(_objection_to_stages(unused_stages))
    held = rules.complete({"combine": rules.combination_without(unused_stages)})
    round = Round.objects.create(
        number=_next_number(street, timezone.localdate(now).year),
        title=title.strip(),
        street=street,
        intro=intro.strip(),
        stage_since=now,
        unused_stages=list(unused_stages),
        rules=held,
        repeats_id=repeats_id,
        created_by=by,
        created_at=now,
    )
    if first_day:
        _lay(round, first_day)
    log.record("rounds.prepare_round", by=by, about=round, now=now, number=round.number)
    return round


@transaction.atomic
def copy_round(*, round_id: int, by: User, first_day: date, title: str, now: datetime) -> Round:
    """A new round in preparation with the rules, stages and envelopes of an earlier one of the same street."""
    earlier = Round.objects.select_related("street").get(pk=round_id)
    kept = {key: value for key, value in earlier.rules.items() if key != "seed"}
    made = prepare_round(
        by=by,
        street_id=earlier.street_id,
        title=title,
        intro=earlier.intro,
        unused_stages=tuple(earlier.unused_stages),
        now=now,
    )
    made.rules = rules.complete(kept)
    made.save(update_fields=["rules"])
    places = earlier.envelopes.filter(community__abolished_on=None)
    Envelope.objects.bulk_create(
        [Envelope(round=made, community_id=held.community_id, amount=held.amount) for held in places]
    )
    _lay(made, first_day)
    log.record("rounds.copy_round", by=by, about=made, now=now, earlier=earlier.number)
    return made


@transaction.atomic
def set_basics(
    *, round_id: int, by: User, title: str, now: datetime, intro: str = "", unused_stages: tuple[str, ...] = ()
) -> Round:
    """Title, introduction and the optional stages that the round goes without."""
    round = _in_preparation(round_id, by, now)
    insist(_objection_to_stages(unused_stages))
    round.title, round.intro = title.strip(), intro.strip()
    round.rules = rules.complete({**round.rules, "combine": rules.combination_without(unused_stages)})
    _go_without(round, unused_stages)
    round.save(update_fields=["title", "intro", "rules"])
    log.record("rounds.set_basics", by=by, about=round, now=now, unused=list(unused_stages))
    return round


@transaction.atomic
def set_rules(*, round_id: int, by: User, changes: Mapping[str, object], now: datetime) -> Round:
    """Change some settings; refused at the first one that is out of range. Unknown settings are a caller's error."""
    round = _in_preparation(round_id, by, now)
    if unknown := changes.keys() - rules.DEFAULTS.keys():
        raise KeyError(f"no such settings: {sorted(unknown)}")
    changed = rules.complete({**round.rules, **changes})
    for fault in rules.fault_in(changed):
        insist(fault)
    round.rules = changed
    round.save(update_fields=["rules"])
    _go_without(round, rules.UNUSED[changed["combine"]])
    log.record("rounds.set_rules", by=by, about=round, now=now, changes=dict(changes))
    return round


@transaction.atomic
def set_envelope(*, round_id: int, by: User, community_id: int, amount: int, now: datetime) -> None:
    """What a community may spend, in fen; 0 takes it out of the round."""
    set_envelopes(round_id=round_id, by=by, amounts={community_id: amount}, now=now)


@transaction.atomic
def set_envelopes(*, round_id: int, by: User, amounts: Mapping[int, int], now: datetime) -> None:
    """Several communities at once; a repeat changes nothing. Communities that are not named keep theirs."""
    round = _in_preparation(round_id, by, now)
    places = {place.pk: place for place in queries.communities_of(round.street)}
    for community_id, amount in amounts.items():
        field = f"amount_{community_id}"
        if community_id not in places:
            insist(Refusal("other_street", _("这个社区不属于本街道。"), field=field))
        if not 0 <= amount <= rules.MOST_FEN:
            insist(Refusal("amount_out_of_range", _("填写 0 到 1 亿元之间的金额"), field=field))
        if amount:
            round.envelopes.update_or_create(community_id=community_id, defaults={"amount": amount})
        else:
            round.envelopes.filter(community_id=community_id).delete()
    log.record(
        "rounds.set_envelopes", by=by, about=round, now=now, amounts={places[k].code: v for k, v in amounts.items()}
    )


@transaction.atomic
def lay_calendar(*, round_id: int, by: User, first_day: date, now: datetime) -> Round:
    """Lay every window anew, one after the other from `first_day`; windows set by hand before are replaced."""
    round = _in_preparation(round_id, by, now)
    _lay(round, first_day)
    log.record("rounds.lay_calendar", by=by, about=round, now=now, first_day=first_day.isoformat())
    return round


@transaction.atomic
def set_window(*, round_id: int, by: User, stage: str, first: date, last: date, now: datetime) -> None:
    """First and last day of one stage, both included."""
    set_windows(round_id=round_id, by=by, days={stage: (first, last)}, now=now)


@transaction.atomic
def set_windows(*, round_id: int, by: User, days: Mapping[str, tuple[date, date]], now: datetime) -> None:
    """Several stages at once; stages that are not named keep theirs. Refused when any two would overlap."""
    round = _in_preparation(round_id, by, now)
    order = [row.key for row in queries.used_stages(round)]
    if strange := days.keys() - set(order):
        insist(Refusal("stage_unused", _("这个批次不用这个阶段。"), field=f"first_{min(strange)}"))
    whole = {**{row.stage: queries.days_of(row) for row in round.windows.all()}, **days}
    before = None
    for stage in (key for key in order if key in whole):
        insist(calendar.fault_in_window(stage, *whole[stage], before=before))
        before = whole[stage][1]
    for stage, (first, last) in days.items():
        _write_window(round, stage, first, last)
    log.record(
        "rounds.set_windows",
        by=by,
        about=round,
        now=now,
        days={key: [str(day) for day in span] for key, span in days.items()},
    )


def _in_preparation(round_id: int, by: User, now: datetime) -> Round:
    """The round, locked alone, when this person may prepare it and its call is not open yet."""
    locks.hold_alone("round", round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    _insist_may(by, round.street, now, stage=round.stage)
    insist(objection_to_change(round))
    return round


def objection_to_change(round: Round) -> Refusal | None:
    """May anything in the round's rules, calendar or money still change?"""
    if round.cancelled_at:
        return Refusal("cancelled", _("这个批次已经取消。"))
    if round.frozen_at:
        return Refusal(
            "frozen", _("规则已经公布并封存，不能再改。"), next=_("确需更改的，请取消本批次，说明理由后重新发布。")
        )
    return None


def _insist_may(by: User, street: Division, now: datetime, stage: str = "rounds") -> None:
    roles = parties_at(by, street, day=timezone.localdate(now))
    insist(permissions.objection_to("rounds.prepare_round", roles=roles, stage=stage))


def _objection_to_stages(unused: tuple[str, ...]) -> Refusal | None:
    if rules.combination_without(unused):
        return None
    return Refusal(
        "stage_not_optional", _("只有可选的阶段才能不用，议事会和居民投票至少留一个。"), field="unused_stages"
    )


def _go_without(round: Round, unused: tuple[str, ...]) -> None:
    """Stages out of use lose their windows; the checklist asks for those of a stage that comes back."""
    round.unused_stages = list(unused)
    round.save(update_fields=["unused_stages"])
    round.windows.filter(stage__in=unused).delete()


def _next_number(street: Division, year: int) -> str:
    """2026-BJ-01: year, initials of the street, the street's how-manieth; the street's row is locked by the caller."""
    letters = "".join(lazy_pinyin(street.name.removesuffix("街道"), style=Style.FIRST_LETTER))
    stem = f"{year}-{re.sub(r'[^A-Z]', '', letters.upper())[:6] or 'JD'}-"
    taken = Round.objects.filter(number__startswith=stem).values_list("number", flat=True)
    ends = [int(end) for number in taken if (end := number.removeprefix(stem)).isdigit()]
    return f"{stem}{max(ends, default=0) + 1:02d}"


def _lay(round: Round, first_day: date) -> None:
    held = rules.complete(round.rules)
    lengths = {**rules.LENGTHS, "publicity": (held["notice_days"], held["notice_unit"])}
    if held["combine"] == rules.CONFIRM:
        lengths["tally"] = rules.MEETING_DAYS  # the council meets in it
    lengths["approval"] = (held["approval_days"], held["approval_unit"])
    keys = [row.key for row in queries.used_stages(round)]
    round.windows.all().delete()
    for stage, (first, last) in calendar.windows_from(first_day, lengths, keys, queries.last_of).items():
        _write_window(round, stage, first, last)


def _write_window(round: Round, stage: str, first: date, last: date) -> StageWindow:
    """From the first second of the first day to the last second of the last, in the portal's time zone."""
    zone = timezone.get_default_timezone()
    days = {
        "opens_at": datetime.combine(first, time.min, zone),
        "closes_at": datetime.combine(last, LAST_SECOND, zone),
    }
    return round.windows.update_or_create(stage=stage, defaults=days)[0]
