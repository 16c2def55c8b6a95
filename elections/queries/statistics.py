"""The statistics of an election: indicators of roll and votes, how they add up, and the roll by district, group, age, way, day."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from congress import together
from congress.guard.record import kept
from congress.law import roll as law
from congress.law.finding import Finding
from deputies.models import District, Level, Mandate
from elections.models import (
    Appeal,
    Election,
    PoolEntry,
    Registration,
    RollChange,
    StatisticsNote,
    Supplement,
    Voter,
)
from elections.queries import voted
from elections.queries.lists import REMOVING, kept_off, on_roll

Ground, Kind = Registration.Ground, RollChange.Kind
MINORITY = ~Q(voter__ethnicity__in=["汉族", "汉", ""])
# Item numbers of the official township form that could be read; all others stay empty until the county's book says them.
KNOWN_NUMBERS = {"roll.unable": "14", "roll.suspended": "15"}
# What no record says: typed with its source.
TYPED = {
    "people.household": ("人口", "户籍人口"),
    "people.resident": ("人口", "常住人口"),
    "people.adults": ("人口", "18周岁以上户籍人口"),
    "roll.elsewhere": ("登记", "户籍选民在外地登记"),
}
OTHER_REMOVED = (Kind.UNDERAGE, Kind.DUPLICATE, Kind.MISTAKEN)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of the statistics; None where nothing says it yet."""

    key: str
    group: str
    label: str
    value: int | None
    unit: str = "人"
    official_no: str = ""
    note: str = ""
    position: int = 0

    @property
    def pk(self) -> str:
        """What tells it apart in a list."""
        return self.key


@dataclass(frozen=True)
class Facts:
    """What the statistics of one election are made of, read in one statement."""

    election: Election
    came: Counter
    went: Counter
    excluded: Counter
    pool: Counter
    roll: list[dict]
    districts: list[dict]
    appeals: list[dict]
    supplements: list[dict]
    notes: dict[str, dict]
    county_only: int
    votes: voted.Votes

    def voters(self, **wanted) -> int:
        """How many on the roll are so."""
        return sum(row["number"] for row in self.roll if all(row[name] == value for name, value in wanted.items()))


def facts(election: Election) -> Facts:
    """Read what the statistics are made of."""
    found = together.lists(
        {
            "came": _counted(entered(election), "ground"),
            "went": _counted(removed(election), "kind"),
            "excluded": _counted(kept_off(election), "ground", "voter"),
            "pool": _counted(PoolEntry.objects.kept().filter(campaign=election.campaign_id), "state"),
            "roll": _on_roll(election),
            "districts": District.objects.kept().filter(term=election.term_id).values("seats", "kind", "population"),
            "appeals": Appeal.objects.kept()
            .filter(kept("voter_list"), voter_list__election=election)
            .values("upheld", "sued_on"),
            "supplements": Supplement.objects.kept()
            .filter(kept("voter_list"), voter_list__election=election)
            .values("added", "removed"),
            "notes": StatisticsNote.objects.kept()
            .filter(election=election)
            .values("key", "official_no", "value", "source"),
            **_county_questions(election),
            **voted.questions(election),
        }
    )
    counters = {
        name: Counter({row["what"]: row["number"] for row in found[name]})
        for name in ("came", "went", "excluded", "pool")
    }
    kept_rows = {name: found[name] for name in ("roll", "districts", "appeals", "supplements")}
    notes = {row["key"]: row for row in found["notes"]}
    return Facts(
        election,
        **counters,
        **kept_rows,
        notes=notes,
        county_only=sum(row["number"] for row in found.get("county", ())),
        votes=voted.votes(found),
    )


def _counted(rows: QuerySet, column: str, what: str = "pk") -> QuerySet:
    named = rows.order_by().annotate(what=F(column)).values("what")
    return named.annotate(number=Count(what, distinct=what != "pk"))


