"""Who is named as one table: the summary offices keep of the forms that came in, a row for each person (初步候选人汇总表)."""

import re
import unicodedata
from functools import cached_property
from typing import Any

from congress import clock
from congress.imports import Held, Taken, register
from congress.names.keys import set_keys
from congress.people import idnumber
from congress.people.record import prepare_bulk
from congress.spreadsheets.columns import Column, plain
from congress.spreadsheets.preview import PreviewRow, Status, restore
from deputies.imports import words
from deputies.imports.headings import HEADINGS
from deputies.imports.tables import EMPLOYER_POST
from elections.imports.by_level import DISTRICT, ByLevel
from elections.models import NominatingBody, Nomination, NominationBody, Nominee
from elections.queries.candidates import districts_of

JOINT = "选民联名"
FORM = ("named_by", "joint", "named_on")  # of the form, not of the person
_PARTS = re.compile(r"[、，,；;和]")
_JOINT = re.compile(r"(?:选民)?\s*(?:\d+\s*[人名])?\s*(?:以上)?\s*(?:选民)?联名(?:推荐|提名)?")

_SIGNERS = re.compile(r"(?<=联名)\s*[（(]\s*共?\s*(\d+)\s*[人名位]\s*[）)]|(\d+)\s*[人名位](?=\s*(?:选民)?联名)")


def spread_joint(text: str) -> dict[str, str]:
    """选民联名（12人）, 选民15人联名 → who named, and how many signed."""
    found = _SIGNERS.findall(unicodedata.normalize("NFKC", text))
    if len(found) != 1:
        return {}
    return {"named_by": _SIGNERS.sub("", unicodedata.normalize("NFKC", text)), "joint": "".join(found[0])}


