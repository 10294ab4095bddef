"""What looks as if one purchase had been cut in pieces. Shown to officers, never blocking. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.refusals import gettext_noop as _
from projects.funding.rules import yuan


@dataclass(frozen=True, slots=True)
class Warning:
    """Something an officer should look at; it is shown, it stops nothing."""

    code: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)


def concentration_warnings(
    provider: str, *, part: int, whole: int, contracts: int, year: int, percent: int, least: int
) -> list[Warning]:
    """One provider with much of a street's contracted money in a year. A few contracts alone say nothing."""
    if contracts < least or part * 100 < whole * percent:
        return []
    return [
        Warning(
            "concentrated",
            _("%(year)s年，%(provider)s在本街道有 %(contracts)s 份合同，占合同金额的 %(share)s%%。请核对是否过于集中。"),
            {"year": year, "provider": provider, "contracts": contracts, "share": part * 100 // whole},
        )
    ]


def splitting_warnings(
    amount: int,
    *,
    signed_on: date,
    others: Iterable[tuple[date, int]],
    limits: Iterable[int],
    days: int,
    near_percent: int,
) -> list[Warning]:
    """Contracts of one provider in one community, each just under a limit that they pass together.

    `others` are (signed_on, amount) of its other contracts there; `limits` the amounts from which a stricter route
    or a cap applies.
    """
    found = []
    for limit in sorted(set(limits)):
        near = limit * near_percent // 100
        close = [
            other for on, other in others if abs(on - signed_on) <= timedelta(days=days) and near <= other <= limit
        ]
        if near <= amount <= limit and close and amount + sum(close) > limit:
            found.append(
                Warning(
                    "looks_split",
                    _(
                        "%(days)s 天内，同一单位在本社区还有 %(count)s 份合同，金额都接近 %(limit)s 元，合计已超过。请核对是否拆分。"
                    ),
                    {"days": days, "count": len(close), "limit": yuan(limit)},
                )
            )
    return found
