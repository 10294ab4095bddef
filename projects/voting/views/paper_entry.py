"""Counting an envelope, keying its sheets blind, the third person, acceptance, voiding, the sample."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import clock
from portal.web import attempt, back, page, posted
from projects.voting import queries, services
from projects.voting.models import PaperBatch
from projects.voting.paper_forms import KeyForm, SealForm, VoidForm
from projects.voting.views.paper import batch_for_desk, slate_for_desk


@never_cache
@login_required
def paper_seal(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """The count of an envelope, before anything of it is keyed."""
    batch = batch_for_desk(request, number, code, envelope, "voting.enter_paper")
    form = SealForm(**posted(request))
    if form.is_valid() and attempt(form, services.seal_batch, **_who(request, batch), **form.cleaned_data):
        return back(request, "voting:paper_key", number, code, envelope, said=_("清点完成，可以录入了。"))
    context = {"batch": batch, "slate": batch.slate, "form": form, "replaced": queries.replaced_in(batch)}
    return page(request, "projects/voting/paper_seal.html", context)


@never_cache
@login_required
def paper_key(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """Sheet after sheet: number, choices, Enter. Nobody sees here what another person keyed."""
    batch = batch_for_desk(request, number, code, envelope, "voting.enter_paper")
    form = _key_form(request, batch)
    if form.is_valid() and attempt(form, services.key_sheet, **_who(request, batch), **form.given()):
        said = _("第 %(count)s 张已录入。") % {"count": queries.keyed_by(batch, request.user)}
        return back(request, "voting:paper_key", number, code, envelope, said=said)
    context = {"batch": batch, "slate": batch.slate, "form": form, "mine": queries.keyed_by(batch, request.user)}
    return page(request, "projects/voting/paper_key.html", context)


@never_cache
@login_required
def paper_settle(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """A third person takes the paper of a sheet that two people read differently, and decides."""
    batch = batch_for_desk(request, number, code, envelope, "voting.settle_paper")
    form = _key_form(request, batch)
    if form.is_valid() and attempt(form, services.settle_sheet, **_who(request, batch), **form.given()):
        return back(request, "voting:paper_settle", number, code, envelope, said=_("这一张已按原件决定。"))
    context = {"batch": batch, "slate": batch.slate, "form": form, "progress": queries.progress_of(batch)}
    return page(request, "projects/voting/paper_settle.html", context)


@login_required
@require_POST
def paper_accept(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """Accept an envelope; a refusal is its own page with the reason."""
    batch = batch_for_desk(request, number, code, envelope, "voting.enter_paper")
    services.accept_batch(**_who(request, batch))
    return back(request, "voting:paper_desk", number, code, said=_("信封已收下，里面的选票会计入。"))


@never_cache
@login_required
def paper_void(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """Ask that an envelope be void; or, for the second person, the reason that the first one gave."""
    batch = batch_for_desk(request, number, code, envelope, "voting.void_paper")
    form = VoidForm(**posted(request))
    if form.is_valid() and attempt(form, services.ask_void, **_who(request, batch), **form.cleaned_data):
        return back(request, "voting:paper_desk", number, code, said=_("已提出作废，等另一个人同意。"))
    context = {"batch": batch, "slate": batch.slate, "form": form, "asked": queries.pending_void(batch)}
    return page(request, "projects/voting/paper_void.html", context)


@login_required
@require_POST
def paper_answer_void(request: HttpRequest, number: str, code: str, envelope: int) -> HttpResponse:
    """The second person's answer."""
    batch = batch_for_desk(request, number, code, envelope, "voting.void_paper")
    agree = "agree" in request.POST
    services.answer_void(**_who(request, batch), agree=agree)
    said = _("已作废，请重新清点和录入。") if agree else _("没有同意，信封保持原样。")
    return back(request, "voting:paper_desk", number, code, said=said)


@never_cache
@login_required
def paper_sample(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The sampled sheets with what was accepted, to be held against the paper by two people."""
    slate = slate_for_desk(request, number, code, "voting.check_sample")
    over = queries.poll_is_over(slate, clock.now())
    rows = queries.sample_rows(slate, request.user) if over else []
    return page(request, "projects/voting/paper_sample.html", {"slate": slate, "rows": rows, "over": over})


@login_required
@require_POST
def paper_check(request: HttpRequest, number: str, code: str, sheet: int) -> HttpResponse:
    """One person's word on a sampled sheet."""
    slate = slate_for_desk(request, number, code, "voting.check_sample")
    if (found := queries.sheet_in(slate, sheet)) is None:
        raise Http404
    agrees = "agrees" in request.POST
    services.check_sample(sheet_id=found.pk, agrees=agrees, by=request.user, now=clock.now())
    said = _("已记下：一致。") if agrees else _("已记下：不一致。请提出作废这个信封，重新录入。")
    return back(request, "voting:paper_sample", number, code, said=said)


def _who(request: HttpRequest, batch: PaperBatch) -> dict:
    return {"batch_id": batch.pk, "by": request.user, "now": clock.now()}


def _key_form(request: HttpRequest, batch: PaperBatch) -> KeyForm:
    points = batch.slate.round.rules["ballot"] == "points"
    return KeyForm(**posted(request), candidates=queries.candidates_on_paper(batch.slate), points=points)
