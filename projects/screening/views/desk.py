"""The screening desk: the queue, one proposal with its facts and its finding, notes, the cap."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted, words
from projects.proposals.models import Proposal
from projects.screening import forms, queries, services
from projects.screening.views import shown

A_PAGE = 40


def filtered(request: HttpRequest) -> tuple[str, forms.QueueForm, dict[str, str]]:
    """(view, filter form, its readable answers) from the address."""
    view = request.GET.get("view", "waiting")
    form = forms.QueueForm(request.GET, communities=queries.communities_of(request.user, day=clock.today()))
    return (view if view in dict(forms.VIEWS) else "waiting"), form, form.chosen()


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for screening, for a correction, for an answer to an appeal; the oldest first."""
    return page(request, "projects/screening/queue.html", listing(request))


def listing(request: HttpRequest) -> dict:
    """The filtered queue, the item beside it, colleagues to give items to, filters that were kept."""
    view, form, chosen = filtered(request)
    today, tail = clock.today(), shown.tail(view, chosen)
    found = queries.queue(request.user, day=today, view=view, **chosen)
    paged = Paginator(found.select_related("appeal__decision", "assignment__person"), A_PAGE).get_page(request.GET.get("page"))
    return {
        "filters": form,
        "tabs": shown.tabs(queries.counts(request.user, day=today), view, chosen),
        "rows": [shown.row(row, today=today, filtered=tail) for row in paged],
        "page": paged,
        "tail": tail,
        "beside": shown.beside(list(paged), request.GET.get("at", ""), tail=tail, today=today),
        "assign_form": assign_form(form, typed={}) if view == "waiting" else None,
        "save_form": forms.SaveFilterForm() if tail else None,
        "kept": shown.kept(request.user),
    }


def assign_form(filters: forms.QueueForm, *, typed: dict) -> forms.AssignForm:
    """To whom the ticked proposals can be given."""
    return forms.AssignForm(**typed, workers=queries.workers_of(filters.communities, day=clock.today()))


def in_reach(request: HttpRequest, number: str) -> Proposal:
    """A proposal in the desk's reach; 404 for everybody who has no business with it."""
    return get_object_or_404(queries.in_reach(request.user, day=clock.today()), number=number)


@login_required
def assess(request: HttpRequest, number: str) -> HttpResponse:
    """The proposal, the facts beside it, the checklist and the finding; read once more before it is sent, or changed again."""
    proposal = in_reach(request, number)
    form = forms.FindingForm(**posted(request), initial=first_answers(request, proposal))
    go = request.POST.get("go")
    if go != "edit" and form.is_valid() and not refused(request, form, proposal):
        if go != "send":
            return confirm(request, proposal, form)
        sending = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now(), **form.answers()}
        if attempt(form, services.record_finding, **sending):
            return back(request, onward(request, proposal), said=_("初审结论已发出：%(title)s") % {"title": proposal.title})
    return page(request, "projects/screening/assess.html", {**dossier(request, proposal), "form": form})


def confirm(request: HttpRequest, proposal: Proposal, form: forms.FindingForm) -> HttpResponse:
    """What goes to whom, before it goes."""
    told = shown.sent(proposal, form.answers(), today=clock.today())
    context = {"proposal": proposal, "form": form, "told": told, "outcome": form.outcome_words()}
    return page(request, "projects/screening/confirm.html", context)


def first_answers(request: HttpRequest, proposal: Proposal) -> dict[str, object]:
    """What the form starts from: the author's type and amount, a reply or a merger chosen on the page."""
    start: dict[str, object] = {
        "category": proposal.category,
        "content_class": proposal.content_class,
        "estimate": proposal.estimate,
        "correct_by": queries.after(clock.today(), proposal.round, "correction_days"),
    }
    reply = queries.reply(request.GET.get("reply", ""))
    if reply:
        start |= {"outcome": reply.outcome, "reason": _(reply.text)}
    if "merge" in request.GET:
        start |= {"outcome": "merged", "merged_into": request.GET["merge"][:20]}
    return start


def refused(request: HttpRequest, form: forms.FindingForm, proposal: Proposal) -> bool:
    """Put what stands against this finding at its field; answers whether something does."""
    draft = queries.draft_of(proposal, form.answers())
    refusal = queries.objection_to_finding(proposal, draft, by=request.user, now=clock.now())
    if refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, words(refusal))
    return refusal is not None


def onward(request: HttpRequest, proposal: Proposal) -> str:
    """After a finding: the next one of the same filter, or the queue when it is cleared."""
    view, _form, chosen = filtered(request)
    found = queries.queue(request.user, day=clock.today(), view=view, **chosen).exclude(pk=proposal.pk)
    following = found.filter(standing_since__gte=proposal.standing_since).first() or found.first()
    url = reverse("screening:assess", args=[following.number]) if following else reverse("screening:queue")
    return url + shown.tail(view, chosen)


def dossier(request: HttpRequest, proposal: Proposal) -> dict:
    """All that the page of one proposal shows."""
    view, _form, chosen = filtered(request)
    place = shown.place_in(request.user, proposal, view, chosen, today=clock.today())
    return {**place, **shown.facts(proposal, person=request.user, now=clock.now()), "note_form": forms.NoteForm()}


@login_required
@require_POST
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Keep an internal note."""
    proposal, form = in_reach(request, number), forms.NoteForm(**posted(request))
    adding = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.add_note, **adding, **form.cleaned_data):
        view, _form, chosen = filtered(request)
        return redirect(reverse("screening:assess", args=[number]) + shown.tail(view, chosen) + "#notes")
    context = {**dossier(request, proposal), "form": forms.FindingForm(), "note_form": form}
    return page(request, "projects/screening/assess.html", context, status=422)


@login_required
def override(request: HttpRequest, number: str) -> HttpResponse:
    """The street lets a proposal pass above the cap, with name and reason."""
    proposal = in_reach(request, number)
    insist(queries.objection_to_act("override_cap", proposal, by=request.user, now=clock.now()))
    form = forms.OverrideForm(**posted(request), initial={"estimate": proposal.estimate})
    allowing = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.override_cap, **allowing, **form.cleaned_data):
        return back(request, "screening:assess", number, said=_("已登记准许，社区可以继续初审。"))
    context = {"proposal": proposal, "form": form, "cap": queries.cap_of(proposal)}
    return page(request, "projects/screening/override.html", context)
