import os
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from sfia_site import environment


@pytest.fixture
def given(monkeypatch):
    """Sets the variable NAME."""

    def give(value: str) -> None:
        monkeypatch.setenv("NAME", value)

    monkeypatch.delenv("NAME", raising=False)
    return give


def assert_refused(read, *words: str) -> None:
    """The sentence begins with the variable's name, ends with a full stop and has these words in it."""
    with pytest.raises(ImproperlyConfigured) as refusal:
        read()
    sentence = str(refusal.value)
    assert sentence.startswith("NAME is ")
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence


@pytest.mark.parametrize(("value", "text"), [("Our skills", "Our skills"), ("  a b ", "a b"), ("", "x"), ("  ", "x")])
def test_a_text_is_taken_without_white_space_round_it_or_else_the_default(given, value, text):
    given(value)
    assert environment.text("NAME", "x") == text


def test_a_text_that_is_not_set_is_the_default(given):
    assert environment.text("NAME", "x") == "x"


@pytest.mark.parametrize("value", ["on", "ON", "true", "True", "yes", "1", " on "])
def test_a_flag_is_on(given, value):
    given(value)
    assert environment.flag("NAME", default=False) is True


@pytest.mark.parametrize("value", ["off", "OFF", "false", "no", "0"])
def test_a_flag_is_off(given, value):
    given(value)
    assert environment.flag("NAME", default=True) is False


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("value", ["", " "])
def test_a_flag_that_is_set_to_nothing_is_the_default(given, value, default):
    given(value)
    assert environment.flag("NAME", default=default) is default


@pytest.mark.parametrize("value", ["maybe", "2", "onn", "o n", "None"])
def test_a_flag_that_is_not_understood_is_refused(given, value):
    given(value)
    assert_refused(lambda: environment.flag("NAME", default=False), f'"{value.lower()}"', '"on" or "off"')


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("64", 64), (" 8 ", 8), ("007", 7), ("", 5)])
def test_a_whole_number_within_its_bounds_is_taken(given, value, number):
    given(value)
    assert environment.whole_number("NAME", 5, least=1, most=64) == number


@pytest.mark.parametrize("value", ["abc", "0", "65", "-1", "+1", "1.5", "1e1", "1_0", "1 0", "٣", "²", "9" * 5000])
def test_a_whole_number_that_is_none_or_out_of_bounds_is_refused(given, value):
    given(value)
    assert_refused(lambda: environment.whole_number("NAME", 5, least=1, most=64), f'"{value}"', "from 1 to 64")


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("skills.example.org", ["skills.example.org"]),
        ("a.example, b.example c.example,", ["a.example", "b.example", "c.example"]),
        ("*", ["*"]),
        (".example.org", [".example.org"]),
        ("10.0.0.1 [2001:db8::1]", ["10.0.0.1", "[2001:db8::1]"]),
        ("", ["localhost"]),
        (" , ", ["localhost"]),
    ],
)
def test_hosts_are_parted_by_commas_or_spaces(given, value, hosts):
    given(value)
    assert environment.hosts("NAME", ["localhost"]) == hosts


@pytest.mark.parametrize(
    "value",
    [
        *(
            "https://x",
            "x:8000",
            "x/y",
            "*.example.org",
            "a..b",
            "2001:db8::1",
            "[::1",
            ".[::1]",
            "..x",
            "-é-",
            "x?",
            '"x"',
        ),
    ],
)
def test_a_host_that_is_none_is_refused_by_name(given, value):
    given(f"good.example {value}")
    assert_refused(lambda: environment.hosts("NAME", []), f'"{value}"', "without scheme and port")


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("https://skills.example.org", "https://skills.example.org"),
        ("http://skills.example.org/", "http://skills.example.org"),
        ("http://10.0.0.1:8000", "http://10.0.0.1:8000"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://skills_1", "http://skills_1"),
        ("", ""),
    ],
)
def test_an_origin_is_a_scheme_and_a_host(given, value, origin):
    given(value)
    assert environment.origin("NAME") == origin


