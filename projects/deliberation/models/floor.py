"""Who asked for the floor on an item, in the order of asking, and who has spoken. What was said is not kept here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.deliberation.models.meetings import AgendaItem

PERSON = settings.AUTH_USER_MODEL


class Turn(models.Model):
    """A member's turn: asked for, called, spoken. Who has spoken may ask again."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="turns")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="turns")
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    spoke_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("发言")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=models.Q(spoke_at=None), name="one_turn_at_a_time_for_a_member"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(called_at__isnull=False, spoke_at=None),
                name="one_member_speaks_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(spoke_at=None) | models.Q(called_at__isnull=False), name="who_spoke_was_called"
            ),
        ]
