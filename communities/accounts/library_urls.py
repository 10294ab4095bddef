"""The sign-in library's own addresses under the names that it looks up: only those that the portal uses.

Sign-up, e-mail and password-by-e-mail stay out: accounts are opened by appointment, and an administrator sends a
new one-time link when a password is lost (S19).
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib.auth.decorators import login_required
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from communities.accounts.views import staff

urlpatterns = [
    path("", staff.account_login, name="account_login"),
    path("sign-out/", staff.account_logout, name="account_logout"),
    path("again/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/", login_required(account_views.password_change), name="account_change_password"),
    path("password/first/", RedirectView.as_view(url=reverse_lazy("accounts:security")), name="account_set_password"),
    path("stopped/", account_views.account_inactive, name="account_inactive"),
    path("factor/", staff.mfa_authenticate, name="mfa_authenticate"),
    path("factor/again/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("factor/all/", RedirectView.as_view(url=reverse_lazy("accounts:security")), name="mfa_index"),
    path("factor/app/", staff.mfa_activate_totp, name="mfa_activate_totp"),
    path("factor/codes/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/new/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/download/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("factor/keys/", passkey_views.list_webauthn, name="mfa_list_webauthn"),
    path("factor/keys/add/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("factor/keys/again/", passkey_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("factor/keys/<int:pk>/remove/", passkey_views.remove_webauthn, name="mfa_remove_webauthn"),
    path("factor/keys/<int:pk>/edit/", passkey_views.edit_webauthn, name="mfa_edit_webauthn"),
]
