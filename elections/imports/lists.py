"""Lists of police, civil affairs, courts and procuratorates: changes of the roll that they propose, person by person.

Nothing follows from a list by itself: each row says whom it found, and what is taken goes through the one action that
changes the roll, with the list's paper.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.urls import reverse

from congress import clock
from congress.imports import Held, ImportKind, Taken, register
from congress.law.roll import GROUNDS
from congress.spreadsheets.columns import Column
from congress.spreadsheets.dates import spread_period
from congress.spreadsheets.preview import Ask, Known, PreviewRow, Status
from deputies.imports.headings import HEADINGS
from elections.actions.roll import Basis, change, removal_findings, undo
from elections.imports.people import Person, words_of
from elections.imports.roll_form import LevelForm
from elections.models import Election, Registration, RollChange, Voter
from elections.permissions import VOTERS_EDIT
from elections.queries.days import own_days

Kind = RollChange.Kind
CHANGE = "变动"  # how the preview names the change of the roll
_LABELS = {GROUNDS[kind].label: kind for kind in GROUNDS}
_WORDS = {
    Kind.DIED: "去世 死亡注销 死亡销户 病故 亡故 注销 销户",
    Kind.MOVED_OUT: "户口迁出 迁往外地 迁移",
    Kind.DEPRIVED: "剥夺政治权利 附加剥夺政治权利 剥权",
    Kind.SUSPENDED: "停止行使 停止选举权利 停止行使选举权",
}


_HEADINGS = {
    "name": "名字 死者姓名 被告人 罪犯姓名",
    "id_number": HEADINGS["id_number"],
    "birth_date": HEADINGS["birth_date"],
    "kind": "变动原因 变动 类型 注销原因 事由",
    "happened_on": "日期 死亡日期 死亡时间 迁出日期 起始日期 起刑日期 决定日期 注销日期 剥权起止 剥权起止日期 剥夺政治权利起止"
    " 剥夺政治权利期间 剥夺政治权利期限 起止日期 起止时间 起止",
    "until": "截止日期 止日期 期满日 刑满日期",
    "body": "机关 作出决定的机关 判决机关 判决法院",
    "paper": "文号 文书 判决书号 决定书号 依据",
}
_BODIES = {"人民法院": ("法院",), "人民检察院": ("检察院",)}
_BODY_CODES = {"人民法院": "court", "人民检察院": "procuratorate"}


_PERIOD = spread_period("happened_on", "until")


def _body_in(text: str) -> str | None:
    """The kind of body that a name is of: 清江县人民法院 → 人民法院."""
    return next((body for body, (short,) in _BODIES.items() if text.endswith(short)), None)


def _column(key: str, label: str, **said) -> Column:
    return Column(key, label, tuple(_HEADINGS[key].split()), **said)


class ListForm(LevelForm):
    """The election, and the paper the list came with."""

    paper = forms.CharField(
        label="名单来文",
        max_length=100,
        help_text="来文单位、名称和文号，如“派出所户籍变动名单（2026）3号”；逐人记入变动的依据",
    )
    field_order = ("file", "text", "election", "paper")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["election"].label = "哪一次选举的选民册"


class PersonList(ImportKind):
    """Base of the lists. `kinds` are the changes it may propose; where it is one only, rows need not say which."""

    permission = VOTERS_EDIT
    noun = "人"
    form = ListForm
    once_for_all = ("election",)
    nobody, unanswered = "都不是", "不处理"
    kinds: tuple[str, ...] = ()
    body = ""  # of whoever decided, where rows do not say
    arrivals: tuple[str, ...] = ()  # words of rows that take nobody off
    shown = ("name", "id_number", "birth_date", "kind", "happened_on", "paper")

    def __init__(self, township, options):
        super().__init__(township, options)
        chosen = Election.objects.kept().filter(pk=options.get("election") or None)
        self.election = chosen.select_related("campaign", "term").first()

    def columns(self):
        labels = {str(GROUNDS[kind].label): tuple(_WORDS.get(kind, "").split()) for kind in self.kinds}
        choices = labels | dict.fromkeys(self.arrivals, ())
        which = {"kind": "choice", "choices": choices, "required": len(choices) > 1, "titled": True, "width": 18}
        who = {"kind": "choice", "choices": _BODIES, "coarse": _body_in, "offered": self._excludes}
        return [
            _column("name", "姓名", required=True, kind="name", max_length=40),
            _column("id_number", "身份证号", kind="id_number", personal=True, width=22),
            _column("birth_date", "出生日期", kind="birth", personal=True),
            _column("kind", "变动类型", **which),
            _column("happened_on", "变动日期", required=True, kind="date", either=True, spread=_PERIOD),
            _column("until", "期满日期", kind="date", offered=self._excludes),
            _column("body", "决定机关", **who),
            _column("paper", "文书和文号", max_length=100, width=24),
        ]

    @property
    def _excludes(self) -> bool:
        return any(GROUNDS[kind].excludes for kind in self.kinds)

    def said(self):
        if self.election is None:
            return []
        return [("选举", str(self.election)), ("名单来文", self.options.get("paper") or "没有填写")]

    @classmethod
    def back(cls, township):
        return reverse("elections-voters", args=[township.code])

    # -- whom a row means

    def key_of(self, values):
        born = values.get("birth_date") or ""
        number = values.get("id_number") or ""
        if number:
            born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        return Person(values["name"], number, born, "") if values.get("name") else None

    def buckets(self, key):
        return [("name", key.name), *([("id", key.number)] if key.number else [])]

    def same(self, one, other):
        if one.number and other.number:
            return one.number == other.number
        return (
            None if one.name == other.name and (one.birth == other.birth or not (one.birth and other.birth)) else False
        )

    def lookup(self, keys):
        digests = [d for key in keys if key.number for d in Voter._meta.get_field("id_index").digests(key.number)]
        wanted = Q(id_index__in=digests) | Q(name__in={key.name for key in keys})
        voters = list(
            Voter.objects.kept()
            .filter(wanted, registrations__election__campaign=self.election.campaign_id)
            .distinct()
            .select_related("data_key")
        )
        known = {voter.pk: self._known(voter) for voter in voters} if voters else {}
        self._tell_standing(voters, known)
        found = {}
        for key in keys:
            answer = _answer(
                key,
                [(Person(v.name, v.id_number or "", v.birth_date.isoformat(), v.village), known[v.pk]) for v in voters],
            )
            if answer is not None:
                found[key] = answer
        return found

    @staticmethod
    def _known(voter: Voter) -> Known:
        return {
            "id": voter.pk,
            "voter": voter,
            "entry": None,
            "district": None,
            "ended": None,
            "household_no": voter.household_no,
        }

    def _tell_standing(self, voters: list[Voter], known: dict[Any, Known]) -> None:
        """Where they stand, and for those who do not, by which change they were taken off last."""
        rows = Registration.objects.kept().filter(voter__in=voters, election__campaign=self.election.campaign_id)
        for entry in rows.select_related("district", "election").order_by("election__term__level"):
            if entry.on_roll:
                known[entry.voter_id] |= {"entry": entry, "district": str(entry.district)}
        last = RollChange.objects.kept().filter(registration__in=rows, registration__on_roll=False)
        for row in (
            last.exclude(kind__in=(Kind.ADDED, Kind.CORRECTED)).select_related("registration").order_by("created_at")
        ):
            known[row.registration.voter_id]["ended"] = row.get_kind_display()

    # -- what a row says

    def settle_under(self, title, values):
        words = {
            word: kind for kind in self.kinds for word in (str(GROUNDS[kind].label), *_WORDS.get(kind, "").split())
        }
        said = {kind for word, kind in words.items() if word in title}
        arrive = any(word in title for word in self.arrivals)
        if values.get("kind") or len(said) != 1 or arrive or len(self.kinds) == 1:
            return []
        values["kind"] = str(GROUNDS[said.pop()].label)
        return [f"变动类型按标题“{title[:30]}”登记为“{values['kind']}”"]

    def settle(self, values):
        if not values.get("kind") and len(self.kinds) == 1:
            values["kind"] = str(GROUNDS[self.kinds[0]].label)
        return []

    def check_row(self, values):
        day, until = values["happened_on"], values.get("until")
        wrong = [("happened_on", "日期不能晚于今天")] if day > clock.today() else []
        if until and until < day:
            wrong.append(("until", "期满日期不能早于开始日期"))
        born, number = values.get("birth_date") or "", values.get("id_number")
        if number and born and f"{number[6:10]}-{number[10:12]}-{number[12:14]}"[: len(born)] != born:
            wrong.append(("birth_date", "出生日期与身份证号不一致"))
        return wrong

    def compare(self, known, values):
        if known["entry"] is None or values.get("kind") in self.arrivals:
            return {}
        return {CHANGE: [f"在册（{known['district']}）", values["kind"]]}

    def check_change(self, known, values, changes):
        kind, day = _LABELS[values["kind"]], date.fromisoformat(values["happened_on"])
        pack = self.township.pack
        entry = known["entry"]
        voted = self._own_days.get(entry.district_id, entry.election.election_day)
        found = removal_findings(known["voter"], voted, kind, day, self._basis(values), pack)
        return [(each.field, each.message.rstrip("。")) for each in found if each.blocking]

    @cached_property
    def _own_days(self) -> dict[Any, date]:
        """When the districts vote that do so on a day of their own; one query."""
        return own_days(self.election.campaign)

    def _basis(self, values: dict[str, Any]) -> Basis:
        until, body = values.get("until"), values.get("body")
        return Basis(
            paper="；".join(filter(None, [values.get("paper"), self.options.get("paper")]))[:100],
            body=_BODY_CODES[body] if body else self.body,
            until=date.fromisoformat(until) if until else None,
        )

    def notes_on(self, known, changes):
        return [f"结果：找到，在{known['district']}，导入后除名"]

    def review(self, rows, parts):
        """The result of each row in words."""
        for row in rows:
            if row.status == Status.NEW:
                row.status = Status.UNKNOWN
                row.notes.append(self._unknown(row))
            elif row.status == Status.UNCHANGED:
                row.notes.append(
                    "结果：已办理，或者已在册，没有变动"
                    if row.values.get("kind") in self.arrivals
                    else f"结果：{self._done(row)}"
                )

    def _unknown(self, row: PreviewRow) -> str:
        if row.question is not None:
            return f"结果：选民册中有{len(row.question.choices)}人可能是，不选的不处理"
        if row.values.get("kind") in self.arrivals:
            return "结果：没有登记，应予登记的请在选民册中登记"
        return "结果：没有找到，可能登记在其他乡镇，或者没有登记"

    def _done(self, row: PreviewRow) -> str:
        return f"已不在册（{self._ended.get(row.existing) or '以前已除名'}）"

    @cached_property
    def _ended(self) -> dict[str, str]:
        rows = RollChange.objects.kept().filter(
            election__campaign=self.election.campaign_id, registration__on_roll=False
        )
        ending = (
            rows.exclude(kind__in=(Kind.ADDED, Kind.CORRECTED)).select_related("registration").order_by("created_at")
        )
        return {str(row.registration.voter_id): row.get_kind_display() for row in ending.iterator()}

    # -- writing

    def take(self, rows):
        return [taken for row in rows for taken in self._take(row)]

    def _take(self, row: PreviewRow) -> Iterator[Taken]:
        entries = Registration.objects.kept().filter(
            voter=row.existing, election__campaign=self.election.campaign_id, on_roll=True
        )
        entry = entries.select_related("election", "voter", "township").order_by("election__term__level").first()
        if entry is None:
            raise ObjectDoesNotExist
        values = row.values
        made = change(
            self.actor, entry, _LABELS[values["kind"]], date.fromisoformat(values["happened_on"]), self._basis(values)
        )
        return (Taken(one, True) for one in made)

    # -- taking back

    def held(self, rows, before):
        found = {}
        for row in (
            RollChange.objects.kept().filter(pk__in=[each.subject_id for each in rows]).select_related("registration")
        ):
            entry = row.registration
            others = Registration.objects.kept().filter(voter=entry.voter_id, election=entry.election_id, on_roll=True)
            if row.supplement_id is not None:
                found[row.pk] = Held(f"{row}", "已经补正公告")
            elif row.version or others.exists():
                found[row.pk] = Held(f"{row}", "该选民后来又有登记或者变动")
        return found

    def undo(self, rows, before):
        for row in RollChange.objects.kept().filter(pk__in=[each.subject_id for each in rows]):
            undo(self.actor, row, "撤销导入", None)


def _answer(key: Person, people: list[tuple[Person, Known]]) -> Known | Ask | None:
    """The voter a row means by its number; anything less is asked, also where there is but one."""
    for person, known in people:
        if key.number and person.number == key.number:
            return known
    likely = [
        (known, words_of(person, known))
        for person, known in people
        if person.name == key.name
        and not (key.number and person.number)
        and (not key.birth or person.birth[: len(key.birth)] == key.birth)
    ]
    return Ask("没有相同的身份证号，只有姓名（和出生日期）相同，不能认定是同一人：", likely) if likely else None


@register
class Police(PersonList):
    """Deaths and moves as the police keep them."""

    key = "elections.police"
    label = "公安户籍变动名单"
    kinds = (Kind.DIED, Kind.MOVED_OUT)
    arrivals = ("迁入",)
    hint = "公安机关提供的死亡、迁出、迁入名单，逐人与选民册核对；找到的才除名，没有找到和有几人符合的列出来由人处理。"


@register
class Deaths(PersonList):
    """Deaths as civil affairs keep them."""

    key = "elections.deaths"
    label = "民政死亡名单"
    kinds = (Kind.DIED,)
    hint = "民政部门提供的死亡（火化）名单，逐人与选民册核对；找到的才除名。"


@register
class Judgments(PersonList):
    """Who lost political rights by a judgment, or may not vote while detained by a decision."""

    key = "elections.judgments"
    label = "剥夺、停止行使选举权利名单"
    kinds = (Kind.DEPRIVED, Kind.SUSPENDED)
    hint = (
        "人民法院、人民检察院提供的名单：剥夺政治权利只能由人民法院判决，停止行使选举权利只能由人民检察院或者人民法院决定；"
        "公安机关的口头说法、其他机关的名单不能除名。"
    )
