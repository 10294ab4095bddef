from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("民生微实事")

    def ready(self) -> None:
        from projects.deliberation import privacy as sat
        from projects.deliberation import record
        from projects.demo import newcomers, tour
        from projects.desk import privacy

        privacy.register()
        sat.register()
        record.register()
        tour.register()
        newcomers.register()
