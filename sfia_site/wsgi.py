import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from skills.page_memory.layer import PageMemory
from skills.page_memory.revision import RevisionReader
from skills.page_memory.watch import ContentWatch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfia_site.settings")

application: Callable[..., Any] = get_wsgi_application()
if settings.PAGE_MEMORY:
    application = PageMemory(application, ContentWatch(RevisionReader))
