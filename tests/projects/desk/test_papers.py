"""月报 and 档案: asked for on a page, made by a job, handed to the person who asked and to nobody else."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document

from portal import clock, jobs
from portal.models import Job, LogEntry
from projects import tasks  # noqa: F401 - where the kinds of job are registered
from projects.desk import archive, returns
from tests.projects import project_worlds as worlds
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = worlds.AFTER


def test_a_monthly_return_says_what_the_rows_say():
    world = worlds.concluded()
    worlds.pay(world, 54_000_00, now=NOW)
    told = returns.return_of(world.home.parent, 2026, 4, today=(NOW + timedelta(days=30)).date())
    assert "已完成 1 个，在建 0 个，未开工 0 个" in told["summary"][0] and "支付率 67.5%" in told["summary"][0]
    assert "支付 5.4 万元" in told["summary"][1]
    assert [cells[-1] for cells in told["paid"]] == ["54,000.00"]
    assert told["children"][-1][7:10] == ["80,000.00", "54,000.00", "67.5%"]
    march = returns.return_of(world.home.parent, 2026, 3, today=NOW.date())
    assert march["paid"] == [] and "收到评价 2 人次，其中满意 2 人次" in march["summary"][1]


def test_the_return_is_made_by_a_job_for_its_asker(client, django_capture_on_commit_callbacks):
    world = worlds.in_delivery()
    sign_in(client, world.officer)
    with clock.pretend(NOW):
        page = client.get(reverse("desk:papers")).content.decode()
        assert "还没有申请过文件" in page
        wrong = client.post(reverse("desk:papers"), {"place": "7", "month": "1999-01", "paper": "exe"})
        assert wrong.status_code == 422 and wrong.content.decode().count("请在列出的选项里选一项。") >= 3
        for form in ("docx", "pdf"):
            client.post(reverse("desk:papers"), {"place": world.home.parent.pk, "month": "2026-04", "paper": form})
        for job in Job.objects.filter(kind=returns.KIND):
            assert jobs.run(job.pk, now=NOW)
            job.refresh_from_db()
            assert (job.state, job.error) == ("done", "")
        files = {job.args["form"]: client.get(reverse("desk:paper", args=[job.pk])) for job in Job.objects.filter(kind=returns.KIND)}
        assert files["pdf"].content.startswith(b"%PDF") and files["docx"]["Content-Disposition"].endswith('.docx"')
        text = "\n".join(each.text for each in Document(io.BytesIO(files["docx"].content)).paragraphs)
        assert "布吉街道民生微实事项目月报" in text and "五、超期、停滞和暂停的项目" in text
        last = Job.objects.filter(kind=returns.KIND).last()
        sign_in(client, world.second)
        assert client.get(reverse("desk:paper", args=[last.pk])).status_code == 404
        sign_in(client, world.proposer)
        assert client.get(reverse("desk:papers")).status_code == 403


def test_the_archive_holds_every_file_and_its_digest(client):
    world = worlds.in_acceptance()
    sign_in(client, world.worker)
    with clock.pretend(NOW):
        sign_in(client, world.supporter)
        assert client.post(reverse("desk:archive", args=[world.number])).status_code == 403
        sign_in(client, world.worker)
        client.post(reverse("desk:archive", args=[world.number]))
        job = Job.objects.get(kind=archive.KIND)
        assert jobs.run(job.pk, now=NOW)
        answer = client.get(reverse("desk:paper", args=[job.pk]))
    assert LogEntry.objects.filter(action="desk.ask_archive").count() == 1
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = packed.namelist()
        assert names[0] == "00-档案.pdf" and names[1] == "01-台账.csv" and names[-1] == "99-目录.csv"
        assert any(name.startswith("20-实施资料/") for name in names)
        listing = list(csv.reader(io.StringIO(packed.read("99-目录.csv").decode("utf-8-sig"))))[1:]
        assert {row[0]: row[2] for row in listing} == {
            name: hashlib.sha256(packed.read(name)).hexdigest() for name in names[:-1]
        }
        assert "80000.00" in packed.read("01-台账.csv").decode()
