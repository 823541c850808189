"""The form of one page of the administration: nothing that somebody wrote is overwritten unseen or lost."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import model_to_dict

from skills.models import Revision
from skills.models.published import PublishedTextField
from skills.models.recorded_change import page_of, revisions_in
from skills.models.revision import LONGEST_REASON

from .texts import OtherText, ShownBeside, WrittenText, normalized

PUBLISHED, THEIRS, MINE = "published", "theirs", "mine"
# The code of an error of Django's for which `validate_unique` has better words.
SAID_BESIDE_THE_FIELD = "unique_together"


class EditingForm(forms.ModelForm):
    """The form of an object and its parts.

    It knows which state of them it was filled from (`based_on`) and refuses to save over another one: then it holds
    what its user wrote and what others saved meanwhile, and the next time it is based on that. Nothing is saved either
    when the button of another text, named `_take`, asks for that text to be put into its field.
    """

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label="Reason for the change, if you like",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )

    markdown_under: ClassVar[Mapping[str, int]] = {}
    """The fields that are Markdown, with the rank of the heading under which each stands on the site."""
    editor: ClassVar[Any] = None
    """Whoever edits (see `EditingAdmin.get_form`)."""

    data: Any

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **options)
        self.met_another_save = False
        self.saved: dict[str, Any] = {}
        self.published = self.published_texts()
        if self.instance.pk:
            # Where the mark is older than what is read now, the form asks once too often, and not too seldom.
            self.initial["based_on"] = self.instance.read_at
            self.saved = self.values_of(self.instance, self.parts_of(self.instance))
            self.initial = {**self.saved, **self.initial}
        for name in self.written():
            self._show_beside(name)

    @staticmethod
    def parts_of(instance: Any) -> list[Any]:
        """The parts of an object that are edited with it, as the database holds them."""
        return [part for name in instance.part_names for part in getattr(instance, name).all()]

    @classmethod
    def values_of(cls, instance: Any, parts: Iterable[Any]) -> dict[str, Any]:  # noqa: ARG003 - for forms with parts
        """What the fields of the form hold for an object and its parts."""
        return model_to_dict(instance)

    @classmethod
    def values_as_of(cls, instance: Any, mark: str) -> dict[str, Any]:
        """What they held at a `revision_mark`; nothing where that cannot be known."""
        found, *parts = instance.as_of(mark)
        return cls.values_of(found[0], [part for kind in parts for part in kind]) if found else {}

    def published_texts(self) -> dict[str, str]:
        """The publisher's wording for each field that has one."""
        return {
            field.text: getattr(self.instance, field.name) or ""
            for field in self.instance._meta.get_fields()
            if isinstance(field, PublishedTextField)
        }

    def written(self) -> list[str]:
        """The names of the fields in which people write."""
        return [name for name, field in self.fields.items() if isinstance(field, WrittenText)]

    def changes_the_object(self) -> bool:
        """Whether anything was changed but in parts."""
        own = {field.name for field in self.instance._meta.concrete_fields}
        return not own.isdisjoint(self.changed_data)

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a field that this user may not change is said of the whole."""
        errors = getattr(error, "error_dict", None) if field is None else None
        if errors:
            whole = [fault for fault in errors.pop(NON_FIELD_ERRORS, []) if fault.code != SAID_BESIDE_THE_FIELD]
            for name in [name for name in errors if name not in self.fields]:
                whole += errors.pop(name)
            error.error_dict = errors | ({NON_FIELD_ERRORS: whole} if whole else {})
        super().add_error(field, error)

    def validate_unique(self) -> None:
        """What another has already is said beside the field, as "code" in the edition that no form may change."""
        super().validate_unique()
        model = self._meta.model
        for constraint in model._meta.total_unique_constraints:
            within = [model._meta.get_field(name) for name in constraint.fields]
            if not self.errors.keys().isdisjoint(constraint.fields):
                continue
            same = {field.attname: getattr(self.instance, field.attname) for field in within}
            other = model._base_manager.filter(**same).exclude(pk=self.instance.pk).first()
            if other:
                self.add_error(within[-1].name, f"{other} has this {within[-1].verbose_name} already.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_to_overwrite()
            self._take_another_text()
            self._leave_alone_what_nobody_touched()
        return cleaned

    def _leave_alone_what_nobody_touched(self) -> None:
        """White space at the ends of a stored text, for instance, which a browser does not send back as it was."""
        for name in self.written():
            if name in self.cleaned_data and name in self.initial and name not in self.changed_data:
                self.cleaned_data[name] = self.initial[name]

    def _refuse_to_overwrite(self) -> None:
        """Raises `ValidationError` where somebody saved after this form was filled."""
        based_on, now = self.data.get(self.add_prefix("based_on"), ""), self.initial["based_on"]
        if based_on == now:
            return
        self.met_another_save = True
        self.data[self.add_prefix("based_on")] = now
        who = self._who_saved()
        before = self.values_as_of(self.instance, based_on)
        for name in self.saved:
            if name in self.fields:
                self._meet(name, before.get(name), who)
        where = " in another window" if who == "You" else ""
        raise ValidationError(
            f"{who} saved this{where} after you had opened it here. Nothing of yours is lost, and nothing of it is "
            "saved yet. Look at the fields that are marked, then save again.",
            code="met another save",
        )

    def _who_saved(self) -> str:
        latest: Revision | None = revisions_in(page_of(self.instance)).first()
        if latest and latest.made_by and latest.made_by == self.editor:
            return "You"
        return latest.who if latest else "Somebody"

    def _meet(self, name: str, before: Any, who: str) -> None:
        """Bring together what the user of this form and somebody else did to one field since it held `before`."""
        field, theirs = self.fields[name], self.saved[name]
        mine = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if before == theirs or not field.has_changed(theirs, mine):
            return
        if before is not None and not field.has_changed(before, mine):
            self._put(name, theirs)
            self._say(name, f"{who} changed this. You had not changed it here: the field holds the new text.")
            return
        self.add_error(name, f"{who} changed this too. Choose one of the two, or join them, then save again.")
        if isinstance(field.widget, ShownBeside):
            self._show(name, OtherText.of(THEIRS, who, str(theirs or ""), against=normalized(mine)))
        else:
            self.add_error(name, f"Saved meanwhile: {self._in_words(name, theirs)}.")

    def _take_another_text(self) -> None:
        """Raises `ValidationError` where a button asked for another text: it is in the field now, to be looked at."""
        source, _, name = self.data.get("_take", "").partition(":")
        texts: Mapping[str, Any] = {PUBLISHED: self.published, THEIRS: self.saved}.get(source, {})
        if name not in texts or name not in self.fields:
            return
        mine, text = normalized(self.data.get(self.add_prefix(name))), str(texts[name] or "")
        self._put(name, text)
        if mine != text:
            self._show(name, OtherText.of(MINE, "You", mine, against=text))
        raise ValidationError("The other text is in the field now. Nothing is saved yet.", code="not saved")

    def _put(self, name: str, value: Any) -> None:
        prepared = self.fields[name].prepare_value(value)
        if prepared is None or prepared is False:
            self.data.pop(self.add_prefix(name), None)
        else:
            self.data[self.add_prefix(name)] = str(prepared)
        self.errors.pop(name, None)

    def _say(self, name: str, news: str) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, ShownBeside):
            widget.news = news

    def _show(self, name: str, other: OtherText) -> None:
        widget: Any = self.fields[name].widget
        widget.others = (other, *widget.others)

    def _in_words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        field: Any = self.fields[name]
        choices: dict[Any, Any] = dict(field.choices) if hasattr(field, "choices") else {}
        return str(choices.get(value, value)) or "nothing"

    def _show_beside(self, name: str) -> None:
        field: Any = self.fields[name]
        widget, saved, published = field.widget, str(self.saved.get(name) or ""), self.published.get(name, "")
        widget.longest, widget.markdown_under = field.longest, self.markdown_under.get(name)
        if published and published != saved:
            self._show(name, OtherText.of(PUBLISHED, "The publisher", published, against=saved))
