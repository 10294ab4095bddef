"""No phone number, code, password or forged line reaches a log (S38, S46, R8)."""
import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from portal import telemetry
from tests import factories


@pytest.fixture
def lines():
    """Run records through the very formatter of the settings."""
    config = telemetry.logging_config(plain=False, level="INFO")
    made = dict(config["formatters"]["lines"])
    formatter = made.pop("()")(**made)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger = logging.getLogger("tests.masking")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel("INFO")
    yield logger, stream
    logger.handlers = []


@pytest.mark.parametrize("phone", ["13812345678", "138 1234 5678", "138-1234-5678", "+8613812345678", "+86 138 1234 5678"])
def test_phone_numbers_are_masked_in_foreign_lines(lines, phone):
    logger, stream = lines
    logger.warning("sent to %s, twice", phone)
    assert "1234" not in stream.getvalue()
    assert "78, twice" in stream.getvalue()


def test_an_exception_is_masked(lines):
    logger, stream = lines
    try:
        raise ValueError("no account for 13812345678")
    except ValueError:
        logger.exception("failed")
    line = json.loads(stream.getvalue())
    assert "1234" not in line["exception"]
    assert "ValueError" in line["exception"]


def test_secrets_and_nested_values_are_masked():
    event = {"password": "x1", "code": "123456", "sessionid": "abc", "form": {"csrfmiddlewaretoken": "t", "to": ["13812345678"]}}
    assert telemetry.mask(None, "info", event) == {
        "password": "***", "code": "***", "sessionid": "***",
        "form": {"csrfmiddlewaretoken": "***", "to": ["138******78"]},
    }


def test_a_status_is_no_code():
    assert telemetry.mask(None, "info", {"code": 404}) == {"code": 404}


def test_our_own_lines_are_masked(lines, capsys):
    logger, stream = lines
    structlog.get_logger("tests.masking").warning("sms_sent", to="13812345678")
    assert "1234" not in stream.getvalue()
    assert json.loads(stream.getvalue())["event"] == "sms_sent"


def test_a_line_cannot_be_forged(lines):
    logger, stream = lines
    logger.warning("name: %s", '张\n{"event": "approved"}\r\x1b[2J\u2028')
    assert stream.getvalue().count("\n") == 1
    assert "\x1b" not in stream.getvalue()


@given(st.integers(13 * 10**9, 20 * 10**9 - 1).map(str), st.text(max_size=20), st.text(max_size=20))
def test_no_phone_number_survives(phone, before, after):
    before, after = before.rstrip("0123456789+- ") + "：", "，" + after
    assert phone not in telemetry.masked(before + phone + after)
    assert phone[3:9] not in telemetry.masked(before + phone + after).replace(before, "").replace(after, "")


def test_durations_stay_readable():
    assert telemetry.masked("succeeded in 0.16051234567891234s") == "succeeded in 0.16051234567891234s"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "logged", "named"),
    [
        ("/style?page=2", "GET /style?page=2", True),
        ("/voting/2026-01/?from=7", "GET /voting/2026-01/", False),
        ("/voting/2026-01/kiosk/440307001/admit/815/", "GET /voting/2026-01/kiosk/-/admit/-/", False),
    ],
)
def test_a_line_of_the_vote_names_nobody(client, caplog, path, logged, named):
    """B8: elsewhere a line has the person, her address and her browser; at the ballot none of them, nor her place on the roll."""
    client.force_login(factories.resident(factories.community()))
    caplog.set_level("INFO")
    client.get(path, headers={"user-agent": "a phone"})
    lines = [each.msg for each in caplog.records if isinstance(each.msg, dict) and "request" in each.msg]
    assert [line["event"] for line in lines] == ["request_started", "request_finished"]
    assert {line["request"] for line in lines} == {logged} and all(line["request_id"] for line in lines)
    assert all(({"user_id", "ip"} <= line.keys()) is named for line in lines)
    assert ("a phone" in str(lines)) is named


def test_no_line_of_anybody_tells_whose_place_on_the_roll_was_asked_for():
    """B8: Django writes the address of what it refused, a traceback may hold one; at the vote the numbers fall out."""
    said = "Unprocessable Entity: /voting/2026-01/paper/440307001/replace/815/ and http://x.cn/voting/2026-01/kiosk/7/admit/9"
    assert telemetry.masked(said) == "Unprocessable Entity: /voting/2026-01/paper/-/replace/-/ and http://x.cn/voting/2026-01/kiosk/-/admit/-"
    assert telemetry.masked({"request": "GET /xiangmu/815/"}) == {"request": "GET /xiangmu/815/"}
