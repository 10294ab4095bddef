"""Writing a draft: one question per page, kept in the database from the first page on (U1, A11)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.residents.queries import residency_of
from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted, shows_again, words
from projects.proposals import queries, rules, services, steps
from projects.proposals import similar as likeness
from projects.proposals.forms import FORMS, lacks_only
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.proposals.views import shown


def in_hand(request: HttpRequest, proposal_id: int) -> Proposal:
    """The proposal that this person may change now: 404 out of sight, the reason's page when it is too late."""
    found = queries.in_hand_of(request.user, day=clock.today()).select_related("round", "community", "proposer")
    proposal = get_object_or_404(found, pk=proposal_id)
    insist(queries.objection_to_writing(proposal, by=request.user, now=clock.now()))
    return proposal


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What proposing is, which calls are open where the visitor lives, and the button that begins."""
    home = residency_of(request.user)
    calls = queries.open_calls(home.community) if home else []
    if request.method == "POST":
        wanted = next((call for call in calls if str(call.pk) == request.POST.get("round")), None)
        return begin(request, wanted or (calls[0] if len(calls) == 1 else None))
    shown_calls = [{"round": call, "window": queries.call_window(call)} for call in calls]
    drafts = queries.drafts_of(request.user)[:5]
    return page(request, "projects/proposals/start.html", {"home": home, "calls": shown_calls, "drafts": drafts})


def begin(request: HttpRequest, call) -> HttpResponse:
    if call is None:
        return redirect("proposals:start")
    home = residency_of(request.user)
    draft = services.start_draft(round_id=call.pk, community_id=home.community_id, by=request.user, now=clock.now())
    return redirect("proposals:step", draft.pk, steps.KEYS[0])


@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """What the visitor has begun and not handed in."""
    rows = [
        {"proposal": row, "window": queries.call_window(row.round), "missing": len(queries.missing_from(row))}
        for row in queries.drafts_of(request.user)[:50]
    ]
    return page(request, "projects/proposals/drafts.html", {"rows": rows})


@login_required
def step(request: HttpRequest, proposal_id: int, key: str) -> HttpResponse:
    """One question. 下一步 keeps and goes on, 暂存 keeps and leaves."""
    proposal, straight = in_hand(request, proposal_id), bool(request.GET.get("back"))
    form = FORMS[key](**posted(request), initial=shown.initial(proposal, key))
    later = request.POST.get("go") == "later"
    if key == "photos":
        return photos(request, proposal, form, straight)
    if shows_again(request):
        return page(request, "projects/proposals/step.html", about(proposal, key, form, straight))
    if (form.is_valid() or (later and lacks_only(form))) and keep_answers(request, proposal, form):
        if later:
            return back(request, "proposals:drafts", said=_("草稿已保存。"))
        return redirect(shown.after(proposal, key, back=straight))
    return page(request, "projects/proposals/step.html", about(proposal, key, form, straight))


def keep_answers(request: HttpRequest, proposal: Proposal, form):
    costs = getattr(form, "costs", None) if form.is_valid() else None
    return attempt(
        form,
        services.save_answers,
        proposal_id=proposal.pk,
        by=request.user,
        answers=form.cleaned_data,
        costs=costs,
        now=clock.now(),
    )


def about(proposal: Proposal, key: str, form, straight: bool) -> dict:
    return {
        "proposal": proposal,
        "draft": proposal.standing == Standing.DRAFT,
        "key": key,
        "question": _(steps.BY_KEY[key].title),
        "number": steps.number_of(key),
        "total": steps.TOTAL,
        "form": form,
        "back_url": shown.before(proposal, key, back=straight),
        "next_url": shown.after(proposal, key, back=straight),
        "photos": shown.photos(proposal, removable=True) if key == "photos" else [],
        "papers": shown.papers(proposal, removable=True) if key == "photos" else [],
        "most_photos": steps.MOST_PHOTOS,
        "full": key == "photos" and proposal.attachments.count() >= steps.MOST_PHOTOS,
    }


def photos(request: HttpRequest, proposal: Proposal, form, straight: bool) -> HttpResponse:
    """One photo at a time with its description; 下一步 without a photo goes on."""
    if request.method == "POST" and not (request.FILES or request.POST.get("caption", "").strip()):
        if request.POST.get("go") == "later":
            return back(request, "proposals:drafts", said=_("草稿已保存。"))
        if request.POST.get("go") == "next":
            return redirect(shown.after(proposal, "photos", back=straight))
    if form.is_valid() and attempt(
        form, services.add_photo, proposal_id=proposal.pk, by=request.user, now=clock.now(), **form.cleaned_data
    ):
        return back(request, shown.step_url(proposal, "photos", back=straight), said=_("文件已保存。"))
    return page(request, "projects/proposals/photos.html", about(proposal, "photos", form, straight))


@login_required
@require_POST
def keep(request: HttpRequest, proposal_id: int, key: str) -> HttpResponse:
    """Keep what is typed while it is typed: only readable answers, only in a draft (A11)."""
    proposal = in_hand(request, proposal_id)
    form = FORMS[key](**posted(request))
    form.is_valid()
    answers = {name: value for name, value in form.cleaned_data.items() if name in steps.BY_KEY[key].fields}
    is_draft = proposal.standing == Standing.DRAFT
    if is_draft and answers:
        services.save_answers(proposal_id=proposal.pk, by=request.user, answers=answers, now=clock.now())
    at = timezone.localtime(clock.now()) if is_draft else None
    return page(request, "projects/proposals/_kept.html", {"at": at}, status=200)


@login_required
def remove_photo(request: HttpRequest, proposal_id: int, photo_id: int) -> HttpResponse:
    proposal = in_hand(request, proposal_id)
    photo = get_object_or_404(proposal.attachments, pk=photo_id)
    if request.method == "POST":
        services.remove_photo(proposal_id=proposal.pk, photo_id=photo.pk, by=request.user, now=clock.now())
        return back(request, "proposals:step", proposal.pk, "photos", said=_("文件已移除。"))
    return page(request, "projects/proposals/remove_photo.html", {"proposal": proposal, "photo": photo})


@login_required
def similar(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Proposals like this one; backing one of them instead is one click."""
    proposal = in_hand(request, proposal_id)
    matches = likeness.like(proposal)
    if not matches:
        return redirect("proposals:check", proposal.pk)
    return page(
        request,
        "projects/proposals/similar.html",
        {"proposal": proposal, "matches": matches, "supportable": rules.SUPPORTABLE},
    )


