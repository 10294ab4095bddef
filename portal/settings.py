"""Settings: one file, secure unless told otherwise. Everything that a deployment decides comes through portal.env."""

from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from portal import env, headers, identity, outward, telemetry
from portal.embedded import places

ROOT = env.ROOT
VAR = env.folder("PORTAL_VAR", ROOT / "var")

# What kind of installation this is
DEBUG = env.flag("PORTAL_DEBUG")
DEMO = env.flag("PORTAL_DEMO")  # marked demo pages: codes shown on screen, sign-in shortcut
HTTPS = env.flag("PORTAL_HTTPS", True)  # `make run` on one's own machine says no
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")

# Keys: generated once into var/secrets on a single machine; given to every node where a database is shared
SECRETS_DIR = env.folder("PORTAL_SECRETS", VAR / "secrets")
_keep_in = None if DATABASE_URL else SECRETS_DIR
SECRET_KEY = env.secret("SECRET_KEY", _keep_in)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PHONE_KEY = env.secret("PHONE_KEY", _keep_in)  # phone numbers' blind index and cipher
BALLOT_KEYS = env.folder("BALLOT_KEYS", SECRETS_DIR / "ballots")  # one key a round, destroyed after the count

ALLOWED_HOSTS = env.words("PORTAL_HOSTS", "localhost,127.0.0.1,[::1]")
_scheme = "https" if HTTPS else "http"
CSRF_TRUSTED_ORIGINS = [f"{_scheme}://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS if host != "*"]
TRUSTED_PROXIES = env.number("PORTAL_TRUSTED_PROXIES", 0)  # how many of our own proxies stand in front

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    *[app for app in ("communities", "projects", "volunteers") if (ROOT / app / "models.py").exists()],
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "import_export",
    "simple_history",
    "django_structlog",
    "django_prometheus",
    "csp",
]

MIDDLEWARE = [
    "portal.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.web.NulMiddleware",
    "portal.web.OriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.reading.ReadingMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "communities.accounts.sessions.SessionLimitsMiddleware",
    "communities.proxies.acting.ActingMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.requests.RequestLogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.web.RefusalMiddleware",
]

ROOT_URLCONF, WSGI_APPLICATION = "portal.urls", "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.web.site",
                "portal.reading.reading",
                "projects.voting.unfinished.unfinished",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database: PostgreSQL everywhere; the embedded one when no URL is set
_db = urlsplit(DATABASE_URL or f"postgresql://{places.USER}@/{places.DATABASE}")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_db.path.lstrip("/")),
        "USER": unquote(_db.username or ""),
        "PASSWORD": unquote(_db.password or ""),
        "HOST": unquote(_db.hostname or "") if DATABASE_URL else str(places.sockets(VAR)),
        "PORT": str(_db.port or ""),
        "CONN_MAX_AGE": env.number("PORTAL_CONN_MAX_AGE", 300),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": f"-c statement_timeout={env.number('PORTAL_STATEMENT_TIMEOUT_MS', 0)} -c lock_timeout=15000",
        },
    }
}

# Cache: shared, for limits and fragments. With Redis away each process keeps its own for the while (portal/cache.py).
REDIS = REDIS_URL or places.redis_url(VAR)
CACHES = {
    "default": {
        "BACKEND": "portal.cache.ShelteredRedisCache",
        "LOCATION": REDIS,
        "KEY_PREFIX": env.text("PORTAL_CACHE_PREFIX", "portal"),
        "TIMEOUT": 300,
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.5},
    }
}

# Sessions live in the database: a stopped Redis signs nobody out, and deleting a row ends a session at once (S22, S23)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 366 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY

# People
AUTH_USER_MODEL = "communities.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["staff_name", "name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "communities.accounts.passwords.ProfileValidator"},
]
STAFF_PASSWORDS = env.text("STAFF_PASSWORDS", "dengbao")  # a profile of communities.accounts.rules
CSRF_FAILURE_VIEW = "portal.errors.forbidden"
ADMIN_PATH = env.text("PORTAL_ADMIN_PATH", "admin/")
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "communities.accounts.adapter.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # sign-up itself is closed by the adapter
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_name"
ACCOUNT_FORMS = {
    "login": "communities.accounts.forms.StaffSignInForm",
    "reauthenticate": "communities.accounts.forms.PasswordAgainForm",
    "change_password": "communities.accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/10m/ip,5/10m/key"}  # five failures stop for ten minutes
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "communities.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "communities.accounts.forms.SecondFactorForm",
    "reauthenticate": "communities.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "communities.accounts.forms.ActivateTotpForm",
    "deactivate_totp": "communities.accounts.forms.DeactivateTotpForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ACCOUNT_CHANGE_EMAIL = MFA_PASSKEY_LOGIN_ENABLED = False
USERSESSIONS_TRACK_ACTIVITY = False  # communities.accounts.sessions keeps it, once a minute
SMS_SENDER = env.text("SMS_SENDER", "communities.accounts.sms.ConsoleSender")
SMS_DAILY_BUDGET = env.number("SMS_DAILY_BUDGET", 5000)
SMS_PER_ADDRESS = env.number("SMS_PER_ADDRESS", 20)
NOTICES = outward.notices()
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"  # never under a URL: files leave through views that check permission
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.flag("PORTAL_MANIFEST")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.flag("PORTAL_MANIFEST")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Background work: the rest of the worker's settings, which no deployment changes, is in portal/celery.py
CELERY_BROKER_URL, CELERY_TIMEZONE = places.broker_url(REDIS), TIME_ZONE
QUEUE_PREFIX = env.text("PORTAL_QUEUE_PREFIX")
TICK_SECONDS = env.number("PORTAL_TICK_SECONDS", 60)
_each_tick = {"schedule": float(TICK_SECONDS), "options": {"expires": max(TICK_SECONDS - 10, 1)}}
_minutely = [f"projects.{name}" for name in ("advance_due", "lapse_overdue", "conclude_ratings", "tend_polls", "keep_search")]
_four_times_a_day = ("projects.blend_ballots", "communities.keep_to_terms", "projects.rebuild_search", "projects.prove_sums",
                     "projects.forget_guests")
CELERY_BEAT_SCHEDULE = {
    **{name: {"task": name, **_each_tick} for name in (*_minutely, "communities.tell", "volunteers.tend")},
    **{name: {"task": name, "schedule": 6 * 3600.0} for name in _four_times_a_day},
    "communities.sweep": {"task": "communities.sweep", "schedule": 3600.0},
}

# Logs and figures
LOGGING = telemetry.logging_config(plain=env.flag("PORTAL_PLAIN_LOGS"), level=env.text("PORTAL_LOG_LEVEL", "INFO"))
telemetry.configure()
METRICS_TOKEN = env.text("METRICS_TOKEN")

# What the footer and the head of every page say (G1, G2, G7); blank items are hidden, and `check --deploy` names them
SITE = identity.site()
MAP_TILES = env.text("MAP_TILES")
MAP_APPROVAL = env.text("MAP_APPROVAL")  # 审图号
