import pytest

from skills.search.answer import answer
from tests.factories import make_edition, one_revision_each


@pytest.fixture
@one_revision_each
def edition():
    return make_edition()


@pytest.fixture
def ask(edition):
    """The codes that answer a question, the best first."""
    return lambda text: [one.document.code for one in answer(edition, text).found]
