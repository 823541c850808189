"""The site's settings, with what only tests need. The browser tests run the real server with the real ones."""

import atexit
import os
from tempfile import TemporaryDirectory

# What a developer has set for their own site is not what is tested; DATABASE_URL and PAGE_MEMORY count for tests too.
for name in ("ALLOWED_HOSTS", "DEBUG", "SECRET_KEY", "SITE_NAME", "SITE_URL", "TRUSTED_PROXY"):
    os.environ.pop(name, None)
data_dir = TemporaryDirectory(prefix="skill-reference-tests-")
atexit.register(data_dir.cleanup)
os.environ["DATA_DIR"] = data_dir.name

from sfia_site.settings import *  # noqa: E402

# WhiteNoise warns of a folder that is not there.
STATIC_ROOT.mkdir()
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
