"""The search's own table: one row for everything that can be found, with the terms by which it is found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """`heads` are the terms of the title, `terms` of everything; each begins with the letter of the kind, so that a question
    inside one kind never walks through the others."""

    class Kind(models.TextChoices):
        COMMUNITY = "c", _("社区")
        CENTRE = "k", _("服务中心")
        SERVICE = "s", _("服务事项")
        ACTIVITY = "a", _("活动和课程")
        PROPOSAL = "p", _("提案和项目")
        NOTICE = "n", _("公示公告")
        BODY = "b", _("机构")

    kind = models.CharField(max_length=1, choices=Kind.choices)
    key = models.BigIntegerField()
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=200)
    heads = ArrayField(models.CharField(max_length=40))
    terms = ArrayField(models.CharField(max_length=40))
    on = models.DateTimeField(null=True)
    stamp = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("搜索")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_search_entry_per_thing")]
        indexes = [
            GinIndex(fields=["heads"], name="search_heads"),
            GinIndex(fields=["terms"], name="search_terms"),
            # a word that is everywhere: the newest are read in their order, instead of every entry that has it
            models.Index("kind", models.F("on").desc(nulls_last=True), "key", name="search_newest"),
        ]


class SearchState(models.Model):
    """How far the log has been read."""

    log_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_search_state")]
