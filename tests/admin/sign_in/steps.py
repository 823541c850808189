"""What people do at the sign-in page."""

from urllib.parse import urlencode

from tests.admin.steps import page_in

NAME, PASSWORD = "ada", "a long password"
SIGN_IN = "/admin/login/"
WORDS = 'Works "alone" & decides,\r\n\r\nas <b>ever</b>: naïve 技能 🎓.'


def token_of(browser):
    return browser.cookies["csrftoken"].value


def post(browser, address, answers, **options):
    """Post to the site as one of its own pages does, with a valid token if none is given."""
    own = {"csrfmiddlewaretoken": token_of(browser)}
    options["headers"] = {"origin": "http://testserver", **options.get("headers", {})}
    return browser.post(address, {**own, **answers}, **options)


def sign_in(browser, *, name=NAME, password=PASSWORD, **options):
    return post(browser, SIGN_IN, {"username": name, "password": password, "next": "/admin/"}, **options)


def fail(browser, times, **options):
    return [sign_in(browser, password="wrong", **options).status_code for _ in range(times)]


def is_signed_in(browser):
    return browser.get("/admin/").status_code == 200


def address_of(level):
    return f"/admin/skills/level/{level.pk}/change/"


def filled_in(response, **answers):
    """What a browser would send from the form of a page, with these fields filled in."""
    page = page_in(response)
    sent = [
        (field.attrib["name"], field.attrib.get("value", "").replace("\r\n", "\n").replace("\n", "\r\n"))
        for field in page.all(".//main//form//input")
        if field.attrib["name"] not in answers
    ]
    return urlencode([*sent, *answers.items()])


def send(browser, address, form):
    return browser.post(
        address,
        form,
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "http://testserver"},
    )


def is_saved(level):
    level.refresh_from_db()
    return level.essence.splitlines() == WORDS.splitlines()


def sign_in_again(browser, level, response, *, name=NAME, password=PASSWORD):
    form = filled_in(response, **{"sign_in-username": name, "sign_in-password": password})
    return send(browser, address_of(level), form)


def alert_of(response):
    return page_in(response).text(".//*[@role='alert']")


def kept_in(response):
    """The fields that a page keeps for the form that they are of."""
    return [
        (field.attrib["name"], field.attrib["value"].replace("\n", "\r\n"))
        for field in page_in(response).all(".//main//form//input[@type='hidden']")
        if field.attrib["name"] != "csrfmiddlewaretoken"
    ]
