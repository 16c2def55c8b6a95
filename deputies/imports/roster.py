"""The roster as a table that can be imported, with the mandates of one term."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.urls import reverse

from congress import clock
from congress.guard.bulk import insert_many
from congress.guard.refusal import refuse
from congress.imports import ImportKind, Taken, UploadForm, register
from congress.law.numerals import to_chinese
from congress.people.record import prepare_bulk
from congress.spreadsheets.columns import plain
from congress.spreadsheets.preview import Key, Preview, PreviewRow, Status
from deputies.actions import check_identity, set_name_keys
from deputies.imports import undoing
from deputies.imports.tables import CODES, PLAIN, SWITCHES, roster_columns
from deputies.models import Deputy, District, Group, Mandate, Station, Term
from deputies.permissions import EDIT
from deputies.queries import current_term

_AROUND = (
    ("", ""),
    ("第", "选区"),
    ("", "选区"),
    ("第", "号选区"),
    ("", "号选区"),
)  # what stands around a district's number
SEAT = "代表资格"  # how the preview names a mandate that the import adds to a known deputy


class RosterForm(UploadForm):
    """Which term the deputies of the table were elected to."""

    term = forms.ModelChoiceField(
        label="登记到哪一届",
        queryset=Term.objects.none(),
        required=False,
        empty_label="不登记代表资格，只导入基本信息",
    )
    elected_on = forms.DateField(
        label="当选日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.kept().order_by("-started_on")
        self.fields["term"].label_from_instance = lambda term: f"{term.get_level_display()}{term}"
        now = current_term(clock.today())
        self.fields["term"].initial = now
        self.fields["elected_on"].initial = now.started_on if now else None

    def clean(self):
        values = super().clean()
        if values.get("term") and not values.get("elected_on"):
            self.add_error("elected_on", "登记代表资格要填当选日期。")
        if values.get("elected_on") and values["elected_on"] > clock.today():
            self.add_error("elected_on", "当选日期不能晚于今天。")
        return values


@dataclass(frozen=True)
class _Seat:
    """The term, day and districts rows of a batch are registered with."""

    term: Term
    elected_on: date
    districts: dict[str, District]


@register
class Roster(ImportKind):
    """Deputies by ID number, or by name where a row has none."""

    key = "deputies.roster"
    label = "代表花名册"
    permission = EDIT
    noun = "人"
    form = RosterForm
    shown = ("name", "gender", "birth_date", "id_number", "phone", "employer_post", "district", "group")
    hint = "从 Excel 花名册一次导入代表的基本信息和本届代表资格；新导入的代表等待主席审核。"

    def __init__(self, township, options):
        super().__init__(township, options)
        self.seat = self._seat()
        self._named: dict[Key, str] = {}
        self._groups = {row.name: row for row in Group.objects.kept()}
        self._stations = {row.name: row for row in Station.objects.kept()}

    def _seat(self) -> _Seat | None:
        term = Term.objects.filter(pk=self.options["term"]).first() if self.options.get("term") else None
        if term is None:
            return None
        districts: dict[str, District] = {}
        for row in District.objects.kept().filter(term=term):
            # Rosters write 第3选区 as often as 第三选区.
            numbers = (str(row.number), to_chinese(row.number))
            spellings = [f"{before}{number}{after}" for number in numbers for before, after in _AROUND]
            for spelling in (*spellings, row.name, str(row)):
                districts[plain(spelling)] = row
        return _Seat(term, date.fromisoformat(self.options["elected_on"]), districts)

    def columns(self):
        return roster_columns()

    def said(self):
        if self.seat is None:
            return [("登记代表资格", "否")]
        term = self.seat.term
        return [("登记到", f"{term.get_level_display()}{term}"), ("当选日期", self.seat.elected_on.isoformat())]

    def back(self):
        return reverse("deputies-list", args=[self.township.code])

    # -- preview

    def key_of(self, values):
        """The ID number, or the name: two rows of one name and no number cannot be told apart."""
        name = values.get("name")
        if not name:
            return None
        key = ("id", values["id_number"]) if values.get("id_number") else ("name", name)
        self._named[key] = name
        return key

    def lookup(self, keys: list[Key]) -> dict[Key, dict]:
        """By ID number; else the only entry of that name, provided that it has no other number."""
        entries = Deputy.objects.kept().select_related("data_key", "group", "station")
        numbers = [text for kind, text in keys if kind == "id"]
        names = [self._named[key] for key in keys]
        by_number = {row.id_number: row for row in entries.filter(id_index__in=_digests(numbers))}
        by_name: dict[str, list[Deputy]] = {}
        for row in entries.filter(name__in=names):
            by_name.setdefault(row.name, []).append(row)
        found = {}
        for key in keys:
            kind, text = key
            same = by_name.get(self._named[key], [])
            row = by_number.get(text) if kind == "id" else None
            if row is None and len(same) == 1 and (kind == "name" or same[0].id_index is None):
                row = same[0]
            if row is not None:
                found[key] = row
        seats = self._seats(found.values())
        return {key: self._known(row, seats.get(row.pk)) for key, row in found.items()}

    def _seats(self, deputies) -> dict[uuid.UUID, Mandate]:
        if self.seat is None:
            return {}
        return {row.deputy_id: row for row in self._mandates(deputies).select_related("district")}

    def _mandates(self, deputies):
        """Mandates of the term; of several of one deputy the one that has not ended comes last."""
        mandates = Mandate.objects.kept().filter(term=self.seat.term, deputy__in=list(deputies))
        return mandates.order_by(F("ended_on").asc(nulls_last=True))

    def _known(self, row: Deputy, seat: Mandate | None) -> dict[str, Any]:
        values = {name: getattr(row, name) or None for name in PLAIN}
        values |= {name: getattr(row, name) for name in SWITCHES}
        values |= {name: getattr(row, f"get_{name}_display")() or None for name in CODES}
        district = seat.district if seat else None
        return values | {
            "id": row.pk,
            "birth_date": row.birth_date.isoformat() if row.birth_date else None,
            "group": row.group.name if row.group else None,
            "station": row.station.name if row.station else None,
            "district": str(district) if district else None,
            "seat": seat is not None,
        }

    def check_row(self, values):
        wrong = []
        number = values.get("id_number")
        if not number and not values.get("gender"):
            wrong.append(("gender", "没有身份证号的，必须填写性别"))
        district = values.get("district")
        if district and self.seat is None:
            wrong.append(("district", "填写了选区，请在上传时选择登记到哪一届"))
        elif district and self._district(district) is None:
            wrong.append(("district", f"{self.seat.term}没有这个选区，请先在“届次与选区”中登记"))
        probe = self._filled(Deputy(township=self.township), values)
        for objection in check_identity(probe, clock.today()):
            wrong.append((objection.field, objection.message))
        return wrong

    def _district(self, text: str) -> District | None:
        return self.seat.districts.get(plain(str(text))) if self.seat else None

    def refine(self, preview: Preview):
        """Months agree with whole dates, districts with their names; who has no seat of the term yet is a change."""
        found = {row.row: key for row in preview.rows if row.existing and (key := self.key_of(row.values))}
        known = self.lookup(list(found.values())) if found else {}
        for row in preview.rows:
            if row.row in found:
                self._settle(row, known.get(found[row.row], {}))

    def _settle(self, row: PreviewRow, known: dict[str, Any]) -> None:
        born, district = row.changes.get("birth_date"), row.changes.get("district")
        if born and born[0] and len(born[1]) == 7 and born[0].startswith(born[1]):
            del row.changes["birth_date"]
        if district and str(self._district(district[1])) == district[0]:
            del row.changes["district"]
        if self.seat is not None and not known.get("seat"):
            row.changes[SEAT] = [None, f"{self.seat.term.get_level_display()}{self.seat.term}"]
        row.status = Status.CHANGED if row.changes else Status.UNCHANGED

    # -- writing

    def take(self, rows):
        made, changed = [], []
        for row in rows:
            (made if row.status == Status.NEW else changed).append(row)
        taken = self._make(made)
        for row in changed:
            taken += self._change(row)
        return taken

    def _make(self, rows: list[PreviewRow]) -> list[Taken]:
        deputies, mandates = [], []
        for row in rows:
            deputy = self._filled(Deputy(township=self.township), row.values)
            check_identity(deputy, clock.today())
            set_name_keys(deputy)
            deputies.append(deputy)
            if self.seat is not None:
                mandates.append(self._mandate(deputy, row.values.get("district")))
        insert_many(prepare_bulk(deputies))
        insert_many(mandates)
        return [Taken(record, True) for record in (*deputies, *mandates)]

    def _mandate(self, deputy: Deputy, district: str | None) -> Mandate:
        term = self.seat.term
        return Mandate(
            township=self.township,
            deputy=deputy,
            term=term,
            level=term.level,
            district=self._district(district) if district else None,
            elected_on=self.seat.elected_on,
        )

    def _change(self, row: PreviewRow) -> list[Taken]:
        current = Deputy.objects.select_for_update(of=("self",)).select_related("data_key", "group", "station")
        deputy = current.kept().filter(pk=row.existing).first()
        if deputy is None:
            refuse("预览之后有代表信息被撤回，请重新上传后再导入。")
        taken = self._seat_of(deputy, row)
        before = {name: _stored(deputy, name) for name in row.changes if name not in (SEAT, "district")}
        if before:
            self._filled(deputy, {name: row.values[name] for name in before})
            set_name_keys(deputy)
            deputy.save()
            taken.append(Taken(deputy, False, {"values": before, "version": deputy.version}))
        return taken

    def _seat_of(self, deputy: Deputy, row: PreviewRow) -> list[Taken]:
        district = row.values.get("district")
        if SEAT in row.changes:
            mandate = self._mandate(deputy, district)
            mandate.save()
            return [Taken(mandate, True)]
        if "district" not in row.changes:
            return []
        mandate = list(self._mandates([deputy]).select_for_update(of=("self",)))[-1]
        before = {"district": str(mandate.district_id) if mandate.district_id else None}
        mandate.district = self._district(district)
        mandate.save()
        return [Taken(mandate, False, {"values": before, "version": mandate.version})]

    def _filled(self, deputy: Deputy, values: dict[str, Any]) -> Deputy:
        """The entry with the values of a row; what a row leaves blank stays as it is."""
        for name, value in values.items():
            if value is None:
                continue
            if name in CODES:
                setattr(deputy, name, CODES[name][value])
            elif name == "birth_date":
                deputy.birth_date = self._birth_date(value, values.get("id_number"))
            elif name == "group":
                deputy.group = self._groups[value]
            elif name == "station":
                deputy.station = self._stations[value]
            elif name in PLAIN + SWITCHES:
                setattr(deputy, name, value)
        if not deputy.gender and values.get("id_number"):
            deputy.gender = CODES["gender"]["男" if int(values["id_number"][16]) % 2 else "女"]
        return deputy

    @staticmethod
    def _birth_date(text: str, number: str | None) -> date:
        """The day of a birth date; where only the month is given, the ID number's day, else the first of the month."""
        if len(text) > 7:
            return date.fromisoformat(text)
        if number and f"{number[6:10]}-{number[10:12]}" == text:
            return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return date.fromisoformat(f"{text}-01")

    # -- taking back

    def held(self, rows, before):
        return undoing.held(rows, before)

    def undo(self, rows, before):
        undoing.undo(rows, before)


def _digests(numbers: list[str]) -> list[bytes]:
    index = Deputy._meta.get_field("id_index")
    return [digest for number in numbers for digest in index.digests(number)]


def _stored(deputy: Deputy, name: str) -> Any:
    """A field as JSON can keep it, to be set again when the import is taken back."""
    if name in ("group", "station"):
        pk = getattr(deputy, f"{name}_id")
        return str(pk) if pk else None
    value = getattr(deputy, name)
    return value.isoformat() if isinstance(value, date) else value
