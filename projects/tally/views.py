"""The result for residents, and the same for machines; the check of a tracker."""

from __future__ import annotations

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from portal.web import page, posted
from projects.rounds.models import Round
from projects.tally import queries
from projects.tally.forms import TrackerForm
from projects.tally.models import Tally
from projects.tally.pages import recount_of, sheet_of, tracker_found, why_spoilt
from projects.tally.published import text_of
from projects.voting.models import CountedTracker


def result(request: HttpRequest, number: str) -> HttpResponse:
    """Who won and why, why not, ties, turnout, downloads: one section per community."""
    batch = get_object_or_404(Round.objects.select_related("street"), number=number)
    sheets = [sheet_of(tally) for tally in queries.tallies_in_force(batch)]
    context = {"round": batch, "sheets": sheets, "form": TrackerForm()}
    return page(request, "projects/tally/result.html", context)


def tracker(request: HttpRequest, number: str) -> HttpResponse:
    """Is this tracker among the counted ones? Tells nothing about the choice."""
    batch = get_object_or_404(Round, number=number)
    form = TrackerForm(**posted(request))
    typed = form.cleaned_data["tracker"] if form.is_valid() else ""
    found = tracker_found(batch, typed) if typed else None
    spoilt = why_spoilt(batch, typed) if typed else ""
    context = {"round": batch, "form": form, "found": found, "spoilt": spoilt, "counted": queries.slates_counted(batch)}
    return page(request, "projects/tally/tracker.html", context)


def recount(request: HttpRequest, number: str) -> HttpResponse:
    """How anybody counts again, in three steps, with the exact command for each community."""
    batch = get_object_or_404(Round, number=number)
    rows = [recount_of(tally) for tally in queries.tallies_in_force(batch)]
    return page(request, "projects/tally/recount.html", {"round": batch, "rows": rows})


def result_json(request: HttpRequest, number: str, code: str) -> HttpResponse:
    tally = tally_or_404(number, code)
    response = download(text_of(tally.result), "application/json", f"result-{number}-{code}.json")
    response["Digest"] = f"sha-256={tally.digest}"
    return response


def result_csv(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The lines of the result; every cell is a number or a public number, so no cell can be a formula."""
    response = download("\ufeff", "text/csv", f"result-{number}-{code}.csv")
    sheet = csv.DictWriter(response, ["number", "votes", "cost", "chosen", "reason", "left"])
    sheet.writeheader()
    sheet.writerows(tally_or_404(number, code).result["projects"])
    return response


def ballots_pb(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The counted ballots; 404 where the poll is so small that a ballot could betray its voter."""
    tally = tally_or_404(number, code)
    if not tally.slate.roll_size or not queries.ballots_may_be_published(tally):
        raise Http404
    return download(queries.ballots_file(tally), "text/plain", f"{number}-{code}.pb")


def trackers_txt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    tally = tally_or_404(number, code)
    rows = CountedTracker.objects.filter(slate=tally.slate).order_by("tracker").values_list("tracker", flat=True)
    return download("\n".join(rows) + "\n", "text/plain", f"trackers-{number}-{code}.txt")


def tally_or_404(number: str, code: str) -> Tally:
    tally = queries.tally_in_force(number, code)
    if tally is None:
        raise Http404
    return tally


def download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
