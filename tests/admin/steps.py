"""What people do in the administration, without a browser."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from skills.models import SkillLevel
from tests.pages import Page, parsed


def make_user(role: str, *, name: str = "") -> User:
    """A user of the staff in one of the roles, or an "administrator"."""
    name = name or role.lower()
    if role == "administrator":
        return User.objects.create_superuser(name, f"{name}@example.org", "a long password")
    user = User.objects.create_user(name, password="a long password", is_staff=True, first_name=name.capitalize())
    user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key = get_random_string(32)
    make_session(user, key=key)
    return client


def make_session(user: User, *, key: str) -> None:
    """A session. How somebody comes by one is for the tests of signing in, and takes seventeen queries."""
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    until = timezone.now() + timedelta(days=1)
    Session.objects.create(session_key=key, session_data=SessionStore().encode(held), expire_date=until)


def opened(client: Client, address: str) -> dict[str, Any]:
    """What the form at an address would send if it were sent as it is."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return sent_by(response)


def sent_by(response: HttpResponse) -> dict[str, Any]:
    form = response.context["adminform"].form
    values = {form[name].html_name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


def descriptions() -> dict[int, str]:
    return dict(SkillLevel.objects.values_list("number", "description"))


def page_in(response: HttpResponse) -> Page:
    # As every browser does with the character that no page may have.
    return Page(response, parsed(response.content.decode().replace("\0", "\N{REPLACEMENT CHARACTER}")))