def _on_roll(election: Election) -> QuerySet:
    columns = {
        "man": Case(When(voter__gender=Voter.Gender.MALE, then=True), default=False),
        "minority": Case(When(MINORITY, then=True), default=False),
        "local": Case(When(voter__household=Voter.Household.LOCAL, then=True), default=False),
    }
    rows = on_roll(election).order_by().annotate(**columns).values(*columns)
    return rows.annotate(number=Count("pk"))


def entered(election: Election) -> QuerySet:
    """Who came onto the roll, each voter once: who moved to another district stays counted as they came."""
    moved_here = RollChange.objects.kept().filter(instead=OuterRef("pk"), kind=Kind.TRANSFERRED)
    return Registration.objects.kept().filter(election=election).exclude(Exists(moved_here))


def removed(election: Election) -> QuerySet:
    """What took voters off the roll; who moved to another district of it stays on it."""
    rows = RollChange.objects.kept().filter(election=election, kind__in=REMOVING)
    return rows.exclude(kind=Kind.TRANSFERRED, instead__isnull=False)


def _county_questions(election: Election) -> dict[str, QuerySet]:
    """Voters on the county's roll of the place and not on the township's (若干规定七); they are no omission."""
    if election.term.level != Level.COUNTY:
        return {}
    beside = Registration.objects.kept().filter(
        voter=OuterRef("voter"), on_roll=True, election__campaign=election.campaign_id
    )
    alone = on_roll(election).exclude(Exists(beside.exclude(election=election)))
    return {"county": _counted(alone, "election")}


def total(read: Facts) -> law.Total:
    """What the roll comes to by its entries and changes (选举法二十七)."""
    came, went = read.came, read.went
    return law.total(
        came[Ground.CARRIED],
        read.election.election_day,
        newly_18=came[Ground.NEWLY_18],
        restored=came[Ground.RESTORED],
        moved_in=came[Ground.MOVED_IN],
        outside=came[Ground.OUTSIDE],
        other_added=came[Ground.ABROAD] + came[Ground.UNLISTED],
        moved_out=went[Kind.MOVED_OUT],
        transferred=went[Kind.TRANSFERRED],
        died=went[Kind.DIED],
        deprived=went[Kind.DEPRIVED],
        suspended=went[Kind.SUSPENDED],
        unable=went[Kind.UNABLE],
        other_removed=sum(went[kind] for kind in OTHER_REMOVED),
    )


def indicators(read: Facts) -> list[Indicator]:
    """Every number of the registration, with its number in the official form where the township wrote it."""
    found = [*_people(read), *_roll(read), *_districts(read), *_after(read), *_votes(read)]
    return [
        replace(one, position=position, official_no=_official_no(one.key, read)) for position, one in enumerate(found)
    ]


def _official_no(key: str, read: Facts) -> str:
    return read.notes[key]["official_no"] if key in read.notes else KNOWN_NUMBERS.get(key, "")


def _people(read: Facts) -> list[Indicator]:
    empty = {"value": None, "source": ""}
    written = {key: read.notes.get(key, empty) for key in TYPED}
    return [
        Indicator(
            key, group, label, written[key]["value"], note=written[key]["source"] or "本系统没有记录，请按来源填写"
        )
        for key, (group, label) in TYPED.items()
    ]


