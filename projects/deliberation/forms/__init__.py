"""The shape of what is entered: meetings, authorisations, hearings."""

from projects.deliberation.forms.hearings import GuestForm, HearingForm, RecordForm
from projects.deliberation.forms.mandates import MandateForm, PaperMandateForm
from projects.deliberation.forms.meeting import (
    CloseVoteForm,
    ConveneForm,
    HandsForm,
    InterestForm,
    NotesForm,
    OpenForm,
    ReasonForm,
    RecuseForm,
    RollForm,
    SlipsForm,
    SpeakerForm,
    VoteForm,
)

__all__ = [
    "CloseVoteForm",
    "ConveneForm",
    "GuestForm",
    "HandsForm",
    "HearingForm",
    "InterestForm",
    "MandateForm",
    "NotesForm",
    "OpenForm",
    "PaperMandateForm",
    "ReasonForm",
    "RecordForm",
    "RecuseForm",
    "RollForm",
    "SlipsForm",
    "SpeakerForm",
    "VoteForm",
]
