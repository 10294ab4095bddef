"""first_administrator NAME: opens the first administrator's account and prints its one-time link (S15)."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from communities.accounts import queries as accounts
from communities.accounts.services import staff
from communities.divisions import queries as places
from communities.divisions.models import Division
from communities.roles import queries, services
from communities.roles.rules import Role
from portal import clock


class Command(BaseCommand):
    help = "Open the first administrator's account. There is no default password: the printed link sets it, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("staff_name", help="工号, for example admin01")
        parser.add_argument("--name", default="系统管理员", help="the person's name")
        parser.add_argument("--at", default="", help="code of the city or district; the city when left out")

    @transaction.atomic
    def handle(self, *, staff_name: str, name: str, at: str, **options: object) -> None:
        place = places.by_code(at) if at else Division.objects.filter(level="city").order_by("code").first()
        if place is None or place.level not in {"city", "district"}:
            raise CommandError("No such city or district. Load the places first: manage.py import_divisions --apply")
        now, person = clock.now(), accounts.staff_named(staff_name)
        ready = [held for held in queries.holders(Role.ADMINISTRATOR, place, clock.today()) if held.last_login]
        if ready:
            raise CommandError("An administrator is already at work here; new staff are appointed in the portal.")
        if person is None:
            person = staff.open_staff_account(staff_name=staff_name, name=name, by=None, now=now)
        if Role.ADMINISTRATOR not in queries.roles_anywhere(person, clock.today()):
            services.first_term(person_id=person.pk, division=place, now=now)
        made, token = staff.invite(person_id=person.pk, by=None, now=now)
        scheme = "https" if settings.HTTPS else "http"
        self.stdout.write("Open this link once, within 72 hours, to set the password and the second factor:")
        self.stdout.write(f"{scheme}://{settings.SITE['domain']}{reverse('accounts:invitation', args=[token])}")
