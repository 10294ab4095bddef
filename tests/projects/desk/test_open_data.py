"""Open data and the way of the public money: complete to the last 分, without a person's name, at addresses that stay."""

import csv
import io
import json

import pytest
from django.urls import reverse

from portal import clock
from projects.desk import opendata
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_three_tables_as_csv_and_json_hold_the_same_and_name_nobody(client, django_assert_max_num_queries):
    """P11, S37: no name, no phone; every column is in the dictionary."""
    world = worlds.concluded()
    worlds.pay(world, 54_000_00, now=worlds.AFTER)
    world.project.title = "=坡道 13800138000"
    world.project.save(update_fields=["title"])
    with clock.pretend(worlds.AFTER):
        page = client.get(reverse("desk:open_data")).content.decode()
        for dataset in opendata.DATASETS.values():
            assert all(column.key in page for column in dataset.columns)
            assert all(len(row) == len(dataset.columns) for row in dataset.rows(2026))
            text = body(client.get(reverse("desk:open_csv", args=[dataset.key]), {"year": "2026"}))
            told = json.loads(body(client.get(reverse("desk:open_json", args=[dataset.key]))))
            rows = list(csv.DictReader(io.StringIO(text)))
            assert [row["number"] for row in rows] == [row["number"] for row in told["rows"]]
            for who in (world.proposer, world.officer, world.second, world.contract.responsible):
                assert who.name not in text
            assert "13800138000" not in text
        (line,) = csv.DictReader(io.StringIO(body(client.get(reverse("desk:open_csv", args=["money"])))))
        assert (line["amount"], line["paid_on"], line["contract_amount"]) == ("54000.00", worlds.AFTER.date().isoformat(), "60000.00")
        (row,) = csv.DictReader(io.StringIO(body(client.get(reverse("desk:open_csv", args=["projects"])))))
        assert (row["title"][:3], row["paid"], row["budget"]) == ("'=坡", "54000.00", "80000.00")
        assert client.get(reverse("desk:open_csv", args=["people"])).status_code == 404
        assert client.get(reverse("desk:open_csv", args=["money"]), {"year": "9" * 30}).status_code == 404


def test_from_the_envelope_down_to_the_payment(client):
    world = worlds.in_delivery()
    worlds.pay(world, 10_000_00)
    seen = []
    for place in (world.home.parent.parent.parent, world.home.parent.parent, world.home.parent, world.home):
        page = client.get(reverse("desk:public_money"), {"place": place.code}).content.decode()
        seen.append(page)
        assert "80,000.00 元" in page and "10,000.00 元" in page
    assert world.home.code in seen[2] and reverse("funding:money", args=[world.number]) in seen[3]
    assert "2,000,000.00 元" in seen[0]
    assert client.get(reverse("desk:public_money")).status_code == 200
    assert client.get(reverse("desk:public_money"), {"place": "nowhere"}).status_code == 404
