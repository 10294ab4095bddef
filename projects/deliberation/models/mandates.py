"""Written authorisations (委托书): one member of the council lets another vote in her stead, at one meeting."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.deliberation.models.meetings import Meeting

PERSON = settings.AUTH_USER_MODEL


class Mandate(models.Model):
    """`person` will not come and lets `holder` vote for her; given by herself, or on paper that the clerk keeps."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="mandates")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(PERSON, models.PROTECT, related_name="mandates_held")
    paper_ref = models.CharField(_("委托书编号"), max_length=40, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("委托时间"))
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("委托出席")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(revoked_at=None),
                name="one_standing_mandate_per_meeting_and_member",
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("holder")), name="nobody_represents_herself"),
            models.CheckConstraint(
                condition=models.Q(entered_by=None) | ~models.Q(paper_ref=""), name="a_mandate_on_paper_has_its_number"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_mandate_says_by_whom",
            ),
        ]
