"""Every personal field of the portal: what for, how long, who sees it (P4). A test fails on a field that is missing.

Fields are named "app.Model.field". Relations to a person are declared by their field's name, once for all models: the
act is a public record, the person behind it is shown masked and is forgotten when the account is closed (P9).
"""

from __future__ import annotations

from dataclasses import dataclass

UNTIL_CLOSED = "until the account is closed"
A_DAY = "1 day"
ON_ROSTER = "1 year after the person left the roster"
LOG_TIME = "at least 6 months"
WITH_RECORD = "as long as the record, pseudonymous once the account is closed"


@dataclass(frozen=True, slots=True)
class Held:
    """One personal field: purpose, class (identity, contact, technical, choice), retention, who may see it."""

    purpose: str
    kind: str
    kept: str
    seen_by: str


FIELDS: dict[str, Held] = {
    "communities.User.name": Held(
        "who proposes and decides", "identity", UNTIL_CLOSED, "herself, staff on the case; the public a surname"
    ),
    "communities.User.staff_name": Held("staff sign-in", "identity", WITH_RECORD, "herself, administrators"),
    "communities.User.phone_cipher": Held(
        "sign-in and notices", "contact", UNTIL_CLOSED, "herself; a worker for a logged reason"
    ),
    "communities.User.phone_index": Held("finding the account of a number", "contact", UNTIL_CLOSED, "nobody"),
    "communities.User.email": Held("notices to staff", "contact", UNTIL_CLOSED, "herself, administrators"),
    "communities.User.adult": Held("voting is for adults", "identity", UNTIL_CLOSED, "herself, the worker who checks"),
    "communities.User.show_name": Held("consent to the full name in public", "choice", UNTIL_CLOSED, "herself"),
    "communities.SignInCode.phone_index": Held("limits on codes", "contact", A_DAY, "nobody"),
    "communities.SignInCode.phone_cipher": Held("sending a code again", "contact", "until the code is used", "nobody"),
    "communities.SignInCode.address": Held("limits on codes", "technical", A_DAY, "nobody"),
    "communities.UsedPassword.hashed": Held("staff take no password again", "technical", "the last five", "nobody"),
    "communities.Consent.ip": Held("proof of consent", "technical", UNTIL_CLOSED, "auditors"),
    "communities.Residency.estate": Held("being found at the counter", "identity", UNTIL_CLOSED, "herself, the worker"),
    "communities.Residency.adult": Held("voting is for adults", "identity", WITH_RECORD, "herself, the worker"),
    "communities.RosterEntry.name": Held("proof of residence", "identity", ON_ROSTER, "staff of the place, masked"),
    "communities.RosterEntry.phone_cipher": Held("correcting the roster", "contact", ON_ROSTER, "staff, a logged export"),
    "communities.RosterEntry.phone_index": Held("proof of residence", "contact", ON_ROSTER, "nobody"),
    "communities.RosterEntry.estate": Held("correcting the roster", "identity", ON_ROSTER, "staff, a logged export"),
    "communities.RosterEntry.adult": Held("voting is for adults", "identity", ON_ROSTER, "staff, a logged export"),
    "communities.CodeBatch.estate": Held("whom a letter is for", "identity", "1 year", "staff"),
    "communities.Proxy.paper_ref": Held("finding the paper that both signed", "identity", WITH_RECORD, "the two, the worker"),
    "communities.Office.name": Held("offices publish who is in office", "identity", "as long as the term", "everybody"),
    "communities.Reach.email": Held("notices by e-mail", "contact", UNTIL_CLOSED, "herself"),
    "communities.Reach.by_email": Held("what is sent by e-mail", "choice", UNTIL_CLOSED, "herself"),
    "communities.Letter.address": Held("the link that confirms an address", "contact", "until sent", "nobody"),
    "portal.LogEntry.ip": Held("security log", "technical", LOG_TIME, "auditors"),
    "volunteers.Volunteer.estate": Held(
        "offers near her home", "identity", UNTIL_CLOSED, "herself, the worker, her team's leader"
    ),
    "volunteers.GuardianConsent.guardian_name": Held(
        "14 to 17: whose consent it is", "identity", UNTIL_CLOSED, "the worker who saw the paper"
    ),
    "volunteers.WishPerson.cipher": Held(
        "bringing a wish to her who has it", "identity", "90 days after the wish ended", "a worker for a logged reason"
    ),
    "volunteers.GuardianConsent.paper_ref": Held(
        "finding the guardian's paper", "identity", UNTIL_CLOSED, "the worker who saw the paper"
    ),
    "projects.HearingPlace.guest_name": Held("a place for who comes in person", "identity", "90 days after the hearing", "the worker, the council"),
    "projects.Mandate.paper_ref": Held("finding the paper of an authorisation", "identity", WITH_RECORD, "the two, the worker"),
    "projects.Provider.contact": Held("whom to call about a contract", "identity", WITH_RECORD, "staff on the case"),
    "projects.Provider.phone": Held("whom to call about a contract", "contact", WITH_RECORD, "staff on the case"),
    "projects.Objection.paper_ref": Held("finding the paper of an objection", "identity", WITH_RECORD, "staff"),
    "projects.Proposal.paper_ref": Held("finding the paper of a proposal", "identity", WITH_RECORD, "staff"),
}

# What is named like a person's field and belongs to a place or an organisation.
NOT_PERSONAL = frozenset(
    {
        "portal.SpecialDay.name",
        "communities.Division.name",
        "communities.Body.name",
        "communities.Body.phone",
        "communities.Body.address",
        "communities.CodeBatch.address",
        "communities.ServiceCentre.name",
        "communities.ServiceCentre.address",
        "communities.ServiceCentre.phone",
        "communities.Room.name",
        "communities.Service.name",
        "communities.ListEntry.name",
        "communities.Council.name",
        "volunteers.Team.name",
        "volunteers.Merchant.name",
        "volunteers.Merchant.address",
        "volunteers.Merchant.phone",
        "projects.CostItem.name",
        "projects.Provider.name",
        "projects.Provider.address",
        "projects.CoFunding.name",
    }
)

STAFF_ACT = Held("who did it on duty", "identity", WITH_RECORD, "staff; the public a title")
# Field name of a relation to a person → what it is for. Names that end in "by" are acts on duty.
RELATIONS: dict[str, Held] = {
    "person": Held("whose record it is", "identity", WITH_RECORD, "herself, staff on the case"),
    "holder": Held("acts for another on her own phone", "identity", WITH_RECORD, "the two, the worker"),
    "proposer": Held("keeps her rights to the end", "identity", WITH_RECORD, "everybody, masked unless she agrees"),
    "objector": Held("gets the answer", "identity", WITH_RECORD, "staff on the case; the public masked"),
    "voter": Held("one ballot a person", "identity", WITH_RECORD, "nobody together with the choice"),
    "responsible": Held("named in the contract", "identity", WITH_RECORD, "staff on the case"),
    "liaison": Held("named in the contract", "identity", WITH_RECORD, "staff on the case"),
    "chair": Held("named in the minutes", "identity", WITH_RECORD, "everybody"),
    "social_worker": Held("stands beside a team of volunteers", "identity", WITH_RECORD, "everybody"),
    "clerk": Held("named in the minutes", "identity", WITH_RECORD, "everybody"),
}


def purpose_of_relation(field: str) -> Held | None:
    """What a relation to a person is for; None when nobody has declared it."""
    if field == "by" or field.endswith("_by"):
        return STAFF_ACT
    return RELATIONS.get(field)
