"""Importing this makes a site of one's own, on data that is gone afterwards. Import it before anything of `skills`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DATA_DIR = Path(mkdtemp(prefix="skill-reference-bench-"))
for name in ("DATABASE_URL", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "SITE_NAME", "PAGE_MEMORY"):
    os.environ.pop(name, None)
# For what is measured on PostgreSQL too: a database that is there for this alone.
if address := os.environ.pop("BENCH_DATABASE_URL", ""):
    os.environ["DATABASE_URL"] = address
os.environ.update(DATA_DIR=str(DATA_DIR), DJANGO_SETTINGS_MODULE="sfia_site.settings")
django.setup()


@contextmanager
def gone_afterwards() -> Iterator[None]:
    try:
        yield
    finally:
        rmtree(DATA_DIR)
