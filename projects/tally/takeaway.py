"""What anybody may take away of a counted poll and how she counts again; what an observer may follow before the count."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from projects import permissions
from projects.parties import parties_anywhere
from projects.rounds.models import Round
from projects.tally.count import Minimums, TieOrder
from projects.tally.models import Tally
from projects.tally.pb import arguments
from projects.voting.models import Channel
from projects.voting.queries import watched


def recount_of(tally: Tally) -> dict[str, object]:
    """The arguments with which the public program repeats this count, and the files."""
    held = tally.result
    ties = TieOrder.parse(",".join(held["ties_by"]), round_id=held["round"], seed=held["seed"])
    given = arguments(held["rule"], ties, held["increment"], Minimums(votes=held["least_votes"]))
    command = f"python -m projects.tally {held['round']}-{held['community']}.pb {given} --log"
    return {
        "tally": tally,
        "command": command,
        "public": bool(held.get("ballots_sha256")),
        "by_council": not tally.slate.roll_size,
        "files": [*digests_of(tally), *_more(tally)],
    }


def digests_of(tally: Tally) -> list[dict[str, str]]:
    """What is published with its SHA-256, each with where it is fetched; nothing for what is not public."""
    number, code = tally.slate.round.number, tally.slate.community.code
    held = tally.result
    rows = [
        (_("规则（JSON）"), held.get("rules_sha256"), "rounds:frozen", [number]),
        (_("全部选票（.pb）"), held.get("ballots_sha256"), "tally:ballots_pb", [number, code]),
        (_("计票过程（JSON）"), held.get("log_sha256"), "tally:count_json", [number, code]),
        (_("结果（JSON）"), tally.digest, "tally:result_json", [number, code]),
    ]
    return [
        {"title": title, "digest": digest, "url": reverse(name, args=args)}
        for title, digest, name, args in rows
        if digest
    ]


def _more(tally: Tally) -> list[dict[str, str]]:
    """Files and pages without a digest of their own: they follow from the ones above, or hold digests themselves."""
    number, code = tally.slate.round.number, tally.slate.community.code
    rows = [(_("结果（CSV）"), reverse("tally:result_csv", args=[number, code]))]
    if tally.slate.roll_size:
        rows += [
            (_("已计入的回执编号名单"), reverse("tally:trackers_txt", args=[number, code])),
            (_("每日存证"), reverse("voting:turnout", args=[number])),
            (_("纸质选票的去向"), reverse("voting:paper_account", args=[number])),
        ]
    return [{"title": title, "digest": "", "url": url} for title, url in rows]


def watched_by(batch: Round, person: User, *, day: date) -> dict[str, list]:
    """The sums of an open poll for who may watch it; nothing for everybody else."""
    if permissions.objection_to("voting.watch_poll", roles=parties_anywhere(person, day=day), stage=batch.stage):
        return {}
    return {"watched": watched(batch), "channels": [channel.label for channel in Channel]}
