"""Every address × every role × here and elsewhere, on the loaded demo (S27, S28). An address that is not listed fails.

A letter stands for a person (tests/architecture/url_world.py): who is let in by GET is listed, everybody else must be kept
out with 403, 404 or the way to the sign-in. "Let in" includes "yours, but not now" (409). The capital letters hold the same
role in another street: where only a small letter stands, a neighbour's officer gets nothing. Acts that take a POST only
answer 405; who may do them is the permission grid's and the services' business.
"""

import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from communities.accounts import phones
from communities.accounts.models import User
from communities.bodies.models import Office
from projects.models import Tally
from projects.tally.__main__ import main as count_again
from projects.tally.takeaway import recount_of
from tests.architecture import url_junk
from tests.architecture.url_world import World, addresses
from tests.journeys.crawl import Crawl
from tests.journeys.stack import demo_rows
from tests.projects.tally.pabulib_checks import faults_in
from tests.signing_in import sign_in
from volunteers.models import WishPerson
from volunteers.wishes.services.wishes import behind

HELPERS = "hHlLk"  # volunteers, leaders and a merchant's clerk: tried on their own floor, elsewhere residents like r
ALL = "vrocwWsSdupamn" + HELPERS
SIGNED = ALL[1:]
RESIDENTS = ALL.removesuffix(HELPERS)
FLOOR = ("volunteers", "teams", "timebank", "activities", "rewards", "wishes")
NOBODY = ""  # the thing lies elsewhere, or is not there: nobody of these people is let in
POST = "POST"
WALKED = (*(f"/{room}/" for room in FLOOR), "/shequ/", "/xiangmu/WSS", "/?")
TRIED = {ALL: "vrs", POST: "vs"}  # what is open or closed to everybody alike is tried with some of them
LET_IN = {200, 204, 302, 409, 422}

