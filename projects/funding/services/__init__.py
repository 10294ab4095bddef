"""The writes of the room, one function per operation; their files say by which lock."""

from projects.funding.services.allot import enter_cofunding, receive_project
from projects.funding.services.contracts import register_provider, set_start, sign_contract, start_delivery
from projects.funding.services.payments import refuse_payment, release_payment, request_payment
from projects.funding.services.proof import prove_sums
from projects.funding.services.settle import forfeit_retention, lift_hold, rule_on_balance, settle_project

__all__ = [
    "enter_cofunding",
    "forfeit_retention",
    "lift_hold",
    "prove_sums",
    "receive_project",
    "refuse_payment",
    "register_provider",
    "release_payment",
    "request_payment",
    "rule_on_balance",
    "set_start",
    "settle_project",
    "sign_contract",
    "start_delivery",
]
