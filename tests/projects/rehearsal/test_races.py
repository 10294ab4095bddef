"""Officers and test people at the same instant, on PostgreSQL: nobody meets a failure, everybody the reason."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock
from portal.refusals import Refused
from projects.models import Rehearsal, RehearsalPerson
from projects.rehearsal import services
from tests import factories as f
from tests.signing_in import sign_in
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_two_starts_two_wipes_and_a_ballot_in_between():
    """Started once, the other starts are told so; wiped while others work on it, they are told that it has gone."""
    home = f.community()
    officer = f.street_officer(home.parent)
    batch = f.round_at("deliberation", home, officer=officer)
    manage = reverse("rehearsal:rehearsal", args=[batch.number, home.code])

    def start():
        with clock.pretend(f.NOON):
            answer = offices.pop().post(manage, {"people": "5"})
        return answer.status_code, "已经有一次演练" in answer.content.decode()

    offices = [sign_in(Client(), officer) for _phone in range(5)]
    assert Counter(at_once([start] * 5)) == {(302, False): 1, (422, True): 4}
    held = Rehearsal.objects.get()
    assert held.people.count() == 5

    given = {"rehearsal_id": held.pk, "by": officer, "now": f.NOON}
    person, project = held.people.first(), held.projects.first()
    acts = [lambda: services.wipe_rehearsal(**given)] * 2
    acts += [lambda: services.fill_rehearsal(**given), lambda: services.count_rehearsal(**given)]
    acts += [lambda: services.try_ballot(person_id=person.pk, choices={project.pk: 1})] * 2
    answers = at_once(acts)
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(each, Refused) for each in failed), failed
    assert {each.refusal.code for each in failed} <= {"rehearsal_gone", "rehearsal_counted"}
    assert [answer for answer in answers[:2] if isinstance(answer, Refused)], "wiped once"
    assert not Rehearsal.objects.exists() and not RehearsalPerson.objects.exists()
