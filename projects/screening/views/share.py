"""The work among colleagues: giving items to somebody, filters under a name of one's own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal import clock
from portal.web import attempt, back, page, posted
from projects.screening import forms, services
from projects.screening.views import shown
from projects.screening.views.desk import assign_form, filtered, listing


def here(request: HttpRequest) -> str:
    """The queue with the filter of this address."""
    view, _form, chosen = filtered(request)
    return reverse("screening:queue") + shown.tail(view, chosen)


@login_required
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked proposals to one colleague."""
    _view, filters, _chosen = filtered(request)
    form = assign_form(filters, typed=posted(request))
    acting = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.assign_proposals, **acting, **form.given())):
        said = ngettext("已分出 %(count)d 件", "已分出 %(count)d 件", done.value) % {"count": done.value}
        return back(request, here(request), said=said)
    return page(request, "projects/screening/queue.html", {**listing(request), "assign_form": form}, status=422)


@login_required
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter of this address."""
    view, _form, chosen = filtered(request)
    form = forms.SaveFilterForm(**posted(request))
    asked = {"view": view, **chosen}
    keeping = {"asked": asked, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.save_filter, **keeping, **form.cleaned_data):
        return back(request, here(request), said=_("已存为常用筛选"))
    return page(request, "projects/screening/queue.html", {**listing(request), "save_form": form}, status=422)


@login_required
@require_POST
def drop_filter(request: HttpRequest, key: int) -> HttpResponse:
    services.drop_filter(filter_id=key, by=request.user, now=clock.now())
    return back(request, here(request), said=_("已删除这个常用筛选"))
