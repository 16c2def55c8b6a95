"""The statistics of the votes: who took part by which way, what became of the ballots, how each district came to its deputies; and
whether these numbers add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from congress.counting.actions import Result, results
from congress.guard.record import kept
from congress.law.finding import Finding
from elections.models import Election, LedgerLine, PollingPlace, Round, Winner

Kind = Round.Kind
FURTHER = (Kind.AGAIN, Kind.ANOTHER)  # whoever takes part in these has taken part before
SETTLED, OPEN = "settled", "open"
CAUSES = {
    SETTLED: "第一次投票选出全部代表的选区",
    str(Kind.AGAIN): "再次投票的选区",
    str(Kind.ANOTHER): "另行选举的选区",
    str(Kind.ANEW): "重新选举的选区",
    OPEN: "还没有结果、还没有安排接续投票的选区",
}
WAYS = {"station": "到投票站", "meeting": "参加选举大会", "mobile": "在流动票箱", "proxy": "委托他人"}


@dataclass(frozen=True)
class Votes:
    """What the statistics of the votes are made of."""

    rounds: list[dict]
    lines: dict[Any, list[dict]]  # by round
    winners: dict[Any, dict]
    results: Mapping[str, Result]  # by round, of counts that are closed and read as they were closed

    @property
    def by_district(self) -> list[list[dict]]:
        """The votes of each district, one after the other."""
        found = defaultdict(list)
        for row in sorted(self.rounds, key=lambda row: row["number"]):
            found[row["district_id"]].append(row)
        return list(found.values())


def questions(election: Election) -> dict[str, QuerySet]:
    """What is read with the other facts, in one statement."""
    columns = ("pk", "district_id", "number", "kind", "seats", "voters", "printed", "filed", "destroyed", "lost")
    rows = Round.objects.kept().filter(election=election)
    of_them = Q(round__election=election) & kept("round")
    lines = LedgerLine.objects.kept().filter(of_them).order_by().annotate(at=F("place__kind"))
    won = Winner.objects.kept().filter(of_them).order_by()
    return {
        "rounds": rows.values(*columns, "count_id", "settled_on", declared=F("confirmed_by")),
        "lines": lines.values("round_id", "at").annotate(
            in_person=Sum("in_person"), by_proxy=Sum("by_proxy"), replaced=Sum("replaced")
        ),
        "winners": won.values("round_id").annotate(
            number=Count("pk"), written=Count("pk", filter=Q(nominee__isnull=True))
        ),
    }


def votes(found: Mapping[str, list[dict]]) -> Votes:
    """From the answers to `questions`; what was counted is read where there is something."""
    lines = defaultdict(list)
    for line in found["lines"]:
        lines[line["round_id"]].append(line)
    counts = {row["count_id"]: row["pk"] for row in found["rounds"] if row["count_id"]}
    told = {counts[str(pk)]: one for pk, one in results(counts).items()}
    return Votes(found["rounds"], lines, {row["round_id"]: row for row in found["winners"]}, told)


def cause_of(read: Votes, rounds: list[dict]) -> str:
    """How a district came to its deputies: by the first vote, or by the first further one, whatever came after (each once)."""
    first, *others = rounds
    if others:
        return str(others[0]["kind"])
    return SETTLED if first["declared"] and _elected(read, rounds) >= first["seats"] else OPEN


def _elected(read: Votes, rounds: Iterable[dict]) -> int:
    return sum(read.winners[row["pk"]]["number"] for row in rounds if row["pk"] in read.winners)


def took_part(read: Votes) -> dict[str, int]:
    """Who took part, by way: in each district's first vote, or in the one held anew in its place."""
    found = dict.fromkeys(WAYS, 0)
    for rounds in read.by_district:
        main = [row for row in rounds if row["kind"] not in FURTHER][-1]
        for line in read.lines.get(main["pk"], ()):
            way = "mobile" if line["at"] is None else line["at"]
            found["meeting" if way == PollingPlace.Kind.MEETING else str(way)] += line["in_person"]
            found["proxy"] += line["by_proxy"]
    return found


def ballots(read: Votes) -> dict[str, int]:
    """What became of the ballots, over all votes."""
    lines = [line for several in read.lines.values() for line in several]
    told = [one.totals for one in read.results.values()]
    return {
        "printed": sum(row["printed"] for row in read.rounds),
        "issued": sum(line["in_person"] + line["by_proxy"] for line in lines),
        "replaced": sum(line["replaced"] for line in lines),
        **{name: sum(row[name] for row in read.rounds) for name in ("filed", "destroyed", "lost")},
        "collected": sum(one.collected for one in told),
        "valid": sum(one.valid for one in told),
        "void": sum(one.void_in_all for one in told),
    }


