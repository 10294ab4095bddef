"""A roster that the community took in, and three people who have said that they live here and still have to show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from communities.accounts.demo import also
from communities.accounts.models import User
from communities.accounts.phones import unseal
from communities.divisions.models import Division
from communities.residents import services as residents
from communities.residents.models import Residency
from communities.rosters import services
from portal import clock, jobs
from portal.sheets import LongSheet
from projects.demo.people import Town
from projects.demo.proxies import witness

HOME = "龙岭社区"
HEADINGS = ["姓名", "手机号", "小区", "是否满18周岁", "备注"]
ON_ROSTER, OTHERS, LATE = ("林雪梅", "13900001001"), (("周建国", "13900001002"), ("何玉兰", "13900001003")), 3


def register() -> None:
    also(waiting)


def waiting() -> Iterator[tuple[Division, User, str]]:
    """Who can be tried as somebody who still has to prove her home."""
    rows = Residency.objects.filter(until=None, proof=Residency.Proof.DECLARED, person__name__in=[ON_ROSTER[0], *dict(OTHERS)])
    for row in rows.select_related("person", "community").order_by("pk"):
        yield row.community, row.person, _("居民 · 居住还没有核实")


def moves_in(town: Town, today: date, now: datetime) -> None:
    """龙岭社区：居民名册和等待核实的居民"""
    worker, home = town.workers[HOME][0], town.communities[HOME]
    sheet = LongSheet(HEADINGS)
    for number, who in enumerate(town.residents[HOME][:80]):
        sheet.write([who.name, unseal(who.phone_cipher), ("龙岭花园", "东区", "大靓花园")[number % 3], "是", ""])
    sheet.write([*ON_ROSTER, "龙岭花园", "是", ""])
    for wrong in (["谢桂芳", "", "东区", "是", "没有手机"], ["罗志明", "1380013", "东区", "是", ""]):
        sheet.write(wrong)
    with clock.pretend(now - timedelta(days=20)) as then:
        given = {"title": "龙岭社区居民名册.xlsx", "content": sheet.finished().read(), "is_excel": True, "whole": True}
        roster = services.upload_roster(**given, place_id=home.pk, by=worker, now=then)
        services.match_columns(roster_id=roster.pk, columns=roster.columns, by=worker, now=then)
        roster.refresh_from_db()
        jobs.run(roster.job_id, now=then)
        roster = services.ask_taking_in(roster_id=roster.pk, by=worker, now=then)
        jobs.run(roster.job_id, now=then)
    for name, phone in (ON_ROSTER, *OTHERS):
        with clock.pretend(now - timedelta(days=LATE)) as then:
            who = User.objects.create_resident(phone, name=name, date_joined=then, adult=True)
            residents.declare_home(by=who, community_id=home.pk, estate="龙岭花园", now=then)
    witness(town, today, now)
