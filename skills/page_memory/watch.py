"""What a process knows of the content's revision, without ever waiting for the database itself.

One thread asks for it once a second. Another looks after that one: where an answer does not come, as over a connection
that was lost without a word, it has a new thread ask over a new connection.
"""

import logging
from collections.abc import Callable, Hashable
from threading import Event, Lock, Thread, current_thread
from time import monotonic

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

ReadRevision = Callable[[], int | None]

EVERY = 1.0  # seconds
# A question that takes longer is given up.
LONGEST_QUESTION = 2.5  # seconds
# After so long without an answer the revision is out of date; after so long without a word, not even that it is out of
# order, nobody waits for the database any more.
PATIENCE = 5.0  # seconds

logger = logging.getLogger(__name__)


class ContentWatch:
    """The revision of the content, at most `every` seconds old while the database answers.

    `make_reader` makes what asks the database for it; that is called in one thread, and may raise what Django raises
    where the database does not answer.
    """

    def __init__(
        self,
        make_reader: Callable[[], ReadRevision],
        *,
        every: float = EVERY,
        longest_question: float = LONGEST_QUESTION,
        patience: float = PATIENCE,
    ) -> None:
        self.revision: Hashable = None
        """Another object for each revision and each day, since some pages show the date; None while it is unknown."""
        self.has_begun = False
        self._make_reader = make_reader
        self._every, self._longest_question, self._patience = every, longest_question, patience
        self._lock, self._over = Lock(), Event()
        self._looking_after: Thread | None = None
        self._asking: Thread | None = None
        self._asked_at = self._answered_at = self._heard_at = monotonic()
        self._times_silent = 0

    def begin(self) -> None:
        """Unless it has begun in this very process: threads do not outlive a fork."""
        with self._lock:
            if self._looking_after is None or not self._looking_after.is_alive():
                self._answered_at = self._heard_at = monotonic()
                self._asking = None
                self._looking_after = Thread(target=self._look_after, name="content-watch", daemon=True)
                self._looking_after.start()
            self.has_begun = True

    def close(self) -> None:
        self._over.set()

    def forget(self) -> None:
        """Say no revision until there is an answer again: others reach the database, so that it may have changed."""
        self.revision = None

    @property
    def silence(self) -> float:
        """For how many seconds the database has not answered."""
        return monotonic() - self._answered_at

    @property
    def is_silent(self) -> bool:
        return monotonic() - self._answered_at > self._patience

    @property
    def hangs(self) -> bool:
        """Whether the database says nothing at all, so that whoever asks it would wait."""
        return self._asking is not None and monotonic() - self._heard_at > self._patience

    def _look_after(self) -> None:
        while True:
            lasts = monotonic() - self._asked_at
            if self._asking is None or not self._asking.is_alive() or lasts > self._longest_question:
                self._asked_at = monotonic()
                self._asking = Thread(target=self._ask_again_and_again, name="content-revision", daemon=True)
                self._asking.start()
            if self.is_silent:
                logger.warning(
                    "The database has not answered for %d seconds. Pages in memory are shown for %d.",
                    self.silence,
                    settings.PAGE_MEMORY_WITHOUT_DATABASE,
                )
            if self._over.wait(self._every):
                return

    def _ask_again_and_again(self) -> None:
        read = self._make_reader()
        while self._asking is current_thread():
            self._asked_at = began = monotonic()
            self._ask(read)
            if self._over.wait(max(0.0, began + self._every - monotonic())):
                return

    def _ask(self, read: ReadRevision) -> None:
        began = monotonic()
        try:
            number = read()
        except (OperationalError, InterfaceError) as error:
            logger.warning("The content's revision is not to be had: %s", str(error).partition("\n")[0])
            if monotonic() - began < self._every:
                self._heard_at = monotonic()
            return
        # Whatever else goes wrong, the thread goes on asking.
        except Exception:
            logger.exception("The content's revision cannot be read, so no page is kept in memory.")
            number = None
        # Whoever was given up says nothing any more, for others have asked since.
        if self._asking is current_thread():
            self._turn_to(number, asked_at=began)

    def _turn_to(self, number: int | None, *, asked_at: float) -> None:
        if number is None:
            logger.warning("The database does not say when a page has changed, so no page is kept in memory.")
        if self.is_silent:
            # Another server may have taken its place, with a number that is the same by chance.
            self._times_silent += 1
        revision = None if number is None else (number, timezone.localdate(), self._times_silent)
        if revision != self.revision:
            self.revision = revision
        self._answered_at, self._heard_at = asked_at, monotonic()
