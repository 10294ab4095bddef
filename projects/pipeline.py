"""The wall chart: the stages in order, what travels through each, and the ways back. Plain Python.

Two moves exist: to the next stage in use, or to a stage named in `back_to`, with a reason. No role skips it.
A round travels from `rounds` to `approval`; then each approved project travels alone from `funding` to
`evaluation`. A round may switch off the stages that are optional; the engine passes them and logs that.
To add a stage: a package projects/<key>/ with gate.py, one row here, one row of the calendar.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

ROUND, PROJECT = "round", "project"
DONE = "done"


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the chart.

    key: package, URL part, template folder and test folder. title: the office's term. resident: the same in a
    resident's words. of: what travels. optional: a round may go without it. timed: lasts for the promised days,
    nobody closes it early. back_to: stages to which it may be sent back, with a reason.
    """

    key: str
    of: str
    title: str
    resident: str
    optional: bool = False
    timed: bool = False
    back_to: tuple[str, ...] = ()


PIPELINE: tuple[Stage, ...] = (
    Stage("rounds", of=ROUND, title=_("筹备"), resident=_("街道正在准备")),
    Stage("proposals", of=ROUND, title=_("征集"), resident=_("居民点菜"), timed=True),
    Stage("screening", of=ROUND, title=_("初审"), resident=_("社区初审")),
    Stage("deliberation", of=ROUND, title=_("议事会评议"), resident=_("居民议事会评议"), optional=True),
    Stage("voting", of=ROUND, title=_("居民投票"), resident=_("居民投票"), optional=True, timed=True),
    Stage("tally", of=ROUND, title=_("计票定项"), resident=_("计票定菜")),
    Stage("publicity", of=ROUND, title=_("公示"), resident=_("公示"), timed=True, back_to=("tally",)),
    Stage("approval", of=ROUND, title=_("街道审批"), resident=_("街道审批"), back_to=("tally",)),
    Stage("funding", of=PROJECT, title=_("资金与采购"), resident=_("配菜：落实资金")),
    Stage("delivery", of=PROJECT, title=_("实施"), resident=_("做菜：动工实施")),
    Stage("acceptance", of=PROJECT, title=_("验收"), resident=_("验收"), back_to=("delivery",)),
    Stage("evaluation", of=PROJECT, title=_("评价"), resident=_("评菜：大家评一评")),
)

KEYS = tuple(stage.key for stage in PIPELINE)
_BY_KEY = {stage.key: stage for stage in PIPELINE}


def stage(key: str) -> Stage:
    """The row of the chart. Errors: KeyError for a word that is no stage."""
    return _BY_KEY[key]


def stages_of(subject: str) -> tuple[Stage, ...]:
    """The stages through which a round, or a project, travels."""
    return tuple(row for row in PIPELINE if row.of == subject)


def first_of(subject: str) -> str:
    return stages_of(subject)[0].key


def next_after(key: str, *, unused: Set[str] = frozenset()) -> str:
    """The next stage in use for the same subject; DONE after the last. `unused` may only name optional stages."""
    row = stage(key)
    keys = [candidate.key for candidate in stages_of(row.of)]
    for candidate in keys[keys.index(key) + 1 :]:
        if candidate not in unused or not stage(candidate).optional:
            return candidate
    return DONE


def passed_between(key: str, to: str) -> tuple[str, ...]:
    """The stages that a move from `key` to `to` passes over."""
    keys = [candidate.key for candidate in stages_of(stage(key).of)] + [DONE]
    return tuple(keys[keys.index(key) + 1 : keys.index(to)])


def objection_to_move(key: str, to: str, *, unused: Set[str] = frozenset(), reason: str = "") -> Refusal | None:
    """Is this move on the chart? Forward to the next stage in use, or back where the chart says, with a reason."""
    if key == DONE:
        return Refusal("already_done", _("流程已经结束。"))
    if to == next_after(key, unused=unused):
        return None
    if to not in stage(key).back_to:
        return Refusal("not_on_chart", _("流程图上没有这一步，不能这样流转。"))
    if not reason.strip():
        return Refusal("reason_missing", _("退回必须写明理由。"), field="reason")
    return None
