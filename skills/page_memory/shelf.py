"""Where pages are kept: in so many bytes, and under one revision of the content."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from django.conf import settings

from .page import Page

Key = tuple[str, ...]
"""What an answer depends on beside the content: scheme, host, path, query and encoding.

An address has one type, for each twin of a page has an address of its own; what varies on more than this is not kept.
"""


class Shelf:
    """Pages in so many bytes. When there is no room, those go that nobody has asked for since there last was none."""

    def __init__(self, most_bytes: int) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes, self._most_bytes = 0, most_bytes
        self._lock = Lock()
        self.get = self._pages.get

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            if key in self._pages:
                self._bytes -= _size(key, self._pages.pop(key))
            self._pages[key] = page
            self._bytes += _size(key, page)
            while self._bytes > self._most_bytes:
                oldest, page = self._pages.popitem(last=False)
                if page.is_asked_for:
                    page.is_asked_for = False
                    self._pages[oldest] = page
                else:
                    self._bytes -= _size(oldest, page)


class Shelves:
    """All pages of one revision of the content. Of an unknown one, None, there are none."""

    def __init__(self, revision: Hashable) -> None:
        self.revision = revision
        most_bytes = settings.PAGE_MEMORY_BYTES if revision is not None else 0
        self.pages = Shelf(most_bytes * 3 // 4)
        # Of queries, and of hosts where ALLOWED_HOSTS has a wildcard, there are any number: they push out each other.
        self.variants = Shelf(most_bytes // 4)


def _size(key: Key, page: Page) -> int:
    return sum(map(len, key)) + page.size
