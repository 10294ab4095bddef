"""The district's pages of its lists: what stands on them, handing a new one in, taking it in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.centres import listed, queries, services
from communities.centres.forms.lists import ListForm
from communities.centres.models import ListDraft
from communities.centres.rules import CATALOGUES
from communities.centres.views.keep import acting
from communities.divisions.models import Division
from portal import clock
from portal.sheets import answered
from portal.web import attempt, back, page, posted

A_FEW = 20


def kept_district(request: HttpRequest) -> Division:
    """The district whose lists the person keeps. Errors: Http404."""
    district = queries.district_kept_by(request.user, clock.today())
    if district is None:
        raise Http404
    return district


def draft_of(request: HttpRequest, key: int) -> ListDraft:
    draft = queries.draft_in_sight(request.user, clock.today(), key)
    if draft is None:
        raise Http404
    return draft


@login_required
def lists(request: HttpRequest) -> HttpResponse:
    """The four lists with their source, and the way to bring another."""
    district, form = kept_district(request), ListForm(**posted(request))
    given = {"district_id": district.pk, **acting(request)}
    if form.is_valid() and (done := attempt(form, services.bring_list, **form.handed_in(), **given)):
        return back(request, "centres:list_preview", done.value.pk)
    shown = {"form": form, "district": district, "lists": listed.four_lists(district), "categories": listed.categories()}
    return page(request, "communities/centres/lists.html", shown | {"drafts": queries.drafts_of(district)[:A_FEW]})


@login_required
def list_preview(request: HttpRequest, key: int) -> HttpResponse:
    """What taking the file in changes, and which rows stay out and why."""
    draft = draft_of(request, key)
    return page(request, "communities/centres/list_preview.html", {"draft": draft, "change": services.change_of(draft)})


@login_required
@require_POST
def take_list(request: HttpRequest, key: int) -> HttpResponse:
    """Do what the preview showed."""
    services.take_list(draft_id=draft_of(request, key).pk, **acting(request))
    return back(request, "centres:lists", said=_("目录已更新，各社区现在就能挑选。"))


@login_required
def list_file(request: HttpRequest) -> HttpResponse:
    """One list as Excel, with the columns that a new one needs; the portal's own where the district has brought none."""
    district, wanted = kept_district(request), request.GET.get("list", "")
    if wanted not in CATALOGUES:
        raise Http404
    return answered([listed.sheet_of(district, wanted)], form="xlsx", name=f"list-{wanted}")
