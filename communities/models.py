"""Index of the rooms' models; one migration history for the app."""

from communities.accounts.models import Consent, Invitation, SignInCode, User
from communities.bodies.models import Body, Office
from communities.centres.models import ServiceCentre
from communities.channels.models import Letter, Reach
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.residents.models import Residency, ResidencyCheck
from communities.roles.models import Appointment

__all__ = [
    "Appointment",
    "Body",
    "Consent",
    "Council",
    "Division",
    "Invitation",
    "Letter",
    "Office",
    "Reach",
    "Residency",
    "ResidencyCheck",
    "Seat",
    "ServiceCentre",
    "SignInCode",
    "User",
]
