"""The offices' pages: what awaits me, a round's desk, a proposal's dossier, the log."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import clock
from portal.log import first_fault
from portal.refusals import insist
from portal.web import page
from projects import permissions, pipeline
from projects.desk import desks, forms, life
from projects.desk.queries import gather, proposals, records
from projects.parties import parties_anywhere, parties_to
from projects.rounds.queries import rounds_of_office

A_PAGE = 40


@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """等我处理: one queue over every room, the most urgent first."""
    tasks = gather.tasks_of(request.user, today=clock.today())
    form = forms.QueueForm(request, tasks=tasks)
    rows = desks.queue_rows(tasks, form.asked, today=clock.today())
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": form,
        "found": found,
        "late": sum(row["left"] is not None and row["left"] < 0 for row in rows),
    }
    context |= desks.beside(rows, request.GET.get("at", ""), form)
    return page(request, "projects/desk/queue.html", context)


@never_cache
@login_required
def round_desk(request: HttpRequest, number: str) -> HttpResponse:
    """What holds the round, by whom, since when; its calendar; every move; the ways on and back."""
    round = get_object_or_404(rounds_of_office(request.user, clock.today()), number=number)
    return page(request, "projects/desk/round_desk.html", desks.desk_of(round, person=request.user, now=clock.now()))


@never_cache
@login_required
def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about a proposal on one page that prints."""
    row = get_object_or_404(proposals.proposal_in_sight(), number=number)
    roles = parties_to(request.user, row, day=clock.today())
    insist(permissions.objection_to("desk.see_dossier", roles=roles, stage=row.round.stage))
    entries = records.log_about(row)
    context = {
        "life": life.life_of(row, person=request.user, now=clock.now()),
        "facts": desks.facts_of(row),
        "entries": [(entry, records.names_of(entries).get(entry.actor_id, "")) for entry in entries],
    }
    return page(request, "projects/desk/dossier.html", context)


@never_cache
@login_required
def log(request: HttpRequest) -> HttpResponse:
    """The log and the state of its chain, for auditors."""
    insist(_objection_to_log(request))
    form = forms.LogForm(request)
    found = Paginator(records.log_rows(form.asked), A_PAGE).get_page(request.GET.get("page"))
    names = records.names_of(list(found))
    rows = [(entry, names.get(entry.actor_id, ""), records.thing_in(entry)) for entry in found]
    context = {"filters": form, "found": found, "rows": rows, "chain": records.chain_state()}
    return page(request, "projects/desk/log.html", context)


@require_POST
@never_cache
@login_required
def verify_log(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether it holds, or which row does not fit."""
    insist(_objection_to_log(request))
    context = {"fault": first_fault(), "chain": records.chain_state(), "at": clock.now()}
    return page(request, "projects/desk/verify_log.html", context)


def _objection_to_log(request: HttpRequest) -> object:
    parties = parties_anywhere(request.user, day=clock.today())
    return permissions.objection_to("desk.see_log", roles=parties, stage=pipeline.DONE)
