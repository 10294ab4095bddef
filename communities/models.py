"""Index of the rooms' models; one migration history for the app."""

from communities.accounts.models import SignInCode, User
from communities.bodies.models import Body, Office
from communities.centres.models import ServiceCentre
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.residents.models import Residency
from communities.roles.models import Appointment

__all__ = [
    "Appointment",
    "Body",
    "Council",
    "Division",
    "Office",
    "Residency",
    "Seat",
    "ServiceCentre",
    "SignInCode",
    "User",
]
