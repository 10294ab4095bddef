"""Many at once: one number each, one row each, none slips past the close, supporters counted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal import clock
from portal.refusals import Refused
from projects import engine
from projects.models import Edition, ExclusionReason, Proposal, Round, Support
from projects.proposals import services
from projects.proposals.standings import Standing
from projects.screening import services as screening
from tests.factories import NOON, community, proposal, resident, round_at, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(acts):
    """Run the acts at the same moment, each on its own connection; answers results or what was raised."""
    start = Barrier(len(acts))

    def run(act):
        try:
            with clock.pretend(NOON):
                start.wait(10)
                return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def home():
    return community()


def test_a_draft_lodged_many_times_at_once_has_one_number(home):
    """R4"""
    call, who = round_at("proposals", home), resident(home)
    row = proposal(call, who, standing=Standing.DRAFT)
    done = at_once([lambda: services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON).number] * 8)
    assert len(set(done)) == 1 and str(done[0]).startswith("WSS-2026-")
    assert Edition.objects.filter(proposal=row).count() == 1


def test_many_residents_lodge_at_once_each_with_a_number(home):
    call = round_at("proposals", home)
    rows = [proposal(call, resident(home, f"居民{n}"), standing=Standing.DRAFT) for n in range(8)]
    acts = [
        lambda row=row: services.lodge_proposal(proposal_id=row.pk, by=row.proposer, now=NOON).number for row in rows
    ]
    assert len(set(at_once(acts))) == 8


def test_lodging_against_the_close_is_in_or_refused_never_lost(home):
    """B3: what was accepted is in the round before it moved; the others were told."""
    call = round_at("proposals", home)
    call.windows.filter(stage="proposals").update(closes_at=NOON)
    rows = [proposal(call, resident(home, f"居民{n}"), standing=Standing.DRAFT) for n in range(6)]
    Round.objects.filter(pk=call.pk).update(stage_since=NOON.replace(day=1))

    def close():
        return engine.advance(call, leaving="proposals", now=NOON.replace(hour=13))

    acts = [lambda row=row: services.lodge_proposal(proposal_id=row.pk, by=row.proposer, now=NOON) for row in rows]
    done = at_once([*acts[:3], close, *acts[3:]])
    accepted = [row for row in done if isinstance(row, Proposal)]
    refused = [row for row in done if isinstance(row, Refused)]
    assert len(accepted) + len(refused) == 6 and done[3] is True
    assert Proposal.objects.filter(round=call, standing=Standing.LODGED).count() == len(accepted)
    assert {row.refusal.code for row in refused} <= {"not_now", "call_closed"}


def test_one_resident_backs_many_times_at_once_and_counts_once(home):
    item, friend = proposal(round_at("proposals", home), resident(home)), resident(home, "邻居")
    done = at_once([lambda: services.support_proposal(proposal_id=item.pk, by=friend, now=NOON).pk] * 10)
    assert len(set(done)) == 1 and Support.objects.count() == 1


def test_two_screeners_decide_once(home):
    ExclusionReason.objects.get_or_create(
        code="N01", defaults={"title": "物业职责", "text": "物业负责。", "basis": "S"}
    )
    item = proposal(round_at("screening", home), resident(home))
    staff = [worker(home) for _ in range(4)]
    acts = [
        lambda by=by: screening.record_finding(
            proposal_id=item.pk, by=by, outcome="rejected", codes=["N01"], reason="物业负责这件事。", now=NOON
        )
        for by in staff
    ]
    done = at_once(acts)
    assert sum(isinstance(row, Refused) and row.refusal.code == "not_waiting" for row in done) == 3
    assert item.findings.count() == 1


def test_two_mergers_towards_each_other_leave_one(home):
    batch = round_at("screening", home)
    one, other = proposal(batch, resident(home)), proposal(batch, resident(home, "邻居"))
    staff = worker(home)

    def merge(item, into):
        return screening.record_finding(
            proposal_id=item.pk, by=staff, outcome="merged", merged_into=into.number, reason="同一件事情。", now=NOON
        )

    done = at_once([lambda: merge(one, other), lambda: merge(other, one)])
    assert sorted(type(row).__name__ for row in done) == ["Finding", "Refused"], done
    assert Proposal.objects.filter(standing=Standing.MERGED).count() == 1
