"""What the pages of the room show about a proposal: rows of answers, photos, where to go next."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from portal import figures
from projects.proposals import queries, steps
from projects.proposals.models import Attachment, Category, Proposal
from projects.proposals.standings import Standing


def rows(proposal: Proposal, *, change: bool = True) -> list[dict]:
    """[{label, value, url}] of every answer; `url` leads to its page and straight back."""
    estimate = figures.money(proposal.estimate) if proposal.estimate else ""
    count = _("约 %(count)s 人") % {"count": f"{proposal.beneficiary_count:,}"} if proposal.beneficiary_count else ""
    files = [row.is_photo for row in proposal.attachments.all()]
    counted = [
        _("%(count)d 张照片") % {"count": files.count(True)} if True in files else "",
        _("%(count)d 个文件") % {"count": files.count(False)} if False in files else "",
    ]
    lines = [
        f"{line.name} {line.quantity:,} × {figures.yuan(line.unit_price)}"
        for line in proposal.cost_items.order_by("pk")
    ]
    said = (
        ("wish", _("提案名称"), proposal.title),
        ("need", _("现在有什么不方便"), proposal.need),
        ("wish", _("希望怎么办"), proposal.wish),
        ("place", _("地点"), proposal.place),
        ("people", _("谁会受益"), proposal.beneficiaries),
        ("people", _("受益人数"), count),
        ("cost", _("类型"), Category(proposal.category).label if proposal.category else ""),
        ("cost", _("大约费用"), estimate),
        ("cost", _("费用明细"), "；".join(lines)),
        ("photos", _("照片和文件"), figures.listed(each for each in counted if each)),
    )
    return [
        {"label": label, "value": value, "url": step_url(proposal, key, back=True) if change else ""}
        for key, label, value in said
    ]


def missing(proposal: Proposal) -> list[dict]:
    """[{text, url}] of what the proposal does not say yet."""
    return [
        {"text": _(row.text), "url": step_url(proposal, steps.step_of(row.field), back=True)}
        for row in queries.missing_from(proposal)
    ]


def step_url(proposal: Proposal, key: str, *, back: bool = False) -> str:
    return reverse("proposals:step", args=[proposal.pk, key]) + ("?back=1" if back else "")


def home_of(proposal: Proposal) -> str:
    """The page from which a single answer was opened, and to which it returns."""
    if proposal.standing == Standing.RETURNED:
        return reverse("proposals:correct", args=[proposal.number])
    if proposal.standing == Standing.LODGED:
        return reverse("proposals:edit", args=[proposal.number])
    return reverse("proposals:check_entry" if proposal.entered_by_id else "proposals:check", args=[proposal.pk])


def after(proposal: Proposal, key: str, *, back: bool) -> str:
    """Where 下一步 leads."""
    if back or proposal.standing != Standing.DRAFT:
        return home_of(proposal)
    following = steps.next_after(key)
    return step_url(proposal, following) if following else reverse("proposals:similar", args=[proposal.pk])


def before(proposal: Proposal, key: str, *, back: bool) -> str:
    """Where 返回 leads."""
    if back or proposal.standing != Standing.DRAFT:
        return home_of(proposal)
    earlier = steps.before(key)
    return step_url(proposal, earlier) if earlier else reverse("proposals:drafts")


def photos(proposal: Proposal, *, removable: bool = False) -> list[dict]:
    """[{url, thumb, alt, caption, name, remove_url}] of the photos."""
    return [
        {**_file(row, removable=removable), "thumb": f"{_address(row)}?small=1", "alt": row.caption}
        for row in proposal.attachments.filter(is_photo=True).order_by("pk")
    ]


def papers(proposal: Proposal, *, removable: bool = False) -> list[dict]:
    """[{url, caption, name, kind, remove_url}] of the documents."""
    return [
        {**_file(row, removable=removable), "kind": row.file.name.rpartition(".")[2].upper()}
        for row in proposal.attachments.filter(is_photo=False).order_by("pk")
    ]


def _file(row: Attachment, *, removable: bool) -> dict:
    remove = reverse("proposals:remove_photo", args=[row.proposal_id, row.pk]) if removable else ""
    return {"url": _address(row), "caption": row.caption, "name": row.caption, "remove_url": remove}


def _address(row: Attachment) -> str:
    return reverse("proposals:photo", args=[row.pk])


def initial(proposal: Proposal, key: str) -> dict[str, object]:
    """The answers of one page as the form shows them."""
    held = {name: getattr(proposal, name) for name in steps.BY_KEY[key].fields}
    if key == "cost":
        for place, line in enumerate(proposal.cost_items.order_by("pk")[: steps.MOST_COST_ITEMS], start=1):
            held |= {f"item_{place}": line.name, f"count_{place}": line.quantity, f"price_{place}": line.unit_price}
    return held
