"""All settings, each read from the environment once and documented in ``docs/operations.md``."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from huiyin import __version__
from huiyin.config import environment as env

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]

# Where this installation keeps what it must not lose.
HUIYIN_HOME = env.folder("HUIYIN_HOME", ROOT / "var" / "data")
HUIYIN_KEYS_DIR = env.folder("HUIYIN_KEYS_DIR", HUIYIN_HOME / "keys")
# The law as data: what came with the program (inside the package where it is installed as one), and the office's own.
PROCEDURES_SHIPPED = next(filter(Path.is_dir, (PACKAGE / "procedures", ROOT / "procedures")), ROOT / "procedures")
HUIYIN_RIGHTS_FILE = next(
    filter(Path.is_file, (PACKAGE / "rights" / "invariants.toml",)), ROOT / "rights" / "invariants.toml"
)
HUIYIN_PROCEDURES_DIR = env.folder("HUIYIN_PROCEDURES_DIR", HUIYIN_HOME / "procedures")
HUIYIN_VERSION = __version__
HUIYIN_PROFILE = env.text("HUIYIN_PROFILE", "development")  # development, demo, test or production
HUIYIN_STORY = env.flag("HUIYIN_STORY", HUIYIN_PROFILE in {"demo", "test"})
HUIYIN_STORY_FILE = HUIYIN_HOME / "story-days"  # how many days a story was moved on
HUIYIN_BASE_URL = env.text("HUIYIN_BASE_URL", "http://localhost:8000").rstrip("/")
HUIYIN_ORIGIN = env.text("HUIYIN_ORIGIN", (urlsplit(HUIYIN_BASE_URL).hostname or "localhost") + "/huiyin")
HUIYIN_SOURCE_URL = env.text("HUIYIN_SOURCE_URL", HUIYIN_BASE_URL + "/source/")
HUIYIN_EXIT_URL = env.text("HUIYIN_EXIT_URL", "https://www.weather.com.cn/")
HUIYIN_TRUSTED_PROXIES = env.words("HUIYIN_TRUSTED_PROXIES")
HUIYIN_RECEIVING_BODY = env.text("HUIYIN_RECEIVING_BODY", "")  # code; empty: the body that receives online
HUIYIN_EXTERNAL_SYSTEMS = env.words("HUIYIN_EXTERNAL_SYSTEMS")  # what the office calls the systems it also feeds
HUIYIN_PROCEDURE = env.text("HUIYIN_PROCEDURE", "cn-xinfang")
# Letters: fonts besides our own, which of them to use (text, headings), and the letterhead as a picture.
HUIYIN_FONTS_DIR = env.folder("HUIYIN_FONTS_DIR", HUIYIN_HOME / "fonts")
HUIYIN_LETTER_FONTS = env.words("HUIYIN_LETTER_FONTS")
HUIYIN_LETTERHEAD = env.text("HUIYIN_LETTERHEAD", "")
# Who of the staff must show a second factor: all, none, or roles. A demo asks nobody, and says so.
HUIYIN_SECOND_FACTOR = frozenset(
    env.words("HUIYIN_SECOND_FACTOR", ("all",) if HUIYIN_PROFILE == "production" else ("none",))
)
HUIYIN_IDLE_MINUTES = env.number("HUIYIN_IDLE_MINUTES", 60)  # after which a session of the desk ends
# Sign-in through another house (OpenID Connect): it maps to accounts that exist.
HUIYIN_OIDC_ISSUER = env.text("HUIYIN_OIDC_ISSUER", "")
HUIYIN_OIDC_CLIENT_ID = env.text("HUIYIN_OIDC_CLIENT_ID", "")
HUIYIN_OIDC_CLIENT_SECRET = env.text("HUIYIN_OIDC_CLIENT_SECRET", "")
HUIYIN_OIDC_CLAIM = env.text("HUIYIN_OIDC_CLAIM", "preferred_username")  # what holds our user name
HUIYIN_OIDC_NAME = env.text("HUIYIN_OIDC_NAME", "OpenID Connect")  # what officers call the other house
# Where a hole in the program's walls is reported: mailto: or https:, several by commas; stands in security.txt.
HUIYIN_SECURITY_CONTACT = env.words("HUIYIN_SECURITY_CONTACT")
# How long the words of an ended sealed matter are kept at least, before two people may erase them.
HUIYIN_RETENTION_YEARS = env.number("HUIYIN_RETENTION_YEARS", 10)
# Attachments, counted for each side of a matter; told to people before they choose.
HUIYIN_FILE_MEGABYTES = env.number("HUIYIN_FILE_MEGABYTES", 20)  # of one file
HUIYIN_FILES = env.number("HUIYIN_FILES", 20)  # files of one side
HUIYIN_FILES_MEGABYTES = env.number("HUIYIN_FILES_MEGABYTES", 100)  # of all files of one side
HUIYIN_FILES_DIR = env.folder("HUIYIN_FILES_DIR", HUIYIN_HOME / "files")
HUIYIN_FILES_BACKEND = env.text("HUIYIN_FILES_BACKEND", "huiyin.record.files.depot.DurableFolder")
HUIYIN_FILES_OPTIONS = env.pairs("HUIYIN_FILES_OPTIONS")  # name=value, for another backend
HUIYIN_DISK_RESERVE = env.number("HUIYIN_DISK_RESERVE", 512)  # megabytes kept free for text
HUIYIN_CLAMD = env.text("HUIYIN_CLAMD", "")  # unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310
# Outside bodies whose word on our signed roots is kept and shown: their verifier keys.
HUIYIN_WITNESSES = env.words("HUIYIN_WITNESSES")
HUIYIN_VERIFY_HOUR = env.number("HUIYIN_VERIFY_HOUR", 2)  # after this hour, local time, the whole ledger is checked
HUIYIN_EFFECTS = "huiyin.config.effects.EFFECTS"
HUIYIN_CODE_MOVED = "huiyin.stages.followup.actions.rating_goes_along"
HUIYIN_FOLLOWERS = "huiyin.config.effects.FOLLOWERS"

DEBUG = False
SECRET_KEY = env.text("HUIYIN_SECRET_KEY", secrets.token_urlsafe(48) if HUIYIN_PROFILE == "test" else "")
ALLOWED_HOSTS = env.words(
    "HUIYIN_ALLOWED_HOSTS", (urlsplit(HUIYIN_BASE_URL).hostname or "localhost", "127.0.0.1", "localhost")
)
CSRF_TRUSTED_ORIGINS = [HUIYIN_BASE_URL] if HUIYIN_BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "huiyin.ui",  # first, so that our words win over those of the packages
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "huiyin.record.ledger",
    "huiyin.record.approvals",
    "huiyin.record.bodies",
    "huiyin.record.entry",
    "huiyin.record.sealing",
    "huiyin.record.law",
    "huiyin.record.identity",
    "huiyin.record.files",
    "huiyin.record.cases",
    "huiyin.record.notices",
    "huiyin.stages.intake",
    "huiyin.stages.handling",
    "huiyin.stages.review",
    "huiyin.stages.followup",
    "huiyin.front.portal",
    "huiyin.front.transparency",
    "huiyin.front.desk",
    "huiyin.front.office",
    "huiyin.front.api",
    "huiyin.demo",
    "huiyin.config",
]

MIDDLEWARE = [
    # What stands on every answer comes first, so that it stands on answers of the others too, errors included.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.config.middleware.PlainAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "huiyin.config.middleware.Gates",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "huiyin.ui.context.site",
                "huiyin.front.desk.context.officer",
            ],
        },
    }
]

ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"

DATABASES = {
    "default": env.database("DATABASE_URL", HUIYIN_HOME / "huiyin.sqlite3"),
    "vault": env.database("VAULT_DATABASE_URL", HUIYIN_HOME / "vault.sqlite3"),
}
DATABASE_ROUTERS = ["huiyin.config.databases.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "bodies.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:day"

# Notices by mail: without a server they wait in the outbox.
MAIL = env.mail("EMAIL_URL")
HUIYIN_MAIL_IS_SET_UP = MAIL.is_set_up
HUIYIN_NOTICE_PAUSE = env.number("HUIYIN_NOTICE_PAUSE", 60)  # seconds in which what happens next joins a notice
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, MAIL.timeout
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starts_tls, MAIL.is_tls
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("HUIYIN_MAIL_FROM", "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = env.text("HUIYIN_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HUIYIN_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "attachments": {
        "BACKEND": HUIYIN_FILES_BACKEND,
        "OPTIONS": HUIYIN_FILES_OPTIONS
        or {"location": HUIYIN_FILES_DIR, "directory_permissions_mode": 0o700, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if HUIYIN_PROFILE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Over https every cookie carries the __Host- prefix: bound to this host, this path, never sent in clear.
HUIYIN_HTTPS = HUIYIN_BASE_URL.startswith("https://")
HUIYIN_COOKIE_PREFIX = "__Host-" if HUIYIN_HTTPS else ""
SESSION_ENGINE = "huiyin.record.entry.sessions"
SESSION_COOKIE_NAME = HUIYIN_COOKIE_PREFIX + "desk"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HUIYIN_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60  # seconds: one long shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = HUIYIN_COOKIE_PREFIX + "csrf"
LANGUAGE_COOKIE_NAME = HUIYIN_COOKIE_PREFIX + "language"
CSRF_FAILURE_VIEW = "huiyin.ui.errors.csrf_failure"
SECURE_SSL_REDIRECT = False  # the proxy in front speaks TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HUIYIN_TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HUIYIN_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would blank the Origin header that the CSRF check reads
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'none'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # bytes; 20,000 characters are at most 80,000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # a page that asks for fewer says so itself
FILE_UPLOAD_HANDLERS = ["huiyin.ui.uploads.InMemory"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["huiyin.front.api.json.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["huiyin.front.api.json.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "huiyin.front.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Huiyin API",
    "DESCRIPTION": "File a complaint, follow it, be answered. For officers' programs: queues, matters and moves.",
    "LICENSE": {"name": "AGPL-3.0-or-later"},
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["huiyin.front.api.description.known_names_only"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# No access log of ours carries an address, a name, a code or a query string.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"quiet": {"()": "huiyin.config.logs.WithoutContent"}},
    "handlers": {"console": {"class": "huiyin.config.logs.Console", "formatter": "plain", "filters": ["quiet"]}},
    "root": {"handlers": ["console"], "level": env.text("HUIYIN_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "fido2": {"level": "WARNING"},  # it would name each key
    },
}
