"""Who holds which role at which division, from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from communities.roles.rules import TITLES, Role


class Appointment(models.Model):
    """A term. It counts on each day from starts_on up to and including ends_on; ends_on empty means open."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(_("职务"), max_length=20, choices=[(role.value, TITLES[role]) for role in Role])
    division = models.ForeignKey(Division, models.PROTECT, related_name="appointments")
    starts_on = models.DateField(_("任职日期"))
    ends_on = models.DateField(_("离任日期"), null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("任职")
        indexes = [models.Index(fields=["division", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_term_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(appointed_by=None) | ~models.Q(appointed_by=models.F("person")),
                name="nobody_appoints_herself",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "division"],
                condition=models.Q(ends_on=None),
                name="one_open_term_per_person_role_and_division",
            ),
        ]
