from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("社区与人员")

    def ready(self) -> None:
        """Load what registers itself: checks, and kinds of job, which a web process names too."""
        from communities import tasks  # noqa: F401
        from communities.accounts import checks  # noqa: F401
        from communities.centres import privacy as centres
        from communities.channels import privacy as channels
        from communities.proxies import privacy as proxies
        from communities.rosters import privacy as rosters

        centres.register()
        channels.register()
        proxies.register()
        rosters.register()
