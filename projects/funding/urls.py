"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.funding.views import contracts, money

app_name = "funding"
urlpatterns = [
    path("", money.work, name="work"),
    path("providers/", contracts.providers, name="providers"),
    path("providers/new/", contracts.register_provider, name="register_provider"),
    path("contracts/<int:key>/start/", contracts.set_start, name="set_start"),
    path("contracts/<int:key>/pay/", contracts.request_payment, name="request_payment"),
    path("payments/<int:key>/release/", contracts.release_payment, name="release_payment"),
    path("payments/<int:key>/refuse/", contracts.refuse_payment, name="refuse_payment"),
    path("<str:number>/", money.money, name="money"),
    path("<str:number>/work/", money.project, name="project"),
    path("<str:number>/contract/", contracts.sign_contract, name="sign_contract"),
    path("<str:number>/start/", money.start_delivery, name="start_delivery"),
    path("<str:number>/cofunding/", money.enter_cofunding, name="enter_cofunding"),
    path("<str:number>/settle/", money.settle_project, name="settle_project"),
    path("<str:number>/forfeit/", money.forfeit_retention, name="forfeit_retention"),
    path("<str:number>/lift/", money.lift_hold, name="lift_hold"),
]
