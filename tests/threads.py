"""Run the same act in many threads at once, each with its own database connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Start all acts behind one barrier; answer what each returned, or the exception that it raised."""
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(30)
            answers[place] = act()
        except Exception as error:  # noqa: BLE001 - a race's losers are what the test looks at
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers
