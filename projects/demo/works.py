"""A project's life after the approval, by the portal's own services, each act at its own past moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from communities.accounts.models import User
from portal import clock
from projects.acceptance import services as acceptance
from projects.delivery import services as delivery
from projects.demo.people import Town
from projects.demo.props import STEPS, picture_of, provider_named, skill_of
from projects.demo.walk import daytime
from projects.evaluation import services as evaluation
from projects.funding import services as funding
from projects.funding.rules import Instalment, route_for
from projects.models import Contract, Project

STATES = ("funding", "not_started", "stalled", "delivery", "acceptance", "evaluation", "done")
FINISHED_WORDS = "已按方案全部完成，现场清理干净，请社区安排验收。"


@dataclass
class Work:
    """One project and how it went. `way` is the text's own description; `start` the day of the approval."""

    town: Town
    project: Project
    way: dict[str, Any]
    start: datetime

    def __post_init__(self) -> None:
        place = self.project.community
        self.officers = self.town.officers[place.parent.name]
        self.worker = self.town.workers[place.name][0]
        self.neighbours = [
            each for each in self.town.residents[place.name] if each.pk != self.project.proposal.proposer_id
        ]
        self.reached = STATES.index(self.way["state"])

    def walk(self) -> None:
        steps: list[tuple[str, Callable[[], None]]] = [
            ("not_started", self._contract),
            ("stalled", self._deliver),
            ("acceptance", self._finish),
            ("evaluation", self._accept),
            ("done", self._close),
        ]
        for state, step in steps:
            if self.reached >= STATES.index(state):
                step()
        if self.way["state"] == "acceptance":
            self._begin_panel()
        if self.way["state"] == "evaluation":
            self._rate()

    def _contract(self) -> None:
        day = self.start + timedelta(days=9)
        amount = self.way["contract"] * 100
        with clock.pretend(daytime(day)) as now:
            signed = timezone.localdate(now)
            self.contract: Contract = funding.sign_contract(
                project_id=self.project.pk,
                by=self.officers[0],
                provider_id=provider_named(
                    self.way["provider"], at=self.project.community.parent, by=self.officers[0], now=now
                ).pk,
                number=f"民微合〔{signed.year}〕{self.project.pk:03d}号",
                amount=amount,
                route=route_for(amount, quotes_from=50_000_00, tender_from=1_000_000_00),
                signed_on=signed,
                starts_by=signed + timedelta(days=25),
                responsible_name="罗建成",
                responsible_phone=f"139{40_000_000 + sum(map(ord, self.way['provider'])) % 10_000_000:08d}",
                now=now,
            )
        self._pay(Instalment.ADVANCE, "advance", day + timedelta(days=3))
        with clock.pretend(daytime(day + timedelta(days=5))) as now:
            funding.start_delivery(project_id=self.project.pk, by=self.officers[0], now=now)
        self.begun = day + timedelta(days=6)

    def _pay(self, kind: Instalment, key: str, day: datetime) -> None:
        """One officer asks, another releases the day after."""
        if key not in self.way:
            return
        with clock.pretend(daytime(day)) as now:
            payment = funding.request_payment(
                contract_id=self.contract.pk,
                by=self.officers[0],
                instalment=kind,
                amount=self.way[key] * 100,
                voucher=f"{self.project.pk:04d}{list(Instalment).index(kind) + 1:02d}86",
                purpose={"advance": "合同生效后支付", "progress": "完成过半，现场核对后支付", "balance": "验收合格后付清"}[key],
                now=now,
            )
        with clock.pretend(daytime(day + timedelta(days=1))) as now:
            funding.release_payment(payment_id=payment.pk, by=self.officers[1], now=now)

    def _deliver(self) -> None:
        """The plan, the reports with their pictures, a problem and its answer."""
        provider, reports = self.contract.responsible, self.way["reports"]
        last = max(52, reports[-1]["day"] + 8)
        with clock.pretend(daytime(self.begun)) as now:
            for number, title in enumerate(STEPS[self.project.category], start=1):
                due = timezone.localdate(now) + timedelta(days=last * number // 3)
                delivery.add_milestone(
                    project_id=self.project.pk, by=provider, title=title, due_on=due,
                    planned_amount=self.contract.amount // 3, now=now,
                )  # fmt: skip
            if picture := picture_of(self.way, "before"):
                delivery.add_evidence(
                    project_id=self.project.pk, by=provider, kind="before", file=picture, caption="实施前现场", now=now
                )
        for report in reports:
            with clock.pretend(daytime(self.begun + timedelta(days=report["day"]))) as now:
                self._report(provider, report, now)
        if "problem" in self.way:
            self._problem(self.begun + timedelta(days=reports[-1]["day"] + 4))

    def _report(self, provider: User, report: dict[str, Any], now: datetime) -> None:
        done = report["percent"] == 100
        picture = picture_of(self.way, "after" if done else "during")
        delivery.report_progress(
            project_id=self.project.pk,
            by=provider,
            percent=report["percent"],
            text=report["text"],
            kind="after" if done else "during",
            files=[picture] if picture else [],
            caption="完成后现场" if done else "实施中现场",
            now=now,
        )
        rows = list(self.project.milestones.order_by("due_on"))
        for milestone in rows[: report["percent"] * len(rows) // 100]:
            delivery.complete_milestone(milestone_id=milestone.pk, by=provider, now=now)

    def _problem(self, day: datetime) -> None:
        with clock.pretend(daytime(day)) as now:
            problem = delivery.report_problem(
                project_id=self.project.pk, by=self.neighbours[5], aspect="quality", text=self.way["problem"], now=now
            )
        with clock.pretend(daytime(day + timedelta(days=1))) as now:
            delivery.answer_problem(
                problem_id=problem.pk, by=self.contract.responsible, answer=self.way["answer"], now=now
            )

    def _finish(self) -> None:
        day = self.begun + timedelta(days=self.way["reports"][-1]["day"] + 2)
        self._pay(Instalment.PROGRESS, "progress", day - timedelta(days=1))
        with clock.pretend(daytime(day)) as now:
            delivery.declare_finished(
                project_id=self.project.pk, by=self.contract.responsible, text=FINISHED_WORDS, now=now
            )
        self.inspected = day + timedelta(days=3)
        with clock.pretend(daytime(self.inspected)) as now:
            for seat, who in self._panel():
                acceptance.appoint_member(
                    project_id=self.project.pk, by=self.worker, seat=seat, person=who, skill=skill_of(seat), now=now
                )
            delivery.open_acceptance(project_id=self.project.pk, by=self.worker, now=now)

    def _panel(self) -> list[tuple[str, User | None]]:
        place = self.project.community.name
        seats: list[tuple[str, User | None]] = [
            ("proposer", None),
            ("resident", self.neighbours[1]),
            ("resident", self.neighbours[2]),
            ("supervisor", self.town.supervisors[place]),
            ("community", self.worker),
        ]
        if self.project.category == "works":
            elsewhere = next(name for name in self.town.residents if name != place)
            seats.append(("technical", self.town.residents[elsewhere][-1]))
        return seats

    def _begin_panel(self) -> None:
        """Two of the panel have looked; the others have not been there yet."""
        with clock.pretend(daytime(self.inspected + timedelta(days=1))) as now:
            for who in self.neighbours[1:3]:
                acceptance.mark_project(
                    project_id=self.project.pk, by=who, meets=True, text="现场看过，和方案一致。", now=now
                )

    def _accept(self) -> None:
        proposer = self.project.proposal.proposer
        with clock.pretend(daytime(self.inspected + timedelta(days=1))) as now:
            for _seat, who in self._panel():
                acceptance.mark_project(
                    project_id=self.project.pk, by=who or proposer, meets=True, text="现场看过，和方案一致。", now=now
                )
        self.accepted = self.inspected + timedelta(days=2)
        with clock.pretend(daytime(self.accepted)) as now:
            acceptance.sign_off(
                project_id=self.project.pk, by=proposer, satisfaction=5, text="做得好，谢谢大家。", now=now
            )
            acceptance.accept_project(project_id=self.project.pk, by=self.worker, now=now)

    def _rate(self) -> None:
        residents = iter(self.neighbours[6:])
        for number, told in enumerate(self.way["ratings"]):
            who = self.project.proposal.proposer if told["by"] == "proposer" else next(residents)
            with clock.pretend(daytime(self.accepted + timedelta(days=1 + number * 2))) as now:
                evaluation.rate_project(
                    project_id=self.project.pk, by=who, score=told["score"], text=told["text"], now=now
                )

    def _close(self) -> None:
        self._rate()
        with clock.pretend(daytime(self.accepted + timedelta(days=6))) as now:
            evaluation.rate_as_supervisor(
                project_id=self.project.pk,
                by=self.town.supervisors[self.project.community.name],
                content=5,
                site=4,
                budget=5,
                quality=5,
                text="资料齐全，现场和方案一致。",
                now=now,
            )
        end = self.accepted + timedelta(days=17)
        with clock.pretend(daytime(end)) as now:
            evaluation.conclude_ratings(project_id=self.project.pk, by=self.worker, now=now)
        paid = sum(self.way.get(key, 0) for key in ("advance", "progress"))
        self.way = {**self.way, "balance": self.way["contract"] - paid}
        self._pay(Instalment.BALANCE, "balance", end + timedelta(days=2))
        with clock.pretend(daytime(end + timedelta(days=5))) as now:
            funding.settle_project(project_id=self.project.pk, by=self.officers[0], now=now)
            evaluation.close_project(project_id=self.project.pk, by=self.officers[0], now=now)
