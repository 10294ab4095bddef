"""manage.py demo_people: who can be tried in the demo, for the console of `make run`."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from communities.accounts import demo
from portal import clock

PLACES = 2  # the wide list is on the page


class Command(BaseCommand):
    help = "List some of the demo's people and the page on which everybody signs in with one click."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("only in demo mode (PORTAL_DEMO=1)")
        self.stdout.write(f"演示人物（在 {reverse('accounts:demo_people')} 点一下就能登录，不需要密码）：")
        for place in demo.people_by_place(clock.today())[:PLACES]:
            for person, words in place.people:
                self.stdout.write(f"  {place.division.name}  {person.name}  {words}")
        self.stdout.write(f"拨动日期：{reverse('accounts:demo_clock')}")
