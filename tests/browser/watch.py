"""What a browser complains about, and what must therefore fail a test."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `Content Security Policy: ${event.effectiveDirective} refused ${event.blockedURI} in ${event.sourceFile}`
));
"""


@dataclass
class Watch:
    complaints: list[str] = field(default_factory=list)
    expected: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def expect_status(self, address: str, status: int) -> None:
        """Have the test fail unless this address answers with this status, an error that it is about."""
        self.expected[address] = status

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("requestfailed", self._on_request_failed)
        context.on("response", self._on_response)
        return context

    def all_complaints(self) -> list[str]:
        missing = sorted(self.expected.keys() - self.answered)
        return [*self.complaints, *(f"never answered {self.expected[address]}: {address}" for address in missing)]

    def _on_console(self, message: ConsoleMessage) -> None:
        address = message.location["url"].partition("#")[0]
        is_expected = "Failed to load resource" in message.text and address in self.expected
        if message.type in ("error", "warning") and not is_expected:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _on_request_failed(self, request: Request) -> None:
        # The browser itself drops what is still on its way, a favicon perhaps, when the reader goes to another page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if self.expected.get(response.url) == response.status:
            self.answered.add(response.url)
        elif response.status >= 400:
            self.complaints.append(f"status {response.status}: {response.url}")
