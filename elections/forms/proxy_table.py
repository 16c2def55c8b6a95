"""Many authorities typed on one page: what they have in common above, a line of the table for each."""

from django import forms

from congress import clock
from congress.people.forms import NameField
from congress.web.forms import PlainForm
from elections.actions.proxies import Authority, Line
from elections.forms.proxies import NOBODY, ForLevels, proxy_field
from elections.models import Election, Voter
from elections.queries import proxies as queries

LINES = 12
SEVERAL = "有{}位同名，请写选区、小组。"
HALF = "请填写。"


def _split(place: str) -> tuple[str, str]:
    """District and group as people write them in one cell: 3选区2组 → 3选区, 2组; words without 选区 name the district."""
    district, found, group = place.replace("　", " ").strip().partition("选区")
    return f"{district}{found}".strip(), group.strip(" ，、")


class ProxyLineForm(PlainForm):
    """One authority: who entrusts whom, told apart by district and group where several bear a name."""

    principal = NameField(label="委托人", required=False)
    place = forms.CharField(label="委托人选区、小组", max_length=60, required=False)
    where = forms.CharField(label="外出地、情况", max_length=60, required=False)
    agent = NameField(label="受托人", required=False)
    agent_place = forms.CharField(label="受托人选区、小组", max_length=60, required=False)

    def __init__(self, *args, election: Election | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.election = election
        number = int(str(self.prefix).rsplit("-", 1)[-1]) + 1
        for field in self.fields.values():
            field.widget.attrs |= {"aria-label": f"第{number}行{field.label}", "class": "form-control"}

    def clean(self):
        """Both persons of a line that says anything."""
        values = super().clean() or self.cleaned_data
        if any(values.get(name) for name in self.fields):
            values["principal_voter"] = self._voter(values, "principal", values.get("place"))
            values["agent_voter"] = self._voter(values, "agent", values.get("agent_place"))
        return values

    def _voter(self, values: dict, name: str, place: str | None) -> Voter | None:
        if name in self.errors or self.election is None:
            return None
        if not values.get(name):
            self.add_error(name, HALF)
            return None
        found = list(queries.named(self.election, values[name], *_split(place or ""))[:3])
        if len(found) == 1:
            voter: Voter = found[0].voter
            return voter
        self.add_error(name, SEVERAL.format(len(found)) if found else NOBODY)
        return None

    @property
    def cells(self) -> list[forms.BoundField]:
        """Its entries in the order of the columns."""
        return list(self)


ProxyLines = forms.formset_factory(ProxyLineForm, extra=LINES, max_num=LINES, absolute_max=LINES)


class ProxyTableForm(ForLevels):
    """What the authorities of a page have in common."""

    reason = proxy_field("reason")
    form = proxy_field("form")
    came_on = proxy_field("came_on", initial=clock.today)

    def __init__(self, *args, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.tick(levels)
        self.lines = ProxyLines(self.data or None, prefix="line", form_kwargs={"election": self.first_ticked()})

    @property
    def columns(self) -> list[str]:
        """The heads of the table."""
        return [str(field.label) for field in ProxyLineForm.base_fields.values()]

    def clean(self):
        """The lines that say anything, whose cells tell themselves what is wrong in them."""
        values = super().clean() or self.cleaned_data
        if not self.lines.is_valid():
            raise forms.ValidationError("有的行没有通过，请看表里的提示。")
        values["lines"] = [
            Line(
                number, one.cleaned_data["principal_voter"], one.cleaned_data["agent_voter"], one.cleaned_data["where"]
            )
            for number, one in enumerate(self.lines, start=1)
            if one.cleaned_data.get("principal_voter") is not None
        ]
        if not values["lines"]:
            raise forms.ValidationError("请至少填写一行。")
        return values

    @property
    def authority(self) -> Authority:
        """What the papers have in common."""
        return Authority(**{name: self.cleaned_data[name] for name in ("reason", "form", "came_on")})
