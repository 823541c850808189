"""The site without its memory of texts: what a plain Django view costs that runs markdownify on each request."""

from collections.abc import Callable, Iterable
from typing import Any

from sfia_site.wsgi import application as site
from skills import prose


def application(environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    prose.as_html.cache_clear()
    return site(environment, start_response)
