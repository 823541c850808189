"""What somebody has sent and must not lose, where it cannot be taken now."""

from typing import Any

from django.http import HttpRequest

# The names of the sign-in form's fields begin so where it stands before another form, to be told from that one's.
SIGN_IN_PREFIX = "sign_in"


def kept(request: HttpRequest) -> dict[str, Any]:
    """What a page carries on in hidden fields, and those among it that somebody may have written. No password is.

    Files cannot be carried on. Where the form has any is told by its address: nothing is stored of those that somebody
    sends who may not, and what a page like this sends again has none.
    """
    match = request.resolver_match
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name and not name.startswith(f"{SIGN_IN_PREFIX}-")
        for value in values
    ]
    return {
        "kept": fields,
        "words": [value for _, value in fields if " " in value or not value.isascii()],
        "loses_files": match is not None and match.url_name == "import",
    }
