"""Volunteers, guardians' consents, teams and who belongs to them from when to when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from volunteers.teams.rules import TIMES


class Skill(models.Model):
    """One entry of the published list of skills."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    title = models.CharField(_("名称"), max_length=20)
    needs_proof = models.BooleanField(_("需要证件"), default=False)
    withdrawn_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("志愿技能")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(_(self.title))


class VolunteerRows(models.QuerySet):
    """Questions that every room asks of volunteers."""

    def active(self) -> VolunteerRows:
        """Registered and not left; a minor only while the guardian's consent stands."""
        stands = GuardianConsent.objects.filter(volunteer=models.OuterRef("pk"), withdrawn_at=None)
        adult = models.Q(band=Volunteer.Band.ADULT)
        return self.filter(adult | models.Exists(stands), left_on=None, person__is_active=True)


class Volunteer(models.Model):
    """A person who helps. Of her age only the band is kept: adult, or 14 to 17 with a guardian's consent (P7).

    `community` is the one that serves her, `agreed_version` the notice that she agreed to (P1).
    """

    class Band(models.TextChoices):
        ADULT = "adult", _("已满18周岁")
        MINOR = "minor", _("14至17周岁")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="volunteer")
    community = models.ForeignKey(Division, models.PROTECT, related_name="volunteers")
    estate = models.CharField(_("小区或城中村"), max_length=60, blank=True)
    band = models.CharField(_("年龄段"), max_length=6, choices=Band.choices)
    skills = models.ManyToManyField(Skill, related_name="volunteers", blank=True)
    times = ArrayField(models.CharField(max_length=20, choices=TIMES), default=list, blank=True)
    registered_on = models.DateField(_("登记日期"))
    agreed_at = models.DateTimeField()
    agreed_version = models.CharField(max_length=20)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)

    objects = VolunteerRows.as_manager()

    class Meta:
        verbose_name = _("志愿者")
        indexes = [models.Index(fields=["community", "left_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("registered_on")),
                name="a_volunteer_leaves_after_she_came",
            ),
        ]


class GuardianConsent(models.Model):
    """A guardian's consent, seen on paper by a community worker. The paper stays at the centre under `paper_ref`."""

    class Relation(models.TextChoices):
        PARENT = "parent", _("父母")
        GRANDPARENT = "grandparent", _("祖父母或外祖父母")
        OTHER = "other", _("其他监护人")

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="consents")
    relation = models.CharField(_("与本人关系"), max_length=12, choices=Relation.choices)
    guardian_name = models.CharField(_("监护人姓名"), max_length=50)
    paper_ref = models.CharField(_("同意书编号"), max_length=40)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(_("核对时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("监护人同意记录")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_guardian_consent_per_volunteer",
            ),
        ]


class Team(models.Model):
    """A team of volunteers of one community. In a pair a social worker stands beside the volunteers."""

    class Kind(models.TextChoices):
        COMMUNITY = "community", _("社区志愿服务队")
        STATION = "station", _("社区U站")
        PAIR = "pair", _("社工+志愿者结对")
        PARTY = "party", _("党员志愿服务队")
        UNIT = "unit", _("共建单位志愿服务队")

    name = models.CharField(_("队伍名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    community = models.ForeignKey(Division, models.PROTECT, related_name="teams")
    about = models.CharField(_("做什么"), max_length=300)
    meets_at = models.CharField(_("集合地点"), max_length=80, blank=True)
    social_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="paired_teams"
    )
    founded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    founded_on = models.DateField(_("成立日期"))
    closed_on = models.DateField(_("解散日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("志愿服务队")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=models.Q(closed_on=None),
                name="one_living_team_of_a_name_in_a_community",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="pair") | models.Q(social_worker__isnull=False),
                name="a_pair_has_a_social_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipRows(models.QuerySet):
    """Questions that every room asks of memberships."""

    def open(self) -> MembershipRows:
        """Those who belong to a team now."""
        return self.filter(joined_on__isnull=False, left_on=None, volunteer__left_on=None)


class Membership(models.Model):
    """One belonging to a team, from asking to leaving. `joined_on` is empty while the request waits for an answer;
    a refused request has `left_on` and no `joined_on`."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="memberships")
    leads = models.BooleanField(_("队长"), default=False)
    asked_at = models.DateTimeField(_("申请时间"))
    joined_on = models.DateField(_("加入日期"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    left_on = models.DateField(_("离队日期"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    objects = MembershipRows.as_manager()

    class Meta:
        verbose_name = _("队员")
        indexes = [models.Index(fields=["team", "left_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "volunteer"],
                condition=models.Q(left_on=None),
                name="one_open_membership_per_team_and_volunteer",
            ),
            models.CheckConstraint(
                condition=models.Q(leads=False) | models.Q(joined_on__isnull=False),
                name="who_leads_a_team_belongs_to_it",
            ),
        ]