def _roll(read: Facts) -> list[Indicator]:
    everybody, men = read.voters(), read.voters(man=True)
    waiting = read.pool[PoolEntry.State.WAITING] + read.pool[PoolEntry.State.UNFOUND]
    found = [
        Indicator("roll.all", "登记", "登记选民", everybody),
        Indicator("roll.men", "登记", "其中：男", men),
        Indicator("roll.women", "登记", "其中：女", everybody - men),
        Indicator("roll.minority", "登记", "其中：少数民族", read.voters(minority=True)),
        Indicator("roll.outside", "登记", "其中：外地户籍", read.voters(local=False)),
        Indicator("roll.waiting", "登记", "未取得联系", waiting),
        *(Indicator(f"came.{key}", "登记事由", str(label), read.came[key]) for key, label in Ground.choices),
        *(
            Indicator(f"went.{key}", "除名", str(label), read.went[key])
            for key, label in Kind.choices
            if key in REMOVING
        ),
        Indicator("roll.deprived", "不列入名单", "被剥夺政治权利", read.excluded["deprived"]),
        Indicator(
            "roll.suspended", "不列入名单", "停止行使选举权利", read.excluded["suspended"], note="检察院、法院决定的"
        ),
        Indicator("roll.unable", "不列入名单", "不能行使选举权利", read.excluded["unable"], note="经选举委员会确认的"),
    ]
    if read.election.term.level == Level.COUNTY:
        found.append(Indicator("roll.county_only", "登记", "只参加县级选举", read.county_only))
    return found


