"""How I am told: channels, hours, groups; the e-mail address and its confirmation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.channels import forms, pages, queries, services
from communities.channels.services.choose import email_in
from portal import clock
from portal.web import attempt, back, page, posted


@never_cache
@login_required
def my_channels(request: HttpRequest) -> HttpResponse:
    """Choose what is sent to the phone and the mailbox, and when."""
    reach = queries.reach_of(request.user)
    form = forms.ChoicesForm(**posted(request), reach=reach)
    if form.is_valid() and attempt(form, services.choose, by=request.user, now=clock.now(), **form.answers()):
        return back(request, "channels:my_channels", said=_("已按您的选择发送消息。"))
    return page(request, "communities/channels/my_channels.html", {"form": form, "reach": reach})


@never_cache
@login_required
def my_email(request: HttpRequest) -> HttpResponse:
    """Give an address; the link goes there."""
    reach = queries.reach_of(request.user)
    form = forms.EmailForm(**posted(request), initial={"email": reach.email})
    if form.is_valid() and attempt(form, services.ask_email, by=request.user, now=clock.now(), **form.cleaned_data):
        return back(request, "channels:my_channels", said=_("确认邮件已发出，请打开邮件里的链接。"))
    return page(request, "communities/channels/my_email.html", {"form": form, "reach": reach})


@never_cache
@login_required
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the e-mail: confirmed by a button, because mail scanners open links too."""
    email = email_in(token, request.user)
    if not email:
        raise Http404
    if request.method == "POST":
        services.confirm_email(by=request.user, token=token, now=clock.now())
        return back(request, "channels:my_channels", said=_("邮箱已确认。"))
    return page(request, "communities/channels/confirm_email.html", {"email": email})


@login_required
@require_POST
def drop_email(request: HttpRequest) -> HttpResponse:
    services.drop_email(by=request.user, now=clock.now())
    return back(request, "channels:my_channels", said=_("邮箱已删除。"))


@never_cache
@login_required
def my_wechat(request: HttpRequest) -> HttpResponse:
    """A code to scan with WeChat; the button asks the service account who scanned it."""
    form = forms.WechatForm(**posted(request))
    if form.is_valid() and attempt(form, services.bind_scanned, by=request.user, now=clock.now(), **form.cleaned_data):
        return back(request, "channels:my_channels", said=_("微信已绑定，消息也会发到微信。"))
    context = {"form": form, "reach": queries.reach_of(request.user)}
    code = services.code_for(request.user, shown=request.POST.get("code", "")[:100])
    return page(request, "communities/channels/my_wechat.html", context | pages.scanned(code))


@login_required
@require_POST
def drop_wechat(request: HttpRequest) -> HttpResponse:
    services.bind_wechat(person=request.user, wechat_id="", now=clock.now())
    return back(request, "channels:my_channels", said=_("微信已解除绑定。"))
