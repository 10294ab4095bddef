"""How people are made and found: by staff name, by phone index."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import BaseUserManager

from communities.accounts import phones
from portal import clock


class PeopleManager(BaseUserManager):
    def get_by_natural_key(self, staff_name: str) -> Any:
        return self.get(staff_name=staff_name)

    def with_phone(self, phone: str) -> Any:
        """The person who signs in with this phone (11 digits), or None."""
        return self.filter(phone_index=phones.index_of(phone)).first()

    def create_resident(self, phone: str, **fields: Any) -> Any:
        person = self.model(
            phone_cipher=phones.seal(phone),
            phone_index=phones.index_of(phone),
            date_joined=fields.pop("date_joined", None) or clock.now(),
            **fields,
        )
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_staff(self, staff_name: str, password: str | None = None, **fields: Any) -> Any:
        person = self.model(
            staff_name=staff_name,
            is_staff=True,
            date_joined=fields.pop("date_joined", None) or clock.now(),
            **fields,
        )
        person.set_password(password)
        person.save(using=self._db)
        return person
