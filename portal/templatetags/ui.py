"""The shared components, one tag each: {% load ui %}. Plain values in, a component out; nothing here asks the database.

docs/components.md shows how to call each; /style shows each with its states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from portal import clock, figures

register = template.Library()

TONES = {"plain", "active", "done", "turn", "urgent", "stopped"}
STEP_STATES = {
    "done": gettext_lazy("已完成"),
    "current": gettext_lazy("进行中"),
    "next": gettext_lazy("未开始"),
    "over": gettext_lazy("本轮不设"),
}


@register.inclusion_tag("components/status_tag.html")
def status_tag(text: str, tone: str = "plain") -> dict[str, Any]:
    """tone: plain, active (going on), done, turn (your turn), urgent (late), stopped."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"status_tag: unknown tone {tone!r}")
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/stage_strip.html")
def stage_strip(steps: Iterable[Mapping[str, Any]], note: str = "", label: str = "") -> dict[str, Any]:
    """steps: [{title, state: done|current|next|over, dates, note, url}]; note: what can be done now."""
    rows = [{**step, "state_words": STEP_STATES[step["state"]], "date_parts": figures.span_parts(step.get("dates", ""))} for step in steps]
    counted = [row for row in rows if row["state"] != "over"]
    current = next((row for row in counted if row["state"] == "current"), None)
    place = counted.index(current) + 1 if current else 0
    return {"steps": rows, "current": current, "place": place, "total": len(counted), "note": note, "label": label}


@register.inclusion_tag("components/deadline.html")
def deadline(
    on: date | datetime | None,
    left: int | None = None,
    unit: str = "working",
    paused: str = "",
    soon: int = 1,
    provisional: bool = False,
) -> dict[str, Any]:
    """left: days, negative when late; paused: why the clock stands; provisional: no holiday calendar yet."""
    state = "plain"
    if paused:
        state = "paused"
    elif left is not None and left < 0:
        state = "late"
    elif left is not None and left <= soon:
        state = "soon"
    says = "" if left is None else figures.days_left(left, unit=unit)
    if left == 0 and on is not None and is_before_today(on):
        says = gettext("期限已到")  # a Friday's deadline, read on Sunday: no working day late, yet not today
    return {"on": on, "says": says, "state": state, "paused": paused, "provisional": provisional}


def is_before_today(on: date | datetime) -> bool:
    return (timezone.localdate(on) if isinstance(on, datetime) else on) < clock.today()


@register.inclusion_tag("components/person.html")
def person(name: str, role: str = "", public: bool = True) -> dict[str, Any]:
    """Masked unless public=False, which only the person, or someone whose task needs the name, may see."""
    return {"name": name, "role": role, "public": public}


@register.inclusion_tag("components/reason.html")
def reason(
    title: str,
    text: str,
    tone: str = "plain",
    code: str = "",
    on: Any = None,
    by: str = "",
    next: str = "",
    until: Any = None,
) -> dict[str, Any]:
    """A public decision: tone yes, no, turn or plain; by: who decides; next: what can be done now."""
    return {"title": title, "text": text, "tone": tone, "code": code, "on": on, "by": by, "next": next, "until": until}


@register.inclusion_tag("components/holds.html")
def holds(items: Iterable[Mapping[str, Any]], title: str = "", clear: str = "") -> dict[str, Any]:
    """What holds this: items [{text, who, since, url, act}]; empty items say `clear`."""
    return {"items": list(items), "title": title, "clear": clear}


@register.inclusion_tag("components/why_not.html")
def why_not(act: str, reason: str, next: str = "", until: Any = None) -> dict[str, Any]:
    """An act that is not possible now, shown with its reason."""
    return {"act": act, "reason": reason, "next": next, "until": until}


@register.inclusion_tag("components/proposal_card.html")
def proposal_card(proposal: Mapping[str, Any], level: int = 3) -> dict[str, Any]:
    """{url, title, number, summary, place, price, status, tone, proposer, supporters, photo, photo_alt}"""
    return {"item": proposal, "level": level}


@register.inclusion_tag("components/project_card.html")
def project_card(project: Mapping[str, Any], level: int = 3) -> dict[str, Any]:
    """{url, title, number, place, status, tone, done (0–100), planned, late, last_update, last_on, milestone,
    milestone_on, allotted, paid, photo, photo_alt}"""
    return {"item": project, "level": level}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """[{on, title, text, by, kind: done|planned|stop, photos: [{url, thumb, alt}]}]"""
    return {"events": list(events)}


