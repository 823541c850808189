import string
from urllib.parse import urlencode

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from .constraints import consists_of, not_blank
from .recorded import RecordedModel, RecordedQuerySet

CODES = "One or more codes of four capital letters, with a space between them."


class SearchTermQuerySet(RecordedQuerySet["SearchTerm"]):
    def get_by_natural_key(self, words: str) -> "SearchTerm":
        return self.get(words=words)


class SearchTerm(RecordedModel):
    """An everyday word or phrase and the skills that it stands for, by which search finds them in every edition."""

    words = models.CharField(
        "word or phrase",
        max_length=60,
        help_text="As people write it, such as “help desk”. Capitals, hyphens, spaces and the ending do not matter.",
    )
    codes = models.CharField(
        max_length=100,
        validators=[RegexValidator(r"^[A-Z]{4}( [A-Z]{4})*\Z", CODES)],
        help_text="The codes of the skills that it stands for, the best first: “USUP CSMG”. "
        "One that an edition does not have is passed over there.",
    )

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                Lower("words"),
                name="search_term_words_unique",
                violation_error_message="There is an entry for this word or phrase already.",
            ),
            not_blank("search_term", "words"),
            not_blank("search_term", "codes"),
            models.CheckConstraint(
                condition=models.Q(consists_of("codes", string.ascii_uppercase + " ")),
                name="search_term_codes_are_codes",
                violation_error_message=CODES,
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def natural_key(self) -> tuple[str]:
        return (self.words,)

    def get_absolute_url(self) -> str:
        return f"{reverse('search')}?{urlencode({'q': self.words})}"
