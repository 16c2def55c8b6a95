"""The sheet as a form: cells in the order of the paper, lines for people written in; and the choice where two sheets differ."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from congress.counting import tally
from congress.web.forms import VersionForm

MOST = 999_999
SPARE = 5  # empty lines for people written in
LINES = 200  # that one form brings at most
NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": 6, "maxlength": 8, "class": "form-control count-cell"}


def number(typed, label: str) -> int | None:
    """A typed number; None for an empty cell. Raises ValidationError naming the cell."""
    text = unicodedata.normalize("NFKC", str(typed if typed is not None else "")).strip()
    if not text:
        return None
    if not re.fullmatch(r"\d+", text, re.ASCII) or int(text) > MOST:
        raise ValidationError(f"“{label}”请填写整数，没有的填0；现在写的是“{text[:12]}”。", code="number")
    return int(text)


def _people(lines, errors: list) -> tuple[tuple[str, int | None], ...]:
    found = []
    for name, votes in lines:
        name = unicodedata.normalize("NFC", name or "").strip()[:40]
        try:
            votes = number(votes, f"另选人{name}的票数")
        except ValidationError as error:
            errors.append(error)
            continue
        if name or votes is not None:
            found.append((name, votes))
    return tuple(found)


class SheetWidget(forms.Widget):
    """Large number fields in the order of the paper; the tab key goes through them as the eye does."""

    template_name = "counting/_sheet.html"
    paper: tally.Paper | None = None
    marked: frozenset[str] = frozenset()

    def get_context(self, name, value, attrs):
        """The cells with what stands in them, by group."""
        context = super().get_context(name, None, attrs)
        typed, people = _shown(value)
        if self.paper is None:
            return context

        def cell(one: tally.Cell) -> dict:
            return {
                "cell": one,
                "name": f"{name}-{one.key}",
                "value": typed.get(one.key, ""),
                "wrong": one.key in self.marked,
                "label": f"{one.group} {one.label}".strip(),
            }

        shown = [*people, *[("", "")] * SPARE] if self.paper.write_ins else []
        context["sheet"] = {
            "heads": [cell(one) for one in self.paper.heads],
            "marks": list(self.paper.marks.values()),
            "rows": [(one, [cell(each) for each in self.paper.row(one)]) for one in self.paper.names],
            "people": [
                (f"{name}-w{at}-name", who, f"{name}-w{at}-votes", votes) for at, (who, votes) in enumerate(shown)
            ],
            "people_wrong": tally.WRITE_INS in self.marked,
        }
        return context

    def value_from_datadict(self, data, files, name):
        """Everything as it was typed."""
        head = f"{name}-"
        cells = {key.removeprefix(head): value for key, value in data.items() if key.startswith(head)}
        lines = range(LINES)
        people = [(cells.pop(f"w{at}-name", ""), cells.pop(f"w{at}-votes", "")) for at in lines]
        return {"cells": cells, "write_ins": [one for one in people if any(one)]}

    def value_omitted_from_data(self, data, files, name):
        """Never: an empty sheet is a sheet."""
        return False

    def id_for_label(self, id_):
        """The sheet has no single field to point at."""
        return None


def _shown(value) -> tuple[dict, list]:
    """(what stands in each cell, the lines of people written in) as text, of what was typed or of what is kept."""
    if isinstance(value, tally.Sheet):
        value = value.as_json()
    cells, people = (value or {}).get("cells", {}), (value or {}).get("write_ins", [])
    text = {key: "" if one is None else str(one) for key, one in cells.items()}
    return text, [(name, "" if votes is None else votes) for name, votes in people]


class SheetField(forms.Field):
    """A sheet. What is typed into a cell that the ballot does not have is dropped; numbers only."""

    widget = SheetWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        """The `Sheet`. Raises ValidationError naming every cell in which no number stands."""
        if isinstance(value, tally.Sheet):
            return value
        paper: tally.Paper | None = self.widget.paper
        if not value or paper is None:
            return tally.Sheet({})
        errors: list = []
        cells = {}
        for one in paper.cells:
            try:
                cells[one.key] = number(value["cells"].get(one.key), f"{one.group} {one.label}".strip())
            except ValidationError as error:
                errors.append(error)
        people = _people(value["write_ins"], errors) if paper.write_ins else ()
        if errors:
            raise ValidationError(errors)
        return tally.Sheet(cells, people)


class SheetForm(VersionForm):
    """A reading as far as it is typed."""

    sheet = SheetField(label="计票单")
    explanation = forms.CharField(
        label="对提示的说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="上面有W开头或者E201、E202的提示的，对照纸面核对后写明情况；没有提示的不用写",
    )

    def __init__(self, *args, paper=None, marked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].widget.paper = paper
        self.fields["sheet"].widget.marked = frozenset(marked)


SIDES = {"first": "第一次录入", "second": "第二次录入", "paper": "都不对，纸上是"}


class ChosenWidget(forms.Widget):
    """For each cell in which two readings differ: what the first says, what the second says, or what the paper says."""

    template_name = "counting/_chosen.html"
    facts = None  # UnitFacts
    words: dict[str, str] = {}

    def _sides(self, key: str) -> tuple[str, str]:
        one, other = self.facts.sheets
        if key == tally.WRITE_INS:
            return _lines(one.write_ins), _lines(other.write_ins)
        return str(one.cells.get(key, "")), str(other.cells.get(key, ""))

    def get_context(self, name, value, attrs):
        """A row for each cell that differs; nothing is chosen beforehand."""
        context = super().get_context(name, None, attrs)
        value = value if isinstance(value, dict) else {}
        context["rows"] = [
            {
                "key": key,
                "label": self.words.get(key, key),
                "sides": list(zip(("first", "second"), ("第一次录入", "第二次录入"), self._sides(key), strict=True)),
                "name": f"{name}-{key}",
                "chosen": value.get(key, ""),
                "typed": value.get(f"{key}-paper", ""),
                "people": key == tally.WRITE_INS,
            }
            for key in (self.facts.differing if self.facts else ())
        ]
        return context

    def value_from_datadict(self, data, files, name):
        """What was chosen and typed."""
        head = f"{name}-"
        return {key.removeprefix(head): value for key, value in data.items() if key.startswith(head)}

    def value_omitted_from_data(self, data, files, name):
        """Never."""
        return False

    def id_for_label(self, id_):
        """The choices have their own labels."""
        return None


def _lines(people) -> str:
    return "\n".join(f"{name} {votes}" for name, votes in sorted(people))


def _read_lines(text: str, errors: list) -> tuple[tuple[str, int | None], ...]:
    """People written in as they are typed, one a line: name and votes."""
    pairs = [line.rsplit(None, 1) for line in text.splitlines() if line.strip()]
    return _people([(one[0], one[1] if len(one) > 1 else "") for one in pairs], errors)


class ChosenField(forms.Field):
    """The choice of a third person."""

    widget = ChosenWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        """The `Chosen`. Raises ValidationError naming every cell of which nothing was said."""
        if isinstance(value, tally.Chosen):
            return value
        facts, words = self.widget.facts, self.widget.words
        if facts is None or facts.sheets is None:
            return tally.Chosen({})
        value = value or {}
        errors: list = []
        cells, people, how = {}, None, {}
        by_side = dict(zip(("first", "second"), facts.sheets, strict=True))
        for key in facts.differing:
            how[key] = value.get(key, "")
            typed = value.get(f"{key}-paper", "")
            if how[key] not in SIDES:
                errors.append(ValidationError(f"“{words[key]}”还没有确定，请看纸后选一项。", code="required"))
            elif key == tally.WRITE_INS:
                side = by_side.get(how[key])
                people = side.write_ins if side else _read_lines(typed, errors)
            elif how[key] in by_side:
                cells[key] = by_side[how[key]].cells.get(key)
            else:
                cells[key] = _typed(typed, words[key], errors)
        if errors:
            raise ValidationError(errors)
        return tally.Chosen(cells, people, how)


def _typed(text: str, label: str, errors: list) -> int | None:
    try:
        found = number(text, label)
    except ValidationError as error:
        errors.append(error)
        return None
    if found is None:
        errors.append(ValidationError(f"“{label}”选了“都不对”，请填写纸上的数字。", code="required"))
    return found
