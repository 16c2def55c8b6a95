"""Forms of what voters' groups said, of preliminary votes, and of meetings with voters."""

import re

from django import forms

from congress.web.forms import RecordForm, plain_helper
from deputies.models import District
from elections.models import CandidateMeeting, Consultation, Nominee, PreliminaryVote
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import called
from elections.queries.candidates import districts_of

LINE = re.compile(r"(?P<name>.*?)[\s:：]*(?P<number>\d{1,6})\s*(?:人|票|名)?")
COUNTED = "一行一人：姓名 数字；没有的可以不写"


def counted_text(counts: dict, people) -> str:
    """Numbers by nominee as they are typed, one a line, in the order of the people."""
    return "\n".join(f"{called(one, people)} {counts[str(one.pk)]}" for one in people if str(one.pk) in counts)


def parse_counted(text: str, people) -> dict[str, int]:
    """Numbers by the nominee's key. Raises ValidationError naming each line that does not hold."""
    keys = {called(one, people): str(one.pk) for one in people}
    found: dict[str, int] = {}
    wrong = []
    for line in (part.strip() for part in re.split(r"[\n、；;]", text)):
        if not line:
            continue
        match = LINE.fullmatch(line)
        key = keys.get(match["name"].strip()) if match else None
        if match is None:
            wrong.append(f"“{line}”没有写数字。")
        elif key is None:
            wrong.append(f"“{match['name'].strip()}”不是这个选区的候选人，应从{'、'.join(keys) or '候选人'}中填写。")
        elif key in found:
            wrong.append(f"{match['name'].strip()}写了两次。")
        else:
            found[key] = int(match["number"])
    if wrong:
        raise forms.ValidationError(wrong)
    return found


class Counted:
    """A form with numbers for each candidate of a district in a text, `counts` being the field's name."""

    counts: str

    def _show_counts(self, people) -> None:
        self.fields[self.counts] = forms.CharField(
            label=self.fields[self.counts].label,
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=COUNTED,
        )
        self.initial[self.counts] = counted_text(getattr(self.instance, self.counts) or {}, people)
        self.helper = plain_helper(self)  # the one made before knows the other field

    def _read_counts(self, values: dict, people) -> None:
        try:
            values[self.counts] = parse_counted(values.get(self.counts) or "", people)
        except forms.ValidationError as error:
            values[self.counts] = getattr(self.instance, self.counts)
            self.add_error(self.counts, error)


def _people(election, district_id) -> list[Nominee]:
    rows = Nominee.objects.kept().filter(election=election, district=district_id)
    return list(rows.order_by("stroke_key", "pk"))


class ConsultationForm(Counted, RecordForm):
    """What one group said in one round."""

    counts = "opinions"

    class Meta:
        model = Consultation
        fields = (
            "group",
            "round",
            "held_on",
            "expected",
            "present",
            "opinions",
            "agreed",
            "recorder",
            "returned",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        election = self.instance.election
        self.place = queries.place_of(election)
        groups = queries.groups_of(election).select_related(self.place)
        self.fields["group"].queryset = groups.order_by(f"{self.place}__number", "number")
        self.fields["group"].label_from_instance = lambda one: f"{getattr(one, self.place)}{one.name}"
        group = self.instance.group if self.instance.group_id else None
        self._show_counts(_people(election, getattr(group, f"{self.place}_id")) if group else [])

    def clean(self):
        """Opinions are of candidates of the group's district, none by more people than came."""
        values = super().clean()
        group, present = values.get("group"), values.get("present")
        district = getattr(group, f"{self.place}_id") if group else None
        people = _people(self.instance.election, district) if district else []
        self._read_counts(values, people)
        counts = values.get("opinions") or {}
        if present is not None and any(number > present for number in counts.values()):
            self.add_error("opinions", f"一名候选人的意见数不能多于到会的{present}人。")
        return values


class OfDistrict:
    """A form over a record of a district that elects."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = self.districts(self.instance.election)

    def districts(self, election):
        """The districts that may be chosen."""
        return districts_of(election)


class PreliminaryForm(Counted, OfDistrict, RecordForm):
    """A preliminary vote and what came of it. Only districts are offered in which more are named than the margin allows."""

    counts = "results"

    class Meta:
        model = PreliminaryVote
        fields = (
            "district",
            "how",
            "noticed_on",
            "held_on",
            "hours",
            "place",
            "registered",
            "took_part",
            "recovered",
            "void",
            "results",
            "confirmed_on",
            "settled",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].help_text = "只列候选人超过最高差额的选区；没有超过的由选民小组讨论、协商确定"
        district = self.instance.district_id
        self._show_counts(_people(self.instance.election, district) if district else [])

    def districts(self, election):
        """Those whose candidates exceed the margin, and the one that was entered."""
        facts = queries.facts_of(election).values()
        over = [one.district.pk for one in facts if len(one.eligible) > one.limit.maximum]
        return District.objects.filter(pk__in=[*over, self.instance.district_id]).order_by("number")

    def clean(self):
        """The numbers agree with each other."""
        values = super().clean()
        district = values.get("district")
        self._read_counts(values, _people(self.instance.election, district.pk) if district else [])
        took_part, recovered = values.get("took_part"), values.get("recovered")
        if took_part is not None and recovered is not None and recovered > took_part:
            self.add_error("recovered", f"收回选票不能多于参加预选的{took_part}人。")
        counts = values.get("results") or {}
        if took_part is not None and any(number > took_part for number in counts.values()):
            self.add_error("results", f"一名候选人的得票不能多于参加预选的{took_part}人。")
        return values


class MeetingForm(OfDistrict, RecordForm):
    """A meeting of candidates with voters."""

    class Meta:
        model = CandidateMeeting
        fields = ("district", "asked_by", "asked_on", "held_on", "place", "candidates", "attended", "note")
