"""Addresses of activities."""

from django.urls import path, register_converter

from volunteers.activities.views import door, public, run


class Way:
    """in or out."""

    regex = "in|out"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Way, "way")

app_name = "activities"
urlpatterns = [
    path("", public.calendar, name="calendar"),
    path("desk/", run.desk, name="desk"),
    path("here/", door.here, name="here"),
    path("make/<str:code>/", run.make, name="make"),
    path("photo/<int:key>/", public.photo, name="photo"),
    path("run/<int:key>/", run.run, name="run"),
    path("run/<int:key>/shift/", run.add_shift, name="add_shift"),
    path("run/<int:key>/publish/", run.publish, name="publish"),
    path("run/<int:key>/cancel/", run.cancel, name="cancel"),
    path("run/<int:key>/report/", run.report, name="report"),
    path("list/<int:key>/confirm/", run.confirm_list, name="confirm_list"),
    path("place/<int:key>/mark/", run.mark, name="mark"),
    path("place/<int:key>/release/", run.release, name="release"),
    path("place/<int:key>/take/", public.take_over, name="take_over"),
    path("shift/<int:key>/match/", run.match, name="match"),
    path("shift/<int:key>/code/", door.by_code, name="by_code"),
    path("shift/<int:key>/sign-up/", public.sign_up, name="sign_up"),
    path("shift/<int:key>/give-up/", public.give_up, name="give_up"),
    path("shift/<int:key>/swap/", public.offer_swap, name="offer_swap"),
    path("shift/<int:key>/keep/", public.withdraw_swap, name="withdraw_swap"),
    path("shift/<int:key>/door/<way:way>/", door.wall, name="wall"),
    path("scan/<int:key>/<way:way>/<str:token>/", door.scan, name="scan"),
    path("<str:number>/", public.call, name="call"),
]
