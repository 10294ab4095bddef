"""What a WSGI server loads: gunicorn portal.wsgi."""

from django.core.wsgi import get_wsgi_application

from portal import env

env.use_settings()

application = get_wsgi_application()