@login_required
def check(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Every answer once more, with 更改; then 提交提案 (U7)."""
    proposal = in_hand(request, proposal_id)
    if proposal.standing != Standing.DRAFT:
        return redirect("proposals:lodged", proposal.number)
    if proposal.entered_by_id:
        return redirect("proposals:check_entry", proposal.pk)
    if request.method == "POST":
        lodged = services.lodge_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
        return redirect("proposals:lodged", lodged.number)
    blocked = queries.objection_to_lodging(proposal, by=request.user, now=clock.now(), at=clock.now())
    context = {"proposal": proposal, "rows": shown.rows(proposal), "photos": shown.photos(proposal), "papers": shown.papers(proposal)}
    context |= {"why": words(blocked) if blocked else "", "missing": shown.missing(proposal)}
    context |= {"window": queries.call_window(proposal.round)}
    return page(request, "projects/proposals/check.html", context)


@login_required
def discard(request: HttpRequest, proposal_id: int) -> HttpResponse:
    proposal = in_hand(request, proposal_id)
    if request.method == "POST":
        services.discard_draft(proposal_id=proposal.pk, by=request.user, now=clock.now())
        return back(request, "proposals:drafts", said=_("草稿已删除。"))
    return page(request, "projects/proposals/discard.html", {"proposal": proposal})
