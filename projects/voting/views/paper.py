"""The paper channel: the desk of envelopes, the roll at the counter, printed sheets, the public account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from communities.roles.queries import roles_anywhere
from communities.roles.rules import Role
from portal import clock, files
from portal.fields import plain
from portal.models import Job
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.parties import parties_at
from projects.voting import paper_pdf, queries, services
from projects.voting.models import PaperBatch, Slate
from projects.voting.paper_forms import HandForm, PrintForm, ReplaceForm

A_PAGE = 10


@never_cache
@login_required
def desks(request: HttpRequest) -> HttpResponse:
    """The staff's way in: every open poll of their communities with its paper desk."""
    rows = queries.desks_of(request.user, today=clock.today())
    worker = Role.COMMUNITY_WORKER in roles_anywhere(request.user, clock.today())
    return page(request, "projects/voting/desks.html", {"rows": rows, "worker": worker})


@never_cache
@login_required
def paper_desk(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """All envelopes of a community with their numbers and what is to be done; a new one is printed here."""
    slate = slate_for_desk(request, number, code, "voting.void_paper")
    form = PrintForm(**posted(request))
    who = {"slate_id": slate.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.print_sheets, count=form.cleaned_data["count"], **who):
        return back(request, "voting:paper_desk", number, code, said=_("新的信封正在排版，稍后可以下载打印。"))
    found = Paginator(queries.batches_of(slate), A_PAGE).get_page(request.GET.get("page"))
    sampled = queries.unchecked_in(slate) if queries.poll_is_over(slate, clock.now()) else []
    rows = queries.envelopes_of(list(found))
    context = {"slate": slate, "form": form, "found": found, "rows": rows, "sampled": len(sampled)}
    return page(request, "projects/voting/paper_desk.html", context)


@never_cache
@login_required
def paper_roll(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Look a resident up on the frozen roll, masked; from here she gets a paper ballot."""
    slate = slate_for_desk(request, number, code, "voting.hand_out_paper")
    text = plain(request.GET.get("q", ""))[:40]
    kiosks = queries.open_kiosks(slate, now=clock.now())
    context = {"slate": slate, "text": text, "found": queries.found_on_roll(slate, text), "kiosks": kiosks}
    return page(request, "projects/voting/paper_roll.html", context)


@never_cache
@login_required
def paper_hand(request: HttpRequest, number: str, code: str, entry: int) -> HttpResponse:
    """Roll first, then the paper: the worker confirms the person, then hands a sheet out."""
    slate = slate_for_desk(request, number, code, "voting.hand_out_paper")
    found = queries.entry_on_roll(slate, entry)
    if found is None:
        raise Http404
    form = HandForm(**posted(request))
    who = {"entry_id": entry, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.hand_out_paper, **who)):
        said = _("已登记。请从第 %(envelope)s 个信封任取一张，正面朝下交给居民。") % {"envelope": done.value.envelope}
        return back(request, "voting:paper_roll", number, code, said=said)
    return page(request, "projects/voting/paper_hand.html", {"slate": slate, "found": found, "form": form})


@never_cache
@login_required
def paper_replace(request: HttpRequest, number: str, code: str, entry: int) -> HttpResponse:
    """A spoilt or lost sheet is void at once; the resident takes another one."""
    slate = slate_for_desk(request, number, code, "voting.hand_out_paper")
    found = queries.entry_on_roll(slate, entry)
    if found is None:
        raise Http404
    form = ReplaceForm(**posted(request))
    who = {"entry_id": entry, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.replace_sheet, **form.cleaned_data, **who)):
        said = _("旧的一张已作废。请从第 %(envelope)s 个信封任取一张新的。") % {"envelope": done.value.envelope}
        return back(request, "voting:paper_roll", number, code, said=said)
    return page(request, "projects/voting/paper_replace.html", {"slate": slate, "found": found, "form": form})


@never_cache
@login_required
def paper_sheets(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """The sheets of an envelope, fit for the printer."""
    batch = batch_for_desk(request, number, code, envelope, "voting.hand_out_paper")
    return page(request, "projects/voting/paper_sheets.html", paper_pdf.sheets_of(batch))


@never_cache
@login_required
def paper_file(request: HttpRequest, number: str, code: str, envelope: int) -> FileResponse:
    """The same as a PDF, once the job has made it."""
    batch = batch_for_desk(request, number, code, envelope, "voting.hand_out_paper")
    job = Job.objects.filter(key=f"paper-{batch.pk}").first()
    if job is None or not job.file:
        raise Http404
    return files.serve(job.file, title=f"paper-{batch.slate.round.number}-{batch.envelope}.pdf")


def paper_account(request: HttpRequest, number: str) -> HttpResponse:
    """After the close, for everybody: how many sheets were handed out, counted, spoilt and not returned, and why."""
    slates = list(queries.public_slates(number))
    if not slates:
        raise Http404
    rows = [queries.account_of(slate) for slate in slates if slate.closed_at]
    context = {"round": slates[0].round, "rows": rows}
    return page(request, "projects/voting/paper_account.html", context)


def slate_for_desk(request: HttpRequest, number: str, code: str, action: str) -> Slate:
    slate = queries.paper_slate(number, code)
    if slate is None:
        raise Http404
    roles = parties_at(request.user, slate.community, day=clock.today())
    insist(permissions.objection_to(action, roles=roles, stage=slate.round.stage))
    return slate


def batch_for_desk(request: HttpRequest, number: str, code: str, envelope: int, action: str) -> PaperBatch:
    batch = queries.batch_in_slate(slate_for_desk(request, number, code, action), envelope)
    if batch is None:
        raise Http404
    return batch
