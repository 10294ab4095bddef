"""Signing a test client in: a resident as after her code, staff as after password and second factor.

`sign_in(client, person)` and then `client.get(...)`; `forget(client)` signs it out again.
"""

from __future__ import annotations

import time

from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from communities.accounts.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(client: Client, person: User, *, second_factor: bool = True) -> Client:
    """The client with the person's session. Staff without `second_factor` stand where the password left them."""
    client.force_login(person, backend=MODEL_BACKEND)
    given = [{"method": "password" if person.is_staff else "phone", "at": time.time()}]
    if person.is_staff and second_factor:
        given.append({"method": "mfa", "type": "totp", "at": time.time()})
    session = client.session
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session["account_authentication_methods"] = given
    session.save()
    return client


def forget(client: Client) -> Client:
    client.logout()
    return client
