"""Who stands behind the portal: what the footer and the head of every page say (G1, G2, G7), from the environment."""

from portal import env


def site() -> dict[str, str]:
    return {
        "name": env.text("SITE_NAME", "民生微实事"),
        "domain": env.text("SITE_DOMAIN", "localhost"),
        "code": env.text("SITE_ID_CODE"),
        "host": env.text("SITE_HOST_UNIT"),
        "contact": env.text("SITE_CONTACT"),
        "icp": env.text("SITE_ICP"),
        "police": env.text("SITE_POLICE_RECORD"),
        "badge_url": env.text("SITE_BADGE_URL"),
        "error_report_url": env.text("SITE_ERROR_REPORT_URL"),
        "hotline": env.text("SITE_HOTLINE", "12345"),
    }
