import ctypes
import signal
import socket
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from skills.page_memory.layer import MOST_IN_DJANGO

# One interpreter lock serves all threads of a worker: more of them only wait, each with its memory and connection.
THREADS = MOST_IN_DJANGO + 1
PR_SET_PDEATHSIG = 1  # linux/prctl.h
M_ARENA_MAX = -8  # malloc.h of the GNU C library; elsewhere there is no such function, or it does nothing


class Server(Granian):  # type: ignore[misc, valid-type]
    """granian, which stops whenever it is told to.

    Where its worker is told so too, as by Ctrl+C or systemd, granian 2.8 may take that for a failure, and in replacing
    the worker clear the mark that was to wake it up in the same moment: it would wait for ever.
    """

    def signal_handler_interrupt(self, *arguments: Any, **options: Any) -> None:
        self.interrupt_signal = True
        # From another thread, since the one that was interrupted may hold the lock of the mark.
        threading.Thread(target=self._wake_up, daemon=True).start()

    def _wake_up(self) -> None:
        while True:
            self.main_loop_interrupt.set()
            time.sleep(0.1)


class Command(BaseCommand):
    help = "Prepares the site and serves it with the production server, at HOST and PORT, with WORKERS processes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the invented edition too, as the current one")

    def handle(self, *, demo: bool, **options: Any) -> None:
        address = free_address()
        call_command("prepare", demo=demo, stdout=self.stdout)
        server = Server(
            settings.WSGI_APPLICATION,
            address=address,
            port=settings.PORT,
            interface=Interfaces.WSGI,
            workers=settings.WORKERS,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        server.on_startup(self.say_address)
        server.serve(target_loader=load_application, wrap_loader=False)

    def say_address(self) -> None:
        if settings.IS_HTTPS and not settings.TRUSTED_PROXY:
            self.stdout.write(
                "SITE_URL begins with https, but TRUSTED_PROXY is off: each page will redirect to https for ever. "
                "Set TRUSTED_PROXY=on if a proxy in front of this site speaks https."
            )
        if settings.SITE_URL:
            self.stdout.write(f"The public address is {settings.SITE_URL}/")
        self.stdout.write(f"Serving http://{name_to_open()}:{settings.PORT}/ (Ctrl+C stops it)")
        self.stdout.flush()


def load_application() -> Any:
    """The application, in a worker process, which from now on ends when the main process is killed.

    Otherwise it would keep the port, and the next start would fail. Its threads, of which one runs at a time, share one
    heap: with one each, what the largest pages took stays with every thread.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if hasattr(library, "mallopt"):
            library.mallopt(M_ARENA_MAX, 1)
    return import_string(settings.WSGI_APPLICATION)


def free_address() -> str:
    """The IP address of HOST, at which PORT is free. Raises `CommandError`.

    granian shares a port with whoever else shares theirs, so a second server would start and take half the requests.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {settings.HOST}, port {settings.PORT}: {error.strerror or error}. "
            "HOST and PORT choose another place, for example: make run PORT=8001"
        ) from error
    return str(address[0])


def name_to_open() -> str:
    """A host that a browser on this machine or near it can ask for, and that the site answers to."""
    if settings.HOST not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    named = (host for host in settings.ALLOWED_HOSTS if host != "*" and not host.startswith("."))
    return next(named, "localhost")
