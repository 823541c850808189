"""Django's settings. What an installation may change comes from the environment; the README lists it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.directory("DATA_DIR", BASE_DIR / "var")

# The site and who may reach it

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret("SECRET_KEY", kept_in=DATA_DIR / "secret_key")
SITE_NAME = environment.text("SITE_NAME", "Skill reference")
SITE_URL = environment.origin("SITE_URL")
TRUSTED_PROXY = environment.flag("TRUSTED_PROXY", default=False)
LOCAL_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", [*LOCAL_HOSTS, *filter(None, [environment.host_of(SITE_URL)])])
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.whole_number("PORT", 8000, least=1, most=65535)
WORKERS = environment.whole_number("WORKERS", 1, least=1, most=64)

# The application

INSTALLED_APPS = [
    "skills",
    "skills.apps.FrameworkAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
]
# The security headers come first, so that static files, redirects and errors carry them too.
MIDDLEWARE = [
    "skills.middleware.ContentSecurityPolicyMiddleware",
    "skills.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "skills.middleware.DatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "skills.middleware.OneAddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sfia_site.urls"
WSGI_APPLICATION = "sfia_site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Widgets have templates of ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# Data

DATABASES: dict[str, Any] = {"default": environment.database("DATABASE_URL", sqlite=DATA_DIR / "db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A transaction that writes queues at its start, so that it cannot fail half-way because another was faster.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        **DATABASES["default"].get("OPTIONS", {}),
    }
else:
    # A server that is gone would otherwise be waited for as long as the system has patience: minutes, and even hours.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Records are found by their revision, never by their date.
SIMPLE_HISTORY_DATE_INDEX = False
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Texts: Markdown, shown by skills.prose alone, which reads these profiles by name

LONGEST_TEXT = 10_000  # characters
# Headings in a text stand one step below the heading that the text stands under, so there is a profile for each rank.
PROSE_PROFILES = {1: "under-h1", 2: "under-h2", 3: "under-h3"}
MARKDOWNIFY: dict[str, dict[str, Any]] = {
    profile: {
        "MARKDOWN_EXTENSIONS": ["sane_lists", "tables", "toc"],
        "MARKDOWN_EXTENSION_CONFIGS": {"toc": {"baselevel": heading + 1, "marker": ""}},
        "WHITELIST_TAGS": [
            *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
            *("strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td"),
        ],
        "WHITELIST_ATTRS": {"a": ["href", "title"], "ol": ["start"]},
        "WHITELIST_STYLES": [],
        "WHITELIST_PROTOCOLS": ["http", "https", "mailto"],
        # A tag that is not allowed is shown as it was written, so that nobody's words go missing.
        "STRIP": False,
        "BLEACH": True,
        # Otherwise "ASP.NET" becomes a link.
        "LINKIFY_TEXT": {"PARSE_URLS": False},
    }
    for heading, profile in PROSE_PROFILES.items()
}

# What a skill answers that an edition has no more: its page either way, as a page that is there or as one that is gone
RETIRED_STATUS = int(environment.one_of("RETIRED_STATUS", "200", "410"))

# Pages from memory: see skills.page_memory. Whoever changes templates wants to see them.

PAGE_MEMORY = environment.flag("PAGE_MEMORY", default=not DEBUG)
PAGE_MEMORY_BYTES = environment.whole_number("PAGE_MEMORY_MEGABYTES", 24, least=1, most=4096) * 1_048_576
PAGE_MEMORY_WITHOUT_DATABASE = 60 * environment.whole_number(
    "PAGE_MEMORY_MINUTES_WITHOUT_DATABASE", 10, least=0, most=10_080
)  # seconds

# Uploads

FILE_UPLOAD_HANDLERS = [
    "skills.admin.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Static files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Security

# The name and the form that Django 6 gives this setting.
SECURE_CSP = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
PERMISSIONS_POLICY = {
    "camera": [],
    "clipboard-write": ["self"],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
IS_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_SSL_HOST = SITE_URL.removeprefix("https://") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Browsers ignore this header on plain http and complain about it in their console.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if IS_HTTPS else None
CSRF_FAILURE_VIEW = "skills.admin.sign_in.form_refused"
SILENCED_SYSTEM_CHECKS = [
    # HSTS for all subdomains and on the browsers' preload lists: an organisation's other hosts are not ours to change.
    "security.W005",
    "security.W021",
]

# Signing in: five failures lock a name out at an address

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Otherwise each attempt while locked out would begin the wait anew, and the page could not say how long it is.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "skills.admin.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "skills.admin.sign_in.locked_out"
# Who signed in from where and when is nobody's business here.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"once a minute": {"()": "skills.log.OnceAMinute"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django would post errors to administrators by mail and, without DEBUG, write them nowhere.
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A line for each mistyped address would bury the rest.
        "django.request": {"level": "ERROR"},
        # So would a traceback for each wrong host, and for a thousand parameters, of which scanners send many. The page
        # in answer says what is wrong.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.security.TooManyFieldsSent": {"handlers": ["nowhere"], "propagate": False},
        # And a line for each request while the database is away.
        "skills.page_memory.watch": {"filters": ["once a minute"]},
        "skills.views.errors": {"filters": ["once a minute"]},
        # And a line for each mistyped password, with the name and the address starred out.
        "axes": {"level": "ERROR"},
    },
}