@pytest.mark.parametrize(
    "value",
    [
        *(
            "example.org",
            "//example.org",
            "ftp://example.org",
            "HTTPS://example.org",
            "https:example.org",
            "localhost:8000",
        ),
        *(
            "https://",
            "https://x/skills",
            "https://x?a=b",
            "https://x#a",
            "https://u:p@x",
            "https://x:0",
            "https://x:abc",
        ),
        *("https://x:99999", "https://[::1", "https://*", "https://.x", "https://a b", "https://bücher.example"),
    ],
)
def test_an_origin_that_is_none_is_refused(given, value):
    given(value)
    assert_refused(lambda: environment.origin("NAME"), f'"{value.rstrip("/")}"', "https://skills.example.org")


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("https://Skills.Example.org:8443", "skills.example.org"),
        ("http://[2001:db8::1]:8000", "[2001:db8::1]"),
        ("", ""),
    ],
)
def test_the_host_of_a_site_has_no_port(site, host):
    assert environment.host_of(site) == host


def test_a_folder_that_is_not_set_is_made_where_the_default_is(given, tmp_path):
    assert environment.directory("NAME", tmp_path / "a" / "var") == tmp_path / "a" / "var"
    assert (tmp_path / "a" / "var").is_dir()


def test_a_folder_may_be_given_whole(given, tmp_path):
    given(str(tmp_path / "b"))
    assert environment.directory("NAME", tmp_path / "var") == tmp_path / "b"
    assert (tmp_path / "b").is_dir()


def test_a_relative_folder_stands_beside_the_default(given, tmp_path):
    given("var/demo")
    assert environment.directory("NAME", tmp_path / "var") == tmp_path / "var" / "demo"


@pytest.mark.parametrize("value", ["file", "file/var"])
def test_a_folder_that_cannot_be_made_is_refused(given, tmp_path, value):
    (tmp_path / "file").touch()
    given(value)
    assert_refused(lambda: environment.directory("NAME", tmp_path / "var"), str(tmp_path / value), "cannot be made")


def test_the_database_is_a_file_unless_its_address_is_given(given, tmp_path):
    assert environment.database("NAME", sqlite=tmp_path / "db") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "db"),
    }


def test_a_database_may_be_given_by_its_address(given, tmp_path):
    given("postgres://reader:pass%2Fword@db.example:5433/skills")
    database = environment.database("NAME", sqlite=tmp_path / "db")
    parts = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [database[part] for part in parts] == [
        *("django.db.backends.postgresql", "reader", "pass/word", "db.example", 5433, "skills"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        *(
            "nonsense",
            "secret@db/skills",
            "nosuch://reader:secret@db/skills",
            "postgres://reader:secret@db:port/skills",
        ),
        *("postgres://reader:secret/word@db/skills", "postgres://reader:secret[word@db/skills"),
    ],
)
def test_a_database_address_that_is_none_is_refused_without_its_password(given, tmp_path, value):
    given(value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.database("NAME", sqlite=tmp_path / "db")
    assert str(refusal.value) == "NAME is not an address of a database such as postgres://user:password@host/name."


def test_a_secret_that_is_given_is_kept_nowhere(given, tmp_path):
    given("given")
    assert environment.secret("NAME", kept_in=tmp_path / "secret") == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_is_the_same_afterwards(given, tmp_path):
    made = environment.secret("NAME", kept_in=tmp_path / "secret")
    assert len(made) >= 50
    assert environment.secret("NAME", kept_in=tmp_path / "secret") == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_another_folder_has_another_secret(given, tmp_path):
    assert environment.secret("NAME", kept_in=tmp_path / "a") != environment.secret("NAME", kept_in=tmp_path / "b")


def test_only_its_owner_can_read_a_secret(given, tmp_path):
    mask = os.umask(0)
    try:
        environment.secret("NAME", kept_in=tmp_path / "secret")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_secret_is_refused(given, tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    assert_refused(lambda: environment.secret("NAME", kept_in=tmp_path / "secret"), f"{tmp_path}/secret is empty")


def test_a_secret_that_is_no_text_is_refused(given, tmp_path):
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    assert_refused(lambda: environment.secret("NAME", kept_in=tmp_path / "secret"), f"{tmp_path}/secret cannot be read")


def test_a_secret_that_cannot_be_read_is_refused(given, tmp_path):
    (tmp_path / "secret").mkdir()
    assert_refused(lambda: environment.secret("NAME", kept_in=tmp_path / "secret"), f"{tmp_path}/secret cannot be read")


def test_a_secret_that_cannot_be_kept_is_refused(given, tmp_path):
    assert_refused(lambda: environment.secret("NAME", kept_in=tmp_path / "gone" / "secret"), "cannot be read or made")
