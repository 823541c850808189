"""Somebody who uses the real server without a browser: for what many do at once, or while it is killed."""

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from xml.etree.ElementTree import Element

import html5lib

NAME, PASSWORD = "administrator", "not-a-common-one-7"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


class Visitor:
    """Somebody at a site that stands at `origin`; a redirect is an answer and is not followed."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _NoRedirect)

    def get(self, path: str) -> tuple[int, str]:
        return self._answer(Request(f"{self.origin}{path}"))

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        headers = {"Origin": self.origin, "Referer": f"{self.origin}{path}"}
        return self._answer(Request(f"{self.origin}{path}", urlencode(fields).encode(), headers))

    def sign_in(self, name: str = NAME, password: str = PASSWORD) -> "Visitor":
        fields = self.opened("/admin/login/?next=/admin/")
        status, _ = self.post("/admin/login/", fields | {"username": name, "password": password})
        assert status == 302
        return self

    def opened(self, path: str, form: str = "") -> dict[str, str]:
        """What the form at a path would send if it were sent as it is: the one with this id, or the page's main one."""
        status, page = self.get(path)
        assert status == 200, (path, status)
        return fields_in(page, form)

    def _answer(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()


def fields_in(page: str, form: str = "") -> dict[str, str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [element for element in tree.iter("form") if not form or element.attrib.get("id") == form]
    chosen = max(found, key=lambda element: len(list(element.iter())))
    fields: dict[str, str] = {}
    for element in chosen.iter():
        name = element.attrib.get("name", "")
        if element.tag == "textarea":
            fields[name] = element.text or ""
        elif element.tag == "select":
            fields[name] = _chosen(element)
        elif element.tag == "input" and _is_sent(element):
            fields[name] = element.attrib.get("value", "on")
    return fields


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    return next(
        (option.attrib["value"] for option in options if "selected" in option.attrib), options[0].attrib["value"]
    )


def _is_sent(field: Element) -> bool:
    kind = field.attrib.get("type", "text")
    return kind not in ("submit", "checkbox", "radio") or (kind in ("checkbox", "radio") and "checked" in field.attrib)
