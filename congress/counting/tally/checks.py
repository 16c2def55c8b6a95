"""What is wrong with one sheet: sums that contradict each other block it, what the paper may really say is explained."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from congress.counting.tally.codes import Notice, Weight
from congress.counting.tally.sheets import WRITE_INS, Kind, Paper, Sheet, empties

SMALL_UNIT = 20  # ballots; a count of fewer tells how single people voted
MANY_VOID = MANY_BLANK = 3  # per cent of the ballots collected
MANY_WRITE_INS = 10  # per cent of the votes in favour
QUICK = 20  # seconds in which nobody reads a sheet
SHOWN = 3  # empty cells named in one sentence


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a unit before its ballots are counted, from the ledger of the day."""

    issued: int
    took_part: int
    alone: bool = False  # the count has no other unit, so that there is nothing to mix it with


def is_small(ballots: int, alone: bool) -> bool:
    """Whether a unit of so many ballots has to be mixed with another before it is entered."""
    return ballots < SMALL_UNIT and not alone


def check(
    paper: Paper, sheet: Sheet, issued: int, took_part: int, *, alone: bool = False, seconds: float | None = None
) -> tuple[Notice, ...]:
    """Everything to be said of a sheet, in the order of the paper. `seconds`: how long a second reading took.

    While a cell is empty what it would be added to is not judged. Never subtracts: both sides of a sum are told.
    """
    given = Given(issued, took_part, alone)
    found = [*_empty(paper, sheet), *_small(sheet, given), *_written_in(paper, sheet)]
    if next(empties(paper, sheet), None) is None:
        found += _sums(paper, sheet)
        found += _papers(sheet, given)
        found += _unusual(paper, sheet, seconds)
    return tuple(found)


def against(notices: Iterable[Notice]) -> list[Notice]:
    """Those of the notices with which a sheet cannot become final."""
    return [one for one in notices if one.weight == Weight.BLOCKS]


def _empty(paper: Paper, sheet: Sheet) -> Iterator[Notice]:
    found = list(empties(paper, sheet))
    if found:
        named = "、".join(f"“{cell.group}{'的' if cell.group else ''}{cell.label}”" for cell in found[:SHOWN])
        more = f"等{len(found)}栏" if len(found) > SHOWN else ""
        yield Notice("E206", f"{named}{more}空着", found[0].key)
    for name, votes in sheet.write_ins:
        if votes is None:
            yield Notice("E206", f"另选人{name}的票数空着", WRITE_INS)


def _small(sheet: Sheet, given: Given) -> Iterator[Notice]:
    collected = sheet.cells.get("collected")
    if collected is not None and is_small(collected, given.alone):
        yield Notice("E303", f"收回{collected}张，不足{SMALL_UNIT}张，不能单独录入", "collected")


def _written_in(paper: Paper, sheet: Sheet) -> Iterator[Notice]:
    listed, seen = {one.label for one in paper.names}, set()
    for name, votes in sheet.write_ins:
        if not name.strip():
            yield Notice("E211", "有一行另选人没有写姓名", WRITE_INS)
        elif votes == 0:
            yield Notice("E211", f"另选人{name}是0票", WRITE_INS)
        if name in listed:
            yield Notice("E209", f"另选栏里的{name}是票上的人", WRITE_INS)
        if name in seen:
            yield Notice("E210", f"另选人{name}写了两行", WRITE_INS)
        seen.add(name)


def _sums(paper: Paper, sheet: Sheet) -> Iterator[Notice]:
    collected, valid, blank = sheet.get("collected"), sheet.get("valid"), sheet.get("blank")
    void = sheet.void(paper)
    if valid + void != collected:
        said = f"有效{valid}加废票{void}是{valid + void}，收回{collected}，相差{abs(valid + void - collected)}"
        yield Notice("E203", said, "valid")
    for name in paper.names:
        total = sum(sheet.get(cell.key) for cell in paper.row(name))
        if total != valid:
            said = f"{name.label}一行合计{total}，有效票{valid}，相差{abs(total - valid)}"
            yield Notice("E204", said, f"{name.key}_yes")
    yield from _blanks(paper, sheet, valid, blank)
    filled = max(valid - blank, 0)
    if paper.kind == Kind.ELECTION and (chosen := sheet.chosen(paper)) > paper.seats * filled:
        most = paper.seats * filled
        said = f"赞成合计{chosen}，应选{paper.seats}乘以{filled}张是{most}，多{chosen - most}"
        yield Notice("E205", said, f"{paper.names[0].key}_yes" if paper.names else WRITE_INS)
    for written, votes in sheet.write_ins:
        if (votes or 0) > filled:
            yield Notice("E211", f"另选人{written}{votes}票，多于{filled}张", WRITE_INS)
    if sheet.get("disputed") > collected:
        yield Notice("E213", f"争议票{sheet.get('disputed')}张，收回{collected}张", "disputed")


def _blanks(paper: Paper, sheet: Sheet, valid: int, blank: int) -> Iterator[Notice]:
    if blank > valid:
        yield Notice("E208", f"全部弃权{blank}张，有效票{valid}张", "blank")
        return
    for name in paper.names:
        abstained = sheet.get(f"{name.key}_abstain")
        if blank > abstained:
            yield Notice("E208", f"全部弃权{blank}张，{name.label}的弃权只有{abstained}", "blank")


def _papers(sheet: Sheet, given: Given) -> Iterator[Notice]:
    """Two tests with two names: 收回 > 发出 is a control of the box, 收回 > 参加 is what the law asks."""
    collected = sheet.get("collected")
    if collected > given.took_part:
        yield Notice("E201", f"收回{collected}张，多于参加投票的{given.took_part}人", "collected")
    if collected > given.issued:
        yield Notice("E202", f"收回{collected}张，多于发出的{given.issued}张", "collected")
    if collected < given.took_part:
        said = f"收回{collected}张，参加投票{given.took_part}人，少{given.took_part - collected}张"
        yield Notice("W101", said, "collected")


def _unusual(paper: Paper, sheet: Sheet, seconds: float | None) -> Iterator[Notice]:
    collected, void, blank = sheet.get("collected"), sheet.void(paper), sheet.get("blank")
    yield from shares(collected, void, blank, sheet.chosen(paper), sum(votes or 0 for _, votes in sheet.write_ins))
    if seconds is not None and seconds < QUICK:
        yield Notice("W114", f"这一次录入只用了{int(seconds)}秒")


def shares(collected: int, void: int, blank: int, chosen: int, written_in: int) -> Iterator[Notice]:
    """Shares that are unusual, of one unit or of a whole count."""
    if void and 100 * void >= MANY_VOID * collected:
        yield Notice("W102", f"废票{void}张，收回{collected}张，达到百分之{MANY_VOID}", "valid")
    if blank and 100 * blank >= MANY_BLANK * collected:
        yield Notice("W103", f"全部弃权{blank}张，收回{collected}张，达到百分之{MANY_BLANK}", "blank")
    if written_in and 100 * written_in >= MANY_WRITE_INS * chosen:
        yield Notice("W106", f"另选他人{written_in}票，赞成合计{chosen}票，达到百分之{MANY_WRITE_INS}", WRITE_INS)
