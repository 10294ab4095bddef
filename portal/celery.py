"""The Celery app. The database is the queue: a message only saves waiting, so a lost broker loses nothing."""

import warnings

from celery import Celery, Task
from celery.platforms import SecurityWarning
from django.conf import settings
from kombu.exceptions import OperationalError

from portal import cache, env

env.use_settings()

# Celery warns root because of pickle; this app accepts JSON only (below).
warnings.filterwarnings("ignore", category=SecurityWarning)

VISIBILITY = 3600  # longer than any task may run; the same in all three places, or a task is handed out twice


class Message(Task):
    """A task whose message is sent at once or not at all: after one failure nobody waits for Redis again for a while."""

    abstract = True

    def apply_async(self, *args, **kwargs):
        if self.app.conf.task_always_eager:
            return super().apply_async(*args, **kwargs)
        if cache.away():
            raise OperationalError("Redis was away a moment ago")
        try:
            return super().apply_async(*args, **kwargs)
        except (OperationalError, OSError):
            cache.note_away()
            raise


app = Celery("portal", task_cls=Message)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    task_soft_time_limit=540,
    task_time_limit=600,
    # A request never waits for a stopped broker: the beat finds the row a minute later.
    task_publish_retry=False,
    broker_connection_timeout=0.5,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": VISIBILITY,
        "global_keyprefix": settings.QUEUE_PREFIX,
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.8,
        **dict.fromkeys(("interval_start", "interval_step", "interval_max"), 0),
        "max_retries": 1,
    },
    visibility_timeout=VISIBILITY,
    result_backend_transport_options={"visibility_timeout": VISIBILITY},
    beat_schedule={
        **settings.CELERY_BEAT_SCHEDULE,
        "tick": {
            "task": "portal.tick",
            "schedule": float(settings.TICK_SECONDS),
            "options": {"expires": max(settings.TICK_SECONDS - 10, 1)},
        },
    },
)
app.autodiscover_tasks()