def _districts(read: Facts) -> list[Indicator]:
    rows = read.districts
    shares = [row["population"] // row["seats"] for row in rows if row["population"] and row["seats"]]
    seats, kinds = Counter(row["seats"] for row in rows), Counter(row["kind"] for row in rows)
    return [
        Indicator("districts.all", "选区", "选区", len(rows), "个"),
        *(
            Indicator(f"districts.{number}", "选区", f"应选{number}名的选区", seats[number], "个")
            for number in (1, 2, 3)
        ),
        *(Indicator(f"districts.{key}", "选区", str(label), kinds[key], "个") for key, label in District.Kind.choices),
        Indicator("districts.seats", "选区", "应选代表", sum(row["seats"] for row in rows), "名"),
        Indicator("districts.most", "选区", "每一代表所代表的人口（最多）", max(shares, default=None)),
        Indicator("districts.least", "选区", "每一代表所代表的人口（最少）", min(shares, default=None)),
    ]


def _after(read: Facts) -> list[Indicator]:
    return [
        Indicator("appeals.all", "申诉", "受理申诉", len(read.appeals), "件"),
        Indicator("appeals.upheld", "申诉", "申诉成立", sum(row["upheld"] is True for row in read.appeals), "件"),
        Indicator("appeals.sued", "申诉", "提起诉讼", sum(row["sued_on"] is not None for row in read.appeals), "件"),
        Indicator("supplement.added", "补正", "补正增加", sum(row["added"] for row in read.supplements)),
        Indicator("supplement.removed", "补正", "补正减少", sum(row["removed"] for row in read.supplements)),
    ]


def _votes(read: Facts) -> list[Indicator]:
    return [
        Indicator(key, group, label, value, unit, note=note)
        for key, group, label, value, unit, note in voted.told(read.votes)
    ]


def check(read: Facts) -> list[Finding]:
    """Where the numbers do not add up, each with both sides; what cannot be told is no fault."""
    found, counted, by_changes = [], read.voters(), total(read)
    if by_changes.total != counted:
        message = f"按增减计算{by_changes.formula}，选民册现有{counted}人，请核对"
        found.append(Finding("statistics.total", message, by_changes.citation, blocking=False))
    general = read.election.how == Mandate.How.GENERAL
    found += voted.check(read.votes, len(read.districts) if general else None)
    adults = read.notes.get("people.adults", {}).get("value")
    return found if adults is None else [*found, *_residue(read, adults)]


def _residue(read: Facts, adults: int) -> list[Finding]:
    """Of those of age by the household books, who is nowhere: not registered, not excluded, not registered elsewhere, not
    looked for."""
    elsewhere = read.notes.get("roll.elsewhere", {}).get("value") or 0
    local, kept_off = read.voters(local=True), sum(read.excluded.values())
    waiting = read.pool[PoolEntry.State.WAITING]
    residue = adults - local - kept_off - elsewhere - waiting
    if residue == 0:
        return []
    words = "还有{}人没有着落" if residue > 0 else "多出{}人"
    message = (
        f"18周岁以上户籍人口{adults} − 本地登记的户籍选民{local} − 不列入名单{kept_off}"
        f" − 外地登记{elsewhere} − 未取得联系{waiting}，{words.format(abs(residue))}，请核对"
    )
    return [Finding("statistics.residue", message, blocking=False)]


@dataclass(frozen=True, slots=True)
class Part:
    """The voters of one part of the roll."""

    pk: str
    label: str
    voters: int
    men: int
    minority: int
    population: int | None = None
    order: tuple = ()

    @property
    def women(self) -> int:
        """The others."""
        return self.voters - self.men


AGES = ((18, 25), (26, 35), (36, 45), (46, 55), (56, 65), (66, 75), (76, 200))


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band(age: int) -> str:
    low, high = next(band for band in AGES if age <= band[1])
    return f"{low}岁以上" if high == AGES[-1][1] else f"{low}至{high}岁"


def _by(rows: QuerySet, *columns: str) -> list[tuple]:
    numbers = {
        "voters": Count("pk"),
        "men": Count("pk", filter=Q(voter__gender=Voter.Gender.MALE)),
        "minority": Count("pk", filter=MINORITY),
    }
    return list(rows.order_by().values_list(*columns).annotate(**numbers))


def by_district(election: Election) -> list[Part]:
    """Every district, those nobody is registered in as well, against its population."""
    counted = {row[0]: row[1:] for row in _by(on_roll(election), "district_id")}
    districts = District.objects.kept().filter(term=election.term_id).order_by("number")
    return [
        Part(str(row.pk), str(row), *counted.get(row.pk, (0, 0, 0)), row.population, (row.number,)) for row in districts
    ]


def by_group(election: Election) -> list[Part]:
    """Every voters' group somebody is listed in."""
    columns = ("district__number", "group__number", "group__name")
    found = []
    for district, number, name, *numbers in _by(on_roll(election), *columns):
        label = f"第{district}选区第{number}小组（{name}）" if number else f"第{district}选区未编组"
        found.append(Part(f"{district}.{number}", label, *numbers, None, (district, number or 0)))
    return sorted(found, key=lambda part: part.order)


def by_age(election: Election) -> list[Part]:
    """Bands of age on election day."""
    bands: dict[str, list[int]] = {}
    for year in _by_birth(election):
        mine = bands.setdefault(_band(max(18, year[0])), [0, 0, 0])
        for position, number in enumerate(year[1:]):
            mine[position] += number
    return [Part(label, label, *numbers, None, (label,)) for label, numbers in sorted(bands.items())]


def _by_birth(election: Election) -> list[tuple]:
    return [
        (_age(born, election.election_day), *numbers) for born, *numbers in _by(on_roll(election), "voter__birth_date")
    ]


def by_way(election: Election) -> list[Part]:
    """How the entries came in."""
    words = dict(Registration.Way.choices)
    return [Part(way, str(words[way]), *numbers, None, (way,)) for way, *numbers in _by(on_roll(election), "way")]


def by_ground(election: Election) -> list[Part]:
    """On what ground those stand who are on the roll now."""
    words = dict(Ground.choices)
    return [Part(key, str(words[key]), *numbers, None, (key,)) for key, *numbers in _by(on_roll(election), "ground")]


def by_day(election: Election) -> list[Part]:
    """How many were registered each day."""
    rows = sorted(_by(on_roll(election).annotate(day=F("registered_on")), "day"))
    return [Part(day.isoformat(), day.isoformat(), *numbers, None, (day,)) for day, *numbers in rows]


BREAKDOWNS: dict[str, tuple[str, Callable[[Election], list[Part]]]] = {
    "district": ("选区", by_district),
    "group": ("选民小组", by_group),
    "age": ("年龄段", by_age),
    "way": ("登记方式", by_way),
    "ground": ("登记事由", by_ground),
    "day": ("登记日期", by_day),
}
