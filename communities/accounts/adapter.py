"""How the sign-in library meets this portal: who may come in by password, what is logged, what is said."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.accounts import nexts, passwords, queries, rules, sealed
from communities.accounts.services import staff
from portal import clock, log, notices
from portal.refusals import gettext_noop
from portal.web import client_ip

CHANGED = {
    "account/email/password_changed": gettext_noop("您的登录密码已修改。如果不是您本人操作，请立即联系系统管理员。"),
    "account/email/password_set": gettext_noop("您的登录密码已设置。如果不是您本人操作，请立即联系系统管理员。"),
    "mfa/email/totp_activated": gettext_noop("您的账号已绑定验证器。如果不是您本人操作，请立即联系系统管理员。"),
    "mfa/email/totp_deactivated": gettext_noop("您的账号已解绑验证器。如果不是您本人操作，请立即联系系统管理员。"),
    "mfa/email/webauthn_added": gettext_noop("您的账号已添加安全密钥。如果不是您本人操作，请立即联系系统管理员。"),
    "mfa/email/webauthn_removed": gettext_noop("您的账号已移除安全密钥。如果不是您本人操作，请立即联系系统管理员。"),
    "mfa/email/recovery_codes_generated": gettext_noop(
        "您的账号已生成新的备用码。如果不是您本人操作，请立即联系系统管理员。"
    ),
}


class StaffAdapter(DefaultAccountAdapter):
    """Password sign-in is for staff; accounts are opened by appointment, never here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("工号或密码不对，请核对后再输一次。"),
        "invalid_login": _("工号或密码不对，请核对后再输一次。"),
        "too_many_login_attempts": _("连续输错次数过多，请 10 分钟后再试。"),
        "rate_limited": _("操作太频繁，请稍等片刻再试。"),
        "enter_current_password": _("请输入您现在的密码。"),
        "incorrect_password": _("密码不对，请再输一次。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def is_safe_url(self, url: str) -> bool:
        return nexts.is_ours(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        try:
            return reverse("desk:queue")
        except NoReverseMatch:
            return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Logged under the account that was tried; a name that nobody has is not kept, it may be a password."""
        tried = queries.staff_named(str(credentials.get("username", ""))[:40])
        log.record("accounts.sign_in", by=tried, about=tried, now=clock.now(), result="refused", how="password")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        now = clock.now()
        log.record("accounts.sign_in", by=user, about=user, now=now, how="password")
        if days := rules.days_too_old(now, since=queries.password_since(user), profile=passwords.profile()):
            messages.info(request, gettext(rules.OLD_PASSWORD) % {"days": days})
        return super().post_login(request, user, **kwargs)

    def set_password(self, user: Any, password: str) -> None:
        staff.change_password(person=user, password=password, now=clock.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what was done."""

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """Tell the person in the portal what changed about her credentials (S20)."""
        if text := CHANGED.get(template_prefix):
            now = clock.now()
            key = f"{template_prefix}-{now.timestamp():.0f}"
            notices.owe([user], kind="accounts.credentials", key=key, text=text, now=now)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor of staff. Secrets are kept encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态码不对，请看清验证器上最新的 6 位数字再输。"),
        "unverified_email": _("请先联系系统管理员。"),
        "add_email_blocked": _("请先联系系统管理员。"),
        "cannot_delete_authenticator": _("工作人员必须保留第二验证方式，不能解绑。"),
        "cannot_generate_recovery_codes": _("请先绑定验证器，再生成备用码。"),
        "rate_limited": _("操作太频繁，请稍等片刻再试。"),
    }

    def get_totp_issuer(self) -> str:
        from django.conf import settings

        return settings.SITE["name"]

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        """安全密钥 1, 2, …: a name until the person gives another."""
        held = user.authenticator_set.filter(type=type).count()
        return str(_("安全密钥 %(number)s")) % {"number": held + 1}

    def get_totp_label(self, user: Any) -> str:
        return user.staff_name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        from allauth.core import context

        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}

    def encrypt(self, text: str) -> str:
        return sealed.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal_text(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep one second factor at least; a passkey may go while another factor stands."""
        others = authenticator.user.authenticator_set.exclude(pk=authenticator.pk).exclude(type="recovery_codes")
        return not authenticator.user.is_staff or others.exists()