MATRIX = {
    "sign_in": ALL,
    "admin:login": NOBODY,
    "admin:logout": ALL,
    "account_login": ALL,
    "account_logout": ALL,
    "mfa_authenticate": SIGNED,
    "mfa_activate_totp": SIGNED,
    "accounts:code": POST,
    "accounts:resend": POST,
    "accounts:welcome": SIGNED,
    "accounts:name": SIGNED,
    "accounts:discard": POST,
    "accounts:confirm": SIGNED,
    "accounts:still": POST,
    "accounts:kept": SIGNED,
    "accounts:change_phone": SIGNED,
    "accounts:privacy": ALL,
    "accounts:security": SIGNED,
    "accounts:end_device": POST,
    "accounts:end_everywhere": POST,
    "accounts:first_password": NOBODY,
    "accounts:invitation": ALL,
    "accounts:demo_people": ALL,
    "accounts:demo_sign_in": POST,
    "accounts:demo_clock": ALL,
    "divisions:import_list": "m",
    "divisions:import_preview": NOBODY,
    "divisions:apply_import": POST,
    "channels:my_channels": SIGNED,
    "channels:my_email": SIGNED,
    "channels:drop_email": POST,
    "channels:my_wechat": SIGNED,
    "channels:drop_wechat": POST,
    "channels:confirm_email": NOBODY,
    "residents:mine": SIGNED,
    "residents:download": SIGNED,
    "residents:close_account": SIGNED,
    "residents:withdraw": SIGNED,
    "residents:publish_name": POST,
    "residents:hide_name": POST,
    "residents:home": SIGNED,
    "residents:choose_home": SIGNED,
    "residents:declare_home": SIGNED,
    "residents:vouching": "wW",
    "residents:check": "w",
    "residents:reveal_phone": POST,
    "letters:batches": "wW",
    "letters:use": SIGNED,
    "letters:batch": NOBODY,
    "letters:for_printer": POST,
    "proxies:mine": SIGNED,
    "proxies:end": POST,
    "proxies:desk": "wW",
    "proxies:record": "wW",
    "proxies:blank": "wW",
    "proxies:proxy": "rw",
    "proxies:sheet": "rw",
    "proxies:begin": POST,
    "proxies:revoke": POST,
    "works:works": "wWsSdam",
    "works:retry": POST,
    "records:imports": "m",
    "records:preview": NOBODY,
    "records:take_in": POST,
    "records:rejects": NOBODY,
    "rosters:rosters": "wWsS",
    "rosters:export": "wWsS",
    "rosters:match": POST,
    "rosters:columns": NOBODY,
    "rosters:preview": NOBODY,
    "rosters:take_in": POST,
    "rosters:drop": POST,
    "rosters:rejects": NOBODY,
    "roles:register": "wWsSduam",
    "roles:appoint": "wsd",
    "roles:end_term": "wsdm",
    "roles:new_link": POST,
    "bodies:who_is_who": ALL,
    "councils:council": ALL,
    "councils:seat": "ws",
    "councils:estate": "ws",
    "councils:end_seat": "ws",
    "centres:centres": ALL,
    "centres:services_json": ALL,
    "centres:centre": ALL,
    "centres:service": ALL,
    "centres:centre_calendar": ALL,
    "centres:activities": ALL,
    "centres:activity": ALL,
    "centres:sign_up": SIGNED,
    "centres:leave": NOBODY,
    "centres:poster": ALL,
    "centres:check_in": SIGNED,
    "centres:room": ALL,
    "centres:book_room": SIGNED,
    "centres:mine": SIGNED,
    "centres:cancel_booking": POST,
    "centres:renew_calendar": POST,
    "centres:my_calendar": NOBODY,
    "centres:plan_activity": "ws",
    "centres:run_activity": "ws",
    "centres:change_activity": "ws",
    "centres:publish_activity": POST,
    "centres:add_session": "ws",
    "centres:call_off": "ws",
    "centres:drop_session": POST,
    "centres:session_list": "ws",
    "centres:session_code": "ws",
    "centres:room_uses": "ws",
    "centres:mark_missed": POST,
    "centres:desk": "wWsS",
    "centres:lists": "dm",
    "centres:list_file": NOBODY,
    "centres:list_preview": NOBODY,
    "centres:take_list": POST,
    "centres:keep_centre": "ws",
    "centres:change_centre": "ws",
    "centres:set_hours": "ws",
    "centres:special_hours": "ws",
    "centres:drop_special_hours": POST,
    "centres:add_room": "ws",
    "centres:change_room": "ws",
    "centres:pick_services": "ws",
    "centres:add_service": "ws",
    "centres:change_service": "ws",
    "centres:end_service": POST,
    "desk:home": ALL,
    "desk:communities": ALL,
    "desk:community": ALL,
    "desk:choose_community": ALL,
    "desk:rounds": ALL,
    "desk:round": ALL,
    "desk:round_rules": ALL,
    "desk:round_projects": ALL,
    "desk:proposals": ALL,
    "desk:proposal": ALL,
    "desk:notice_board": ALL,
    "desk:delivery_board": ALL,
    "desk:statistics": ALL,
    "desk:search": ALL,
    "desk:help": ALL,
    "desk:accessibility": ALL,
    "desk:privacy": ALL,
    "desk:site_map": ALL,
    "desk:mine": SIGNED,
    "desk:my_notices": SIGNED,
    "desk:read_notice": POST,
    "desk:read_all": POST,
    "desk:queue": SIGNED,
    "desk:round_desk": "sda",
    "desk:dossier": "wsdua",
    "desk:open_data": ALL,
    "desk:open_csv": ALL,
    "desk:open_json": ALL,
    "desk:public_money": ALL,
    "desk:papers": "wWsSdua",
    "desk:paper": NOBODY,
    "desk:paper_again": POST,
    "desk:archive": POST,
    "desk:overview": "wWsSdua",
    "desk:overview_file": "wWsSdua",
    "desk:overview_rows": "wWsSdua",
    "desk:overview_rows_file": "wWsSdua",
    "desk:log": "a",
    "desk:verify_log": POST,
    "rounds:office": SIGNED,
    "rounds:prepare_round": "sS",
    "rounds:words": "d",
    "rounds:copy_round": "sda",
    "rounds:check": "da",
    "rounds:edit": "da",
    "rounds:envelopes": "da",
    "rounds:calendar": "da",
    "rounds:lay_calendar": POST,
    "rounds:rules": "da",
    "rounds:open_call": POST,
    "rounds:move_on": POST,
    "rounds:send_back": "sda",
    "rounds:cancel_round": "sda",
    "rounds:frozen": ALL,
    "proposals:start": SIGNED,
    "proposals:drafts": SIGNED,
    "proposals:step": "o",
    "proposals:keep": POST,
    "proposals:remove_photo": NOBODY,
    "proposals:similar": "o",
    "proposals:check": "o",
    "proposals:discard": "o",
    "proposals:enter": SIGNED,
    "proposals:check_entry": NOBODY,
    "proposals:photo": NOBODY,
    "proposals:lodged": "o",
    "proposals:edit": "o",
    "proposals:correct": "o",
    "proposals:withdraw": "o",
    "proposals:support": SIGNED,
    "proposals:unsupport": POST,
    "proposals:follow": POST,
    "proposals:unfollow": POST,
    "proposals:poster": ALL,
    "screening:queue": SIGNED,
    "screening:assign": POST,
    "screening:save_filter": POST,
    "screening:drop_filter": POST,
    "screening:assess": "ws",
    "screening:note": POST,
    "screening:override": "s",
    "screening:appeal": "o",
    "screening:decide": NOBODY,
    "deliberation:desk": SIGNED,
    "deliberation:meetings": ALL,
    "deliberation:convene": "w",
    "deliberation:meeting": ALL,
    "deliberation:minutes": ALL,
    "deliberation:minutes_docx": NOBODY,
    "deliberation:minutes_pdf": NOBODY,
    "deliberation:wall": ALL,
    "deliberation:papers": "cw",
    "deliberation:chair_sign": POST,
    "deliberation:mandates": "w",
    "deliberation:mandate": "c",
    "deliberation:revoke_mandate": POST,
    "deliberation:floor": "w",
    "deliberation:ask_floor": POST,
    "deliberation:leave_floor": POST,
    "deliberation:call_turn": POST,
    "deliberation:end_turn": POST,
    "deliberation:vote": "c",
    "deliberation:vote_for": "c",
    "deliberation:interest": "c",
    "deliberation:call_hearing": "w",
    "deliberation:hearing": ALL,
    "deliberation:ask_place": POST,
    "deliberation:leave_place": POST,
    "deliberation:hearing_notice": ALL,
    "deliberation:register_place": NOBODY,
    "deliberation:strike_place": POST,
    "deliberation:hearing_desk": NOBODY,
    "deliberation:call_off": NOBODY,
    "deliberation:write_record": NOBODY,
    "deliberation:sign_record": POST,
    "deliberation:run": "w",
    "deliberation:roll": "w",
    "deliberation:open_meeting": "w",
    "deliberation:adjourn": "w",
    "deliberation:close_meeting": POST,
    "deliberation:notes": "w",
    "deliberation:sign": POST,
    "deliberation:open_vote": POST,
    "deliberation:hands": "w",
    "deliberation:slips": "w",
    "deliberation:close_vote": "w",
    "deliberation:defer": "w",
    "deliberation:recuse": "w",
    "voting:ballot": "n",
    "voting:review": POST,
    "voting:bar": POST,
    "voting:cast": POST,
    "voting:receipt": "n",
    "voting:turnout": ALL,
    "voting:desks": SIGNED,
    "voting:kiosk": NOBODY,
    "voting:kiosk_phone": NOBODY,
    "voting:kiosk_code": NOBODY,
    "voting:kiosk_pass": NOBODY,
    "voting:kiosk_still": NOBODY,
    "voting:kiosk_leave": NOBODY,
    "voting:open_kiosk": NOBODY,
    "voting:admit": NOBODY,
    "voting:close_kiosk": POST,
    "voting:paper_account": ALL,
    "voting:paper_desk": NOBODY,
    "voting:paper_roll": NOBODY,
    "voting:paper_hand": NOBODY,
    "voting:paper_replace": NOBODY,
    "voting:paper_sample": NOBODY,
    "voting:paper_check": POST,
    "voting:paper_sheets": NOBODY,
    "voting:paper_file": NOBODY,
    "voting:paper_seal": NOBODY,
    "voting:paper_key": NOBODY,
    "voting:paper_settle": NOBODY,
    "voting:paper_accept": POST,
    "voting:paper_void": NOBODY,
    "voting:paper_answer_void": POST,
    "voting:eligibility": ALL,
    "voting:ceremony": "Sda",
    "rehearsal:enter": ALL,
    "rehearsal:ballot": NOBODY,
    "rehearsal:review": POST,
    "rehearsal:bar": POST,
    "rehearsal:cast": POST,
    "rehearsal:receipt": NOBODY,
    "rehearsal:rehearsals": "sda",
    "rehearsal:rehearsal": "s",
    "rehearsal:fill": POST,
    "rehearsal:count": POST,
    "rehearsal:wipe": POST,
    "rehearsal:ballots_pb": NOBODY,
    "tally:result": ALL,
    "tally:result_json": ALL,
    "tally:count_json": ALL,
    "tally:sheet": ALL,
    "tally:share": ALL,
    "tally:result_csv": ALL,
    "tally:ballots_pb": NOBODY,
    "tally:trackers_txt": ALL,
    "tally:tracker": ALL,
    "tally:recount": ALL,
    "publicity:desk": SIGNED,
    "publicity:round": ALL,
    "publicity:enter": NOBODY,
    "publicity:notice": ALL,
    "publicity:qr": ALL,
    "publicity:lodge": "roc",
    "publicity:objection": ALL,
    "publicity:lodged": NOBODY,
    "publicity:comment": NOBODY,
    "publicity:answer": NOBODY,
    "publicity:uphold": NOBODY,
    "approval:desk": SIGNED,
    "approval:round": "s",
    "approval:approve_list": "s",
    "approval:refill": "s",
    "approval:approved": ALL,
    "approval:approved_csv": ALL,
    "approval:file": "d",
    "approval:decide": "s",
    "approval:second": "s",
    "funding:work": SIGNED,
    "funding:providers": "sS",
    "funding:register_provider": "sS",
    "funding:set_start": "s",
    "funding:request_payment": "s",
    "funding:release_payment": POST,
    "funding:refuse_payment": "s",
    "funding:money": ALL,
    "funding:project": "wsdua",
    "funding:sign_contract": "s",
    "funding:start_delivery": POST,
    "funding:enter_cofunding": "s",
    "funding:settle_project": "s",
    "funding:lift_hold": "s",
    "funding:forfeit_retention": "s",
    "delivery:mine": SIGNED,
    "delivery:photo": ALL,
    "delivery:complete_milestone": POST,
    "delivery:change_milestone": "wp",
    "delivery:answer_problem": "s",
    "delivery:problem_sent": NOBODY,
    "delivery:project": "wsdupa",
    "delivery:report": "wp",
    "delivery:add_evidence": "wp",
    "delivery:add_milestone": "wp",
    "delivery:declare_finished": "p",
    "delivery:open_acceptance": POST,
    "delivery:report_problem": "roc",
    "delivery:raise_concern": "u",
    "delivery:stop_project": "s",
    "delivery:end_project": "s",
    "delivery:resume_project": "s",
    "acceptance:release": "w",
    "acceptance:record": ALL,
    "acceptance:project": "wsdua",
    "acceptance:appoint": "w",
    "acceptance:mark": "wu",
    "acceptance:marked": "cwsdu",
    "acceptance:sign_off": NOBODY,
    "acceptance:rework": "w",
    "acceptance:record_absence": "ws",
    "acceptance:cosign_absence": POST,
    "acceptance:accept": POST,
    "evaluation:rate": "roc",
    "evaluation:rated": SIGNED,
    "evaluation:rate_supervisor": "u",
    "evaluation:project": "wsdua",
    "evaluation:record_absence": "w",
    "evaluation:conclude": POST,
    "evaluation:close_project": POST,
    "evaluation:indicators": "wWsSdua",
    "evaluation:adopt_examples": POST,
    "evaluation:change_indicator": "d",
    "evaluation:retire_indicator": POST,
    "evaluation:score_community": "sd",
    "evaluation:score": "sd",
    "volunteers:volunteers": ALL,
    "timebank:mine": "hHlL",
    "timebank:certify": "hHlL",
    "timebank:certificate": "h",
    "timebank:publish_tariff": "d",
    "timebank:review": SIGNED,
    "timebank:confirm": POST,
    "timebank:refuse": "s",
    "timebank:people": "wWsSdlL",
    "timebank:volunteer": "wsdL",
    "timebank:enter": "wsdL",
    "timebank:reverse": "wsd",
    "timebank:exchange": "sd",
    "timebank:hours_file": "sd",
    "timebank:verify": ALL,
    "timebank:tariff": ALL,
    "rewards:offers": ALL,
    "rewards:benefits": ALL,
    "rewards:publish_benefit": "sSd",
    "rewards:merchant": ALL,
    "rewards:take": SIGNED,
    "rewards:withdraw_offer": POST,
    "rewards:redemptions": SIGNED,
    "rewards:redemption": "h",
    "rewards:cancel": POST,
    "rewards:counter": "k",
    "rewards:confirm": POST,
    "rewards:confirmed": "k",
    "rewards:office": SIGNED,
    "rewards:register_merchant": "sS",
    "rewards:manage": "sd",
    "rewards:publish_offer": "s",
    "rewards:appoint": "s",
    "rewards:end_appointment": POST,
    "rewards:statement": "sdk",
    "rewards:statement_xlsx": "sdk",
    "volunteers:mine": SIGNED,
    "volunteers:figures": ALL,
    "teams:teams": ALL,
    "teams:start": SIGNED,
    "teams:register": SIGNED,
    "teams:registered": "hHlL",
    "teams:profile": "hHlL",
    "teams:leave": "hHlL",
    "teams:desk": "wW",
    "teams:found_team": "w",
    "teams:guardian": "w",
    "teams:withdraw_guardian": POST,
    "teams:answer": "wl",
    "teams:end": "wl",
    "teams:name_leader": POST,
    "teams:team": ALL,
    "teams:join": POST,
    "teams:quit_team": POST,
    "teams:lead": "wl",
    "teams:close_team": "w",
    "wishes:wall": ALL,
    "wishes:desk": "wW",
    "wishes:make": SIGNED,
    "wishes:photo": NOBODY,
    "wishes:wish": ALL,
    "wishes:made": "w",
    "wishes:claim": POST,
    "wishes:give_up": POST,
    "wishes:done": "h",
    "wishes:screen": "w",
    "wishes:person": POST,
    "wishes:confirm": "w",
    "wishes:send_back": "w",
    "activities:calendar": ALL,
    "activities:desk": "wWlL",
    "activities:here": NOBODY,
    "activities:make": "wlL",
    "activities:photo": NOBODY,
    "activities:run": "wl",
    "activities:add_shift": "wl",
    "activities:publish": POST,
    "activities:cancel": "wl",
    "activities:report": "wl",
    "activities:confirm_list": POST,
    "activities:mark": "wl",
    "activities:release": "wl",
    "activities:take_over": POST,
    "activities:match": "wl",
    "activities:by_code": SIGNED,
    "activities:sign_up": POST,
    "activities:give_up": POST,
    "activities:offer_swap": POST,
    "activities:withdraw_swap": POST,
    "activities:wall": "wl",
    "activities:scan": ALL,
    "activities:call": ALL,
}


