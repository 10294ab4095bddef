"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path, register_converter

from projects.proposals import steps
from projects.proposals.views import author, backing, entry, wizard


class StepConverter:
    """One of the questions of the wizard."""

    regex = "|".join(steps.KEYS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter(StepConverter):
    """A proposal's public number."""

    regex = r"[A-Z]{2,5}-\d{4}-\d{6,9}"


register_converter(StepConverter, "step")
register_converter(NumberConverter, "proposal_number")

app_name = "proposals"
urlpatterns = [
    path("start/", wizard.start, name="start"),
    path("drafts/", wizard.drafts, name="drafts"),
    path("draft/<int:proposal_id>/<step:key>/", wizard.step, name="step"),
    path("draft/<int:proposal_id>/<step:key>/keep/", wizard.keep, name="keep"),
    path("draft/<int:proposal_id>/photo/<int:photo_id>/remove/", wizard.remove_photo, name="remove_photo"),
    path("draft/<int:proposal_id>/similar/", wizard.similar, name="similar"),
    path("draft/<int:proposal_id>/check/", wizard.check, name="check"),
    path("draft/<int:proposal_id>/discard/", wizard.discard, name="discard"),
    path("enter/", entry.enter, name="enter"),
    path("enter/<int:proposal_id>/check/", entry.check_entry, name="check_entry"),
    path("photo/<int:photo_id>/", backing.photo, name="photo"),
    path("<proposal_number:number>/lodged/", author.lodged, name="lodged"),
    path("<proposal_number:number>/edit/", author.edit, name="edit"),
    path("<proposal_number:number>/correct/", author.correct, name="correct"),
    path("<proposal_number:number>/withdraw/", author.withdraw, name="withdraw"),
    path("<proposal_number:number>/support/", backing.support, name="support"),
    path("<proposal_number:number>/unsupport/", backing.unsupport, name="unsupport"),
    path("<proposal_number:number>/follow/", backing.follow, name="follow"),
    path("<proposal_number:number>/unfollow/", backing.unfollow, name="unfollow"),
    path("<proposal_number:number>/poster/", backing.poster, name="poster"),
]
