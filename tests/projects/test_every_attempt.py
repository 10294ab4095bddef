"""Every act of the permission table, tried through its own services by every party at every stage: allowed or refused as the grid says.

A refused attempt is refused by the table, with its code, and has written nothing; an allowed one is never refused by the table
(a rule of its room may still object). An act without an attempt, or a service that nobody attempts, fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

import projects
from portal import clock, locks
from portal.refusals import Refused
from projects import parties
from projects.acceptance import services as acceptance
from projects.approval import services as approval
from projects.deliberation import services as deliberation
from projects.delivery import services as delivery
from projects.evaluation import services as evaluation
from projects.funding import services as funding
from projects.permissions import PERMITS, PROJECT_STAGES, ROUND_STAGES, Party, objection_to
from projects.pipeline import DONE
from projects.proposals import services as proposals
from projects.publicity import services as publicity
from projects.rehearsal import services as rehearsal
from projects.rounds import services as rounds
from projects.screening import services as screening
from projects.voting import services as voting
from tests.factories import NOON
from tests.projects.attempts import (
    DAY,
    LATER,
    PROJECT,
    ROUND,
    Attempt,
    batch,
    log,
    of_row,
    on,
    project,
    shown,
    watch,
    whole_world,
    with_own,
)

SOON = DAY + timedelta(days=3)
HIDDEN = "not in sight"
WORDS = {"reason": "情况有变。"}
STAGES = {ROUND: (*sorted(ROUND_STAGES), DONE), PROJECT: (*sorted(PROJECT_STAGES), DONE)}
A = Attempt
CONTRACT = project(
    funding.sign_contract,
    number="HT-2", amount=1_00, route="quotes", signed_on=DAY, responsible_name="吴工", responsible_phone="13900000002",
)  # fmt: skip

ATTEMPTS: dict[str, list[Attempt]] = {
    "rounds.prepare_round": [
        A(rounds.prepare_round, lambda w, by: {"street_id": w.street.pk, "title": "下一批", "by": by, "now": NOON}, "rounds"),
        A(rounds.copy_round, batch(title="下一批", first_day=SOON), "rounds"),
        A(rounds.set_basics, batch(title="第一批")),
        A(rounds.set_rules, batch(changes={})),
        A(rounds.set_envelope, lambda w, by: {**batch()(w, by), "community_id": w.home.pk, "amount": 1}),
        A(rounds.set_envelopes, lambda w, by: {**batch()(w, by), "amounts": {w.home.pk: 1}}),
        A(rounds.lay_calendar, batch(first_day=SOON)),
        A(rounds.set_window, batch(stage="proposals", first=SOON, last=SOON)),
        A(rounds.set_windows, batch(days={"proposals": (SOON, SOON)})),
    ],
    "rounds.open_call": [A(rounds.open_call, batch())],
    "rounds.move_on": [
        A(rounds.move_on, lambda w, by: {**batch()(w, by), "leaving": w.stage}),
        A(rounds.send_back, lambda w, by: {**batch()(w, by), "leaving": w.stage, "to": "proposals", **WORDS}),
    ],
    "rounds.cancel_round": [A(rounds.cancel_round, batch(**WORDS))],
    "rounds.set_words": [A(rounds.set_words, on("district_id", "district", vocabulary="plain", words={}), "rounds")],
    "proposals.lodge_proposal": [A(proposals.lodge_proposal, with_own("drafts"))],
    "proposals.enter_for_resident": [
        A(
            proposals.enter_for_resident,
            lambda w, by: {
                **batch(paper_ref="Z-1", name="何阿姨", phone="13900000001", answers={})(w, by), "community_id": w.home.pk
            },
        ),
        A(proposals.lodge_entry, with_own("entries")),
    ],
    "proposals.edit_proposal": [A(proposals.save_answers, on("proposal_id", "lodged", answers={"title": "加坡道"}))],
    "proposals.withdraw_proposal": [A(proposals.withdraw_proposal, on("proposal_id", "lodged", reason=""))],
    "proposals.correct_proposal": [
        A(proposals.correct_proposal, on("proposal_id", "returned")),
        A(proposals.save_answers, on("proposal_id", "returned", answers={"title": "加坡道"})),
    ],
    "proposals.support_proposal": [
        A(proposals.support_proposal, on("proposal_id", "lodged")),
        A(proposals.unsupport_proposal, on("proposal_id", "lodged")),
    ],
    "proposals.follow_proposal": [A(proposals.follow_proposal, on("proposal_id", "lodged"))],
    "screening.record_finding": [A(screening.record_finding, on("proposal_id", "lodged", outcome="accepted", positive="P01"))],
    "screening.assign_proposals": [
        A(
            screening.assign_proposals,
            lambda w, by: {"numbers": [w.lodged.number], "person_id": w.people[Party.WORKER].pk, "by": by, "now": NOON},
        )
    ],
    "screening.override_cap": [A(screening.override_cap, on("proposal_id", "lodged", estimate=60_000_000, **WORDS))],
    "screening.appeal_finding": [A(screening.appeal_finding, on("proposal_id", "rejected", **WORDS))],
    "screening.decide_appeal": [A(screening.decide_appeal, on("proposal_id", "appealed", upheld=False, **WORDS))],
    "deliberation.convene_meeting": [
        A(
            deliberation.convene_meeting,
            lambda w, by: {
                **batch(starts_at=LATER, place="会议室")(w, by), "community_id": w.home.pk, "proposals": [w.accepted.pk]
            },
        ),
        A(deliberation.adjourn_meeting, on("meeting_id", "meeting", **WORDS)),
    ],
    "deliberation.run_meeting": [
        A(deliberation.enter_roll, on("meeting_id", "meeting", states={})),
        A(deliberation.open_meeting, lambda w, by: {**on("meeting_id", "meeting")(w, by), "chair_id": w.people[Party.COUNCIL].pk}),
        A(deliberation.close_meeting, on("meeting_id", "open_meeting")),
        A(deliberation.write_notes, on("meeting_id", "open_meeting", notes={})),
        A(deliberation.open_vote, on("item_id", "item")),
        A(deliberation.close_vote, on("item_id", "open_item", **WORDS)),
        A(deliberation.defer_item, on("item_id", "open_item", **WORDS)),
        A(deliberation.enter_hands, on("item_id", "open_item", votes={})),
        A(deliberation.enter_slips, on("item_id", "open_item", people=set(), in_favour=0, against=0, abstained=0)),
        A(
            deliberation.declare_interest,
            lambda w, by: {**on("item_id", "open_item", **WORDS)(w, by), "person_id": w.maker.pk},
        ),
        A(deliberation.ask_floor, lambda w, by: {**on("item_id", "open_item")(w, by), "person_id": w.maker.pk}),
        A(deliberation.leave_floor, on("turn_id", "turn")),
        A(deliberation.call_turn, on("turn_id", "turn")),
        A(deliberation.end_turn, on("turn_id", "turn")),
    ],
    "deliberation.vote_item": [A(deliberation.vote_item, on("item_id", "open_item", choice="for"))],
    "deliberation.ask_floor": [
        A(deliberation.ask_floor, lambda w, by: {**on("item_id", "open_item")(w, by), "person_id": by.pk})
    ],
    "deliberation.give_mandate": [
        A(
            deliberation.give_mandate,
            lambda w, by: {
                **on("meeting_id", "meeting", paper_ref="W-1")(w, by), "person_id": by.pk, "holder_id": w.people[Party.COUNCIL].pk
            },
        ),
        A(deliberation.revoke_mandate, on("mandate_id", "mandate")),
    ],
    "deliberation.register_place": [
        A(deliberation.register_place, on("hearing_id", "hearing", name="何阿姨", person_id=None, speaks=False)),
        A(deliberation.strike_place, on("place_id", "guest")),
    ],
    "deliberation.declare_interest": [
        A(deliberation.declare_interest, lambda w, by: {**on("item_id", "item", **WORDS)(w, by), "person_id": by.pk})
    ],
    "deliberation.call_hearing": [
        A(
            deliberation.call_hearing,
            on("proposal_id", "accepted", subject="车位", starts_at=LATER, place="会议室", places=9, register_until=SOON),
        )
    ],
    "deliberation.join_hearing": [A(deliberation.ask_place, on("hearing_id", "hearing", speaks=True))],
    "deliberation.keep_hearing": [
        A(deliberation.call_off_hearing, on("hearing_id", "hearing", **WORDS)),
        A(deliberation.write_record, on("hearing_id", "hearing", came=9, record="有人赞成。", outcome="采纳。")),
        A(deliberation.sign_record, on("hearing_id", "hearing", as_chair=False)),
    ],
    "deliberation.sign_hearing": [A(deliberation.sign_record, on("hearing_id", "hearing", as_chair=True))],
    "deliberation.sign_minutes": [A(deliberation.sign_minutes, on("meeting_id", "open_meeting", as_chair=True))],
    "rehearsal.run_rehearsal": [
        A(
            rehearsal.start_rehearsal,
            lambda w, by: {"envelope_id": w.batch.envelopes.get().pk, "people": 5, "by": by, "now": NOON},
        ),
        A(rehearsal.fill_rehearsal, on("rehearsal_id", "trial")),
        A(rehearsal.count_rehearsal, on("rehearsal_id", "trial")),
    ],
    "rehearsal.wipe_rehearsal": [A(rehearsal.wipe_rehearsal, on("rehearsal_id", "trial"))],
    "voting.cast_ballot": [
        A(voting.cast_ballot, lambda w, by: {**on("slate_id", "slate")(w, by), "choices": {w.candidate.pk: 1}})
    ],
    "voting.hand_out_paper": [
        A(voting.print_sheets, on("slate_id", "slate", count=5)),
        A(voting.hand_out_paper, on("entry_id", "entry")),
        A(voting.replace_sheet, on("entry_id", "entry", serial="12345678", reason="lost")),
    ],
    "voting.open_kiosk": [
        A(voting.open_kiosk, lambda w, by: {**on("slate_id", "slate")(w, by), "centre_id": w.centre.pk}),
        A(voting.close_kiosk, on("kiosk_id", "kiosk")),
        A(voting.admit_voter, on("entry_id", "entry")),
    ],
    "voting.enter_paper": [
        A(voting.seal_batch, on("batch_id", "envelope", left_over=5, returned=0, why_missing="")),
        A(voting.key_sheet, on("batch_id", "envelope", serial="12345678", choices={})),
        A(voting.accept_batch, on("batch_id", "envelope")),
    ],
    "voting.settle_paper": [A(voting.settle_sheet, on("batch_id", "envelope", serial="12345678", choices={}))],
    "voting.void_paper": [
        A(voting.ask_void, on("batch_id", "envelope", **WORDS)),
        A(voting.answer_void, on("batch_id", "envelope", agree=True)),
    ],
    "voting.check_sample": [A(voting.check_sample, on("sheet_id", "sheet", agrees=True))],
    "voting.watch_poll": [A(watch, lambda w, by: {"batch": w.batch, "by": by})],
    "voting.destroy_key": [A(voting.sign_key_end, batch())],
    "publicity.lodge_objection": [A(publicity.lodge_objection, on("proposal_id", "chosen", text="会挡消防通道。"))],
    "publicity.enter_objection": [A(publicity.enter_objection, on("proposal_id", "chosen", text="会挡路。", paper_ref="Y-1"))],
    "publicity.comment_objection": [A(publicity.comment_objection, on("objection_id", "objection", comment="已量过。"))],
    "publicity.answer_objection": [A(publicity.answer_objection, on("objection_id", "objection", answer="不占通道。"))],
    "publicity.uphold_objection": [A(publicity.uphold_objection, on("objection_id", "objection", answer="确实占用。"))],
    "approval.decide_proposal": [
        A(
            approval.decide_proposal,
            on(
                "proposal_id", "chosen", verdict="approve", amount=None, conditions="", reason="",
                gates=dict.fromkeys(("scope", "project", "procedure"), "yes"),
            ),
        ),  # fmt: skip
        A(approval.approve_list, lambda w, by: {**batch()(w, by), "proposals": [w.chosen.pk]}),
        A(approval.sign_second, on("decision_id", "decision", agrees=True, reason="")),
    ],
    "approval.answer_refill": [A(approval.answer_refill, batch(refill=False, reason="资金有限。"))],
    "approval.file_list": [A(approval.file_list, batch(reference="备〔2026〕1号"))],
    "funding.sign_contract": [
        A(funding.sign_contract, lambda w, by: {**CONTRACT.given(w, by), "provider_id": w.provider.pk}, PROJECT),
        of_row(funding.set_start, "contract_id", "contract", starts_by=SOON),
        project(funding.start_delivery),
    ],
    "funding.request_payment": [
        of_row(funding.request_payment, "contract_id", "contract", instalment="progress", amount=1_00, voucher="F-2", purpose="款")
    ],
    "funding.release_payment": [
        of_row(funding.release_payment, "payment_id", "payment"),
        of_row(funding.refuse_payment, "payment_id", "payment", **WORDS),
    ],
    "funding.enter_cofunding": [project(funding.enter_cofunding, kind="donation", name="物业公司", amount=1_00)],
    "funding.lift_hold": [project(funding.lift_hold, **WORDS)],
    "funding.settle_project": [project(funding.settle_project)],
    "funding.forfeit_retention": [project(funding.forfeit_retention, **WORDS)],
    "funding.register_provider": [
        A(
            funding.register_provider,
            lambda w, by: {
                "at": w.street, "by": by, "name": "惠民公司", "credit_code": "91310000607378229E", "phone": "0755-28880002",
                "eligible_until": SOON, "now": NOON,
            },
            "funding",
        )  # fmt: skip
    ],
    "delivery.plan_delivery": [project(delivery.add_milestone, title="扶手安装", due_on=SOON)],
    "delivery.report_progress": [
        project(delivery.report_progress, percent=50, text="坡道浇筑完成一半。"),
        project(delivery.add_evidence, kind="during", file=None, caption=""),
        of_row(delivery.complete_milestone, "milestone_id", "step"),
    ],
    "delivery.change_plan": [of_row(delivery.change_milestone, "milestone_id", "step", due_on=SOON, **WORDS)],
    "delivery.declare_finished": [project(delivery.declare_finished, text="坡道和扶手都完工了。")],
    "delivery.stop_project": [
        project(delivery.stop_project, **WORDS),
        project(delivery.resume_project, note="管线已改。"),
    ],
    "delivery.end_project": [project(delivery.end_project, **WORDS)],
    "delivery.report_problem": [project(delivery.report_problem, aspect="site", text="围挡没有关好。")],
    "delivery.answer_problem": [of_row(delivery.answer_problem, "problem_id", "problem", answer="已经关好了。")],
    "delivery.raise_concern": [project(delivery.raise_concern, aspect="site", text="围挡没有关好。")],
    "acceptance.appoint_panel": [
        project(delivery.open_acceptance),
        project(acceptance.appoint_member, seat="proposer"),
        of_row(acceptance.release_member, "member_id", "member", **WORDS),
    ],
    "acceptance.mark_project": [project(acceptance.mark_project, meets=True, text="")],
    "acceptance.conclude_inspection": [
        project(acceptance.order_rework, due_on=SOON, **WORDS),
        project(acceptance.accept_project),
    ],
    "acceptance.sign_off": [project(acceptance.sign_off, satisfaction=5, text="")],
    "acceptance.record_absence": [
        project(acceptance.record_absence, **WORDS),
        project(acceptance.cosign_absence),
    ],
    "evaluation.rate_project": [project(evaluation.rate_project, score=5, text="")],
    "evaluation.rate_as_supervisor": [project(evaluation.rate_as_supervisor, content=5, site=5, budget=5, quality=5, text="")],
    "evaluation.record_absence": [project(evaluation.record_absence, **WORDS)],
    "evaluation.conclude_ratings": [project(evaluation.conclude_ratings)],
    "evaluation.set_indicators": [
        A(
            evaluation.write_indicator,
            lambda w, by: {
                "district": w.district, "by": by, "of": "project", "group": "实施", "title": "资料齐全", "means": "齐", "most": 9,
                "now": NOON,
            },
            DONE,
        ),  # fmt: skip
        A(evaluation.retire_indicator, on("indicator_id", "line"), DONE),
        A(evaluation.adopt_examples, lambda w, by: {"district": w.district, "by": by, "of": "project", "now": NOON}, DONE),
    ],
    "evaluation.score_project": [
        A(evaluation.score, lambda w, by: {**on("project_id", "project")(w, by), "points": {w.line.pk: (9, "按期")}}, PROJECT)
    ],
    "evaluation.score_community": [
        A(
            evaluation.score,
            lambda w, by: {"community": w.home, "year": 2026, "points": {w.town_line.pk: (9, "及时")}, "by": by, "now": NOON},
            DONE,
        )
    ],
    "evaluation.close_project": [project(evaluation.close_project)],
    "desk.see_queue": [A(shown("desk.see_queue"), lambda w, by: {"number": w.project.proposal.number, "by": by}, PROJECT)],
    "desk.see_dossier": [A(shown("desk.see_dossier"), lambda w, by: {"number": w.project.proposal.number, "by": by}, PROJECT)],
    "desk.see_log": [A(log, lambda w, by: {"by": by}, DONE)],
}

# Where a room speaks before the table does, with a kinder reason or by not showing the row at all: nobody gets further by it.
SPEAKS_FIRST = {
    "proposals.lodge_proposal": {"not_living_here"},
    "proposals.edit_proposal": {HIDDEN},
    "proposals.withdraw_proposal": {HIDDEN},
    "proposals.correct_proposal": {HIDDEN},
    "proposals.support_proposal": {"own_proposal"},
    "voting.cast_ballot": {"no_home", "closed"},
    "voting.watch_poll": {"unseen"},
}
# What a person does with what is hers alone, at any stage: no row of the table, whoever she is.
HER_OWN = {
    "proposals.start_draft", "proposals.discard_draft", "proposals.add_photo", "proposals.remove_photo",
    "proposals.unfollow_proposal", "deliberation.leave_place", "screening.save_filter", "screening.drop_filter",
}  # fmt: skip
ASKED_BY_THEIR_OWN_RULE = {"screening.add_note", "voting.note_started", "desk.ask_return", "desk.ask_archive"}
PARTS_OF_OTHERS = {"acceptance.conclude_when_met", "acceptance.insist_on"}


def test_every_act_is_attempted():
    assert set(ATTEMPTS) == set(PERMITS)


def test_every_service_that_somebody_calls_is_attempted():
    """A new service is a new attempt, or one of those that no row of the table is about."""
    tried = {attempt.service for attempts in ATTEMPTS.values() for attempt in attempts}
    missing = {name for name, service in _services() if service not in tried}
    assert missing == HER_OWN | ASKED_BY_THEIR_OWN_RULE | PARTS_OF_OTHERS


@pytest.mark.django_db
def test_every_party_attempts_every_act_at_every_stage(monkeypatch):
    """The first service of an act at every stage; its further ones, which ask by the same name, at one stage inside and one outside.

    How a person stands to a place does not change here and is asked of the database once; one connection waits for no lock.
    """
    for name in ("is_proved_resident", "delivers"):
        monkeypatch.setattr(parties, name, _remembered(getattr(parties, name)))
    monkeypatch.setattr(locks, "_take", lambda *_about: None)
    faults: list[str] = []
    with clock.pretend(NOON):
        w = whole_world()
        for stands, stages in STAGES.items():
            for stage in stages:
                _stand(w, stands, stage)
                _try(w, stage, [row for row in _rows(stage) if row[1].at == stands], faults)
        for stage in {attempt.at for _action, attempt in _rows()} - set(STAGES):
            _try(w, stage, [row for row in _rows() if row[1].at == stage], faults)
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults)


def _services() -> Iterator[tuple[str, Callable]]:
    """What a person may call: services that are told by whom and when."""
    for room in sorted(Path(projects.__file__).parent.iterdir()):
        if (room / "services.py").exists() or (room / "services").exists():
            module = import_module(f"projects.{room.name}.services")
            for name, service in inspect.getmembers(module, inspect.isfunction):
                asks = inspect.signature(service).parameters
                if {"by", "now"} <= set(asks) and not name.startswith("_") and service.__module__.startswith(module.__name__):
                    yield f"{room.name}.{name}", service


def _remembered(question: Callable) -> Callable:
    known: dict = {}

    def answer(person, about) -> bool:
        key = (person.pk, about.pk)
        if key not in known:
            known[key] = question(person, about)
        return known[key]

    return answer


def _rows(stage: str = "") -> list[tuple[str, Attempt]]:
    """All attempts, or those that are made at this stage."""
    return [
        (action, attempt)
        for action, attempts in ATTEMPTS.items()
        for place, attempt in enumerate(attempts)
        if not stage or place == 0 or stage in _samples(action, attempt.at)
    ]


def _samples(action: str, stands: str) -> set[str]:
    """One stage of those that the table allows, and one of the others."""
    stages, allowed = STAGES.get(stands, ()), PERMITS[action].stages
    return {next((each for each in stages if (each in allowed) is inside), "") for inside in (True, False)}


def _stand(w, stands: str, stage: str) -> None:
    w.stage = stage
    row = w.batch if stands == ROUND else w.project
    type(row).objects.filter(pk=row.pk).update(stage=stage)


def _try(w, stage: str, rows: list[tuple[str, Attempt]], faults: list[str]) -> None:
    """Everybody who must not, for every act, and nothing to take back; then everybody who may, each taken back."""
    before, may = _written(), []
    with pytest.MonkeyPatch.context() as without_savepoints:
        for name in ("_savepoint", "_savepoint_commit", "_savepoint_rollback"):
            without_savepoints.setattr(connection, name, lambda _sid: None)
        for action, attempt in rows:
            for party, by in w.people.items():
                refusal = objection_to(action, roles=_held(party), stage=stage)
                if refusal is None:
                    may.append((action, attempt, party))
                    continue
                met = _met(attempt, w, by)
                if met != refusal.code and met not in SPEAKS_FIRST.get(action, ()):
                    faults.append(f"{_said(action, attempt, stage)}: {party} must meet {refusal.code}, met {met or 'nothing'}")
    if _written() != before:
        faults.append(f"at {stage} a refused attempt has written something")
    for action, attempt, party in may:
        point = transaction.savepoint()
        met = _met(attempt, w, w.people[party])
        transaction.savepoint_rollback(point)
        if met in ("not_yours", "not_now", HIDDEN):
            faults.append(f"{_said(action, attempt, stage)}: {party} may, met {met}")


def _said(action: str, attempt: Attempt, stage: str) -> str:
    return f"{action} ({attempt.service.__name__}) at {stage}"


def _held(party: Party) -> set[Party]:
    """Whoever is anything more than a visitor has signed in."""
    return {party} if party is Party.VISITOR else {party, Party.MEMBER}


def _met(attempt: Attempt, w, by) -> str:
    """The code of the refusal, "" when the act went through."""
    try:
        attempt.service(**attempt.given(w, by))
    except Refused as refused:
        return refused.refusal.code
    except ObjectDoesNotExist:
        return HIDDEN
    return ""


def _written() -> int:
    """Rows that this transaction has written so far, those taken back too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]
