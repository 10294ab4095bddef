"""Whatever is typed into a public form: never a 500, nothing typed is lost, the message stands at its field (U3, U4)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from portal import clock
from projects.models import Proposal
from projects.proposals import services
from projects.proposals.forms import FORMS, EntryForm, WithdrawForm
from projects.proposals.standings import Standing
from projects.screening.forms import AppealForm, DecisionForm, FindingForm, NoteForm, OverrideForm
from tests.factories import NOON, community, proposal, resident, round_at, street_officer, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
calm = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ODD = [
    "", " ", "\x00", "坡\x00道", "\u202e反过来", "9" * 400, "-1", "1e308", "NaN", "０", "三万", "2026-02-30", "99999-99-99",
    "<script>alert(1)</script>", "' OR 1=1 --", "%(title)s", "{{ 7*7 }}", "长" * 3000, "\r\n" * 40, "WSS-2026-000001",
    "٣", "1" + "0" * 30, "works", "yes", "N01", "N90", "accepted", "merged", "rejected",
]  # fmt: skip
typed_text = st.one_of(st.sampled_from(ODD), st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
DEFAULTS = ("这个字段是必填", "该字段是必填", "请输入一个有效", "选择一个有效", "无效", "enter a valid", "required.")


def given_for(form_class, *, skip: tuple[str, ...] = ()):
    """A strategy that types something into every field of a form, and now and then leaves one out."""
    names = [
        name for name in form_class(**({"calls": ()} if form_class is EntryForm else {})).fields if name not in skip
    ]
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, typed_text))


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return community()


@pytest.fixture
def author(home):
    return resident(home)


def judge(answer, typed: dict) -> None:
    """Not a 500; and when something is wrong, it is said at a field in our own words, with all that was typed."""
    event(f"answered {answer.status_code}")
    assert answer.status_code in (200, 302, 403, 404, 409, 422), answer.status_code
    if answer.status_code != 422:
        return
    form = answer.context["form"]
    assert form.errors
    for name, messages in form.errors.items():
        assert name in form.fields or name == "__all__"
        for message in messages:
            assert message.strip() and not any(words in message for words in DEFAULTS), message
    for name, value in typed.items():
        if name in form.fields and name not in ("photo", "codes"):
            shown = form[name].value()
            assert str(shown if shown is not None else "").replace("\r\n", "\n") == value.replace("\r\n", "\n"), name


@pytest.fixture
def draft(home, author):
    call = round_at("proposals", home)
    return services.start_draft(round_id=call.pk, community_id=home.pk, by=author, now=NOON)


@pytest.mark.parametrize("key", [key for key in FORMS if key != "photos"])
@calm
@given(data=st.data())
def test_any_answer_of_the_wizard(client, author, draft, key, data):
    typed = data.draw(given_for(FORMS[key]))
    go = data.draw(st.sampled_from(["next", "later", "", "\x00"]))
    sign_in(client, author)
    judge(client.post(reverse("proposals:step", args=[draft.pk, key]), {**typed, "go": go}), typed)
    kept = client.post(reverse("proposals:keep", args=[draft.pk, key]), typed, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert client.get(reverse("proposals:check", args=[draft.pk])).status_code == 200


@calm
@given(typed=given_for(FORMS["photos"], skip=("photo",)), content=st.binary(max_size=300), name=typed_text)
@example(typed={"caption": "台阶"}, content=b"\xff\xd8\xff\xe0", name="a.jpg")
@example(typed={"caption": "台阶"}, content=b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, name="a.png")
def test_any_file_instead_of_a_photo(client, author, draft, typed, content, name):
    sign_in(client, author)
    file = SimpleUploadedFile((name.replace("/", "").replace("\r", "").replace("\n", "") or "a") + ".jpg", content)
    answer = client.post(reverse("proposals:step", args=[draft.pk, "photos"]), {**typed, "photo": file, "go": "add"})
    judge(answer, typed)
    assert answer.status_code == 422 and not draft.attachments.exists()


def test_a_file_field_that_holds_text(client, author, draft):
    sign_in(client, author)
    url = reverse("proposals:step", args=[draft.pk, "photos"])
    assert client.post(url, {"photo": "不是文件", "caption": "台阶", "go": "add"}).status_code == 422


@pytest.mark.parametrize("body", [b"need=%ED%A0%80%00&go=next", b"need=%FF%FE", b"&&&==", b"need" * 5000])
def test_bodies_that_no_browser_sends(client, author, draft, body):
    sign_in(client, author)
    url = reverse("proposals:step", args=[draft.pk, "need"])
    answer = client.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)


@calm
@given(typed=given_for(WithdrawForm))
def test_any_reason_for_taking_back(client, author, home, typed):
    sign_in(client, author)
    item = proposal(
        Proposal.objects.first().round if Proposal.objects.exists() else round_at("screening", home), author
    )
    judge(client.post(reverse("proposals:withdraw", args=[item.number]), typed), typed)


@calm
@given(data=st.data())
def test_any_paper(client, home, data):
    call = Proposal.objects.first().round if Proposal.objects.exists() else round_at("proposals", home)
    typed = data.draw(given_for(EntryForm))
    typed["call"] = data.draw(st.sampled_from([f"{call.pk}-{home.pk}", "1-2-3", "x", "9" * 40 + "-1"]))
    sign_in(client, worker(home))
    judge(client.post(reverse("proposals:enter"), typed), typed)


@pytest.mark.parametrize("view", ["assess", "note", "override", "appeal", "decide"])
@calm
@given(data=st.data())
def test_any_input_at_the_desk(client, home, author, view, data):
    rejected = view in ("appeal", "decide")
    batch = Proposal.objects.first().round if Proposal.objects.exists() else round_at("screening", home)
    item = proposal(batch, author, standing=Standing.REJECTED if rejected else Standing.LODGED, estimate=900_000_00)
    if rejected:
        finding = item.findings.create(outcome="rejected", codes=["N01"], reason="物业负责。", at=NOON, by=worker(home))
        if view == "decide":
            from projects.models import Appeal

            Appeal.objects.create(
                proposal=item, finding=finding, reason="不同意。", answer_by=NOON.date(), by=author, at=NOON
            )
    who, form = {
        "assess": (worker(home), FindingForm),
        "note": (worker(home), NoteForm),
        "override": (street_officer(home.parent), OverrideForm),
        "appeal": (author, AppealForm),
        "decide": (street_officer(home.parent), DecisionForm),
    }[view]
    typed = data.draw(given_for(form))
    go = data.draw(st.sampled_from(["preview", "send"]))
    sign_in(client, who)
    answer = client.post(reverse(f"screening:{view}", args=[item.number]), {**typed, "go": go})
    if view == "note" and answer.status_code == 422:
        assert answer.context["note_form"]["text"].value() == typed.get(
            "text", answer.context["note_form"]["text"].value()
        )
        return
    judge(answer, typed)


@calm
@given(asked=typed_text, community_code=typed_text, view=typed_text, at=typed_text)
def test_any_filter_of_the_queue(client, home, asked, community_code, view, at):
    sign_in(client, worker(home))
    query = {"asked": asked, "community": community_code, "view": view, "page": at, "category": view}
    assert client.get("/screening/", query).status_code == 200


@pytest.mark.parametrize("number", ["WSS-2026-999999", "%00", "x", "WSS-2026-" + "9" * 40, "..%2F", "𝟚"])
@pytest.mark.parametrize("page", ["lodged", "edit", "support", "poster", "withdraw"])
def test_any_number_in_an_address_is_at_most_not_found(client, author, number, page):
    sign_in(client, author)
    assert client.get(f"/proposals/{number}/{page}/").status_code == 404
    assert client.get(f"/screening/{number}/").status_code == 404


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_any_key_in_an_address_is_at_most_not_found(client, author, number):
    sign_in(client, author)
    for url in (f"/proposals/draft/{number}/need/", f"/proposals/photo/{number}/", f"/proposals/enter/{number}/check/"):
        assert client.get(url).status_code == 404
