"""The office's pages for rosters; and the resident's one button."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.rosters import forms, queries, rules, services
from communities.rosters.models import Roster
from portal import clock, jobs
from portal.files import PAPERS
from portal.sheets import LongSheet
from portal.web import attempt, back, page, posted

A_PAGE = 20
PARTS = {
    "left_out": gettext_lazy("不导入的行"),
    "fresh": gettext_lazy("新增"),
    "changed": gettext_lazy("更新"),
    "moved": gettext_lazy("从其他社区迁入"),
    "gone": gettext_lazy("名册上已没有，登记到今天为止"),
}


def kept_places(request: HttpRequest) -> list[Division]:
    places = queries.places_of(request.user, clock.today())
    if not places:
        raise Http404
    return places


def roster_in_sight(request: HttpRequest, number: int) -> Roster:
    roster = queries.in_sight(request.user, clock.today(), number)
    if roster is None:
        raise Http404
    return roster


@login_required
def rosters(request: HttpRequest) -> HttpResponse:
    """Hand a roster in; the earlier ones below."""
    places = kept_places(request)
    form = forms.UploadForm(**posted(request), places=places)
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.upload_roster, **form.handed_in(), **given)):
        return redirect("rosters:columns", done.value.pk)
    listed = Paginator(queries.rosters_of(request.user, clock.today()), A_PAGE).get_page(request.GET.get("page"))
    held = [(place, queries.standing(place).count()) for place in places[:20]]
    return page(request, "communities/rosters/rosters.html", {"form": form, "listed": listed, "held": held})


@login_required
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """Which column is which."""
    roster = roster_in_sight(request, number)
    form = forms.ColumnsForm(**posted(request), headings=roster.headings, held=roster.columns)
    given = {"roster_id": roster.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.match_columns, columns=form.chosen(), **given):
        return redirect("rosters:preview", roster.pk)
    unread = [heading for heading in roster.headings if heading and not set(rules.guessed([heading]))]
    return page(request, "communities/rosters/columns.html", {"form": form, "roster": roster, "unread": unread[:20]})


@login_required
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """What the file would change; while a job works, how far it is; afterwards, what was done."""
    roster = roster_in_sight(request, number)
    done, total = jobs.progress(roster.job) if roster.job else (0, 0)
    shown = {"roster": roster, "done": done, "total": total, "parts": parts_of(roster), "reasons": reasons_of(roster)}
    shown["busy"] = roster.state in ("checking", "taking_in") and (roster.job is None or roster.job.state != "failed")
    return page(request, "communities/rosters/preview.html", shown, fragment="communities/rosters/_preview.html")


@login_required
@require_POST
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the preview shows."""
    roster = roster_in_sight(request, number)
    services.ask_taking_in(roster_id=roster.pk, by=request.user, now=clock.now())
    return back(request, "rosters:preview", roster.pk)


@login_required
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Delete the file, take nothing in."""
    roster = roster_in_sight(request, number)
    services.drop_roster(roster_id=roster.pk, by=request.user, now=clock.now())
    return back(request, "rosters:rosters", said=_("已放弃，文件已删除。"))


@login_required
@require_safe
def rejects(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that stay out, each with its reason in the last column."""
    roster = roster_in_sight(request, number)
    if not roster.rejects or not roster.rejects.storage.exists(roster.rejects.name):
        raise Http404
    return as_sheet(roster.rejects.open("rb"), f"名册第{roster.pk}号-未导入的行.xlsx")


@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Who stands on the roster, whole; for a named reason."""
    form = forms.ExportForm(**posted(request), places=kept_places(request))
    if form.is_valid() and (done := attempt(form, write_export, given=form.cleaned_data, by=request.user)):
        return as_sheet(done.value.finished(), f"居民名册-{clock.today():%Y%m%d}.xlsx")
    return page(request, "communities/rosters/export.html", {"form": form})


@login_required
@require_POST
def match(request: HttpRequest) -> HttpResponse:
    """Find me on my community's roster."""
    form = Form(request.POST)
    if form.is_valid() and attempt(form, services.match_on_roster, by=request.user, now=clock.now()):
        return back(request, "residents:home", said=_("核对一致，您的居住登记已核实。"))
    return page(request, "communities/rosters/match.html", {"form": form})


def write_export(*, given: dict, by: User) -> LongSheet:
    return services.export_roster(place_id=given["place"], reason=given["reason"], by=by, now=clock.now())


def parts_of(roster: Roster) -> list[dict]:
    counts = roster.counts
    return [
        {"key": key, "title": title, "count": counts[key], "rows": roster.samples.get(key, [])}
        for key, title in PARTS.items()
        if counts.get(key)
    ]


def reasons_of(roster: Roster) -> list[tuple[str, int]]:
    """Why rows stay out, the commonest first."""
    told = [(_(text), roster.counts.get(f"why_{key}", 0)) for key, text in rules.OF_MANY.items()]
    return sorted(((text, count) for text, count in told if count), key=lambda pair: -pair[1])


def as_sheet(content: object, title: str) -> FileResponse:
    answer = FileResponse(content, as_attachment=True, filename=title, content_type=PAPERS["xlsx"])
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "private, no-store"
    return answer
