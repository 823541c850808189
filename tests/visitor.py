"""Somebody who uses the real server without a browser: for what many do at once, or while it is killed."""

from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

NAME, PASSWORD = "administrator", "not-a-common-one-7"
# Of a session in which the administrator of `prepared` has signed in.
SESSION = "administrator-is-here"


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
    """What the form with this id would send as it is, or the one with most fields."""
    reader = _Forms()
    reader.feed(page)
    found = [fields for identifier, fields in reader.forms if not form or identifier == form]
    return max(found, key=len)


class _Forms(HTMLParser):
    """The forms of a page, each with its id: a parser as strict as a browser would take longer than the server."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._text, self._select = "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append((given.get("id", ""), {}))
        if not self.forms:
            return
        fields, name = self.forms[-1][1], given.get("name", "")
        if tag == "input" and self._is_sent(given):
            fields[name] = given.get("value", "on")
        elif tag == "textarea":
            self._text, fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in fields or "selected" in given):
            fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            fields = self.forms[-1][1]
            # As in a browser: the line break behind the opening tag is none of the text.
            fields[self._text] = fields[self._text].removeprefix("\n")
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][1][self._text] += data

    def _is_sent(self, given: dict[str, str]) -> bool:
        kind = given.get("type", "text")
        return kind not in ("submit", "checkbox", "radio") or (kind != "submit" and "checked" in given)
