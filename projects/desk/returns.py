"""月报: what a street (or district, or community) hands in for a month, as a Word document and as PDF, made by a job from the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from communities.divisions.models import Division
from portal import clock, documents, figures, jobs
from portal.models import Job
from projects.delivery.queries import BoardRow, Listed, board_rows, flagged, marked
from projects.delivery.rules import Flag
from projects.desk import letter, panels
from projects.desk.queries import months, programme
from projects.models import Milestone, Payment

KIND, MOST_LINES = "desk.monthly_return", 60
FORMS = ("docx", "pdf")


@jobs.job(KIND)
def make_return(job: Job, report: Callable[[int, int], None]) -> dict:
    """Write the file beside the job's row. A repeat writes it anew from the rows as they then are."""
    place = Division.objects.get(pk=job.args["place"])
    year, month, form = job.args["year"], job.args["month"], job.args["form"]
    report(0, 3)
    told = return_of(place, year, month, today=clock.today())
    report(1, 3)
    content = pdf_of(told) if form == "pdf" else letter.return_document(told)
    report(2, 3)
    job.file.save(f"return-{place.code}-{year}-{month:02d}.{form}", ContentFile(content), save=False)
    report(3, 3)
    return {"place": place.pk, "year": year, "month": month, "form": form}


def return_of(place: Division, year: int, month: int, *, today: date) -> dict[str, Any]:
    """Everything that the return says, as plain values; both documents print it."""
    first, last = days_of(year, month)
    counted = programme.programme_of(place, today=min(today, last))
    this = months.months_of(place, year, today=today)[month - 1]
    below = {} if place.level == Division.Level.CITY else {"contract__project__community__path__startswith": place.path}
    paid = Payment.objects.filter(state="released", decided_at__date__range=(first, last), **below)
    paid = paid.select_related("contract__project__proposal", "contract__project__community", "contract__provider")
    late = marked(programme.projects_below(place), today=min(today, last)).select_related("proposal", "community", "round")
    rows = board_rows(Listed(flagged(late, *Flag).order_by("stage_since", "pk"))[:MOST_LINES])
    return {
        "place": place,
        "title": _("%(place)s民生微实事项目月报") % {"place": place.name},
        "month": figures.month(month, year),
        "issue": _("第 %(number)s 期") % {"number": month},
        "on": figures.day(today).split("（")[0],
        "summary": summary_of(place, counted, this),
        "heads": [_("申报"), _("批准"), _("完成"), _("在建"), _("未开工"), _("终止"), _("批准金额（元）"), _("已支付（元）"), _("支付率")],
        "types": [line_cells(label, line) for label, _key, line in [*[(a, b, c) for b, a, c in counted.by_category()], (_("合计"), "", counted.whole)]],
        "child_word": panels.child_word(place),
        "children": [*[line_cells(child.name, line) for child, line in counted.by_child()], line_cells(_("合计"), counted.whole)],
        "paid": [paid_cells(row) for row in paid.order_by("decided_at", "pk")[:MOST_LINES]],
        "late": [late_cells(row) for row in rows],
        "coming": coming_of(place, last),
    }  # fmt: skip


def days_of(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def summary_of(place: Division, counted: programme.Programme, this: months.Month) -> list[str]:
    """Two paragraphs in an office's words; every share with its two numbers."""
    whole = counted.whole
    told = {
        "declared": whole.declared, "projects": whole.projects, "budget": figures.money_about(whole.budget), "done": whole.done,
        "going": whole.going, "waiting": whole.waiting, "paid": figures.money_about(whole.paid),
        "rate": figures.percent(whole.paid, whole.budget), "overdue": whole.overdue, "stopped": whole.stopped, "ended": whole.ended,
        "started": this.fact["started"], "finished": this.fact["done"], "out": figures.money_about(this.fact["paid"]),
        "planned": this.plan["done"], "rated": this.rated, "content": this.content,
    }  # fmt: skip
    return [
        _(
            "累计收到提案 %(declared)s 份，批准项目 %(projects)s 个，批准金额 %(budget)s。"
            "其中已完成 %(done)s 个，在建 %(going)s 个，未开工 %(waiting)s 个，终止 %(ended)s 个。累计支付 %(paid)s，支付率 %(rate)s。"
        )
        % told,
        _(
            "本月新开工 %(started)s 个；计划完成 %(planned)s 个，实际完成 %(finished)s 个；支付 %(out)s。"
            "收到评价 %(rated)s 人次，其中满意 %(content)s 人次。目前超期 %(overdue)s 个，暂停 %(stopped)s 个。"
        )
        % told,
    ]


def line_cells(name: str, line: programme.Line) -> list[str]:
    return [
        str(name), *[f"{number:,}" for number in (line.declared, line.projects, line.done, line.going, line.waiting, line.ended)],
        amount(line.budget), amount(line.paid), figures.percent(line.paid, line.budget),
    ]  # fmt: skip


def amount(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def paid_cells(row: Payment) -> list[str]:
    project = row.contract.project
    return [
        f"{row.decided_at:%m-%d}", f"{project.title}（{project.community.name}）", row.contract.provider.name,
        str(_(row.get_instalment_display())), row.voucher, amount(row.amount),
    ]  # fmt: skip


def late_cells(row: BoardRow) -> list[str]:
    project = row.project
    why = row.stop_reason or (f"{row.next_title}（{row.next_due:%m-%d}）" if row.next_due else "")
    words = "、".join(str(_(word)) for word in row.flag_words)
    return [project.proposal.number, f"{project.title}（{project.community.name}）", words, why, amount(project.budget)]


def coming_of(place: Division, last: date) -> list[list[str]]:
    """The milestones of the month after."""
    first, end = days_of((last + timedelta(days=1)).year, (last + timedelta(days=1)).month)
    below = {} if place.level == Division.Level.CITY else {"project__community__path__startswith": place.path}
    steps = Milestone.objects.filter(done_on=None, due_on__range=(first, end), project__stage="delivery", **below)
    steps = steps.filter(project__stops__ended_at=None).select_related("project__community").order_by("due_on", "pk").distinct()
    return [[f"{step.due_on:%m-%d}", f"{step.project.title}（{step.project.community.name}）", step.title] for step in steps[:MOST_LINES]]


def pdf_of(told: dict[str, Any]) -> bytes:
    return documents.pdf_of("projects/desk/_return.html", told, style="css/return.css")
