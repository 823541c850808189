"""A fetched page, for asserting on its elements."""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse


@lru_cache
def parsed(html: str) -> Element:
    """The elements of a page, which no test may change: the next may look at the same. Raises where it is invalid."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


class Page:
    def __init__(self, response: HttpResponse, root: Element) -> None:
        self.response = response
        self.root = root

    def all(self, path: str) -> list[Element]:
        """Elements by an ElementTree path such as ".//main//h3" or ".//section[@id='guidance-notes']"."""
        return self.root.findall(path)

    def one(self, path: str) -> Element:
        found = self.all(path)
        assert len(found) == 1, (path, len(found))
        return found[0]

    def text(self, path: str) -> str:
        return words_of(self.one(path))

    def texts(self, path: str) -> list[str]:
        return [words_of(element) for element in self.all(path)]

    def links(self, path: str = ".//a") -> Iterator[str]:
        return (element.attrib["href"] for element in self.all(path))

    def meta(self, name: str) -> str:
        return self.one(f".//meta[@name='{name}']").attrib["content"]

    def open_graph(self, name: str) -> str:
        return self.one(f".//head/meta[@property='og:{name}']").attrib["content"]

    @property
    def canonical(self) -> str:
        return self.one(".//link[@rel='canonical']").attrib["href"]


def words_of(element: Element) -> str:
    """What stands in an element, with white space as a browser shows it."""
    return " ".join("".join(element.itertext()).split())
