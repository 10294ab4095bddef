"""A member who cannot come lets another vote in her stead, where the charter allows it."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from docx import Document

from communities.councils.rules import Threshold
from communities.models import User
from communities.residents.privacy import everything_about
from portal import clock
from portal.models import Notice
from portal.refusals import Refused
from projects.deliberation import document, mandate, pages, queries, rules, services
from projects.deliberation.models import Mandate, MemberVote, Slip
from projects.deliberation.rules import Count, Decision
from tests.factories import NOON
from tests.projects.deliberation.council import DAY, world
from tests.signing_in import sign_in
from tests.threads import at_once

TWO_THIRDS, HALF = Threshold(2, 3, False), Threshold(1, 2, False)
FITS = {
    "most": 1, "over": False, "own": False, "is_worker": True, "by_holder": False, "paper_ref": "WT-1", "giver_sits": True,
    "holder_sits": True, "same_person": False, "given": False, "giver_holds": 0, "holder_gave": False, "held": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"own": True, "is_worker": False, "paper_ref": ""}, None),
        ({"most": 0}, "not_by_charter"),
        ({"over": True}, "meeting_began"),
        ({"is_worker": False}, "not_yours"),
        ({"by_holder": True}, "own_mandate"),
        ({"paper_ref": ""}, "paper_missing"),
        ({"giver_sits": False}, "giver_unseated"),
        ({"holder_sits": False}, "holder_unseated"),
        ({"same_person": True}, "same_person"),
        ({"given": True}, "given_already"),
        ({"giver_holds": 1}, "giver_holds"),
        ({"holder_gave": True}, "holder_away"),
        ({"held": 1}, "too_many"),
        ({"held": 1, "most": 2}, None),
    ],
)
def test_who_may_let_whom_vote(changed, code):
    fault = mandate.objection_to_giving(**{**FITS, **changed})
    assert (fault and fault.code) == code


def test_a_mandate_never_covers_a_recusal_and_counts_for_the_quorum_only_by_the_charter():
    """1 and 2 are there; 3 lets 1 vote, 4 lets 2 vote. Whoever stands aside takes along the votes that she carries."""
    given = {3: 1, 4: 2}
    assert mandate.entitled({1, 2}, represented=given, aside=set()) == {1, 2, 3, 4}
    assert mandate.entitled({1, 2}, represented=given, aside={3}) == {1, 2, 4}
    assert mandate.entitled({1, 2}, represented=given, aside={1}) == {2, 4}
    states = {1: "present", 2: "absent", 3: "proxy"}
    assert mandate.objection_to_represented(states, present="present", holders={3: 1}) is None
    assert mandate.objection_to_represented(states, present="present", holders={}).code == "no_mandate"
    assert mandate.objection_to_represented(states, present="present", holders={3: 2}).code == "holder_absent"
    away = Count(seats=6, present=4, recused=1, in_favour=3, against=0, abstained=0, represented=1)
    assert away.entitled == 4
    assert rules.decide(away, quorum=TWO_THIRDS, mark=HALF).code == "no_quorum"
    counted = Count(6, 4, 1, 3, 0, 0, represented=1, represented_count=True)
    assert rules.decide(counted, quorum=TWO_THIRDS, mark=HALF) == Decision(rules.PASSED, 3)


def allowing(most=1, in_quorum=False, **rules_of):
    w = world(seats=5, **rules_of)
    w.council.mandates_most, w.council.mandates_in_quorum = most, in_quorum
    w.council.save()
    return w


def give(w, meeting, giver, holder, by=None, ref="WT-1", now=NOON):
    who = {"person_id": w.members[giver].pk, "holder_id": w.members[holder].pk}
    return services.give_mandate(meeting_id=meeting.pk, paper_ref=ref, by=by or w.worker, now=now, **who)


def enter(w, meeting, *states):
    by_member = {each.pk: state for each, state in zip(w.members, states, strict=True)}
    services.enter_roll(meeting_id=meeting.pk, states=by_member, by=w.worker, now=DAY)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


@pytest.mark.django_db
def test_a_secret_vote_takes_a_ballot_of_its_own_for_whom_she_represents():
    """B8. The charter that was frozen with the call decides; the roll stands only on what was not taken back."""
    w = allowing(in_quorum=True, council_secret=True)
    meeting = w.call()
    w.council.mandates_most = 0
    w.council.save()
    with refused("not_yours"):
        give(w, meeting, 3, 1, by=w.members[2])
    with refused("not_yours"):
        give(w, meeting, 3, 1, by=w.proposals[0].proposer)
    with refused("personal_number"):
        give(w, meeting, 3, 1, ref="13800138000")
    first = give(w, meeting, 3, 1, by=w.members[3], ref="")
    assert (first.entered_by, first.paper_ref) == (None, "")
    assert set(Notice.objects.filter(kind="deliberation.mandate").values_list("person", flat=True)) == {
        w.members[1].pk, w.members[3].pk,
    }  # fmt: skip
    with refused("too_many"):
        give(w, meeting, 4, 1)
    services.revoke_mandate(mandate_id=first.pk, by=w.members[1], now=NOON)
    with refused("revoked_already"):
        services.revoke_mandate(mandate_id=first.pk, by=w.worker, now=NOON)
    give(w, meeting, 3, 1)
    with refused("not_yours"):
        services.revoke_mandate(mandate_id=queries.mandates_of(meeting).get().pk, by=w.members[0], now=NOON)
    again = give(w, meeting, 4, 0)
    with refused("holder_absent"):
        enter(w, meeting, "present", "absent", "present", "proxy", "absent")
    enter(w, meeting, "present", "present", "present", "proxy", "proxy")
    services.revoke_mandate(mandate_id=again.pk, by=w.worker, now=NOON)
    begin = {"meeting_id": meeting.pk, "chair_id": w.chair.pk, "by": w.worker, "now": DAY}
    with refused("no_mandate"):
        services.open_meeting(**begin)
    enter(w, meeting, "present", "present", "present", "proxy", "excused")
    services.open_meeting(**begin)
    with refused("meeting_began"):
        services.revoke_mandate(mandate_id=queries.mandates_of(meeting).get().pk, by=w.worker, now=DAY)
    item = meeting.items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    vote = {"item_id": item.pk, "now": DAY}
    with refused("not_present"):
        services.vote_item(choice="for", by=w.members[3], **vote)
    with refused("not_mandated"):
        services.vote_item(choice="for", by=w.members[0], person_id=w.members[3].pk, **vote)
    services.vote_item(choice="against", by=w.members[1], **vote)
    services.vote_item(choice="for", by=w.members[1], person_id=w.members[3].pk, **vote)
    with refused("already_voted"):
        services.vote_item(choice="against", by=w.members[1], person_id=w.members[3].pk, **vote)
    heap = {"people": {each.pk for each in w.members[:3]} - {w.members[1].pk}, "in_favour": 2, "against": 0, "abstained": 0}
    with refused("too_few_slips"):
        services.enter_slips(by=w.worker, **heap, **vote)
    for member in (w.members[0], w.members[2]):
        services.vote_item(choice="for", by=member, **vote)
    row = services.close_vote(reason="", by=w.worker, **vote)
    assert (row.seats, row.present, row.represented, row.in_favour, row.against, row.needed) == (5, 3, 1, 3, 1, 3)
    assert Slip.objects.count() == 4 and MemberVote.objects.get(holder=w.members[1]).person == w.members[3]
    assert "另有委托出席 1 人" in queries.chapters(w.proposals[0])[-1].text
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.update(holder=w.members[3])


@pytest.mark.django_db
def test_by_clicks_and_on_paper():
    """The clerk's page and the member's, the phone of whoever votes for another, the minutes that say so."""
    w = allowing(most=2)
    meeting = w.call()
    clerk, holder = sign_in(Client(), w.worker), sign_in(Client(), w.members[1])
    with clock.pretend(NOON):
        assert "登记委托" in text_of(clerk.get(url("run", meeting.number)))
        wrong = clerk.post(url("mandates", meeting.number), {"person": "x", "holder": "9" * 30, "paper_ref": "委" * 50})
        assert wrong.status_code == 422 and "请从议事代表里选。" in text_of(wrong)
        typed = {"person": w.members[4].pk, "holder": w.members[1].pk, "paper_ref": "WT-7"}
        assert clerk.post(url("mandates", meeting.number), typed).status_code == 302
        assert "委托书 WT-7" in text_of(clerk.get(url("mandates", meeting.number)))
        giver = sign_in(Client(), w.members[3])
        assert giver.post(url("mandate", meeting.number), {"holder": w.members[1].pk}).status_code == 302
        assert "您已委托议事代表2" in text_of(giver.get(url("mandate", meeting.number)))
        assert giver.post(url("revoke_mandate", queries.mandate_between(meeting, w.members[3]).pk)).status_code == 302
        assert giver.post(url("mandate", meeting.number), {"holder": w.members[1].pk}).status_code == 302
        assert text_of(holder.get(url("papers", meeting.number))).count("委托您出席这次会议") == 2
        assert sign_in(Client(), w.proposals[0].proposer).get(url("mandate", meeting.number)).status_code == 404
    with clock.pretend(DAY):
        clerk, holder = sign_in(Client(), w.worker), sign_in(Client(), w.members[1])
        assert "委托出席（议事代表2代）" in text_of(clerk.get(url("roll", meeting.number)))
        proxied = {w.members[3].pk, w.members[4].pk}
        states = {f"seat_{each.pk}": "proxy" if each.pk in proxied else "present" for each in w.members}
        assert clerk.post(url("roll", meeting.number), {**states, f"seat_{w.chair.pk}": "proxy"}).status_code == 422
        assert clerk.post(url("roll", meeting.number), states).status_code == 302
        assert "委托出席 2 人" in text_of(clerk.get(url("run", meeting.number)))
        begin = clerk.post(url("open_meeting", meeting.number), {"chair": w.chair.pk})
        assert begin.status_code == 422 and "现在到会 3 人" in text_of(begin), "those represented do not count for the quorum"
        meeting.marks["mandates"] = [2, True]
        meeting.save()
        assert clerk.post(url("open_meeting", meeting.number), {"chair": w.chair.pk}).status_code == 302
        item = meeting.items.get()
        services.declare_interest(item_id=item.pk, person_id=w.members[4].pk, reason="住在这栋楼", by=w.worker, now=DAY)
        clerk.post(url("open_vote", item.pk))
        papers = text_of(holder.get(url("papers", meeting.number)))
        assert "替议事代表4表决" in papers and "议事代表5委托的一票：有回避" in papers
        assert "与您自己的一票分开投" in text_of(holder.get(url("vote_for", item.pk, w.members[3].pk)))
        assert holder.get(url("vote_for", item.pk, w.chair.pk)).status_code == 404
        assert holder.post(url("vote_for", item.pk, w.members[4].pk), {"choice": "for"}).status_code == 422
        assert holder.post(url("vote_for", item.pk, w.members[3].pk), {"choice": "against"}).status_code == 302
        with refused("already_voted"):
            services.declare_interest(item_id=item.pk, person_id=w.members[1].pk, reason="想起来了", by=w.worker, now=DAY)
        hands = {f"vote_{each.pk}": "for" for each in w.members[:3]}
        assert clerk.post(url("hands", item.pk), hands).status_code == 302
        assert "4 人（到会 3，委托出席 2，回避 1）" in text_of(clerk.get(url("close_vote", item.pk)))
        services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
        w.finished(meeting)
    meeting.refresh_from_db()
    public = text_of(Client().get(url("minutes", meeting.number)))
    said = "应到 5 人，实到 3 人，委托出席 2 人，缺席 0 人，请假 0 人。"
    assert said in public and "委托出席（议事代表2）" in public and "议事代表4（议事代表2代）" in public
    assert said in text_of(Client().get(url("meeting", meeting.number)))
    paper = Document(BytesIO(document.content_of(meeting)))
    assert said in "\n".join(line.text for line in paper.paragraphs)
    assert "委托出席（议事代表2）" in [cell.text for row in paper.tables[0].rows for cell in row.cells]
    held = everything_about(w.members[1])["议事会"]
    assert [row["委托人"] for row in held["委托"]] == ["议事代表5", "议事代表4", "议事代表4"] and held["到会"][0]["登记"] == "到会"
    assert pages.minutes_sheet(meeting)["roll"][0].came == "到会" and document.pdf_of(meeting).startswith(b"%PDF-")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_three_ask_the_same_member_at_once_and_the_charter_holds():
    w = allowing(most=1)
    meeting = w.call()
    acts = [
        lambda place=place: give(w, meeting, place, 0, by=User.objects.get(pk=w.members[place].pk), ref="") for place in (1, 2, 3)
    ]
    answers = at_once(acts)
    assert sum(isinstance(answer, Mandate) for answer in answers) == 1
    assert {answer.refusal.code for answer in answers if isinstance(answer, Refused)} == {"too_many"}
