"""The last place, and a stand-in: many at once, one gets it."""

import pytest

from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.threads import at_once
from tests.volunteers import volunteer_worlds as worlds
from volunteers.activities import services
from volunteers.models import SignUp


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_the_last_place_is_given_once_and_a_stand_in_found_once():
    home = make.community()
    shift = worlds.shift_of(worlds.call(home, places=1))
    crowd = [worlds.volunteer(home, f"唐明{number}") for number in range(12)]
    at_once([lambda who=who: services.sign_up(shift_id=shift.pk, by=who.person, now=NOON) for who in crowd])
    shift.refresh_from_db()
    states = sorted(SignUp.objects.values_list("state", flat=True))
    assert (shift.taken, states.count("held"), states.count("waiting")) == (1, 1, 11)
    held = SignUp.objects.get(state="held")
    at_once([lambda: services.give_up(shift_id=shift.pk, by=held.volunteer.person, now=NOON)] * 4)
    shift.refresh_from_db()
    assert shift.taken == SignUp.objects.filter(state="held").count() == 1
    for row in SignUp.objects.filter(state="waiting"):
        services.give_up(shift_id=shift.pk, by=row.volunteer.person, now=NOON)
    last = SignUp.objects.get(state="held")
    services.offer_swap(shift_id=shift.pk, by=last.volunteer.person, now=NOON)
    others = [who for who in crowd if who.pk != last.volunteer_id]
    answers = at_once(
        [lambda who=who: services.take_over(sign_up_id=last.pk, by=who.person, now=NOON) for who in others]
    )
    assert sum(isinstance(answer, SignUp) for answer in answers) == 1
    assert all(isinstance(answer, SignUp | Refused) for answer in answers)
