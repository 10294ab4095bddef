"""Addresses of wishes."""

from django.urls import path

from volunteers.wishes.views import desk, public

app_name = "wishes"
urlpatterns = [
    path("", public.wall, name="wall"),
    path("desk/", desk.desk, name="desk"),
    path("make/<str:code>/", public.make, name="make"),
    path("photo/<int:key>/", public.photo, name="photo"),
    path("<str:number>/", public.wish, name="wish"),
    path("<str:number>/made/", public.made, name="made"),
    path("<str:number>/claim/", public.claim, name="claim"),
    path("<str:number>/give-up/", public.give_up, name="give_up"),
    path("<str:number>/done/", public.done, name="done"),
    path("<str:number>/screen/", desk.screen, name="screen"),
    path("<str:number>/person/", desk.person, name="person"),
    path("<str:number>/confirm/", desk.confirm, name="confirm"),
    path("<str:number>/send-back/", desk.send_back, name="send_back"),
]
