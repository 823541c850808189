"""The settings as each environment makes them, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BASE_DIR = Path(__file__).resolve().parents[2]
HTTPS = "https://skills.example.org"
# What Django makes of a request for "/", before any page is asked.
ANSWER = """
import json
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
request = RequestFactory().get("/", headers={headers})
response = SecurityMiddleware(lambda request: HttpResponse())(request)
print(json.dumps([request.is_secure(), request.get_host(), response.status_code, dict(response.headers)]))
"""
# As many processes do at their start, over and over, since it is a matter of chance who comes first.
MAKE_SECRETS = """
import os
from pathlib import Path
from sfia_site import environment
folder = Path(os.environ["DATA_DIR"])
print("ready", flush=True)
while not (folder / "go").exists():
    pass
print([environment.secret("NAME", kept_in=folder / str(number)) + f"-{number}" for number in range(200)])
"""


@pytest.fixture
def start(tmp_path):
    """Starts Python on the site, in an environment of these variables and nothing else."""

    def start_with(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([sys.executable, *arguments], cwd=BASE_DIR, env=environment, text=True, **pipes)

    return start_with


@pytest.fixture
def run(start):
    def run_with(*arguments: str, **variables: str) -> tuple[int, str, str]:
        """The exit status, what was said and what was complained about."""
        with start(*arguments, **variables) as process:
            said, complaints = process.communicate(timeout=60)
        return process.returncode, said, complaints

    return run_with


@pytest.fixture
def setting(run):
    """The values of settings, by name."""

    def read(*names: str, **variables: str) -> Any:
        code = (
            f"import json; from sfia_site import settings; print(json.dumps([getattr(settings, n) for n in {names}]))"
        )
        status, said, complaints = run("-c", code, **variables)
        assert status == 0, complaints
        return json.loads(said)

    return read


@pytest.fixture
def answer(run):
    def ask(*, headers: dict[str, str] | None = None, **variables: str) -> list[Any]:
        """Whether the request counts as secure, its host, and the status and headers of the answer."""
        code = ANSWER.replace("{headers}", repr({"Host": "localhost", **(headers or {})}))
        # The middleware asks the settings alone, and making the applications ready would take most of the time.
        status, said, complaints = run("-c", code, DJANGO_SETTINGS_MODULE="sfia_site.settings", **variables)
        assert status == 0, complaints
        return json.loads(said)

    return ask


def test_a_site_on_https_passes_the_check_for_deployment_without_a_warning(run):
    status, said, complaints = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", SITE_URL=HTTPS)
    assert (status, complaints) == (0, "")
    assert said == "System check identified no issues (2 silenced).\n"


def test_a_site_on_https_has_cookies_that_only_https_carries(setting):
    assert setting("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", SITE_URL=HTTPS) == [True, True]


def test_a_site_on_https_leads_there(answer):
    _, _, status, headers = answer(SITE_URL=HTTPS)
    assert (status, headers["Location"]) == (301, f"{HTTPS}/")


def test_a_site_on_https_asks_browsers_to_stay_there_for_its_own_host_alone(answer):
    _, _, status, headers = answer(SITE_URL=HTTPS, TRUSTED_PROXY="on", headers={"X-Forwarded-Proto": "https"})
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")


def test_a_site_on_https_trusts_forms_from_itself(setting):
    assert setting("CSRF_TRUSTED_ORIGINS", SITE_URL=f"{HTTPS}:8443/") == [[f"{HTTPS}:8443"]]


@pytest.mark.parametrize("variables", [{}, {"SITE_URL": "http://skills.example.org"}])
def test_a_site_on_plain_http_has_cookies_that_work_there(setting, variables):
    assert setting("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", **variables) == [False, False]


@pytest.mark.parametrize("variables", [{}, {"SITE_URL": "http://skills.example.org"}])
def test_a_site_on_plain_http_leads_nowhere_else(answer, variables):
    _, _, status, headers = answer(**variables)
    assert status == 200
    assert "Cross-Origin-Opener-Policy" not in headers


def test_a_site_without_https_never_asks_browsers_to_stay_on_it(answer):
    is_secure, _, _, headers = answer(TRUSTED_PROXY="on", headers={"X-Forwarded-Proto": "https"})
    assert is_secure
    assert "Strict-Transport-Security" not in headers


def test_a_site_answers_to_local_names(setting):
    assert setting("ALLOWED_HOSTS") == [["localhost", ".localhost", "127.0.0.1", "[::1]"]]


@pytest.mark.parametrize("name", ["localhost:8000", "demo.localhost", "127.0.0.1:8001", "[::1]:8000"])
def test_each_spelling_of_a_local_name_is_answered(answer, name):
    assert answer(headers={"Host": name})[1] == name


def test_a_site_answers_to_the_host_of_its_address_too(setting):
    assert setting("ALLOWED_HOSTS", SITE_URL=f"{HTTPS}:8443")[0][4:] == ["skills.example.org"]


def test_given_hosts_take_the_place_of_the_others(setting):
    assert setting("ALLOWED_HOSTS", SITE_URL=HTTPS, ALLOWED_HOSTS="a.example") == [["a.example"]]


@pytest.mark.parametrize(("trusted", "is_secure", "host"), [("off", False, "localhost"), ("on", True, "a.localhost")])
def test_what_a_proxy_says_is_believed_only_of_a_trusted_one(answer, trusted, is_secure, host):
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.localhost"}
    assert answer(TRUSTED_PROXY=trusted, headers=said)[:2] == [is_secure, host]


def test_nothing_a_trusted_proxy_leaves_out_counts_as_https(answer):
    assert answer(TRUSTED_PROXY="on", headers={"X-Forwarded-Proto": "http"})[0] is False


def test_nothing_need_be_set(setting):
    assert setting("DEBUG", "HOST", "PORT", "WORKERS", "SITE_URL") == [False, "127.0.0.1", 8000, 1, ""]


def test_a_database_that_is_a_file_waits_for_others_and_writes_ahead(setting, tmp_path):
    (databases,) = setting("DATABASES")
    assert databases["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in databases["default"]["OPTIONS"]["init_command"]


def test_a_database_on_a_server_has_none_of_the_options_of_a_file(setting):
    (databases,) = setting("DATABASES", DATABASE_URL="postgres://reader:word@db.example/skills")
    assert "transaction_mode" not in databases["default"]["OPTIONS"]
    assert databases["default"]["OPTIONS"]["connect_timeout"] == 5


def test_processes_that_start_at_once_have_one_secret(start, tmp_path):
    processes = [start("-c", MAKE_SECRETS) for _ in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    secrets = {process.communicate(timeout=60)[0] for process in processes}
    assert len(secrets) == 1
    assert "-199" in secrets.pop()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("RETIRED_STATUS", "404"),
        ("WORKERS", "0"),
        ("DEBUG", "maybe"),
        ("TRUSTED_PROXY", "perhaps"),
        ("SITE_URL", "example.org"),
        ("ALLOWED_HOSTS", "https://x"),
    ],
)
def test_a_value_that_is_not_understood_stops_the_check_with_one_sentence(run, name, value):
    status, said, complaints = run("manage.py", "check", **{name: value})
    assert (status, said) == (1, "")
    assert complaints.startswith(f'The settings are not right: {name} is "{value}", but ')
    assert len(complaints.splitlines()) == 1


def test_a_database_address_that_is_not_understood_stops_the_start_with_one_sentence(run):
    status, _, complaints = run("manage.py", "serve", DATABASE_URL="nonsense")
    assert status == 1
    assert complaints == (
        "The settings are not right: DATABASE_URL is not an address of a database "
        "such as postgres://user:password@host/name.\n"
    )


def test_a_data_folder_that_cannot_be_made_stops_the_start_with_one_sentence(run, tmp_path):
    (tmp_path / "file").touch()
    status, _, complaints = run("manage.py", "serve", DATA_DIR=str(tmp_path / "file"))
    assert status == 1
    assert complaints.startswith(f"The settings are not right: DATA_DIR is {tmp_path}/file, which cannot be made")
