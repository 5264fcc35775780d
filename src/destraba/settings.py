"""Everything that an installation decides comes from the environment; `docs/operations.md` lists it.

`DESTRABA_ENV` is one of `production` (the default, so that nothing is lax by accident), `demo`,
`development` and `test`.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from destraba.storage import home_folder, sqlite_options

ENV = Env()
PACKAGE = Path(__file__).resolve().parent

ENVIRONMENT = ENV.str("DESTRABA_ENV", "production")
if ENVIRONMENT not in {"production", "demo", "development", "test"}:
    raise ImproperlyConfigured(f"DESTRABA_ENV is '{ENVIRONMENT}': use production, demo, development or test.")
IS_PRODUCTION = ENVIRONMENT == "production"
IS_DEMO = ENVIRONMENT == "demo"
DEBUG = ENVIRONMENT == "development"

HOME = home_folder(ENV.str("DESTRABA_HOME", str(PACKAGE.parent.parent / "var")))

SHORTEST_SECRET = 32


def _secret_key() -> str:
    """The given secret; outside production, one made once and kept in the home folder."""
    given: str = ENV.str("DESTRABA_SECRET_KEY", "")
    if IS_PRODUCTION and 0 < len(given) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"DESTRABA_SECRET_KEY is too short to be a secret: give it {SHORTEST_SECRET} characters or more."
        )
    if given:
        return given
    if IS_PRODUCTION:
        raise ImproperlyConfigured(
            "DESTRABA_SECRET_KEY is missing: set it to a long random text that you keep, for instance "
            'the output of: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if ENVIRONMENT == "test":
        return "only-for-tests"
    kept = HOME / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
SITE_URL = ENV.str("DESTRABA_URL", "" if IS_PRODUCTION else f"http://localhost:{ENV.str('PORT', '8000')}")
ALLOWED_HOSTS: list[str] = ENV.list(
    "DESTRABA_HOSTS", [] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "destraba.apps.DestrabaConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "destraba.web.middleware.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "destraba.web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "destraba.urls"
WSGI_APPLICATION = "destraba.wsgi.application"

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "destraba.web.frame.frame",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "environment": "destraba.web.jinja.environment",
            "context_processors": _CONTEXT_PROCESSORS,
        },
    },
    {
        # Only for the accounts library, whose templates are written in Django's own language.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [PACKAGE / "templates_accounts"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]


def _database() -> dict[str, Any]:
    """The database that DESTRABA_DATABASE_URL names; a file in the home folder where it names none."""
    url: str = ENV.str("DESTRABA_DATABASE_URL", "")
    if url and urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DESTRABA_DATABASE_URL names no database that Destraba knows ({url.partition('://')[0]}): "
            "use postgres://user:password@host/name, or leave it out for SQLite in DESTRABA_HOME."
        )
    return dict(dj_database_url.parse(url or f"sqlite:///{HOME / 'destraba.sqlite3'}"))


DATABASES: dict[str, Any] = {"default": _database()}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].update(OPTIONS=sqlite_options(), CONN_MAX_AGE=60)
else:
    # As many connections as there are threads in a worker, and some to spare (`run`, operations.md).
    _POOL = {"timeout": 5, "min_size": 2, "max_size": 10}
    DATABASES["default"].update(OPTIONS={"pool": ENVIRONMENT != "test" and _POOL}, CONN_MAX_AGE=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "destraba.web.cache.OutspokenCache",
        "LOCATION": "destraba_cache",
        # Beyond it the cache forgets at random, counted tries to sign in among the rest.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "destraba.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if ENVIRONMENT == "test"
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "destraba.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {"user_token": "destraba.web.forms.accounts.OpenAccountForm"}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PRODUCTION else "http"
# How many proxies stand in front and append to X-Forwarded-For: whose tries are counted is read from there.
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.int("DESTRABA_PROXIES", 1 if IS_PRODUCTION else 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
# A GET writes nothing, so where a session was last seen is not followed.
USERSESSIONS_TRACK_ACTIVITY = False

# Without a mail server, mail is put into files that one can look at.
EMAIL_URL = urlsplit(ENV.str("DESTRABA_EMAIL_URL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_URL.hostname else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = EMAIL_URL.hostname or ""
# A server that says nothing for so many seconds is left: well within the two minutes that a worker has.
EMAIL_TIMEOUT = 15
# The demo sends nothing: what the outbox has is looked at on its page. None: as all other mail.
OUTBOX_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend" if IS_DEMO and not EMAIL_URL.hostname else None
)
EMAIL_USE_SSL = EMAIL_URL.scheme == "smtps"
EMAIL_USE_TLS = EMAIL_URL.scheme == "smtp+tls"
EMAIL_PORT = EMAIL_URL.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = unquote(EMAIL_URL.username or "")
EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.password or "")
DEFAULT_FROM_EMAIL = ENV.str("DESTRABA_FROM_EMAIL", "destraba@localhost")

LANGUAGE_CODE = ENV.str("DESTRABA_LANGUAGE", "es")
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.str("DESTRABA_TIME_ZONE", "America/Lima")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "destraba.web.static.HashedStaticFiles"
        if IS_PRODUCTION or IS_DEMO
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (IS_PRODUCTION or IS_DEMO)
WHITENOISE_AUTOREFRESH = DEBUG

FORM_RENDERER = "django.forms.renderers.Jinja2"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# An import may have as many rows as are read, with a box to tick for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "destraba.web.imports.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LIMIT = ENV.int("DESTRABA_UPLOAD_LIMIT", 25 * 1024 * 1024)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "destraba.web.views.errors.csrf_failure"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = ENV.bool("DESTRABA_HTTPS_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = ENV.int("DESTRABA_HSTS_SECONDS", 31536000)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOG_LEVEL = ENV.str("DESTRABA_LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
