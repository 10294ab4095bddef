"""What everybody may see of the council: its meetings, the agenda and results, signed minutes, the wall in the room."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from communities.divisions.models import Division
from portal import files
from portal.web import page
from projects.deliberation import pages, queries
from projects.deliberation.models import Meeting


def load(number: str) -> Meeting:
    return get_object_or_404(queries.meetings_seen(), number=number)


def meetings(request: HttpRequest, code: str) -> HttpResponse:
    """All meetings of one community's council."""
    community = get_object_or_404(Division, code=code)
    rows = Paginator(queries.meetings_of(community), 20).get_page(request.GET.get("page"))
    council = queries.council_of(community)
    context = {"community": community, "council": council, "page": rows, "cards": [pages.card(row) for row in rows]}
    context["hearings"] = queries.hearings_of(community)
    return page(request, "projects/deliberation/meetings.html", context)


def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """Agenda, then results, then who came and how they voted once the minutes are signed."""
    row = load(number)
    return page(request, "projects/deliberation/meeting.html", pages.public_sheet(row))


def minutes(request: HttpRequest, number: str) -> HttpResponse:
    """The minutes as an A4 sheet: public when signed, before that for those who sign."""
    row = load(number)
    if not pages.may_read_minutes(row, request.user):
        raise Http404
    return page(request, "projects/deliberation/minutes.html", pages.minutes_sheet(row))


def minutes_docx(request: HttpRequest, number: str) -> FileResponse:
    """The signed minutes as a document, once the job has made it."""
    return document(load(number), "docx")


def minutes_pdf(request: HttpRequest, number: str) -> FileResponse:
    return document(load(number), "pdf")


def document(row: Meeting, ending: str) -> FileResponse:
    job = queries.documents_of(row).get(ending)
    if not row.published_at or job is None or not job.file:
        raise Http404
    return files.serve(job.file, title=f"{row.number}.{ending}")


def wall(request: HttpRequest, number: str) -> HttpResponse:
    """For the projector: the item at the vote, who has voted in numbers, the last result. Never a running count."""
    row = load(number)
    context = {"meeting": row, **pages.wall_of(row)}
    return page(request, "projects/deliberation/wall.html", context, fragment="projects/deliberation/_wall.html")
