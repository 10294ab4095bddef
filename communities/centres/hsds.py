"""The services as Open Referral HSDS 3 says them, so that other directories can read them.

A page of `/services` of the HSDS API: nested organisation, place, schedule, papers, costs. Ids are stable: UUIDs made
from the portal's numbers. Only what is public is in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page

from communities.centres.models import OpeningHours, Service, ServiceCentre
from communities.centres.rules import CATEGORIES

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://openreferral.org/hsds/3.0")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def page_of(found: Page, rows: Iterable[Service]) -> dict[str, Any]:
    """One page in the envelope that HSDS 3 names."""
    contents = [service_of(row) for row in rows]
    return {
        "total_items": found.paginator.count,
        "total_pages": found.paginator.num_pages,
        "page_number": found.number,
        "size": len(contents),
        "first_page": found.number == 1,
        "last_page": not found.has_next(),
        "empty": not contents,
        "contents": contents,
    }


def service_of(row: Service) -> dict[str, Any]:
    number = _id("service", row.pk)
    centre = row.centre
    location = location_of(centre)
    return {
        "id": number,
        "name": row.name,
        "description": row.about,
        "status": "active",
        "eligibility_description": row.who,
        "application_process": row.steps,
        "fees_description": row.cost,
        "organization": {
            "id": _id("organization", centre.pk),
            "name": centre.name,
            "description": f"{centre.community.parent.name}{centre.community.name}",
        },
        "required_documents": [{"id": _id("document", row.pk), "document": row.bring}] if row.bring else [],
        "cost_options": [{"id": _id("cost", row.pk), "option": row.cost}],
        "attributes": [
            {
                "id": _id("category", row.pk),
                "link_entity": "service",
                "taxonomy_term": {
                    "id": str(uuid.uuid5(SPACE, f"term-{row.category}")),
                    "code": row.category,
                    "name": CATEGORIES[row.category],
                    "taxonomy": row.get_catalogue_display(),
                },
            }
        ],
        "phones": phones_of(centre),
        "schedules": [schedule_of(each) for each in centre.week.all()],
        "service_at_locations": [
            {"id": _id("service-at-location", row.pk), "service_id": number, "location": location}
        ],
    }


def location_of(centre: ServiceCentre) -> dict[str, Any]:
    place = centre.community.parent
    return {
        "id": _id("location", centre.pk),
        "location_type": "physical",
        "name": centre.name,
        "transportation": centre.way,
        "addresses": [
            {
                "id": _id("address", centre.pk),
                "address_type": "physical",
                "address_1": centre.address,
                "city": place.parent.name if place.parent else "",
                "region": place.name,
                "country": "CN",
            }
        ],
    }


def phones_of(centre: ServiceCentre) -> list[dict[str, Any]]:
    return [{"id": _id("phone", centre.pk), "number": centre.phone}] if centre.phone else []


def schedule_of(row: OpeningHours) -> dict[str, Any]:
    return {
        "id": _id("schedule", row.pk),
        "freq": "WEEKLY",
        "byday": DAYS[row.weekday],
        "opens_at": row.opens.isoformat(timespec="minutes"),
        "closes_at": row.closes.isoformat(timespec="minutes"),
    }


def _id(kind: str, number: int) -> str:
    return str(uuid.uuid5(SPACE, f"{kind}-{number}"))
