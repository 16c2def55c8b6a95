"""Forms of the lists taken along: named, sent back, lost, and what could not be merged decided."""

import json
import uuid
from datetime import date

from django import forms

from congress import clock
from congress.web.forms import KeyedForm, PlainForm, VersionForm
from elections.actions.tablets import Entry
from elections.models import BallotIssue, IssueConflict, Tablet

MOST_AT_ONCE = 300  # entries in one sending; a tablet sends more of them one after the other
MOST_EXCHANGED = 100_000
FOREIGN = "设备送来的内容不完整，没有并入；登记还在设备上，请重新打开页面再试。"


class TakeForm(KeyedForm):
    """On which device the list is taken along."""

    makes = Tablet
    name = forms.CharField(label="设备名称", max_length=40, help_text="写到认得出是哪一台，如“2号平板”")


class EntriesField(forms.Field):
    """Ballots as a tablet says it handed them out, in JSON."""

    widget = forms.HiddenInput

    def clean(self, value) -> list[Entry]:
        """The entries. Raises ValidationError for anything else."""
        try:
            return [_entry(**one) for one in _list(json.loads(value or "[]"))]
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise forms.ValidationError(FOREIGN) from error


def _list(value) -> list:
    if not isinstance(value, list) or len(value) > MOST_AT_ONCE:
        raise ValueError("no list")
    return value


def _entry(key: str, vote: str, registration: str, way: str, on: str) -> Entry:
    keys = (uuid.UUID(key), uuid.UUID(vote), uuid.UUID(registration))
    return Entry(*keys, BallotIssue.Way(way).value, date.fromisoformat(on))


class TotalsField(forms.Field):
    """By vote how many ballots a tablet exchanged, in JSON."""

    widget = forms.HiddenInput

    def clean(self, value) -> dict[str, int]:
        """The totals. Raises ValidationError for anything else."""
        try:
            return {str(uuid.UUID(vote)): _number(number) for vote, number in json.loads(value or "{}").items()}
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise forms.ValidationError(FOREIGN) from error


def _number(value) -> int:
    if type(value) is not int or not 0 <= value <= MOST_EXCHANGED:
        raise ValueError("no number")
    return value


class MergeForm(PlainForm):
    """What a tablet sends."""

    entries = EntriesField(required=False)
    replaced = TotalsField(required=False)
    back = forms.BooleanField(required=False)


class LostForm(VersionForm):
    """Why a device does not come back."""

    on = forms.DateField(label="登记日期", initial=clock.today)
    reason = forms.CharField(
        label="原因",
        max_length=200,
        help_text="如“平板摔坏，打不开”；那里发的票照纸质领票登记册在领票登记里补登",
        error_messages={"required": "请写明原因。"},
    )


class DecideForm(VersionForm):
    """What becomes of a ballot that could not be merged."""

    on = forms.DateField(label="处理日期", initial=clock.today)
    decision = forms.ChoiceField(label="处理", choices=IssueConflict.Decision.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="说明",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="对照纸质领票登记册写明查到的情况、选票在哪里；不写姓名",
        error_messages={"required": "请写明查到的情况。"},
    )
