"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.accounts.views import demo, residents, staff

app_name = "accounts"
urlpatterns = [
    path("code/", residents.code, name="code"),
    path("code/resend/", residents.resend, name="resend"),
    path("welcome/", residents.welcome, name="welcome"),
    path("name/", residents.name, name="name"),
    path("discard/", residents.discard, name="discard"),
    path("confirm/", residents.confirm, name="confirm"),
    path("still/", residents.still, name="still"),
    path("kept/", residents.kept, name="kept"),
    path("phone/", residents.change_phone, name="change_phone"),
    path("privacy/", residents.privacy, name="privacy"),
    path("security/", staff.security, name="security"),
    path("security/devices/<int:number>/end/", staff.end_device, name="end_device"),
    path("security/everywhere/end/", staff.end_everywhere, name="end_everywhere"),
    path("staff/start/", staff.first_password, name="first_password"),
    path("staff/start/<str:token>/", staff.invitation, name="invitation"),
    path("demo/", demo.demo_people, name="demo_people"),
    path("demo/<int:number>/", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/clock/", demo.demo_clock, name="demo_clock"),
]
