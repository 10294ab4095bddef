"""The notice board: sheets for everybody, objections of residents, the officers' answer desk."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.divisions.models import Division
from communities.residents.queries import is_proved_resident
from portal import clock, previews
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.parties import parties_to
from projects.permissions import Party
from projects.proposals.models import Proposal
from projects.publicity import forms, pages, queries, services
from projects.publicity.models import Objection
from projects.rounds.models import Round


def _objection(number: str) -> Objection:
    return get_object_or_404(queries.objections_seen(), number=number)


def _allow(request: HttpRequest, action: str, proposal: Proposal) -> None:
    roles = parties_to(request.user, proposal, day=clock.today())
    insist(permissions.objection_to(action, roles=roles, stage=proposal.round.stage))


def _sent(request: HttpRequest, form: forms.AnswerForm, row: Objection, act: Callable, *, button: str):
    who = {"objection_id": row.pk, "by": request.user, "now": clock.now()}
    title = f"{row.number} {row.proposal.title}"
    return previews.sent(request, form, act, title=title, button=button, **who, **form.cleaned_data)


def round(request: HttpRequest, number: str) -> HttpResponse:
    """All notices of a round, with how many objections came and were answered."""
    batch = get_object_or_404(Round.objects.select_related("street"), number=number)
    chunk = Paginator(queries.notices_of(batch), 20).get_page(request.GET.get("page"))
    return page(request, "projects/publicity/round.html", {"round": batch, "page": chunk, "today": clock.today()})


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet, fit for a real board, with the objections and answers below."""
    sheet = get_object_or_404(queries.notices_seen(), pk=pk)
    may_object = not request.user.is_authenticated or is_proved_resident(request.user, sheet.community)
    return page(request, "projects/publicity/notice.html", {**pages.sheet_of(sheet), "may_object": may_object})


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = get_object_or_404(queries.notices_seen(), pk=pk)
    return HttpResponse(pages.qr_of(request, sheet), content_type="image/svg+xml")


@login_required
def lodge(request: HttpRequest, number: str) -> HttpResponse:
    """Write, check, send: the second step shows what will be published before it is sent (U7)."""
    proposal = get_object_or_404(Proposal.objects.select_related("round", "community"), number=number)
    _allow(request, "publicity.lodge_objection", proposal)
    form = forms.ObjectionForm(**posted(request))
    given = form.cleaned_data if form.is_valid() else {}
    who = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    lodge = services.lodge_objection
    if given.get("checked") and (done := attempt(form, lodge, text=given["text"], **who)):
        return back(request, "publicity:lodged", done.value.number)
    check = given and not given["again"] and not form.errors
    context = {"form": form, "proposal": proposal, "notice": queries.notice_of(proposal), "check": check}
    return page(request, "projects/publicity/lodge.html", context)


@login_required
def lodged(request: HttpRequest, number: str) -> HttpResponse:
    row = _objection(number)
    if row.objector_id != request.user.pk:
        raise Http404
    return page(request, "projects/publicity/lodged.html", pages.confirmation_of(row))


def objection(request: HttpRequest, number: str) -> HttpResponse:
    """One objection with its answer, for everybody; the proposer can say his side here."""
    row = _objection(number)
    parties = parties_to(request.user, row.proposal, day=clock.today())
    may_comment = Party.PROPOSER in parties and row.outcome == "open" and not row.commented_at
    context = {**pages.objection_card(row), "objection": row, "may_comment": may_comment}
    return page(request, "projects/publicity/objection.html", context)


@login_required
def comment(request: HttpRequest, number: str) -> HttpResponse:
    row = _objection(number)
    _allow(request, "publicity.comment_objection", row.proposal)
    form = forms.CommentForm(**posted(request))
    who = {"objection_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.comment_objection, **who, **form.cleaned_data):
        return back(request, "publicity:objection", number, said=_("您的说明已公开在异议下面"))
    return page(request, "projects/publicity/comment.html", {"form": form, "objection": row})


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Objections to answer where I work, the most urgent first; below, what was answered."""
    done = request.GET.get("done") == "1"
    find = queries.objections_handled if done else queries.objections_to_answer
    chunk = Paginator(find(request.user, today=clock.today()), 30).get_page(request.GET.get("page"))
    context = {"page": chunk, "items": [pages.queue_item(row) for row in chunk], "done": done}
    context["places"] = queries.places_to_enter(request.user, today=clock.today())
    return page(request, "projects/publicity/desk.html", context)


@login_required
def answer(request: HttpRequest, number: str) -> HttpResponse:
    row = _objection(number)
    _allow(request, "publicity.answer_objection", row.proposal)
    form = forms.AnswerForm(**posted(request))
    if form.is_valid():
        shown, done = _sent(request, form, row, services.answer_objection, button=_("公开答复"))
        if shown or done:
            return shown or back(request, "publicity:desk", said=_("已答复，答复已公开"))
    uphold = parties_to(request.user, row.proposal, day=clock.today()) & {Party.STREET}
    context = {**pages.objection_card(row), "form": form, "objection": row, "may_uphold": bool(uphold)}
    return page(request, "projects/publicity/answer.html", context)


@login_required
def uphold(request: HttpRequest, number: str) -> HttpResponse:
    row = _objection(number)
    _allow(request, "publicity.uphold_objection", row.proposal)
    form = forms.AnswerForm(**posted(request))
    if form.is_valid():
        shown, done = _sent(request, form, row, services.uphold_objection, button=_("认定成立并撤下项目"))
        if shown or done:
            return shown or back(request, "publicity:desk", said=_("异议成立，这一项已撤下，批次退回重新计票"))
    return page(
        request, "projects/publicity/uphold.html", {**pages.objection_card(row), "form": form, "objection": row}
    )


@login_required
def enter(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """A worker enters an objection that came on paper."""
    batch = get_object_or_404(Round, number=number)
    community = get_object_or_404(Division, code=code, envelopes__round=batch)
    rows = queries.chosen_in(batch).filter(community=community).select_related("round", "community")
    _allow(request, "publicity.enter_objection", rows.first() or get_object_or_404(rows))
    form = forms.PaperObjectionForm(**posted(request), proposals=rows[:200])
    who = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.enter_objection, **who, **form.given())):
        return back(request, "publicity:objection", done.value.number, said=_("异议已登记"))
    return page(request, "projects/publicity/enter.html", {"form": form, "round": batch, "community": community})
