"""The rows of the vote: slate and roll, participation and ballots."""

from projects.voting.models.ballot import Ballot, Channel, CountedBallot, CountedTracker, Participation
from projects.voting.models.kiosk import Kiosk, KioskPass
from projects.voting.models.paper import (
    Keying,
    PaperBatch,
    PaperSheet,
    PaperVoid,
    Replaced,
    SampleCheck,
    Spoilt,
    SpoiltSheet,
)
from projects.voting.models.proof import DaySeal, KeyEnd, KeySignature, StartedBallot
from projects.voting.models.slate import Candidate, RollEntry, Slate

__all__ = [
    "Ballot",
    "Candidate",
    "Channel",
    "CountedBallot",
    "CountedTracker",
    "DaySeal",
    "KeyEnd",
    "KeySignature",
    "Keying",
    "Kiosk",
    "KioskPass",
    "PaperBatch",
    "PaperSheet",
    "PaperVoid",
    "Participation",
    "Replaced",
    "RollEntry",
    "SampleCheck",
    "Slate",
    "Spoilt",
    "SpoiltSheet",
    "StartedBallot",
]
