"""The result for residents, and the same for machines; the check of a tracker."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal import clock
from portal.files import JSON, TEXT, download
from portal.sheets import CSV, Sheet, csv_of
from portal.web import page, posted
from projects.rounds.models import Round
from projects.tally import queries
from projects.tally.forms import TrackerForm
from projects.tally.models import Tally
from projects.tally.own_share import own_share_of
from projects.tally.pages import key_told, sheet_of
from projects.tally.published import text_of
from projects.tally.takeaway import recount_of, watched_by
from projects.voting.forms import FORMS
from projects.voting.models import CountedTracker
from projects.voting.queries import candidates_of


def result(request: HttpRequest, number: str) -> HttpResponse:
    """Who won and why, why not, ties, turnout, downloads: one section per community."""
    batch = get_object_or_404(Round.objects.select_related("street"), number=number)
    sheets = [sheet_of(tally) for tally in queries.tallies_in_force(batch)]
    context = {"round": batch, "sheets": sheets, "key": key_told(batch) if sheets else {}}
    return page(request, "projects/tally/result.html", context)


def sheet(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One community's result as a sheet for the board, A4 or A3."""
    tally = tally_or_404(number, code)
    address = request.build_absolute_uri(reverse("tally:result", args=[number]))
    context = {"sheet": sheet_of(tally), "round": tally.slate.round, "key": key_told(tally.slate.round)}
    context["large"] = request.GET.get("size") == "a3"
    context["qr"] = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    return page(request, "projects/tally/sheet.html", context)


@never_cache
def tracker(request: HttpRequest, number: str) -> HttpResponse:
    """Is this tracker among the counted ones? Tells nothing about the choice."""
    batch = get_object_or_404(Round, number=number)
    form = TrackerForm(**posted(request))
    asked = form.cleaned_data["tracker"] if form.is_valid() else ""
    context = {"round": batch, "form": form, "asked": asked, "counted": queries.slates_counted(batch)}
    context["slate"] = queries.counted_slate(batch, asked) if asked else None
    context["spoilt"] = queries.why_spoilt(batch, asked) if asked else ""
    return page(request, "projects/tally/tracker.html", context)


@never_cache
def share(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Where one voter's part of the money went, from what she ticks here. Nothing is kept, and no tracker is asked."""
    tally = tally_or_404(number, code)
    candidates = candidates_of(tally.slate) if tally.slate.roll_size else []
    form = FORMS[tally.slate.round.rules["ballot"]](**posted(request), candidates=candidates)
    chosen = form.chosen() if form.is_valid() else {}
    context = {"round": tally.slate.round, "tally": tally, "form": form}
    context["candidates"] = [(each, chosen.get(each.pk, "")) for each in candidates]
    context["share"] = own_share_of(tally, chosen) if chosen else None
    return page(request, "projects/tally/share.html", context)


def recount(request: HttpRequest, number: str) -> HttpResponse:
    """How anybody counts again, in three steps, with the exact command for each community; every file to take away.

    While voting is open an observer who is signed in sees the sums that she may follow.
    """
    batch = get_object_or_404(Round, number=number)
    rows = [recount_of(tally) for tally in queries.tallies_in_force(batch)]
    told = {"rows": rows, **watched_by(batch, request.user, day=clock.today())}
    return page(request, "projects/tally/recount.html", {"round": batch, **told})


def result_json(request: HttpRequest, number: str, code: str) -> HttpResponse:
    tally = tally_or_404(number, code)
    response = download(text_of(tally.result), JSON, f"result-{number}-{code}.json")
    response["Digest"] = f"sha-256={tally.digest}"
    return response


def count_json(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The log of the count: every step, tie and reason, as the public program prints it."""
    log = text_of(tally_or_404(number, code).result["log"])
    return download(log, JSON, f"count-{number}-{code}.json")


def result_csv(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The lines of the result, in the words of the log of the count."""
    heads = ["number", "votes", "cost", "chosen", "reason", "left"]
    lines = [[line[head] for head in heads] for line in tally_or_404(number, code).result["projects"]]
    return download(csv_of([Sheet("", heads, lines)]), CSV, f"result-{number}-{code}.csv")


def ballots_pb(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The counted ballots; 404 where the poll is so small that a ballot could betray its voter."""
    tally = tally_or_404(number, code)
    if not tally.result.get("ballots_sha256"):
        raise Http404
    return download(queries.ballots_file(tally), TEXT, f"{number}-{code}.pb")


def trackers_txt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    tally = tally_or_404(number, code)
    rows = CountedTracker.objects.filter(slate=tally.slate).order_by("tracker").values_list("tracker", flat=True)
    return download("\n".join(rows) + "\n", TEXT, f"trackers-{number}-{code}.txt")


def tally_or_404(number: str, code: str) -> Tally:
    tally = queries.tally_in_force(number, code)
    if tally is None:
        raise Http404
    return tally
