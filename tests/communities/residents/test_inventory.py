"""Every personal field says what it is for (P4)."""

import re

from django.apps import apps
from django.db import models

from communities.accounts.models import User
from communities.residents.inventory import FIELDS, NOT_PERSONAL, RELATIONS, purpose_of_relation

APPS = ("portal", "communities", "projects", "volunteers")
PERSONAL = re.compile(r"(^|_)(name|phone|email|mail|ip|address|cipher|birth\w*|adult|age|contact|paper_ref|id_number|estate)(_|$)")
PLAIN = (models.CharField, models.TextField, models.BinaryField, models.GenericIPAddressField, models.BooleanField, models.DateField)


def fields():
    for model in apps.get_models():
        if model.__module__.split(".")[0] in APPS and not model.__name__.startswith("Historical"):
            for field in model._meta.concrete_fields:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}", field


def test_no_personal_field_is_undeclared():
    found = {label for label, field in fields() if isinstance(field, PLAIN) and PERSONAL.search(field.name)}
    assert found - set(FIELDS) - NOT_PERSONAL == set()


def test_no_relation_to_a_person_is_undeclared():
    found = {label for label, field in fields() if field.is_relation and field.related_model is User}
    assert {label for label in found if purpose_of_relation(label.rsplit(".", 1)[1]) is None} == set()


def test_the_inventory_names_nothing_that_is_gone():
    there = {label for label, _field in fields()}
    assert (set(FIELDS) | NOT_PERSONAL) - there == set()


def test_every_entry_is_whole():
    for held in [*FIELDS.values(), *RELATIONS.values()]:
        assert all((held.purpose, held.kind, held.kept, held.seen_by))
