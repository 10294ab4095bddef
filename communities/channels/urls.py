"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.my_channels, name="my_channels"),
    path("wechat/", views.my_wechat, name="my_wechat"),
    path("wechat/forget/", views.drop_wechat, name="drop_wechat"),
    path("email/", views.my_email, name="my_email"),
    path("email/forget/", views.drop_email, name="drop_email"),
    path("email/<str:token>/", views.confirm_email, name="confirm_email"),
]
