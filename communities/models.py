"""Index of the rooms' models; one migration history for the app."""

from communities.accounts.models import Consent, Invitation, SignInCode, UsedPassword, User
from communities.bodies.models import Body, Office
from communities.centres.models import (
    Activity,
    Attendance,
    CalendarAddress,
    Enrolment,
    ListDraft,
    ListEntry,
    OpeningHours,
    Room,
    RoomUse,
    Service,
    ServiceCentre,
    Session,
    SpecialHours,
)
from communities.channels.models import Letter, Reach
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.letters.models import CodeBatch, PaperCode
from communities.proxies.models import Proxy, ProxyAct
from communities.residents.models import ProofTry, Residency, ResidencyCheck
from communities.roles.models import Appointment
from communities.rosters.models import Roster, RosterEntry

__all__ = [
    "Session",
    "RoomUse",
    "Enrolment",
    "CalendarAddress",
    "Attendance",
    "Activity",
    "Appointment",
    "Body",
    "CodeBatch",
    "Consent",
    "Council",
    "Division",
    "Invitation",
    "Letter",
    "ListDraft",
    "ListEntry",
    "Office",
    "OpeningHours",
    "PaperCode",
    "ProofTry",
    "Proxy",
    "ProxyAct",
    "Reach",
    "Residency",
    "ResidencyCheck",
    "Room",
    "Roster",
    "RosterEntry",
    "Seat",
    "Service",
    "ServiceCentre",
    "SignInCode",
    "SpecialHours",
    "UsedPassword",
    "User",
]
