"""Many at the same instant: limits and accounts hold (S42, B4's way of testing)."""

import threading

import pytest
from django.db import connection

from communities.accounts.models import SignInCode, User
from communities.accounts.services import codes, people
from portal.refusals import Refused
from tests.factories import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
PHONE = "13800138000"


def all_at_once(count, act):
    start, told = threading.Barrier(count), []

    def run():
        start.wait()
        try:
            told.append(act())
        except Refused as refused:
            told.append(refused.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setattr("communities.accounts.sms.ConsoleSender.send", lambda self, phone, text, *, key: None)


def test_ten_requests_at_once_send_one_code():
    told = all_at_once(10, lambda: codes.ask_code(phone=PHONE, purpose="sign_in", address="1.2.3.4", now=NOON).number)
    assert SignInCode.objects.count() == 1
    assert told.count("too_soon") == 9


def test_the_days_budget_is_not_overrun(settings):
    settings.SMS_DAILY_BUDGET = 3
    numbers = iter(f"1380013800{n}" for n in range(10))
    lock = threading.Lock()

    def act():
        with lock:
            phone = next(numbers)
        return codes.ask_code(phone=phone, purpose="sign_in", address="", now=NOON).number

    told = all_at_once(10, act)
    assert SignInCode.objects.count() == 3 and told.count("budget_used_up") == 7


def test_a_code_opens_once_however_often_it_is_sent():
    sent = codes.ask_code(phone=PHONE, purpose="sign_in", address="", now=NOON)
    told = all_at_once(
        6, lambda: codes.take_code(number=sent.number, binding=sent.binding, purpose="sign_in", code=sent.code, now=NOON)
    )
    assert told.count(PHONE) == 1 and told.count("code_used") == 5


def test_guessing_in_parallel_gets_three_tries():
    """S17: tries are counted under the row's lock."""
    sent = codes.ask_code(phone=PHONE, purpose="sign_in", address="", now=NOON)
    wrong = f"{(int(sent.code) + 1) % 10**6:06d}"
    told = all_at_once(
        8, lambda: codes.take_code(number=sent.number, binding=sent.binding, purpose="sign_in", code=wrong, now=NOON)
    )
    assert told.count("code_wrong") == 2 and told.count("code_spent") == 6


def test_a_new_number_in_two_browsers_is_one_person():
    told = all_at_once(6, lambda: people.come_in(phone=PHONE, now=NOON).pk)
    assert User.objects.count() == 1 and set(told) == {User.objects.get().pk}