def causes(read: Votes) -> dict[str, int]:
    """How many districts by each cause."""
    found = dict.fromkeys(CAUSES, 0)
    for rounds in read.by_district:
        found[cause_of(read, rounds)] += 1
    return found


def seats(read: Votes) -> dict[str, int]:
    """Seats to be filled, those who are elected (from the ballot's candidates, written in), seats that are not filled."""
    due = sum(rounds[0]["seats"] for rounds in read.by_district)
    elected = sum(row["number"] for row in read.winners.values())
    written = sum(row["written"] for row in read.winners.values())
    short = [rounds[0]["seats"] - _elected(read, rounds) for rounds in read.by_district if rounds[-1]["declared"]]
    missing = due - elected
    return {
        "due": due,
        "elected": elected,
        "candidates": elected - written,
        "written": written,
        "missing": missing,
        "vacant": sum(number > 0 for number in short),
    }


BALLOTS = {
    "printed": "印制选票",
    "issued": "发出选票",
    "replaced": "换发作废",
    "filed": "存档空白票",
    "destroyed": "销毁选票",
    "lost": "遗失选票",
    "collected": "收回选票",
    "valid": "有效票",
    "void": "废票",
}
SEATS = {
    "due": ("应选代表", "名"),
    "elected": ("当选代表", "名"),
    "candidates": ("其中：代表候选人当选", "名"),
    "written": ("其中：选民另选的人当选", "名"),
    "missing": ("缺额", "名"),
    "vacant": ("有缺额的选区", "个"),
}
SUMMED = "各次投票合计"
NOTES = {
    **dict.fromkeys(("collected", "valid", "void"), "已经结束计票的各次投票合计"),
    "vacant": "最后一次投票已经宣布的",
}


def told(read: Votes) -> list[tuple[str, str, str, int, str, str]]:
    """(key, group, label, value, unit, note) of every number; nothing before a vote is arranged."""
    if not read.rounds:
        return []
    took, result = took_part(read), seats(read)
    return [
        (
            "vote.took_part",
            "投票",
            "参加投票",
            sum(took.values()),
            "人",
            "各选区第一次投票（重新投票的按重新投票），照票账",
        ),
        *((f"vote.{key}", "投票", f"其中：{WAYS[key]}", number, "人", "") for key, number in took.items()),
        *(
            (f"ballots.{key}", "选票", BALLOTS[key], number, "张", NOTES.get(key, SUMMED))
            for key, number in ballots(read).items()
        ),
        *(
            (f"result.{key}", "结果", CAUSES[key], number, "个", "按第一个原因计一次")
            for key, number in causes(read).items()
        ),
        *((f"seats.{key}", "结果", *_seat(key, number)) for key, number in result.items()),
    ]


def _seat(key: str, number: int) -> tuple[str, int, str, str]:
    label, unit = SEATS[key]
    return label, number, unit, NOTES.get(key, "")


def check(read: Votes, districts: int | None) -> list[Finding]:
    """Where the numbers of the votes do not add up, each with both sides (equations of the form book). `districts` is how many there
    are to vote, None in a by-election, where those vote that have a seat to fill."""
    took, slips, result = sum(took_part(read).values()), ballots(read), seats(read)
    listed = sum([row for row in rounds if row["kind"] not in FURTHER][-1]["voters"] for rounds in read.by_district)
    settled = bool(read.rounds) and all(row["settled_on"] for row in read.rounds)
    accounted = sum(slips[name] for name in ("issued", "replaced", "filed", "destroyed", "lost"))
    whole = set(read.results) == {row["pk"] for row in read.rounds}
    counted = sum(causes(read).values())
    wrong = (
        (took > listed, "vote.above", f"参加投票{took}人，多于登记选民{listed}人"),
        (
            settled and accounted != slips["printed"],
            "vote.ballots",
            f"印制{slips['printed']}张，发出、换发、存档、销毁、遗失合计{accounted}张",
        ),
        (
            whole and slips["collected"] > slips["issued"],
            "vote.collected",
            f"收回{slips['collected']}张，多于发出的{slips['issued']}张",
        ),
        (
            slips["valid"] + slips["void"] != slips["collected"],
            "vote.valid",
            f"有效票{slips['valid']}、废票{slips['void']}，与收回{slips['collected']}张不符",
        ),
        (result["missing"] < 0, "vote.seats", f"当选{result['elected']}名，多于应选{result['due']}名"),
        (
            bool(read.rounds) and districts not in (None, counted),
            "vote.districts",
            f"选区{districts}个，安排了投票的{counted}个",
        ),
    )
    return [Finding(code, f"{message}，请核对", blocking=False) for bad, code, message in wrong if bad]
