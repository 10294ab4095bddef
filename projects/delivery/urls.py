"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.delivery.views import problems, site

app_name = "delivery"
urlpatterns = [
    path("mine/", site.mine, name="mine"),
    path("photos/<int:key>/", site.photo, name="photo"),
    path("steps/<int:key>/done/", site.complete_milestone, name="complete_milestone"),
    path("steps/<int:key>/change/", site.change_milestone, name="change_milestone"),
    path("problems/<int:key>/answer/", problems.answer_problem, name="answer_problem"),
    path("problems/<str:number>/", problems.problem_sent, name="problem_sent"),
    path("<str:number>/work/", site.project, name="project"),
    path("<str:number>/report/", site.report, name="report"),
    path("<str:number>/evidence/", site.add_evidence, name="add_evidence"),
    path("<str:number>/plan/", site.add_milestone, name="add_milestone"),
    path("<str:number>/finished/", site.declare_finished, name="declare_finished"),
    path("<str:number>/acceptance/", site.open_acceptance, name="open_acceptance"),
    path("<str:number>/problem/", problems.report_problem, name="report_problem"),
    path("<str:number>/concern/", problems.raise_concern, name="raise_concern"),
    path("<str:number>/stop/", problems.stop_project, name="stop_project"),
    path("<str:number>/end/", problems.end_project, name="end_project"),
    path("<str:number>/resume/", problems.resume_project, name="resume_project"),
]
