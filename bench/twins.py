"""Other applications on the server that the site runs on, to compare it with: `python bench/twins.py NAME THREADS`.

`bare` answers with the bytes and the headers of a file, and does nothing else. `markdown` is the site without its
memory, and without that of the texts: what a plain Django view costs that runs markdownify on each request.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def bare() -> Application:
    status, headers, body = pickle.loads(Path(os.environ["BARE_ANSWER"]).read_bytes())

    def application(environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response(status, headers)
        return [body]

    return application


def markdown() -> Application:
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - `bare` is to hold nothing of Django

    django = get_wsgi_application()
    from skills import prose  # noqa: PLC0415

    def application(environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        prose.as_html.cache_clear()
        return django(environment, start_response)

    return application


def main(name: str, threads: str) -> None:
    server = Granian(
        name,
        address=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(threads),
        log_level=LogLevels.warning,
    )
    server.serve(target_loader={"bare": bare, "markdown": markdown}[name], wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
