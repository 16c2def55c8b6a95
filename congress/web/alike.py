"""A second entry with the same words, day and person asks first: it is nearly always the first one, sent once more."""

from collections.abc import Mapping

from django.db.models import QuerySet

from congress import clock
from congress.web.keyed import Keyed
from congress.wording import chinese_date

ANSWER = "not_the_same"


class AsksWhenAlike(Keyed):
    """A form that makes a record, mixed in before its base: what says the same stands already, so it comes back as it was
    filled in, shows that one (`twin`) and asks. Ticked, it goes through; the key of the first leads to the first unasked."""

    twin = None
    asks_at = ""  # the anchor of the question, for the summary of errors

    def alike(self, values: Mapping) -> tuple[QuerySet, object]:
        """(records that stand and say the same as the valid entries, the day they say it of)."""
        raise NotImplementedError

    @property
    def told_apart(self) -> bool:
        """Whether the question was answered: it is another one."""
        return ANSWER in self.data

    def clean(self):
        """Adds the question to the errors of a form that has no other."""
        values = super().clean()
        values = self.cleaned_data if values is None else values
        if self.errors or self.told_apart:
            return values
        found, day = self.alike(values)
        twin = found.first()
        if twin is not None and self.made_before() is None:
            self.twin, self.asks_at = twin, f"id_{ANSWER}"
            when = "今天" if day == clock.today() else chinese_date(day)
            self.add_error(None, f"{when}已登记一件相同的，是否继续？")
        return values