@register.inclusion_tag("components/evidence.html")
def evidence(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """[{url, thumb, alt, caption, by, at, kind}]; without thumb the kind is shown (PDF, 视频)."""
    return {"files": list(files)}


@register.inclusion_tag("components/answers.html")
def answers(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Check-answers and fact lists: [{label, value, url}]; url gives the 更改 link, an empty value reads 未填写."""
    return {"rows": list(rows)}


@register.inclusion_tag("components/_error_summary.html")
def error_summary(*forms: Any, focus: bool = True) -> dict[str, Any]:
    """One box for the whole page, however many forms its fields belong to."""
    wrong = [form for form in forms if getattr(form, "errors", None)]
    return {"forms": wrong, "count": sum(len(form.errors) for form in wrong), "quiet": not focus}


@register.inclusion_tag("components/receipt.html")
def receipt(
    title: str, rows: Iterable[Mapping[str, Any]], code: str = "", note: str = "", qr: str = ""
) -> dict[str, Any]:
    """rows [{label, value}]; qr: URL of an image."""
    return {"title": title, "rows": list(rows), "code": code, "note": note, "qr": qr}


@register.inclusion_tag("components/confirmation.html")
def confirmation(
    title: str, number: str = "", steps: Iterable[str] = (), contact: str = "", record_url: str = ""
) -> dict[str, Any]:
    """After an act (U8): steps say what happens next and when; it prints the page's only h1."""
    return {"title": title, "number": number, "steps": list(steps), "contact": contact, "record_url": record_url}


@register.inclusion_tag("components/stat_tile.html")
def stat_tile(
    label: str,
    figure: Any,
    unit: str = "",
    base: str = "",
    means: str = "",
    as_of: Any = None,
    tone: str = "plain",
    url: str = "",
) -> dict[str, Any]:
    """base: the denominator in words; means: the definition, opened on tap; as_of: figures only with dates."""
    return {
        "label": label,
        "figure": figure,
        "unit": unit,
        "base": base,
        "means": means,
        "as_of": as_of,
        "tone": tone,
        "url": url,
    }


@register.inclusion_tag("components/queue_row.html")
def queue_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """{url, title, kind, number, place, status, tone, due_on, left, unit, paused, current} inside <ul class="queue">."""
    left = item.get("left")
    urgency = "" if left is None or item.get("paused") else "late" if left < 0 else "soon" if left <= 1 else ""
    return {"item": item, "urgency": urgency}


@register.inclusion_tag("components/job_row.html")
def job_row(job: Mapping[str, Any]) -> dict[str, Any]:
    """{title, state: waiting|running|done|failed, done, total, error, file_url, retry_url, started_at, by}"""
    tones = {"waiting": "plain", "running": "active", "done": "done", "failed": "urgent"}
    says = {
        "waiting": gettext("排队中"),
        "running": gettext("处理中"),
        "done": gettext("已完成"),
        "failed": gettext("未完成"),
    }
    return {"job": job, "tone": tones[job["state"]], "says": says[job["state"]]}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", drawing: str = "pot", url: str = "", act: str = "") -> dict[str, Any]:
    """drawing: pot, list, done, search, closed. One sentence says what to do."""
    return {"title": title, "text": text, "drawing": f"img/empty-{drawing}.svg", "url": url, "act": act}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: Context, items: Iterable[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Tabs are links: [{title, url, current, count}]; current defaults to the page's own path."""
    path = context["request"].path if "request" in context else ""
    rows = [{**item, "current": item.get("current", item["url"].partition("?")[0] == path)} for item in items]
    return {"items": rows, "label": label or gettext("本页的几个部分")}


@register.inclusion_tag("components/crumbs.html")
def crumbs(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """[{title, url}] from the home page down to this page's parent; the page itself is its h1."""
    return {"items": list(items)}


@register.inclusion_tag("components/step.html")
def step(number: int, total: int) -> dict[str, Any]:
    """第 2 步，共 5 步 beside the heading (U12)."""
    return {"number": number, "total": total}


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, text: str = "") -> dict[str, Any]:
    return {"url": url, "text": text}


@register.inclusion_tag("components/external_link.html")
def external_link(url: str, text: str) -> dict[str, Any]:
    """A link that leaves the portal says so (G8)."""
    return {"url": url, "text": text}


@register.inclusion_tag("components/upload.html")
def upload(
    field: Any, types: str = "", size: str = "", most: int = 0, kept: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """A bound file field; kept: files already stored, [{name, thumb, remove_url}] (U3, U14)."""
    return {"field": field, "types": types, "size": size, "most": most, "kept": list(kept)}
