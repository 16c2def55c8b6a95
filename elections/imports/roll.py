"""The roll of voters as a table: compared with the roll that stands, person by person."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q
from django.urls import reverse

from congress.guard.refusal import refuse
from congress.imports import ImportKind, register, whose
from congress.law.elections import born_by, voting_age
from congress.spreadsheets.lines import bare_title
from congress.spreadsheets.preview import ACCEPTED, PreviewRow, Status
from congress.wording import chinese_date
from deputies.imports.words import BESIDES
from elections.imports import missing, rollback
from elections.imports.columns import roll_columns
from elections.imports.people import Person, decide, same
from elections.imports.places import Places
from elections.imports.roll_form import SOURCES, RollForm
from elections.imports.words import GROUNDS, gone, health_heading, lunar_day, of_health
from elections.imports.writing import GENDERS, Writer
from elections.models import Election, Registration, RollChange, Voter
from elections.permissions import VOTERS_EDIT
from elections.queries.days import Days, days_of
from elections.queries.lists import frozen_list, holding

NOT_COMPARED = ("ground", "name_note", "lunar", "card_no")
DAY = len("2026-12-20")
_OF_GROUP = re.compile(r"第?(?:\d{1,4}|[一二三四五六七八九十百]{1,5})(?:选民|村民)?小?组$")  # 第一选区第二小组
OLD = 110  # years of age from which a birthday is worth another look
ENTERED = "登记"  # how the preview names a registration that a known voter gets
FROZEN = "这次选举的选民名单已经定稿，名单以后的变动请逐人登记（补登、除名、更正），不再整册导入。"
age_on = lru_cache(maxsize=40_000)(voting_age)


@register
class Roll(ImportKind):
    """Voters by identity number, else by name and birthday: see `people`."""

    key = "elections.roll"
    label = "选民册"
    permission = VOTERS_EDIT
    noun = "人"
    form = RollForm
    own = (Registration, Voter)
    once_for_all = ("election", "source", "registered_on")  # a village a file, two dozen times
    told = ("district", "group")
    shown = ("district", "group", "name", "gender", "birth_date", "id_number", "address")
    hint = (
        "村组、登记站、单位的选民名册一次导入，先与选民册逐人比对：新增、无变化、更新、转移选区，以及册上有而表里没有的。"
        "身份证号可以不填；健康情况不读取。"
    )

    def __init__(self, township, options):
        super().__init__(township, options)
        chosen = Election.objects.kept().filter(pk=options.get("election") or None)
        self.election = chosen.select_related("campaign", "term").first()
        self.seen: set = set()  # voters of the roll that the table names
        self.covered: Counter = Counter()  # rows of each district
        self.new_groups: dict[str, dict[str, None]] = {}
        self._cells: dict[Person, dict[str, Any]] = {}
        self.numbered: dict[bytes, int] = {}  # blind index of a number: the row that has it
        self.without_county = 0  # rows whose group says no district of the county's election

    @classmethod
    def complete(cls, township, options, book):
        election = Election.objects.kept().filter(pk=options.get("election") or None).first()
        if election is not None and frozen_list(election):
            refuse(FROZEN, "election")
        return options

    @cached_property
    def places(self) -> Places:
        """Where voters may be registered."""
        return Places(self.election, self.options.get("district"))

    @cached_property
    def days(self) -> Days:
        """When each district votes."""
        return days_of(self.election)

    def day_of(self, label: str | None) -> date:
        """When the district of a row votes; of one nobody knows, the election day."""
        place = self.places.by_label.get(label) if label else None
        return self.days.of(place.pk) if place else self.days.main

    @cached_property
    def writer(self) -> Writer:
        """Writes the rows of this batch."""
        return Writer(self)

    @cached_property
    def newly_since(self) -> date | None:
        """Who was born after this day has come of age since the last election (选举法二十七)."""
        last = self.election.campaign.last_day
        return None if last is None else age_limit(last)

    def columns(self):
        place = self.township
        with_district = self.election is not None and not self.options.get("district")
        return roll_columns(place.name, place.county.name, with_district=with_district)

    def said(self):
        if self.election is None:
            return []
        told = [("选举", f"{self.election}（{self.election.term.get_level_display()}）")]
        told.append(("选举日", self.election.election_day.isoformat()))
        return [*told, ("名册来源", SOURCES.get(self.options.get("source") or "", "没有说明"))]

    @classmethod
    def back(cls, township):
        return reverse("elections-voters", args=[township.code])

    def seen_at(self):
        if self.election is None:
            return self.back(self.township)
        return reverse("elections-roll", args=[self.township.code, self.election.pk])

    # -- who a row is

    def key_of(self, values):
        if not values.get("name") or len(values.get("birth_date") or "") != DAY:
            return None
        person = Person.of(values)
        self._cells[person] = values
        return person

    def buckets(self, key):
        return [("name", key.name, key.birth), *([("id", key.number)] if key.number else [])]

    def same(self, one, other):
        return same(one, other)

    @cached_property
    def has_voters(self) -> bool:
        """Whether there is anybody to compare rows with."""
        return Voter.objects.kept().filter(township=self.township).exists()

    def lookup(self, keys):
        cells, self._cells = self._cells, {}
        if not self.has_voters:
            return {}
        called: dict[tuple, list] = {}
        for person, known in self._known(keys):
            for bucket in self.buckets(person):
                called.setdefault(bucket, []).append((person, known))
        found = {}
        for key in keys:
            mine = {known["id"]: (person, known) for b in self.buckets(key) for person, known in called.get(b, ())}
            answer = decide(key, list(mine.values()), lambda known, said=cells[key]: self.compare(known, said))
            if answer is not None:
                found[key] = answer
        return found

    def _known(self, keys):
        digests = [d for key in keys if key.number for d in Voter._meta.get_field("id_index").digests(key.number)]
        wanted = Q(id_index__in=digests) | Q(name__in={k.name for k in keys}, birth_date__in={k.birth for k in keys})
        voters = list(Voter.objects.kept().filter(wanted).select_related("data_key"))
        on_roll = Registration.objects.kept().filter(election=self.election, on_roll=True, voter__in=voters)
        held = {row.voter_id: row for row in on_roll.select_related("group")} if voters else {}
        labels = {row.pk: label for label, row in self.places.by_label.items()}
        barred = barred_among(voters, self.days.all) if voters else {}
        for voter in voters:
            known = known_of(voter, held.get(voter.pk), labels) | {"barred": barred.get(voter.pk, {})}
            yield Person(voter.name, known["id_number"] or "", known["birth_date"], voter.village), known

    # -- what a row says

    def settle(self, values):
        said = []
        if note := values.pop("name_note", None):
            values["remark"] = "；".join(filter(None, (values.get("remark"), note)))
            said.append(f"姓名后面的“{note}”记入备注")
        if values.get("remark") and of_health(values["remark"]):
            values["remark"] = None
            said.append(
                "备注写有健康情况，没有导入；精神病患者未经选举委员会确认不能行使选举权利的，仍应列入名单（选举法二十七）"
            )
        label, _ = self.places.district(values.get("district"))
        values["district"] = label or values.get("district")
        if label and values.get("group"):
            group = self.places.group(label, values["group"])
            values["group"] = str(group) if group else values["group"]
        return said + self._settle_birth(values)

    def _settle_birth(self, values: dict[str, Any]) -> list[str]:
        number, birth, said = values.get("id_number"), values.get("birth_date") or "", []
        if number:
            values["gender"] = values.get("gender") or ("男" if int(number[16]) % 2 else "女")
            born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            if not birth and values.get("lunar"):
                said.append("生日写的是农历，按身份证号登记公历")
            if not birth or (len(birth) == 7 and born.startswith(birth)):
                values["birth_date"] = birth = born
        if not values.get("ground") and len(birth) == DAY:
            newly = self.newly_since is not None and date.fromisoformat(birth) > self.newly_since
            values["ground"] = "新满十八周岁" if newly else "上次登记继续有效"
        if len(birth) == DAY and int(birth[:4]) < self.election.election_day.year - OLD:
            said.append(f"按出生日期已满{OLD}周岁，请核对是否健在")
        return said

    def check_row(self, values):
        wrong = self._check_birth(values) + self._check_standing(values)
        if (town := values.get("town")) and whose.other_than(self.township, town):
            wrong.append(("town", f"这一行写的是“{town}”，不是{self.township}的"))
        label, problem = self.places.district(values.get("district"))
        if problem:
            wrong.append(("district", problem))
        elif values.get("group") and not self.options.get("create") and not self.places.group(label, values["group"]):
            wrong.append(("group", "这个选区没有登记过这个选民小组，请先登记，或者选择随导入一并登记"))
        return wrong

    def settle_under(self, title, values):
        group = _OF_GROUP.search(bare_title(title))
        if values.get("group") or group is None:
            return []
        values["group"] = group[0]
        return [f"选民小组按标题“{title[:30]}”登记"]

    def check_under(self, title):
        word = gone(title) if not BESIDES.search(title) else ""  # 选民册（除去世、迁出）
        return f"这一行列在“{title[:30]}”之下，{_left_out(word)}" if word else ""

    def check_dropped(self, heading, text):
        word = gone(text) if len(text) <= 20 and not health_heading(heading) else ""
        return f"“{heading[:20]}”一列没有读取，{_left_out(word)}" if word else ""

    def _check_birth(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        number, birth = values.get("id_number"), values.get("birth_date") or ""
        if values.get("lunar") and not number:
            day = lunar_day(values["lunar"])
            found = f"折算成公历是{chinese_date(day)}，请对照户口簿核实后" if day else "折算不出公历，请对照户口簿"
            told = f"{found}填公历日期"
            return [("birth_date" if "birth_date" in values else "lunar", f"写的是农历，{told}")]
        if not birth:
            return [("birth_date", "没有出生日期，也没有身份证号，不能认定是否年满十八周岁")]
        if number and f"{number[6:10]}-{number[10:12]}-{number[12:14]}"[: len(birth)] != birth:
            return [("birth_date", "出生日期与身份证号不一致")]
        if len(birth) == 7:
            return [("birth_date", "只有年月，请对照户口簿填写完整的出生日期")]
        wrong = []
        if not values.get("gender"):
            wrong.append(("gender", "没有身份证号的，必须填写性别"))
        elif number and values["gender"] != ("男" if int(number[16]) % 2 else "女"):
            wrong.append(("gender", "性别与身份证号不一致"))
        day = self.day_of(values.get("district"))
        age = None if birth < long_of_age(day) else age_on(date.fromisoformat(birth), day)
        if age is not None and not age.eligible:
            full = chinese_date(age.turns_18_on)
            wrong.append(
                ("birth_date", f"到选举日（{chinese_date(day)}）未满十八周岁，{full}才满，不能登记（选举法四）")
            )
        return wrong

    def _check_standing(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        ground = values.get("ground")
        if ground is not None and ground not in GROUNDS:
            return [("ground", _left_out(ground))]
        word = gone(values.get("remark") or "")
        return [("remark", _left_out(word))] if word else []

    # -- what it would change

    def compare(self, known, values):
        said = {name: value for name, value in values.items() if name in known and name not in NOT_COMPARED}
        district = said.pop("district", None)
        changes = super().compare(known, said)
        if known["district"] is None:
            changes.pop("group", None)
            changes[ENTERED] = [None, f"{district}{values.get('group') or ''}"]
        elif district != known["district"]:
            changes["district"] = [known["district"], district]
        return changes

    def check_change(self, known, values, changes):
        arrives = ENTERED in changes or "district" in changes
        barred = known["barred"].get(self.day_of(values.get("district"))) if arrives else None
        return [("name", barred)] if barred else []

    def notes_on(self, known, changes):
        if "district" not in changes:
            return []
        return [f"选民册上在{known['district']}，导入后转到{changes['district'][1]}，原登记以“转到其他选区登记”除名"]

    # -- the whole

    def review(self, rows, parts):
        for row in rows:
            self.seen.update(choice[0] for choice in (row.question.choices if row.question else ()))
            self.seen.update(filter(None, [row.existing]))
            label = row.values.get("district")
            if label in self.places.by_label:
                self.covered[label] += 1
            if row.status == Status.CHANGED and "district" in row.changes:
                row.status = Status.MOVED
            if row.status in ACCEPTED:
                self._review_group(row, label)
                if index := Voter._meta.get_field("id_index").digest(row.values.get("id_number")):
                    self.numbered[index] = row.row
            if row.status == Status.NEW and self._disputed(row.values["birth_date"], label):
                row.notes.append("2月29日出生，平年选举：是否已满十八周岁有两种算法，请选举委员会确认")

    def _review_group(self, row: PreviewRow, label: str) -> None:
        group = row.values.get("group")
        found = self.places.group(label, group) if group else None
        self.without_county += found is None or found.county_district_id is None
        if group and found is None:
            self.new_groups.setdefault(label, {})[group] = None

    def _disputed(self, birth: str, label: str | None) -> bool:
        day = self.day_of(label)
        return birth >= long_of_age(day) and age_on(date.fromisoformat(birth), day).needs_human

    def absent(self):
        yield from missing.rows(self)

    def refine(self, preview):
        preview.plan = {
            "groups": [
                one for label, texts in self.new_groups.items() for one in self.places.planned(label, list(texts))
            ]
        }
        if preview.plan["groups"]:
            named = [f"{one['district']}第{one['number']}小组（{one['name']}）" for one in preview.plan["groups"]]
            more = f"等{len(named)}个" if len(named) > 20 else ""
            preview.makes.append(f"选民小组{len(named)}个：{'、'.join(named[:20])}{more}")
        unread = dict.fromkeys(label for part in preview.parts for label in part.labels if health_heading(label))
        if unread:
            preview.left.append(
                f"{'、'.join(unread)}属于健康信息，与选民登记无关，没有读取（个人信息保护法第六条、第二十八条）"
            )
        if self.writer.also and self.without_county:
            said = f"{self.without_county}人没有写选民小组，或者小组没有填写县级选区，只登记到乡级选举；请先在选民小组中填写"
            preview.warnings.append(said)
        preview.warnings += [*missing.warnings(self), *missing.elsewhere(self)]

    # -- writing

    def state(self):
        return None if self.election is None else self.writer.state()

    def make(self, plan):
        if self.election is None or self.election.campaign.closed_on:
            refuse("这次选举工作已经结束或者撤回，请重新选择。")
        if frozen_list(self.election):
            refuse(FROZEN)
        return self.writer.groups(plan.get("groups", ()))

    def prepare(self, rows):
        return self.writer.prepare(rows)

    def take(self, prepared):
        return self.writer.write(prepared)

    # -- taking back

    def held(self, rows, before):
        return rollback.held(rows, before)

    def undo(self, rows, before):
        rollback.undo(rows, before)


def barred_among(voters: list[Voter], days: Collection[date]) -> dict[Any, dict[date, str]]:
    """Who of these voters may not be entered on which of the election days, and why: kept off on it, or registered as dead."""
    found: dict[Any, dict[date, str]] = defaultdict(dict)
    for day in days:
        for one in holding(day).filter(voter__in=voters):
            found[one.voter_id][day] = f"该选民{one}（{one.paper}），选举日不列入名单"
    dead = RollChange.objects.kept().filter(registration__voter__in=voters, kind=RollChange.Kind.DIED)
    for voter in dead.values_list("registration__voter", flat=True):
        found[voter] = dict.fromkeys(days, "该选民已登记死亡；有误的请先撤销那项变动")
    return found


def known_of(voter: Voter, held: Registration | None, labels: dict) -> dict[str, Any]:
    """A voter of the roll in the spelling of the columns."""
    return {
        "id": voter.pk,
        "name": voter.name,
        "gender": GENDERS[voter.gender],
        "birth_date": voter.birth_date.isoformat(),
        "id_number": voter.id_number or None,
        "district": labels.get(held.district_id) if held else None,
        "group": str(held.group) if held and held.group else None,
        "household": voter.get_household_display(),
        **{
            name: getattr(voter, name) or None
            for name in ("ethnicity", "household_no", "village", "employer", "remark")
        },
        **{name: getattr(voter, name) or None for name in ("phone", "address")},
    }


def _left_out(word: str) -> str:
    return f"写着“{word}”，没有登记；已在册的，请按事由除名并附依据材料"


@lru_cache
def long_of_age(day: date) -> str:
    """Who was born before this day is of age on an election day however the law is read: nearly everybody."""
    return (born_by(day) - timedelta(days=2)).isoformat()


def age_limit(last: date) -> date:
    """The last birthday of those who had come of age by an election day."""
    day = date(last.year - 18, last.month, min(last.day, 28)) + timedelta(days=3)
    while not age_on(day, last).eligible:
        day -= timedelta(days=1)
    return day
