"""All that happens in the pipeline without a click. Each task is one call of a service."""

from __future__ import annotations

from celery import shared_task

from portal import clock
from projects.deliberation import document  # noqa: F401 - its kind of job is known where jobs run
from projects.deliberation.services import forget_guests as forget_guests_of_hearings
from projects.desk import archive, returns  # noqa: F401 - their kinds of job are known where jobs run
from projects.evaluation.services import conclude_due
from projects.funding.services import prove_sums as prove_sums_of_payments
from projects.rounds import services
from projects.screening.services import escalate_late
from projects.screening.services import lapse_overdue as lapse_overdue_corrections
from projects.search import services as search
from projects.tally import services as tally
from projects.voting import paper_pdf  # noqa: F401 - its kind of job is known where jobs run
from projects.voting import services as voting


@shared_task(name="projects.advance_due", ignore_result=True)
def advance_due() -> int:
    """Once a minute: rounds and projects whose time has come and that nothing holds move on."""
    return services.advance_due(now=clock.now()).moved


@shared_task(name="projects.lapse_overdue", ignore_result=True)
def lapse_overdue() -> int:
    """Once a minute: corrections whose last day has passed end as rejected; late answers are told to the street."""
    return lapse_overdue_corrections(clock.now()) + escalate_late(clock.now())


@shared_task(name="projects.tend_polls", ignore_result=True)
def tend_polls() -> int:
    """Once a minute: yesterday's totals join the public chain; keys of closed polls are sealed and in time destroyed;
    what the council refused to confirm is counted out."""
    done = voting.seal_all(now=clock.now()) + voting.tend_keys(now=clock.now()) + voting.remind(now=clock.now())
    return done + tally.count_refused(now=clock.now())


@shared_task(name="projects.blend_ballots", ignore_result=True)
def blend_ballots() -> int:
    """Every night before the backup: rows of open polls are written anew, so that their order tells nothing."""
    return voting.blend_all()


@shared_task(name="projects.conclude_ratings", ignore_result=True)
def conclude_ratings() -> int:
    """Once a minute: scores whose last day has passed are published, and hold or free the balance."""
    return conclude_due(now=clock.now())


@shared_task(name="projects.prove_sums", ignore_result=True)
def prove_sums() -> int:
    """Four times a day: the stored sums of payments are held against the payments and the ledger."""
    return prove_sums_of_payments(now=clock.now())


@shared_task(name="projects.forget_guests", ignore_result=True)
def forget_guests() -> int:
    """Four times a day: names of those who came in person for a hearing that is long over."""
    return forget_guests_of_hearings(now=clock.now())


@shared_task(name="projects.keep_search", ignore_result=True)
def keep_search() -> int:
    """Once a minute: what has changed is found under its new words."""
    return search.catch_up(now=clock.now())


@shared_task(name="projects.rebuild_search", ignore_result=True)
def rebuild_search() -> int:
    """Four times a day: the whole index anew, so that nothing that is gone stays in it."""
    return search.rebuild()
