"""Terms of office as an administrator writes them."""

from __future__ import annotations

from django.forms import BaseInlineFormSet, ModelForm, ValidationError
from django.utils.translation import gettext_lazy as _

from communities.bodies.queries import terms_of
from communities.bodies.rules import Term, first_clash

OVERLAP = _("同一职务的任期重叠，请核对日期，或注明同一职务可有几人。")


def term_in(form: ModelForm) -> Term | None:
    """The term that a form holds; None while it is empty or wrong."""
    held = getattr(form, "cleaned_data", None) or {}
    if form.errors or not all(held.get(field) for field in ("title", "name", "since")):
        return None
    return Term(held["title"], held["name"], held["since"], held.get("until"), bool(held.get("several")))


class TermsFormSet(BaseInlineFormSet):
    """The terms of one body, which do not overlap."""

    def clean(self) -> None:
        super().clean()
        if first_clash([term for form in self.forms if (term := term_in(form))]):
            raise ValidationError(OVERLAP)


class OfficeForm(ModelForm):
    """One term, beside the others of its body."""

    def clean(self) -> dict:
        mine, body = term_in(self), self.cleaned_data.get("body")
        if mine and body and first_clash([mine, *terms_of(body.pk, but=self.instance.pk)]):
            raise ValidationError(OVERLAP)
        return self.cleaned_data
