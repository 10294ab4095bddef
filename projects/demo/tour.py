"""The demo's walk for newcomers, from the proposal to the last mark, and the providers who can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.demo import Step, also, leads
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.queries import on_day
from communities.roles.rules import TITLES, Role
from projects.models import Contract, Project, Round

RUNNING = ("delivery", "acceptance")


def register() -> None:
    """Tell the accounts' demo page; called once when the app is ready."""
    also(providers)
    leads(walk)


def providers() -> Iterator[tuple[Division, User, str]]:
    """Who answers for a project that is being built."""
    rows = Contract.objects.filter(project__stage__in=RUNNING, responsible__is_active=True)
    for row in rows.select_related("responsible", "project__community").order_by("project"):
        yield row.project.community, row.responsible, _("承接单位 · %(title)s") % {"title": row.project.title}


def walk(day: date) -> list[Step]:
    """One step for each stage at which a round or project stands today; the later ones continue the first."""
    steps = [*_of_rounds(day), *_of_projects(day)]
    auditor = _holder(Role.AUDITOR, None, day)
    return [*steps, _step(_("核对全部操作记录"), auditor, reverse("desk:log"))] if auditor and steps else steps


def _of_rounds(day: date) -> Iterator[Step]:
    running = Round.objects.filter(cancelled_at=None).select_related("street").order_by("-frozen_at", "-pk")
    rounds = {row.stage: row for row in running}
    for stage, role, act, address in (
        ("proposals", "", _("提一个提案"), "proposals:start"),
        ("screening", Role.COMMUNITY_WORKER, _("初审居民的提案"), "screening:queue"),
        ("deliberation", Role.COMMUNITY_WORKER, _("开居民议事会，逐项评议"), "deliberation:desk"),
        ("voting", "", _("给想办的事投票"), "voting:ballot"),
        ("publicity", Role.COMMUNITY_WORKER, _("公示入选项目，答复异议"), "publicity:desk"),
        ("approval", Role.STREET_OFFICER, _("逐项审批，下达资金"), "approval:desk"),
    ):
        if round := rounds.get(stage):
            place = round.street if role == Role.STREET_OFFICER else _first_community(round)
            about = [round.number] if address == "voting:ballot" else []
            who = _holder(role, place, day) if role else _resident(place, round)
            if who:
                yield _step(act, who, reverse(address, args=about))


def _of_projects(day: date) -> Iterator[Step]:
    for stage, act in (
        ("delivery", _("上报施工进度")),
        ("acceptance", _("组织验收")),
        ("evaluation", _("给做好的事打分")),
    ):
        rows = Project.objects.filter(stage=stage).select_related("proposal", "community__parent").order_by("pk")
        if not (project := rows.first()):
            continue
        number = [project.proposal.number]
        if stage == "delivery":
            contract = Contract.objects.filter(project=project).select_related("responsible").first()
            if contract and contract.responsible:
                role = _("%(place)s · 承接单位") % {"place": project.community.name}
                yield Step(act, contract.responsible, role, reverse("delivery:project", args=number))
            if officer := _holder(Role.STREET_OFFICER, project.community.parent, day):
                yield _step(_("核对进度，支付工程款"), officer, reverse("funding:project", args=number))
        elif stage == "acceptance":
            if worker := _holder(Role.COMMUNITY_WORKER, project.community, day):
                yield _step(act, worker, reverse("acceptance:project", args=number))
        elif who := _resident(project.community, None):
            yield _step(act, who, reverse("desk:proposal", args=number))


def _step(act: str, found: tuple[User, str] | None, url: str) -> Step:
    who, role = found
    return Step(act, who, role, url)


def _holder(role: Role, place: Division | None, day: date) -> tuple[User, str] | None:
    rows = Appointment.objects.filter(on_day(day), role=role, person__is_active=True)
    rows = rows.filter(division=place) if place else rows
    term = rows.select_related("person", "division").order_by("pk").first()
    return (term.person, f"{term.division.name} · {_(TITLES[role])}") if term else None


def _resident(place: Division, round: Round | None) -> tuple[User, str] | None:
    """Somebody who lives there, has no office, and has not voted in this round."""
    living = User.objects.filter(
        residencies__community=place, residencies__until=None, appointments=None, is_active=True
    )
    if round:
        living = living.exclude(participations__round=round)
    who = living.order_by("pk").first()
    return (who, _("%(place)s · 居民") % {"place": place.name}) if who else None


def _first_community(round: Round) -> Division:
    return round.envelopes.select_related("community").order_by("pk").first().community
