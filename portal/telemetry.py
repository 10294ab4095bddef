"""Logs as structured lines (R8). The first step masks phone numbers and secrets, so that no later one sees them (S46)."""

import logging
import re
from typing import Any

import structlog

PHONE = re.compile(r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{2})(\d{2})(?!\d)")
IDENTITY = re.compile(r"(?<![\d.])(\d{4})\d{10,13}([\dXx])(?!\d)")
AT_THE_VOTE = re.compile(r"/voting/\S*")
PLACE = re.compile(r"(?<=/)\d+(?=/|$)")
QUIET = re.compile(r"pass(word)?$|secret|token|otp|^code$|cookie|session|authorization|csrf", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
DEPTH = 4


def masked(value: Any, depth: int = 0) -> Any:
    """The value without phone numbers, ID numbers, places on a roll and control characters.

    Django, too, writes a line with the address of what was refused: an address of the vote loses its numbers wherever
    it stands, or the line would tell when somebody came to the counter (portal/requests.py).
    """
    if isinstance(value, str):
        value = PHONE.sub(lambda found: f"{found[1]}******{found[3]}", value)
        value = IDENTITY.sub(r"\1**********\2", value)
        value = AT_THE_VOTE.sub(lambda found: PLACE.sub("-", found[0]), value)
        return CONTROL.sub(lambda found: repr(found[0])[1:-1], value)
    if isinstance(value, dict) and depth < DEPTH:
        return {key: "***" if QUIET.search(str(key)) else masked(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set)) and depth < DEPTH:
        return [masked(inner, depth + 1) for inner in value]
    if isinstance(value, (int, float, bool)) or value is None:
        return masked(str(value)) if isinstance(value, int) and len(str(value)) >= 11 else value
    return masked(str(value), depth) if depth < DEPTH else "…"


def mask(logger: Any, method: str, event: dict) -> dict:
    """structlog processor: everything but structlog's own bookkeeping."""
    return {
        key: value
        if key.startswith("_") or key == "exc_info" or (key == "code" and value in range(100, 600))
        else "***"
        if QUIET.search(key)
        else masked(value)
        for key, value in event.items()
    }


def mask_exception(logger: Any, method: str, event: dict) -> dict:
    if "exception" in event:
        event["exception"] = "\n".join(masked(line) for line in str(event["exception"]).split("\n"))
    return event


BEFORE = [
    mask,
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]


def logging_config(*, plain: bool, level: str) -> dict:
    """Django's LOGGING: every logger, ours and the libraries', through the same processors to standard error."""
    last = (
        structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [structlog.stdlib.ExtraAdder(allow=["status_code"]), *BEFORE],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    mask_exception,
                    mask,
                    last,
                ],
            }
        },
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["err"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "celery": {"level": level},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }


def configure() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
