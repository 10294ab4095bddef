"""Voting on a device of the service centre: which device stands where, and passes for residents who came in person.

Nothing here says what or when somebody voted: where she voted is a tag of her participation, never of her ballot, and
a pass is deleted when it is used.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.centres.models import ServiceCentre
from projects.voting.models.slate import Slate


class Kiosk(models.Model):
    """A device on which a worker has opened voting for one community, at one centre, until the end of the day."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="kiosks")
    centre = models.ForeignKey(ServiceCentre, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("自助投票设备")


class KioskPass(models.Model):
    """A number that lets a resident, whose card a worker has checked, vote once at a kiosk of her community."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("自助投票码")
        constraints = [models.UniqueConstraint(fields=["slate", "person"], name="one_kiosk_pass_per_slate_and_person")]
