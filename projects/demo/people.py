"""Places and people of the demo: the official divisions, offices, residents, councils, bodies, centres."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from communities.accounts.models import User
from communities.accounts.phones import index_of, seal
from communities.bodies.models import Body, Office
from communities.centres.models import ServiceCentre
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.residents.models import Residency
from communities.roles.models import Appointment
from communities.roles.rules import Role
from projects.demo.content import People

RESIDENTS = 96
SEATS = (Seat.Kind.PARTY, Seat.Kind.PARTY, Seat.Kind.COMMITTEE, Seat.Kind.DEPUTY, Seat.Kind.ENTERPRISE)


@dataclass
class Town:
    """Who is who: officers by street, workers and residents by community, the named residents by name."""

    today: date
    streets: dict[str, Division] = field(default_factory=dict)
    communities: dict[str, Division] = field(default_factory=dict)
    officers: dict[str, list[User]] = field(default_factory=dict)
    workers: dict[str, list[User]] = field(default_factory=dict)
    supervisors: dict[str, User] = field(default_factory=dict)
    residents: dict[str, list[User]] = field(default_factory=dict)
    named: dict[tuple[str, str], User] = field(default_factory=dict)
    district: list[User] = field(default_factory=list)


class Settler:
    """Brings the people of the demo into the places that the official list has."""

    def __init__(self, people: People, *, today: date, joined: datetime):
        self.people, self.today, self.joined = people, today, joined
        self.chance = random.Random(20240104)  # noqa: S311 - names of invented persons
        self.phone = 13800000000
        self.staff_number = 0
        self.town = Town(today=today)

    def settle(self) -> Town:
        district = Division.objects.get(level="district", name="龙岗区")
        self._offices_of(district)
        for name, held in self.people.streets.items():
            street = district.children.get(level="street", name=name)
            self.town.streets[name] = street
            self.town.officers[name] = [self._holder(each, Role.STREET_OFFICER, street) for each in held["officers"]]
            for place in held["communities"]:
                self._people_of(street.children.get(level="community", name=place))
        return self.town

    def _offices_of(self, district: Division) -> None:
        held = self.people.district
        self.town.district = [self._holder(name, Role.DISTRICT_OFFICER, district) for name in held["officers"]]
        self._holder(held["auditor"], Role.AUDITOR, district)
        self._holder(held["administrator"], Role.ADMINISTRATOR, district)
        for name in held["supervisors"]:
            self._holder(name, Role.SUPERVISOR, district, staff=False)

    def _people_of(self, place: Division) -> None:
        town, name = self.town, place.name
        town.communities[name] = place
        town.workers[name] = [self._holder(each, Role.COMMUNITY_WORKER, place) for each in self.people.workers[name]]
        council = self.people.councils.get(name) or [self._invent() for _seat in range(13)]
        wanted = [*council, *(each for each in self.people.authors(name) if each not in council)]
        wanted += [self._invent() for _more in range(RESIDENTS - len(wanted))]
        town.residents[name] = self._residents(place, wanted)
        town.named.update({(name, who.name): who for who in town.residents[name][: len(wanted)]})
        self._seat(place, [town.named[name, each] for each in council])
        if name in self.people.supervisors:
            town.supervisors[name] = self._holder(self.people.supervisors[name], Role.SUPERVISOR, place, staff=False)
        self._bodies(place)

    def _residents(self, place: Division, names: list[str]) -> list[User]:
        made = []
        for name in names:
            phone = self._next_phone()
            who = User(name=name, phone_cipher=seal(phone), phone_index=index_of(phone), date_joined=self.joined)
            who.adult = True
            who.set_unusable_password()
            made.append(who)
        User.objects.bulk_create(made)
        Residency.objects.bulk_create(
            [
                Residency(
                    person=who,
                    community=place,
                    since=self.today - timedelta(days=self.chance.randint(600, 6000)),
                    proof=Residency.Proof.VOUCHED,
                    proved_at=self.joined,
                    proved_by=self.town.workers[place.name][0],
                )
                for who in made
            ]
        )
        return made

    def _seat(self, place: Division, members: list[User]) -> None:
        council = Council.objects.create(community=place, name=f"{place.name}居民议事会")
        since = self.today - timedelta(days=540)
        for number, who in enumerate(members):
            kind = SEATS[number] if number < len(SEATS) else Seat.Kind.RESIDENT
            kind = Seat.Kind.NEWCOMER if number >= len(members) - 2 else kind
            came_by = Seat.CameBy.APPOINTED if number < len(SEATS) else Seat.CameBy.ELECTED
            Seat.objects.create(
                council=council, person=who, kind=kind, came_by=came_by, chairs=number == 0, since=since
            )
            Appointment.objects.create(person=who, role=Role.COUNCIL_MEMBER, division=place, starts_on=since)

    def _bodies(self, place: Division) -> None:
        short, chance = place.name.removesuffix("社区"), self.chance
        rows = (
            (Body.Kind.PARTY, f"{short}社区党委", "书记"),
            (Body.Kind.STATION, f"{short}社区工作站", "站长"),
            (Body.Kind.COMMITTEE, f"{short}社区居民委员会", "主任"),
            (Body.Kind.COMPANY, f"深圳市{short}股份合作公司", "董事长"),
            (Body.Kind.SOCIAL, f"{short}邻里互助会", "会长"),
            (Body.Kind.SERVICE, f"{short}社区党群服务中心", "主任"),
        )
        address = f"{place.parent.name}{short}路{chance.randint(3, 198)}号"
        for kind, name, title in rows:
            body = Body.objects.create(
                kind=kind,
                name=name,
                community=place,
                phone=f"0755-1{chance.randint(100, 999)} {chance.randint(1000, 9999)}",
                address=address,
                hours="周一至周五 9:00–12:00，14:00–18:00",
            )
            since = self.today - timedelta(days=chance.randint(200, 900))
            Office.objects.create(body=body, title=title, name=self._invent(), since=since)
        ServiceCentre.objects.create(
            community=place,
            name=f"{place.name}党群服务中心",
            address=address,
            phone=f"0755-1{chance.randint(100, 999)} {chance.randint(1000, 9999)}",
            hours="周一至周日 9:00–21:00，节假日照常",
        )

    def _holder(self, name: str, role: Role, at: Division, *, staff: bool = True) -> User:
        self.staff_number += 1
        if staff:
            who = User.objects.create_staff(f"LG{self.staff_number:04d}", None, name=name, date_joined=self.joined)
        else:
            who = User.objects.create_resident(self._next_phone(), name=name, date_joined=self.joined, adult=True)
        Appointment.objects.create(
            person=who, role=role, division=at, starts_on=self.today - timedelta(days=700 - self.staff_number)
        )
        return who

    def _next_phone(self) -> str:
        self.phone += 7
        return str(self.phone)

    def _invent(self) -> str:
        return self.chance.choice(self.people.surnames) + self.chance.choice(self.people.given)
