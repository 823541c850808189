"""Where this site stands, as links to it from elsewhere name it."""

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """Scheme and host to link to: the public address, or that of the request where none is set."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
