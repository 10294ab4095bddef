"""The shared cache, sheltered: a Redis that is away slows nothing down and breaks no page.

While Redis does not answer, each process keeps its own entries in memory (limits still limit, only per process),
and asks Redis again after a short rest instead of waiting for a time-out at every call.
"""

import time

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST = 5.0
told = structlog.get_logger(__name__)


_away_until = 0.0  # one process has one answer to "is Redis there?", for the cache and for messages alike


def away() -> bool:
    return time.monotonic() < _away_until


def note_away() -> None:
    global _away_until
    _away_until = time.monotonic() + REST


def sheltered(name: str):
    def call(self: "ShelteredRedisCache", *args, **kwargs):
        if not away():
            try:
                return getattr(super(ShelteredRedisCache, self), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                note_away()
                told.warning("redis_away", error=type(error).__name__)
        return getattr(self.shelter, name)(*args, **kwargs)

    call.__name__ = name
    return call


class ShelteredRedisCache(RedisCache):
    def __init__(self, server, params):
        options = params.setdefault("OPTIONS", {})
        options.setdefault("retry", None)  # one try: the shelter is the second
        super().__init__(server, params)
        self.shelter = LocMemCache("shelter", {**params, "OPTIONS": {"MAX_ENTRIES": 5000}})

    add = sheltered("add")
    get = sheltered("get")
    set = sheltered("set")
    touch = sheltered("touch")
    delete = sheltered("delete")
    get_many = sheltered("get_many")
    has_key = sheltered("has_key")
    incr = sheltered("incr")
    set_many = sheltered("set_many")
    delete_many = sheltered("delete_many")
    clear = sheltered("clear")
