#!/usr/bin/env python
"""The portal's command line."""
import sys

from portal import env

NEEDS_NO_SERVER = {"help", "version", "check", "collectstatic", "makemessages", "compilemessages", "startapp", "demo_reset", "recover", "--help", "--version"}


def main() -> None:
    env.use_settings()
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in NEEDS_NO_SERVER:
        from portal.embedded import hold

        hold.attach_for_settings()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
