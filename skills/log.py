"""What is written to the site's log."""

import logging
from time import monotonic

ONCE_EVERY = 60.0  # seconds


class OnceAMinute(logging.Filter):
    """Lets the same sentence through once a minute, whatever stands in its gaps: for what each request may write."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[object, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if monotonic() - self._said_at.get(record.msg, float("-inf")) < ONCE_EVERY:
            return False
        self._said_at[record.msg] = monotonic()
        return True
