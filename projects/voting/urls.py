"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.voting.views import casting, ceremony, eligibility, kiosk, paper, paper_entry, turnout

app_name = "voting"
urlpatterns = [
    path("desks/", paper.desks, name="desks"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/phone/", kiosk.kiosk_phone, name="kiosk_phone"),
    path("kiosk/code/", kiosk.kiosk_code, name="kiosk_code"),
    path("kiosk/pass/", kiosk.kiosk_pass, name="kiosk_pass"),
    path("kiosk/still/", kiosk.kiosk_still, name="kiosk_still"),
    path("kiosk/leave/", kiosk.kiosk_leave, name="kiosk_leave"),
    path("<str:number>/", casting.ballot, name="ballot"),
    path("<str:number>/review/", casting.review, name="review"),
    path("<str:number>/bar/", casting.bar, name="bar"),
    path("<str:number>/cast/", casting.cast, name="cast"),
    path("<str:number>/receipt/", casting.receipt, name="receipt"),
    path("<str:number>/key/", ceremony.ceremony, name="ceremony"),
    path("<str:number>/eligibility/", eligibility.eligibility, name="eligibility"),
    path("<str:number>/turnout/", turnout.turnout, name="turnout"),
    path("<str:number>/paper/", paper.paper_account, name="paper_account"),
    path("<str:number>/kiosk/<str:code>/open/", kiosk.open_kiosk, name="open_kiosk"),
    path("<str:number>/kiosk/<str:code>/admit/<int:entry>/", kiosk.admit, name="admit"),
    path("<str:number>/kiosk/<str:code>/close/<int:device>/", kiosk.close_kiosk, name="close_kiosk"),
    path("<str:number>/paper/<str:code>/", paper.paper_desk, name="paper_desk"),
    path("<str:number>/paper/<str:code>/roll/", paper.paper_roll, name="paper_roll"),
    path("<str:number>/paper/<str:code>/hand/<int:entry>/", paper.paper_hand, name="paper_hand"),
    path("<str:number>/paper/<str:code>/replace/<int:entry>/", paper.paper_replace, name="paper_replace"),
    path("<str:number>/paper/<str:code>/sample/", paper_entry.paper_sample, name="paper_sample"),
    path("<str:number>/paper/<str:code>/check/<int:sheet>/", paper_entry.paper_check, name="paper_check"),
    path("<str:number>/paper/<str:code>/<int:envelope>/sheets/", paper.paper_sheets, name="paper_sheets"),
    path("<str:number>/paper/<str:code>/<int:envelope>/file/", paper.paper_file, name="paper_file"),
    path("<str:number>/paper/<str:code>/<int:envelope>/seal/", paper_entry.paper_seal, name="paper_seal"),
    path("<str:number>/paper/<str:code>/<int:envelope>/key/", paper_entry.paper_key, name="paper_key"),
    path("<str:number>/paper/<str:code>/<int:envelope>/settle/", paper_entry.paper_settle, name="paper_settle"),
    path("<str:number>/paper/<str:code>/<int:envelope>/accept/", paper_entry.paper_accept, name="paper_accept"),
    path("<str:number>/paper/<str:code>/<int:envelope>/void/", paper_entry.paper_void, name="paper_void"),
    path("<str:number>/paper/<str:code>/<int:envelope>/answer-void/", paper_entry.paper_answer_void, name="paper_answer_void"),
]
