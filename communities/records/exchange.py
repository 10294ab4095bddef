"""The two buttons on the list of a record in the admin: 导出 answers at once, 导入 leads to the page where a job does it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.text import format_lazy
from django.views.generic import RedirectView
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from communities.records.record import Record
from communities.records.resources import RECORDS
from portal import clock, log


class Exchange(ImportExportMixin):
    """An export leaves a row in the log."""

    export_formats = [XLSX, CSV]
    export_form_class = ExportForm  # the whole table: what comes back must say which record it is

    def get_urls(self) -> list[URLPattern]:
        """The library's own import, which works inside the request, has no address."""
        name = "{}_{}_import".format(*self.get_model_info())
        there = RedirectView.as_view(url=format_lazy("{}?record={}", reverse_lazy("records:imports"), self.opts.model_name))
        others = [url for url in super().get_urls() if not str(url.name).endswith("_import")]
        return [path("import/", there, name=name), *others]

    def get_resource_classes(self, request: HttpRequest) -> list[type[Record]]:
        return [RECORDS[self.opts.model_name]]

    def get_export_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"scope": self.in_scope(request, self.way)}

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet, **kwargs: Any) -> Any:
        log.record("records.export_records", by=request.user, about=None, now=clock.now(), model=self.opts.label_lower)
        return super().get_export_data(file_format, request, queryset, **kwargs)
