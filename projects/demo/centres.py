"""The demo's service centres: hours, rooms and services, entered by each community's own worker."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from communities.centres import services as centres
from communities.centres.catalogue import ENTRIES
from communities.centres.models import ServiceCentre
from portal import clock
from projects.demo.activities import occupy
from projects.demo.people import Town

MORNING, DAY = [(time(9), time(12)), (time(14), time(18))], [(time(9), time(21))]
WEEK = {0: MORNING, 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY, 6: [(time(9), time(18))]}
ROOMS = (
    ("多功能厅", "二楼", 80, "投影、音响、无障碍通道", True),
    ("舞蹈室", "三楼东侧", 25, "镜墙、把杆、空调", True),
    ("会议室", "二楼西侧", 16, "投影、白板", True),
    ("亲子活动室", "一楼", 20, "软垫、绘本、母婴室相邻", False),
)


def furnish(town: Town, *, today: date, joined: datetime) -> None:
    """Every centre of the demo; what each picks from the catalogue differs a little, as it does between communities."""
    for number, (place, community) in enumerate(sorted(town.communities.items())):
        centre = ServiceCentre.objects.get(community=community)
        worker = town.workers[place][0]
        with clock.pretend(joined + timedelta(days=number, hours=1)) as then:
            given = {"centre_id": centre.pk, "by": worker, "now": then}
            centres.set_hours(week=WEEK, **given)
            keys = [entry.key for place_in, entry in enumerate(ENTRIES) if (place_in + number) % 2]
            centres.pick_services(keys=keys, **given)
            for name, floor, seats, equipment, lends in ROOMS:
                centres.keep_room(
                    name=name, floor=floor, seats=seats, equipment=equipment, lends=lends, most_hours=2,
                    days_ahead=14, cancel_hours=4, closed_on=None, **given,
                )  # fmt: skip
        with clock.pretend(joined + timedelta(days=200)) as then:
            centres.set_special_hours(
                centre_id=centre.pk, on=today + timedelta(days=9), opens=time(9), closes=time(12), by=worker, now=then,
                note="下午消防设施检修",
            )  # fmt: skip
    occupy(town, today=today)
