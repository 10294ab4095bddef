"""What is past its time goes, what is not stays; a dry run changes nothing (P10)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from communities import retention
from communities.accounts.models import Invitation, SignInCode, UsedPassword, User
from communities.accounts.services import people
from communities.letters.models import CodeBatch, PaperCode
from communities.residents.models import ProofTry
from communities.rosters.models import Roster, RosterEntry
from portal import clock, jobs
from portal.models import Job, LogEntry
from tests.factories import NOON, community, person, resident, worker

AGES = {key: timedelta(days=days) for key, days in {kept.key: kept.days for kept in retention.CLASSES}.items()}


def a_row_of_each(home, by, age, mark):
    """One row of each class, `age(key)` old."""
    at = {key: NOON - age(key) for key in AGES}
    who = resident(home, f"居民{mark}")
    SignInCode.objects.create(phone_index=mark, code_hash="x", binding="x", asked_at=at["sign_in_codes"], expires_at=NOON)
    ProofTry.objects.create(person=who, proof="letter", at=at["proof_tries"])
    batch = CodeBatch.objects.create(
        community=home, count=1, way="boxes", by=by, at=at["letter_files"], last_day=at["letter_codes"].date(), address="x"
    )
    batch.file.save("letters.pdf", ContentFile(b"%PDF-"))
    PaperCode.objects.create(batch=batch, serial=1, code_hash=f"unused{mark}")
    PaperCode.objects.create(batch=batch, serial=2, code_hash=f"used{mark}", used_at=NOON, residency=who.residencies.get())
    left = Roster.objects.create(place=home, title="名册", by=by, at=at["rosters_left"], state="checked")
    left.file.save("roster.csv", ContentFile(b"x"))
    done = Roster.objects.create(place=home, title="名册", by=by, at=at["roster_rejects"], state="done")
    done.rejects.save("rejects.xlsx", ContentFile(b"x"))
    RosterEntry.objects.create(
        community=home, name="王", phone_cipher=b"", phone_index=mark, roster=done, since=NOON.date() - timedelta(days=900),
        until=at["roster_entries"].date(),
    )
    job = jobs.ask("divisions.preview_import", title="x", now=at["division_files"])
    job.file.save("divisions.csv", ContentFile(b"x"))
    table = jobs.ask("records.preview_import", title="x", now=at["record_files"], record="body", file=f"records/{mark}.csv")
    default_storage.save(table.args["file"], ContentFile(b"x"))
    Invitation.objects.create(person=by, token_hash=mark, made_at=NOON, expires_at=at["invitations"])
    UsedPassword.objects.create(person=person("停用的", is_active=False), hashed="x", at=at["used_passwords"])
    User.objects.create_resident(f"139{mark}", date_joined=at["unfinished_accounts"])
    closed = resident(home, "")
    closed.residencies.update(estate="龙岭花园")
    User.objects.filter(pk=closed.pk).update(closed_at=at["closed_accounts"], is_active=False)
    people.agree_to_notice(by=person("有同意的"), age="adult", now=at["unfinished_accounts"])


@pytest.mark.django_db
def test_each_class_goes_when_its_days_are_over():
    home = community()
    by = worker(home)
    a_row_of_each(home, by, lambda key: AGES[key] + timedelta(days=2), "00000001")
    a_row_of_each(home, by, lambda key: AGES[key] - timedelta(hours=2), "00000002")
    wanted = {kept.key: 1 for kept in retention.CLASSES}
    with clock.pretend(NOON):
        said = StringIO()
        call_command("retention", "--dry-run", stdout=said)
        assert said.getvalue().count(" 1 to go") == len(wanted), said.getvalue()
        assert PaperCode.objects.count() == 4 and RosterEntry.objects.count() == 2  # nothing went
        assert retention.sweep(NOON) == wanted
        assert LogEntry.objects.get(action="retention.sweep").detail == wanted
        assert retention.sweep(NOON) == {}
    assert PaperCode.objects.filter(used_at=None).count() == 1 and PaperCode.objects.exclude(used_at=None).count() == 2
    assert [batch.file.name != "" for batch in CodeBatch.objects.order_by("pk")] == [False, True]
    assert list(Roster.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "done", "checked", "done"]
    assert Job.objects.exclude(file="").count() == 1 and Invitation.objects.count() == 1
    assert User.objects.filter(name="有同意的").count() == 2
