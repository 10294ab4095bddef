from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("民生微实事")

    def ready(self) -> None:
        from projects.demo import tour
        from projects.desk import privacy

        privacy.register()
        tour.register()
