"""The ground that the tests stand on."""
import pytest
from django.core.cache import cache
from django.db import connection

from portal.cache import away

pytestmark = pytest.mark.django_db


def test_database_is_postgresql_and_speaks_utf8():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding'), upper('社区a')")
        assert cursor.fetchone() == ("UTF8", "社区A")
    assert connection.pg_version >= 150000


def test_cache_is_the_shared_redis():
    cache.set("龙岭", "社区", 30)
    assert cache.get("龙岭") == "社区"
    assert not away()
