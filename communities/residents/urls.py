"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.residents.views import desk, mine

app_name = "residents"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("mine/download/", mine.download, name="download"),
    path("mine/close/", mine.close_account, name="close_account"),
    path("mine/withdraw/", mine.withdraw, name="withdraw"),
    path("mine/name/publish/", mine.publish_name, name="publish_name"),
    path("mine/name/hide/", mine.hide_name, name="hide_name"),
    path("home/", mine.home, name="home"),
    path("home/choose/", mine.choose_home, name="choose_home"),
    path("home/<str:code>/", mine.declare_home, name="declare_home"),
    path("desk/", desk.vouching, name="vouching"),
    path("desk/<int:number>/", desk.check, name="check"),
    path("desk/<int:number>/phone/", desk.reveal_phone, name="reveal_phone"),
]
