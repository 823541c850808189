import logging

from skills.log import OnceAMinute


def record(message, *gaps):
    return logging.LogRecord("skills", logging.WARNING, "", 0, message, gaps, None)


def test_a_sentence_is_let_through_once_a_minute_whatever_stands_in_its_gaps(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("skills.log.monotonic", lambda: now[0])
    seldom = OnceAMinute()
    assert seldom.filter(record("Gone for %d seconds", 1))
    assert not seldom.filter(record("Gone for %d seconds", 2))
    assert seldom.filter(record("Another sentence"))
    now[0] += 61
    assert seldom.filter(record("Gone for %d seconds", 62))
