"""The roster as a table that can be imported, with the mandates of one term."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from congress import clock
from congress.guard.bulk import another, insert_many
from congress.imports import ImportKind, Taken, register, state_of, whose
from congress.law.finding import Finding
from congress.law.numerals import to_chinese
from congress.models import Township
from congress.people.record import seal_bulk
from congress.spreadsheets.preview import PreviewRow, Status
from deputies.actions import entry_findings, set_name_keys
from deputies.imports import undoing, words
from deputies.imports.claims import check_claims, flagged, seated
from deputies.imports.filling import Belonging, change, fill, fill_seat, stored
from deputies.imports.identity import Entry, Person, decide, same
from deputies.imports.roster_form import RosterForm
from deputies.imports.tables import CODES, PLAIN, SEAT_CODES, SEAT_DAYS, SWITCHES, roster_columns
from deputies.imports.terms import Differs, Seat, complete_term
from deputies.imports.whole import SEAT, Crowd, Named, plan_words
from deputies.models import Deputy, District, Group, Mandate, Station, Term
from deputies.permissions import EDIT

COMPARED = (Deputy, Mandate, Term, District, Group, Station)  # what rows are compared with
SEAT_FIELDS = ("district", *SEAT_CODES, *SEAT_DAYS)


@register
class Roster(ImportKind):
    """Deputies by ID number, else by name, birth and district or post; see `identity`."""

    key = "deputies.roster"
    label = "代表花名册"
    permission = EDIT
    noun = "人"
    form = RosterForm
    shown = ("name", "gender", "birth_date", "id_number", "phone", "employer_post", "district")
    hint = "从 Excel 花名册一次导入代表的基本信息和本届代表资格；新导入的代表等待主席审核。"

    def __init__(self, township, options):
        super().__init__(township, options)
        self.seat = Seat.of(township, options)
        self.belonging = Belonging()
        self.named, self.crowd = Named(self.belonging.rows), Crowd(self.seat)

    @classmethod
    def complete(cls, township, options, book):
        return complete_term(options, book)

    @cached_property
    def _blank(self) -> Deputy:
        """An entry that says nothing yet."""
        return Deputy(township=self.township)

    @cached_property
    def _seat_blank(self) -> Mandate:
        """The same of a mandate of the term."""
        return Mandate(township=self.township, term=self.seat.term, level=self.seat.term.level)

    @cached_property
    def _creates(self) -> bool:
        """Whether what rows name is registered with them: on demand, and where the term has no districts at all."""
        return bool(self.options.get("create")) or (self.seat is not None and not self.seat.spelled)

    @cached_property
    def _has_terms(self) -> bool:
        return Term.objects.kept().exists()

    def columns(self):
        return roster_columns(open_lists=self._creates)

    def said(self):
        if self.seat is None:
            return [("登记代表资格", "否")]
        return [("登记到", self.seat.words), ("当选日期", self.seat.elected_on.isoformat())]

    @classmethod
    def back(cls, township):
        return reverse("deputies-list", args=[township.code])

    # -- who a row is

    def _label(self, text: str | None) -> str:
        return self.seat.label(text) if self.seat and text else ""

    def key_of(self, values):
        return Person.of(values, self._label(values.get("district")), cells=True) if values.get("name") else None

    def buckets(self, key):
        return [("name", key.name), *([("id", key.number)] if key.number else [])]

    def same(self, one, other):
        return same(one, other)

    def lookup(self, keys):
        called: dict[tuple[str, str], list[Entry]] = {}
        for entry in self._entries(keys):
            for bucket in self.buckets(entry.person):
                called.setdefault(bucket, []).append(entry)
        found = {}
        for key in keys:
            mine = list(
                {entry.known["id"]: entry for bucket in self.buckets(key) for entry in called.get(bucket, ())}.values()
            )
            unchanged = (entry for entry in mine if not self.compare(entry.known, dict(key.cells)))
            answer = decide(key, mine, unchanged)
            if answer is not None:
                found[key] = answer
        return found

    def _entries(self, keys) -> list[Entry]:
        digests = [d for key in keys if key.number for d in Deputy._meta.get_field("id_index").digests(key.number)]
        wanted = Q(name__in={key.name for key in keys}) | Q(id_index__in=digests)
        standing = Deputy.objects.kept().filter(wanted)
        deputies = list(standing.select_related("data_key", "group", "station"))
        seats = self._seats(deputies)
        known = [self._known(row, seats.get(row.pk)) for row in deputies]
        return [Entry(Person.of(values, values["district"] or ""), values) for values in known]

    def _seats(self, deputies) -> dict[Any, Mandate]:
        if self.seat is None or self.seat.is_new:
            return {}
        return {row.deputy_id: row for row in self._mandates(deputies).select_related("district")}

    def _mandates(self, deputies):
        """Mandates of the term; of several of one deputy the one that has not ended comes last."""
        mandates = Mandate.objects.kept().filter(term=self.seat.term, deputy__in=deputies)
        return mandates.order_by(F("ended_on").asc(nulls_last=True))

    def _known(self, row: Deputy, seat: Mandate | None) -> dict[str, Any]:
        values = {name: getattr(row, name) or None for name in PLAIN}
        values |= {name: getattr(row, name) for name in SWITCHES}
        values |= {name: getattr(row, f"get_{name}_display")() or None for name in CODES}
        held = {name: getattr(seat, f"get_{name}_display")() or None if seat else None for name in SEAT_CODES}
        held |= {name: stored(seat, name) if seat else None for name in SEAT_DAYS}
        return (
            values
            | held
            | {
                "id": row.pk,
                "birth_date": row.birth_date.isoformat() if row.birth_date else None,
                "group": row.group.name if row.group else None,
                "station": row.station.name if row.station else None,
                "district": str(seat.district) if seat and seat.district else None,
                SEAT: seat,
                "approved": row.state == Deputy.State.APPROVED,
                "row": row,
            }
        )

    # -- what a row says

    def settle(self, values):
        if values.get("how") == words.BY_ELECTION and not (values.get("elected_on") or values.get("end_reason")):
            ended = values.pop("ended_on", None)  # of a column 变动时间: when it came
            values["elected_on"] = ended.isoformat() if ended else None
        note = values.pop("name_note", None)
        if not note:
            return []
        values["remark"] = "；".join(filter(None, (values.get("remark"), note)))
        return [f"姓名后面的“{note}”记入备注"]

    def check_row(self, values):
        wrong = []
        if values.get("name") in words.VACANT:
            return [("name", f"写着“{values['name']}”，不是姓名；空缺的席位不用登记，请删去这一行")]
        if not values.get("id_number") and not values.get("gender"):
            wrong.append(("gender", "没有身份证号的，必须填写性别"))
        if (town := values.get("town")) and whose.other_than(self.township, town):
            wrong.append(("town", f"这一行写的是“{town}”，不是{self.township}的"))
        wrong += self._check_district(values.get("district"))
        if self._seated(values):
            wrong += check_claims(self.seat, values)
        probe = fill(another(self._blank), values, self.belonging)
        wrong += [(each.field, each.message.rstrip("。")) for each in self._findings(probe)]
        return wrong

    @staticmethod
    def _findings(deputy: Deputy, registered: bool = False) -> list[Finding]:
        return entry_findings(deputy, clock.today(), registered=registered)

    def _check_district(self, text: str | None) -> list[tuple[str, str]]:
        if not text:
            return []
        if self.seat is None:
            return [("district", "填写了选区，请在上传时选择登记到哪一届")] if self._has_terms else []
        try:
            found = self.seat.district(text)
        except Differs as differs:
            return [("district", str(differs))]
        if found is None and not self._creates:
            return [("district", f"{self.seat.term}没有这个选区，请先在“届次与选区”中登记，或者选择随导入一并登记")]
        return []

    def _seated(self, values: dict[str, Any]) -> bool:
        return self.seat is not None and seated(self.seat, values)

    def settle_under(self, title, values):
        if self.seat is None:
            return []
        seat = words.by_election_all(title)
        if found := self.seat.district_titled(title, creates=self._creates):
            seat["district"] = found
        lacking = {key: text for key, text in seat.items() if not values.get(key)}
        values |= lacking
        labels = {"how": "产生方式", "elected_on": "当选日期", "district": "选区"}
        named = "、".join(labels[key] for key in lacking)
        return [f"{named}按标题“{title[:30]}”登记"] if lacking else []

    def check_dropped(self, heading, text):
        word = words.unseated_aside(heading, text) if self.seat is not None else ""
        return f"“{heading[:20]}”一列没有读取，{flagged(word)}" if word else ""

    def check_title(self, text):
        if self.seat is None or self.seat.is_new:
            return ""
        numbers, term = words.terms_named(text), self.seat.term
        if numbers and term.number not in numbers:
            return f"写的是第{to_chinese(numbers[0])}届，与所选的{term}不同"
        level, word = words.level_titled(text), words.unseated(text)
        if level and level != term.level:
            return f"写的不是{term.get_level_display()}代表"
        return f"写着“{word}”，表里的人会登记为在任代表" if word else ""

    def check_under(self, title):
        word = words.unseated_all(title) if self.seat is not None else ""
        return f"这一行列在“{title[:30]}”之下，{flagged(word)}" if word else ""

    # -- what it would change

    def compare(self, known, values):
        changes = super().compare(known, {name: value for name, value in values.items() if name in known})
        _same_month(changes, "birth_date")
        _same_month(changes, "elected_on")
        district = changes.get("district")
        if district and self._label(district[1]) == district[0]:
            del changes["district"]
        if not self._seated(values):
            return {name: both for name, both in changes.items() if name not in SEAT_FIELDS}
        if known[SEAT] is None or _won_again(known[SEAT], values):
            changes = {name: both for name, both in changes.items() if name not in SEAT_DAYS}
            changes[SEAT] = [None, self.seat.words]
        return changes

    def check_change(self, known, values, changes):
        """Every check of the form, on the entry as it would become."""
        own = {name: values[name] for name in changes if name in values and name not in SEAT_FIELDS}
        if not own:
            return []
        became = Deputy(**{f.attname: getattr(known["row"], f.attname) for f in Deputy._meta.concrete_fields})
        findings = self._findings(fill(became, own, self.belonging))
        return [(each.field, f"与花名册中原有的信息合在一起：{each.message.rstrip('。')}") for each in findings]

    def notes_on(self, known, changes):
        return ["原已审核，导入后重新等待主席审核"] if known["approved"] and set(changes) - {SEAT, *SEAT_FIELDS} else []

    # -- the whole

    def review(self, rows, parts):
        for row in rows:
            if row.status not in (Status.NEW, Status.CHANGED, Status.UNCHANGED):
                continue
            self.named.add(row, creates=self._creates)
            if self.seat is None:
                continue
            if self._seated(row.values):
                self.crowd.add(row)
            elif row.status == Status.NEW:
                row.notes.append("“代表资格”一栏没有写本届在任，只导入基本信息")

    def refine(self, preview):
        """What is made beside the rows, and where numbers do not fit."""
        preview.plan = self._plan()
        preview.makes = plan_words(preview.plan, self.seat)
        preview.warnings += self.named.warnings()
        if self.seat is not None:
            preview.warnings += self.crowd.warnings()
        elif "district" in preview.places:
            count = self.named.with_district
            preview.left.append(f"没有选择届次：{count}行的选区等代表资格信息没有导入，可以“修改导入选项”")

    def _plan(self) -> dict[str, Any]:
        if not self._creates:
            return {}
        plan: dict[str, Any] = {}
        for name, known in self.belonging.rows.items():
            plan[name] = sorted(self.named.words[name] - set(known))
        if self.seat is not None:
            plan["districts"] = self.seat.unknown(self.named.districts)
            plan["term"] = self.seat.is_new
        return plan

    # -- writing

    def state(self):
        if self.batch is not None:  # whoever takes a table waits here for another who does
            Township.objects.select_for_update(of=("self",), no_key=True).get(pk=self.township.pk)
        return state_of(self.township, COMPARED)

    def make(self, plan):
        made = []
        if plan.get("term"):
            made.append(self.seat.term)
        for given in plan.get("districts", ()):
            row = District(
                township=self.township, term=self.seat.term, **{key: given[key] for key in ("number", "name", "seats")}
            )
            made.append(row)
            self.seat.know([row])
            for spelling in given["as"]:
                self.seat.spell(spelling, row)
        for name, model in (("group", Group), ("station", Station)):
            for word in plan.get(name, ()):
                row = model(township=self.township, name=word)
                made.append(row)
                self.belonging.rows[name][word] = row
        for row in made:
            row.save(force_insert=True)
        return [Taken(row, True) for row in made]

    def prepare(self, rows):
        """Keys, entries and mandates of new deputies, ready to be inserted, and the rows of known ones."""
        deputies, mandates = [], []
        for row in rows:
            if row.status != Status.NEW:
                continue
            deputy = fill(another(self._blank), row.values, self.belonging)
            deputy.pk = uuid.uuid4()
            set_name_keys(deputy)
            deputies.append(deputy)
            if self._seated(row.values):
                mandates.append(self._mandate(deputy, row.values))
        return [seal_bulk(deputies), deputies, mandates], [row for row in rows if row.status != Status.NEW]

    def take(self, prepared):
        made, known = prepared
        for records in made:
            insert_many(records)
        taken = [Taken(record, True) for records in made[1:] for record in records]
        for row in known:
            taken += self._change(row)
        return taken

    def _mandate(self, deputy: Deputy, values: dict[str, Any]) -> Mandate:
        seat = another(self._seat_blank)
        seat.pk, seat.deputy = uuid.uuid4(), deputy
        seat.district = self.seat.district(values.get("district"))
        return fill_seat(seat, values, self.seat.elected_on)

    def _change(self, row: PreviewRow) -> list[Taken]:
        current = Deputy.objects.select_for_update(of=("self",)).select_related("data_key", "group", "station")
        deputy = current.kept().get(pk=row.existing)
        taken = self._seat_of(deputy, row)
        own = [name for name in row.changes if name != SEAT and name not in SEAT_FIELDS]
        return [*taken, change(deputy, row.values, own, self.belonging)] if own else taken

    def _seat_of(self, deputy: Deputy, row: PreviewRow) -> list[Taken]:
        if SEAT in row.changes:
            mandate = self._mandate(deputy, row.values)
            mandate.save()
            return [Taken(mandate, True)]
        names = [name for name in row.changes if name in SEAT_FIELDS]
        if not names:
            return []
        mandate = list(self._mandates([deputy]).select_for_update(of=("self",)))[-1]
        before = {name: stored(mandate, name) for name in names}
        if "district" in names:
            mandate.district = self.seat.district(row.values["district"])
        fill_seat(mandate, {name: row.values[name] for name in names}, mandate.elected_on)
        mandate.save()
        return [Taken(mandate, False, {"values": before, "version": mandate.version})]

    # -- taking back

    def held(self, rows, before):
        return undoing.held(rows, before)

    def undo(self, rows, before):
        undoing.undo(rows, before)


def _won_again(seat: Mandate, values: dict[str, Any]) -> bool:
    """Whether a row tells of a by-election after the seat had ended."""
    said = values.get("elected_on") or ""
    return bool(seat.ended_on and len(said) > 7 and date.fromisoformat(said) > seat.ended_on)


def _same_month(changes: dict[str, list], name: str) -> None:
    """A month agrees with every day in it."""
    old, new = changes.get(name) or (None, None)
    if old and len(new) == 7 and old.startswith(new):
        del changes[name]
