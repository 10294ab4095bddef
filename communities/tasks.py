"""What the communities do without a click: their kinds of job, and the nightly sweep of codes (P10)."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from communities import retention
from communities.accounts.services.codes import sweep_codes
from communities.accounts.services.staff import remind_of_passwords
from communities.channels import services as channels
from communities.divisions import imports
from communities.letters import work as letters_work
from communities.records import work as records_work
from communities.rosters import work as roster_work
from portal import clock

__all__ = ["imports", "keep_to_terms", "letters_work", "records_work", "roster_work", "sweep", "tell"]


@shared_task(name="communities.sweep", ignore_result=True)
def sweep() -> int:
    """Delete sign-in codes older than a day, whose counters are not needed any more, and letters older than 90 days."""
    letters = channels.sweep_letters(before=clock.now() - timedelta(days=90))
    return letters + sweep_codes(before=clock.now() - timedelta(days=1))


@shared_task(name="communities.keep_to_terms", ignore_result=True)
def keep_to_terms() -> int:
    """Four times a day: personal records past their time go, so that a restart at night skips nothing; old passwords are named."""
    remind_of_passwords(now=clock.now())
    return sum(retention.sweep(clock.now()).values())


@shared_task(name="communities.tell", ignore_result=True)
def tell() -> int:
    """Once a minute: what is owed becomes letters, and letters that are due are carried."""
    written = channels.write_letters(now=clock.now())
    return written + channels.carry_letters(now=clock.now())
