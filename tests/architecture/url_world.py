"""One true object for every address of the portal, out of the demo, and one person for every role.

The things lie in 布吉街道 / 龙岭社区 where they can; the `other` people hold the same roles in another street.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import URLPattern, URLResolver, get_resolver

from communities.accounts.models import User
from communities.centres.models import Activity, Room, RoomUse, Service, ServiceCentre, Session, SpecialHours
from communities.centres.queries import door_code
from communities.councils.models import Seat
from communities.proxies.models import Proxy
from communities.residents.models import Residency
from communities.roles.models import Appointment
from portal import clock
from portal.models import Job, Notice
from projects import models as m
from projects.proposals.services import start_draft
from volunteers import models as v
from volunteers.activities.services import sign_up
from volunteers.timebank.services import issue_certificate

OURS = ("communities", "projects", "volunteers")
HERE, STREET, ELSEWHERE, OTHER_STREET = "龙岭社区", "布吉街道", "南坑社区", "坂田街道"

OF_ACTIVITIES = (
    "activity",
    "sign_up",
    "leave",
    "poster",
    "run_activity",
    "change_activity",
    "publish_activity",
    "add_session",
    "call_off",
)
OF_HEARINGS = (
    "hearing",
    "hearing_notice",
    "ask_place",
    "leave_place",
    "register_place",
    "hearing_desk",
    "call_off",
    "write_record",
    "sign_record",
)
OF_SESSIONS = ("drop_session", "session_list", "session_code")


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """(full name, pattern) of every address of our own views."""
    return walk(get_resolver(), "")


def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, entry.namespace or space)
        elif entry.callback.__module__.split(".")[0] in OURS:
            yield f"{space}:{entry.name}" if space else entry.name, entry


class World:
    """The demo with a letter for each person (see `people`) and the arguments of each address (see `arguments`)."""

    def __init__(self) -> None:
        rows = m.Proposal.objects.select_related("round", "community", "proposer")
        self.collecting = rows.filter(round__stage="proposals", community__name=HERE).order_by("pk").first()
        self.draft = start_draft(
            round_id=self.collecting.round_id,
            community_id=self.collecting.community_id,
            by=self.collecting.proposer,
            now=clock.now(),
        )
        self.project = m.Project.objects.select_related("proposal", "community").get(title="金运花园三栋加装无障碍坡道")
        self.accepting = m.Project.objects.select_related("proposal").get(title="电动自行车充电棚（东侧）")
        self.noticed = m.PublicNotice.objects.filter(community__name=HERE).first()
        self.meeting = m.Meeting.objects.filter(community__name=HERE).first()
        self.claim = v.Claim.objects.filter(wish__community__name=HERE, team=None, ended_at=None).order_by("pk").first()
        self.helper = self.claim.volunteer
        self.redemption = v.Redemption.objects.filter(volunteer=self.helper).first()
        self.calls = v.Call.objects.filter(community__name=HERE, team__isnull=False).order_by("pk")
        self.team = self.calls.get().team
        self.seat = sign_up(shift_id=self.calls.get().shifts.get().pk, by=self.helper.person, now=clock.now())
        self.certificate = issue_certificate(
            by=self.helper.person, first_on=self.helper.registered_on, last_on=clock.today(), now=clock.now()
        )
        self.notice = Notice.objects.filter(person=self.collecting.proposer).first()

    def people(self) -> dict[str, User | None]:
        """v visitor · r resident here · o the proposer · c council member · w worker · W worker elsewhere · s street
        officer · S street officer elsewhere · d district · u supervisor · p provider · a auditor · m administrator · n a voter elsewhere
        Volunteers here: h whose claim, code, certificate and place they are · H another · l who leads the team of the call ·
        L who leads another, of which h is a member · k who stands at the counter where h redeemed"""
        return {
            "v": None,
            "r": self._plain_resident(),
            "o": self.collecting.proposer,
            "c": self._holder("council_member", HERE, but=self.collecting.proposer_id),
            "w": self._holder("community_worker", HERE),
            "W": self._holder("community_worker", ELSEWHERE),
            "s": self._holder("street_officer", STREET),
            "S": self._holder("street_officer", OTHER_STREET),
            "d": self._holder("district_officer", "龙岗区"),
            "u": self._holder("supervisor", HERE),
            "p": self.project.contracts.get().responsible,
            "a": self._holder("auditor", "龙岗区"),
            "m": self._holder("administrator", "龙岗区"),
            "n": m.RollEntry.objects.filter(slate__community__name=ELSEWHERE).order_by("-pk").first().person,
            "h": self.helper.person,
            "H": self._another_volunteer(),
            "l": self._leader(v.Team.objects.filter(pk=self.team.pk)),
            "L": self._leader(v.Team.objects.filter(memberships__volunteer=self.helper).exclude(pk=self.team.pk)),
            "k": self.redemption.offer.merchant.terms.get(ends_on=None).person,
        }

    def arguments(self, name: str, pattern: URLPattern) -> dict[str, Any]:
        """The keyword arguments that name this world's object at an address. Errors: KeyError for a new argument."""
        room, view = name.split(":") if ":" in name else ("", name)
        wanted = pattern.pattern.converters
        return {argument: self._value(room, view, argument) for argument in wanted}

    def _value(self, room: str, view: str, argument: str) -> Any:
        if argument == "dataset":
            return "projects"
        if argument == "code":
            return self._code(room, view)
        if argument == "number":
            return self._number(room, view)
        if argument == "token":
            return "no-such-link"
        if argument == "way":
            return "in"
        if argument == "proposal_id":
            return self.draft.pk
        if argument == "photo_id":
            return 0
        if argument == "person":
            return self.collecting.proposer_id
        if (room, argument) == ("proposals", "key"):
            return "need"
        return self._key(room, view)

    def _code(self, room: str, view: str) -> str:
        place = self.collecting.community
        if room == "centres":
            return door_code(Session.objects.first()) if view == "check_in" else "nobody"
        if room == "timebank":
            return place.parent.parent.code if view == "publish_tariff" else place.parent.code
        return {"rounds": place.parent.parent.code, "roles": place.code}.get(room, place.code)

    def _number(self, room: str, view: str) -> Any:
        of_round = {"rounds", "tally", "voting", "rehearsal"}
        round_views = {
            "round",
            "round_rules",
            "round_projects",
            "round_desk",
            "refill",
            "approve_list",
            "approved",
            "approved_csv",
            "file",
        }
        if room in of_round or view in round_views or (room, view) == ("deliberation", "convene"):
            return self._round(room, view).number
        if room in ("publicity", "approval", "delivery", "acceptance", "evaluation", "funding"):
            found = {"acceptance": self.accepting}.get(room, self.project)
            if (room, view) in (("publicity", "objection"), ("publicity", "lodged")):
                return m.Objection.objects.first().number
            if (room, view) in (("publicity", "comment"), ("publicity", "answer"), ("publicity", "uphold")):
                return m.Objection.objects.first().number
            if (room, view) == ("publicity", "enter"):
                return self._round(room, view).number
            if view == "problem_sent":
                return m.ProblemReport.objects.first().number
            return found.proposal.number
        if room == "deliberation":
            if view == "call_hearing":
                return self.collecting.number
            return m.Hearing.objects.first().number if view in OF_HEARINGS else self.meeting.number
        if room == "wishes":
            return self.claim.wish.number
        if room == "timebank":
            return self.certificate.number
        if room == "activities":
            return self.calls.first().number
        if room in ("accounts", "divisions", "residents", "rosters", "letters", "proxies", "records", "works", "councils", "roles", "teams"):
            return self._key(room, view)
        return self.collecting.number

    def _round(self, room: str, view: str) -> m.Round:
        rows = m.Round.objects.filter(street__name=STREET)
        if room == "rounds" and view not in ("move_on", "send_back", "cancel_round", "frozen", "copy_round"):
            return m.Round.objects.get(stage="rounds")
        if room == "voting":
            return m.Round.objects.get(stage="voting")
        if room in ("tally", "publicity", "approval"):
            return rows.get(stage="done")
        return rows.get(stage="proposals")

    def _key(self, room: str, view: str) -> int:
        here_activities = Activity.objects.filter(centre__community__name=HERE, state="open")
        first: dict[tuple[str, str], QuerySet[Model]] = {
            ("desk", "read_notice"): Notice.objects.filter(person=self.collecting.proposer),
            ("accounts", "demo_sign_in"): User.objects.filter(pk=self.collecting.proposer_id),
            ("residents", "check"): Residency.objects.filter(community=self.collecting.community),
            ("residents", "reveal_phone"): Residency.objects.filter(community=self.collecting.community),
            ("councils", "end_seat"): Seat.objects.filter(council__community=self.collecting.community),
            ("works", ""): Job.objects.all(),
            ("proxies", ""): Proxy.objects.filter(community__name=HERE),
            ("roles", "end_term"): Appointment.objects.filter(role="community_worker", division__name=HERE),
            ("roles", "new_link"): Appointment.objects.filter(role="community_worker", division__name=HERE),
            **{("centres", view): here_activities for view in OF_ACTIVITIES},
            **{("centres", view): Session.objects.filter(activity__in=here_activities) for view in OF_SESSIONS},
            ("centres", "room"): Room.objects.filter(centre__community__name=HERE),
            ("centres", "book_room"): Room.objects.filter(centre__community__name=HERE),
            ("centres", "cancel_booking"): RoomUse.objects.filter(person__isnull=False),
            ("centres", "mark_missed"): RoomUse.objects.filter(person__isnull=False),
            ("centres", "service"): Service.objects.filter(centre__community__name=HERE),
            ("centres", "change_service"): Service.objects.filter(centre__community__name=HERE),
            ("centres", "end_service"): Service.objects.filter(centre__community__name=HERE),
            ("centres", "change_room"): Room.objects.filter(centre__community__name=HERE),
            ("centres", "drop_special_hours"): SpecialHours.objects.filter(centre__community__name=HERE),
            ("centres", ""): ServiceCentre.objects.filter(community__name=HERE),
            ("deliberation", "revoke_mandate"): m.Mandate.objects.all(),
            ("deliberation", "strike_place"): m.HearingPlace.objects.all(),
            **{("deliberation", view): m.Turn.objects.all() for view in ("leave_floor", "call_turn", "end_turn")},
            ("deliberation", ""): m.AgendaItem.objects.filter(meeting=self.meeting),
            ("screening", "drop_filter"): m.Proposal.objects.all(),
            ("publicity", ""): m.PublicNotice.objects.filter(community__name=HERE),
            ("funding", "set_start"): self.project.contracts.all(),
            ("funding", "request_payment"): self.project.contracts.all(),
            ("funding", ""): m.Payment.objects.filter(contract__project=self.project),
            ("delivery", "photo"): m.Evidence.objects.filter(project=self.project),
            ("delivery", "answer_problem"): m.ProblemReport.objects.all(),
            ("evaluation", ""): m.Indicator.objects.filter(retired_at=None),
            ("delivery", ""): self.project.milestones.all(),
            ("acceptance", ""): self.accepting.panel.all(),
            ("wishes", "photo"): v.Thanks.objects.exclude(photo=""),
            ("activities", "photo"): v.CallPhoto.objects.all(),
            ("activities", "mark"): v.SignUp.objects.filter(pk=self.seat.pk),
            ("activities", "release"): v.SignUp.objects.filter(pk=self.seat.pk),
            ("activities", "take_over"): v.SignUp.objects.filter(pk=self.seat.pk),
            ("activities", "confirm_list"): v.Presence.objects.all(),
            ("activities", "run"): self.calls,
            ("activities", "add_shift"): self.calls,
            ("activities", "publish"): self.calls,
            ("activities", "cancel"): self.calls,
            ("activities", "report"): self.calls,
            ("activities", ""): v.Shift.objects.filter(call__in=self.calls),
            ("timebank", "refuse"): v.Portion.objects.filter(band="street", review=None),
            ("timebank", "reverse"): self.helper.hours.all(),
            ("timebank", ""): v.Volunteer.objects.filter(pk=self.helper.pk),
            ("rewards", "take"): v.Offer.objects.filter(merchant__community__name=HERE),
            ("rewards", "withdraw_offer"): v.Offer.objects.filter(merchant__community__name=HERE),
            ("rewards", "end_appointment"): v.MerchantTerm.objects.filter(merchant__community__name=HERE),
            ("rewards", "redemption"): v.Redemption.objects.filter(pk=self.redemption.pk),
            ("rewards", "cancel"): v.Redemption.objects.filter(pk=self.redemption.pk),
            ("rewards", "confirmed"): v.Redemption.objects.filter(pk=self.redemption.pk),
            ("rewards", ""): v.Merchant.objects.filter(pk=self.redemption.offer.merchant_id),
            ("teams", "guardian"): v.Volunteer.objects.filter(band="minor", consents=None),
            ("teams", "withdraw_guardian"): v.Volunteer.objects.filter(band="minor"),
            ("teams", "answer"): v.Membership.objects.filter(joined_on=None, team=self.team),
            ("teams", "end"): v.Membership.objects.filter(joined_on__isnull=False, team=self.team),
            ("teams", "name_leader"): v.Membership.objects.filter(leads=True, team=self.team),
            ("teams", ""): v.Team.objects.filter(pk=self.team.pk),
        }
        rows = first.get((room, view)) if (room, view) in first else first.get((room, ""))
        held = rows.order_by("pk").values_list("pk", flat=True).first() if rows is not None else None
        return held or 0

    def _holder(self, role: str, place: str, but: int = 0) -> User:
        terms = Appointment.objects.filter(role=role, division__name=place).exclude(person=but).order_by("pk")
        return terms.select_related("person").first().person

    def _leader(self, teams: QuerySet[v.Team]) -> User:
        rows = v.Membership.objects.open().filter(leads=True, team__in=teams).exclude(volunteer=self.helper)
        return rows.select_related("volunteer__person").order_by("pk").first().volunteer.person

    def _another_volunteer(self) -> User:
        """A volunteer here who leads nobody and stands at no counter."""
        rows = v.Volunteer.objects.active().filter(community__name=HERE, person__merchant_terms=None)
        leading = v.Membership.objects.filter(leads=True).values("volunteer")
        return rows.exclude(pk__in=leading).exclude(pk=self.helper.pk).order_by("pk").first().person

    def _plain_resident(self) -> User:
        """Somebody who lives here and has no part in any of the things."""
        proved = Residency.objects.filter(community__name=HERE, until=None).exclude(proof=Residency.Proof.DECLARED)
        rows = User.objects.filter(residencies__in=proved, appointments=None, proposals=None, panels=None)
        return rows.filter(merchant_terms=None, volunteer=None).order_by("-pk").first()