@register
class Nominees(ByLevel):
    """People by district and name, each with the forms that name them."""

    key = "elections.nominees"
    label = "代表候选人"
    noun = "人"
    model = Nominee
    natural = ("district", "name")
    shown = ("district", "name", "gender", "birth_date", "employer_post", "named_by")
    placed = ("district",)
    beside = (Nomination, NominationBody)
    hint = (
        "每位被推荐人一行；“推荐者”写政党、人民团体的名称（几个用顿号分开），选民联名的写“选民联名”并写联名人数。"
        "已经登记的按选区和姓名核对，只补充、更正不同的，推荐表不再重复登记。"
    )
    list_route = "elections-nominee-list"

    def columns(self):
        return [
            DISTRICT,
            Column(
                "name",
                "姓名",
                ("候选人姓名", "被推荐人"),
                required=True,
                kind="name",
                max_length=40,
                width=12,
                spread=words.spread_person,
            ),
            Column("gender", "性别", kind="choice", choices=words.SEX, width=8, example="女"),
            Column(
                "birth_date", "出生日期", HEADINGS["birth_date"].split(), kind="date", width=14, example="1980-03-04"
            ),
            Column("id_number", "身份证号", HEADINGS["id_number"].split(), kind="id_number", personal=True, width=22),
            Column(
                "ethnicity", "民族", HEADINGS["ethnicity"].split(), kind="choice", choices=words.ETHNICITY, width=10
            ),
            Column("native_place", "籍贯", max_length=40),
            Column(
                "party", "政治面貌", HEADINGS["party"].split(), kind="choice", choices=words.PARTY, coarse=words.party
            ),
            Column(
                "education",
                "文化程度",
                HEADINGS["education"].split(),
                kind="choice",
                choices=words.EDUCATION,
                coarse=words.education,
            ),
            Column(
                "employer_post",
                "单位和职务",
                (*HEADINGS["employer_post"].split(), "工作单位及职务", "职业"),
                required=True,
                max_length=80,
                parts=EMPLOYER_POST,
                width=28,
                example="东山村村民",
            ),
            Column("phone", "手机", HEADINGS["phone"].split(), kind="phone", personal=True, width=16),
            Column("resume", "简历和主要表现", ("简历", "主要表现"), max_length=2000, width=40),
            Column(
                "named_by",
                "推荐者",
                ("推荐方式", "提名方式", "推荐单位", "提名者"),
                spread=spread_joint,
                width=26,
                example="云溪镇总工会、选民联名",
            ),
            Column("joint", "联名人数", ("联名选民数", "推荐人数"), kind="integer", width=10, example="12"),
            Column("named_on", "推荐日期", ("提名日期", "提出日期"), kind="date", width=14, example="2026-12-01"),
        ]

    def common(self):
        return {"election": self.election}

    def kept(self):
        return super().kept().select_related("district", "data_key", "election")

    def _spoken(self, row, name):
        return None if name in FORM else super()._spoken(row, name)

    def compare(self, known, values):
        return {name: pair for name, pair in super().compare(known, values).items() if name not in FORM}

    @cached_property
    def _bodies(self) -> dict[str, NominatingBody]:
        rows = NominatingBody.objects.kept().filter(campaign=self.election.campaign_id)
        return {plain(one.name): one for one in rows}

    @cached_property
    def _electing(self) -> set[str]:
        return {str(one) for one in districts_of(self.election)}

    def settle(self, values):
        number = values.get("id_number")
        if number and not idnumber.problem(number, clock.today()):
            read = idnumber.parse(number, clock.today())
            values["birth_date"] = values.get("birth_date") or read.birth_date.isoformat()
            values["gender"] = values.get("gender") or read.sex
        return super().settle(values)

    def check_row(self, values):
        wrong = super().check_row(values)
        if not wrong and values.get("district") and values["district"] not in self._electing:
            wrong.append(("district", "这个选区这次不选举"))
        told = {"gender": "请写性别", "birth_date": "请写出生日期"}
        wrong += [(name, words) for name, words in told.items() if not values.get(name)]
        # Of somebody who is named already the forms were entered with the person.
        return wrong if self.key_of(values) in self._known else wrong + self._check_form(values)

    def _check_form(self, values) -> list[tuple[str, str]]:
        wrong = [] if values.get("named_on") else [("named_on", "请写推荐日期")]
        if not self._named(values):
            wrong.append(("named_by", "请写推荐者"))
        unknown = [one for one in self._named(values) if one != JOINT and plain(one) not in self._bodies]
        if unknown:
            names = "、".join(f"“{one}”" for one in unknown)
            wrong.append(("named_by", f"还没有登记{names}，请先在“政党、人民团体”中登记"))
        if JOINT in self._named(values) and not values.get("joint"):
            wrong.append(("joint", "选民联名的请写联名人数"))
        return wrong

    @cached_property
    def _known(self) -> set[tuple]:
        return {(str(one.district), one.name) for one in self.kept()}

    def _named(self, values: dict[str, Any]) -> list[str]:
        parts = [one.strip() for one in _PARTS.split(values.get("named_by") or "") if one.strip()]
        return [JOINT if _JOINT.fullmatch(one) else one for one in parts]

    def _set(self, row, values):
        super()._set(row, {name: value for name, value in values.items() if name not in FORM})
        set_keys(row)
        return row

    def take(self, rows: list[PreviewRow]) -> list[Taken]:
        new = [row for row in rows if row.status == Status.NEW]
        people = [self._set(Nominee(township=self.township, **self.common()), row.values) for row in new]
        Nominee.objects.bulk_create(prepare_bulk(people))
        made: list = [*people]
        for person, row in zip(people, new, strict=True):
            made += self._forms(person, restore(row.values, self.columns()))
        changed = [self._change(row) for row in rows if row.status == Status.CHANGED]
        return [*(Taken(row, True) for row in made), *changed]

    def _forms(self, person: Nominee, values: dict[str, Any]) -> list:
        """The forms that name a person: one of the bodies together, one of the voters."""
        named = self._named(values)
        bodies = [self._bodies[plain(one)] for one in dict.fromkeys(named) if one != JOINT]
        given = {"township": self.township, "nominee": person, "submitted_on": values["named_on"]}
        made: list = []
        if JOINT in named:
            made.append(Nomination.objects.create(kind=Nomination.Kind.VOTERS, paper_signers=values["joint"], **given))
        if bodies:
            form = Nomination.objects.create(kind=Nomination.Kind.BODIES, **given)
            rows = [NominationBody(township=self.township, nomination=form, body=body) for body in bodies]
            made += [form, *NominationBody.objects.bulk_create(rows)]
        return made

    def held(self, rows, before):
        found = super().held(rows, before)
        settled = Nomination.objects.filter(pk__in=[row.subject_id for row in rows]).exclude(
            state=Nomination.State.RECEIVED
        )
        for form in settled.select_related("nominee"):
            held = Held(form.nominee.name, "推荐表已经核对")
            found |= {form.pk: held, form.nominee_id: held}
        return found

    def _listed_of(self):
        return self.election.pk