class Walk(Crawl):
    """What a visitor reads who follows the links of the volunteers' floor and of the pages that lead there."""

    def _fetch(self, path: str) -> tuple:
        answer = Client().get(path)
        return answer.status_code, answer.headers, answer.content

    def _inside(self, href: str, path: str) -> str:
        found = super()._inside(href, path)
        return found if found.startswith(WALKED) else ""


def told_of(text: str, words: set[str]) -> set[str]:
    """Which of the words a page says; numbers are often written in groups."""
    squeezed = "".join(text.split())
    return {word for word in words if word in squeezed}


@pytest.mark.timeout(900)
@override_settings(DEMO=True)
class UrlMatrix(TestCase):
    """One class on one copy of the demo; what a test writes is rolled back."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(demo_rows("matrix", Path(cls.enterClassContext(TemporaryDirectory()))))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()
        cls.people = cls.world.people()

    def setUp(self) -> None:
        self.clients = {letter: Client(raise_request_exception=False) for letter in ALL}
        for letter, person in self.people.items():
            if person is not None:
                sign_in(self.clients[letter], person)

    def test_every_address_is_listed(self) -> None:
        known = {name for name, _pattern in addresses()} - {"sign_out"}
        assert known == MATRIX.keys(), known ^ MATRIX.keys()

    def test_everybody_sees_what_is_hers_and_nothing_else(self) -> None:
        wrong = []
        for name, pattern in addresses():
            if name not in MATRIX:
                continue
            url = reverse(name, kwargs=self.world.arguments(name, pattern))
            tried = TRIED.get(MATRIX[name], ALL if name.split(":")[0] in FLOOR else RESIDENTS)
            found = {letter: self.answer(letter, url) for letter in tried}
            broken = {letter: status for letter, status in found.items() if status >= 500}
            if broken:
                wrong.append(f"{name} {url}: {broken}")
            elif MATRIX[name] == POST:
                wrong += [f"{name}: GET answers {found}"] if set(found.values()) - {405, 401} else []
            elif (let_in := {letter for letter in found if found[letter] in LET_IN}) != set(MATRIX[name]) & set(tried):
                listed = MATRIX[name] or "nobody"
                wrong.append(f"{name} {url}: lets in {''.join(sorted(let_in)) or 'nobody'}, listed {listed}")
        assert wrong == [], "\n".join(wrong)

    def answer(self, letter: str, url: str) -> int:
        """The status; 401 stands for the way to the sign-in."""
        response = self.clients[letter].get(url)
        away = response.status_code == 302 and response["Location"].split("?")[0] in {"/sign-in/", "/accounts/staff/"}
        return 401 if away else response.status_code

    def test_no_question_in_an_address_breaks_a_page(self) -> None:
        """S34: every name that a view reads out of its address, with what nobody means."""
        asked, broken = 0, []
        for name, pattern in addresses():
            names = url_junk.names_read(pattern) if MATRIX.get(name) not in {None, POST, NOBODY} else []
            url = reverse(name, kwargs=self.world.arguments(name, pattern)) if names else ""
            client = self.clients[RESIDENTS[-1] if MATRIX[name] == SIGNED else MATRIX[name][0]] if names else None
            for query in url_junk.queries(names):
                status = client.get(url, query).status_code
                asked += 1
                broken += [f"{name} {query}: {status}"] if status >= 500 else []
        assert broken == [], "\n".join(broken)
        assert asked > 300

    def test_a_signed_out_post_changes_nothing(self) -> None:
        """No act is open to visitors but signing in and checking a receipt (S6)."""
        visitor = Client(raise_request_exception=False)
        with patch("portal.log.record") as record:
            for name, pattern in addresses():
                if MATRIX.get(name) != POST or name.startswith("accounts:demo"):
                    continue
                status = visitor.post(reverse(name, kwargs=self.world.arguments(name, pattern))).status_code
                assert status in {302, 403, 404, 422}, (name, status)
        assert not record.called

    def test_a_visitor_reads_no_volunteer_and_nobody_behind_a_wish(self) -> None:
        """P11: no full name, no phone, nothing of who wishes. The same look at what a leader and a worker read finds it."""
        people = User.objects.filter(volunteer__isnull=False)
        named = {who.name for who in people} | {phones.unseal(bytes(who.phone_cipher)) for who in people}
        named -= set(Office.objects.values_list("name", flat=True))  # who holds an office is named by it
        named |= {part for row in WishPerson.objects.select_related("wish") for part in behind(row.wish).values()}
        walk = Walk("http://testserver", each=3).run("/volunteers/").run("/")
        assert {page.kind for page in walk.shown} >= {
            "/teams/#/?", "/activities/#/?", "/wishes/#/?", "/wishes/?state", "/rewards/merchants/#/?", "/timebank/verify/?",
        }  # fmt: skip
        assert [(page.path, who) for page in walk.shown for who in told_of(page.text, named)] == []
        hers = self.clients["l"].get(reverse("teams:lead", args=[self.world.team.pk]))
        wish = self.world.claim.wish
        shown = self.clients["w"].post(reverse("wishes:person", args=[wish.number]), {"reason": "约上门时间"})
        assert told_of(hers.content.decode(), named)
        assert told_of(shown.content.decode(), named) >= set(behind(wish).values()) & named

    def test_every_published_ballots_file_repeats_its_count(self) -> None:
        """B9, on the demo that is loaded here anyway: the file is sound, and counting it gives the published log."""
        repeated = []
        for tally in Tally.objects.filter(result__has_key="ballots_sha256").exclude(result__ballots_sha256=None):
            at = [tally.slate.round.number, tally.slate.community.code]
            text = self.clients["v"].get(reverse("tally:ballots_pb", args=at)).content.decode()
            with NamedTemporaryFile("w", suffix=".pb", encoding="utf-8") as file, redirect_stdout(StringIO()) as printed:
                file.write(text)
                file.flush()
                arguments = shlex.split(recount_of(tally)["command"].split(".pb ")[1])
                assert count_again([file.name, *arguments]) == 0
            assert faults_in(text) == []
            assert printed.getvalue() == self.clients["v"].get(reverse("tally:count_json", args=at)).content.decode()
            repeated.append(tally)
        assert repeated and repeated[0].ballots >= 200
        told = StringIO()
        call_command("recount", all=True, stdout=told)
        assert "DIFFERS" not in told.getvalue() and told.getvalue().count(" same") >= len(repeated)
