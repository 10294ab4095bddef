"""The rows of the room: the project, its contracts and payments, the ledger."""

from projects.funding.models.contracts import BalanceRuling, CoFunding, Contract, Payment, Provider, Settlement
from projects.funding.models.ledger import Account, LedgerEntry, Posting
from projects.funding.models.project import Project

__all__ = [
    "Account",
    "BalanceRuling",
    "CoFunding",
    "Contract",
    "LedgerEntry",
    "Payment",
    "Posting",
    "Project",
    "Provider",
    "Settlement",
]
