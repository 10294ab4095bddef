from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = _("志愿服务")

    def ready(self) -> None:
        from volunteers.activities import beside
        from volunteers.activities import privacy as places
        from volunteers.demo import stories
        from volunteers.rewards import leaving
        from volunteers.rewards import privacy as rewards
        from volunteers.teams import privacy
        from volunteers.timebank import privacy as timebank
        from volunteers.wishes import privacy as wishes

        privacy.register()
        timebank.register()
        rewards.register()
        leaving.register()
        places.register()
        beside.register()
        wishes.register()
        stories.register()
