"""A son who acts for his mother on his own phone, recorded by the worker of 龙岭社区; he can be tried among the people there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from communities.proxies import services
from portal import clock
from projects.demo.people import Town

HOME = "龙岭社区"


def witness(town: Town, today: date, now: datetime) -> None:
    """One proxy that stands."""
    with clock.pretend(now - timedelta(days=12)) as then:
        services.record_proxy(
            community_id=town.communities[HOME].pk, holder_id=town.residents[HOME][15].pk, person_id=None, name="邓凤英", adult=True,
            evidence="visit", why="no_phone", paper_ref="龙岭代办第1号", ends_on=today + timedelta(days=170),
            by=town.workers[HOME][0], now=then,
        )  # fmt: skip
