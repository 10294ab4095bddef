"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from volunteers.rewards.views import counter, office, public

app_name = "rewards"
urlpatterns = [
    path("", public.offers, name="offers"),
    path("benefits/", public.benefits, name="benefits"),
    path("benefits/new/", office.publish_benefit, name="publish_benefit"),
    path("merchants/<int:key>/", public.merchant, name="merchant"),
    path("offers/<int:key>/take/", public.take, name="take"),
    path("offers/<int:key>/withdraw/", office.withdraw_offer, name="withdraw_offer"),
    path("mine/", public.redemptions, name="redemptions"),
    path("mine/<int:key>/", public.redemption, name="redemption"),
    path("mine/<int:key>/cancel/", public.cancel, name="cancel"),
    path("counter/", counter.counter, name="counter"),
    path("counter/confirm/", counter.confirm, name="confirm"),
    path("counter/<int:key>/", counter.confirmed, name="confirmed"),
    path("office/", office.office, name="office"),
    path("office/new/", office.register_merchant, name="register_merchant"),
    path("office/<int:key>/", office.manage, name="manage"),
    path("office/<int:key>/offer/", office.publish_offer, name="publish_offer"),
    path("office/<int:key>/appoint/", office.appoint, name="appoint"),
    path("office/terms/<int:key>/end/", office.end_appointment, name="end_appointment"),
    path("merchants/<int:key>/statement/", counter.statement, name="statement"),
    path("merchants/<int:key>/statement.xlsx", counter.statement_xlsx, name="statement_xlsx"),
]
