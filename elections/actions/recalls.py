"""A recall: signatures compared with the list, the demand sent up, the defence, the vote of the district, its count and its end."""

import re
from collections import defaultdict

from congress import clock
from congress.assembly.actions import OFFICERS
from congress.counting.actions import Given, open_count, units_from
from congress.counting.models import Count
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.law import recalls as law
from congress.law.finding import Finding
from congress.steps import Attempt, change
from deputies.life import MANDATE
from deputies.models import Mandate
from elections.actions.nominations import Signature, read_lines
from elections.models import Recall, RecallSigner, Registration
from elections.queries.recalls import DIRECT, RecallFacts, roll

LINES = 1000  # signatures of one demand
COUNTY = re.compile("常务委员会|常委会")
_UNIT = re.compile(r"^(?P<name>.{1,60}?)[\s,，]+(?P<issued>\d{1,6})[\s,，]+(?P<took>\d{1,6})$")


def _check(row: Recall) -> None:
    mandate = row.mandate
    taken = Recall.objects.kept().filter(mandate=mandate, stopped_on=None, result_on=None).exclude(pk=row.pk)
    refuse_where(
        [
            (row.submitted_on is not None, "已经呈报的罢免要求不能再改。", ""),
            (mandate.level not in DIRECT, "选民只罢免自己直接选出的县级、乡级代表。", "mandate"),
            (mandate.district_id is None, "这一代表资格没有登记选区，不能核对原选区选民。", "mandate"),
            (mandate.ended_on is not None, "这一代表资格已经终止，不能罢免。", "mandate"),
            (row.demanded_on < mandate.elected_on, "提出日期不能早于当选日期。", "demanded_on"),
            (row.demanded_on > clock.today(), "提出日期不能晚于今天。", "demanded_on"),
            (taken.exists(), "对这名代表已有一件罢免要求在办理。", "mandate"),
        ]
    )


def _stays(row: Recall) -> None:
    if row.submitted_on is not None:
        refuse("已经呈报的不能撤回误录；不再办理的，登记停止。")


RECALLS = Keeping(
    Recall, "elections.recall", check=_check, stays=_stays, parts=frozenset({"signers"}), route="elections-recall"
)


# -- signatures


def check_lines(attempt: Attempt) -> list[Finding]:
    """Every line is a name, with the card number behind it where there is one."""
    lines, wrong = read_lines(attempt.data["lines"])
    if wrong:
        return [Finding("recall.lines", f"这些行看不出姓名：{'、'.join(wrong[:3])}。", field="lines")]
    if len(attempt.record.signed) + len(lines) > LINES:
        return [Finding("recall.lines", f"一件罢免要求最多登记{LINES}个签名。", field="lines")]
    return []


def sign(attempt: Attempt) -> dict:
    """Signatures as they are written, each found on the list of the district that elected the deputy, or with the reason why it does
    not count."""
    row: Recall = attempt.record
    lines, _ = read_lines(attempt.data["lines"])
    here, there = _listed(row, {one.name for one in lines})
    signed = {one.registration_id for one in row.signed}
    last = row.signers.order_by("-line").values_list("line", flat=True).first() or 0
    made = []
    for at, one in enumerate(lines, start=last + 1):
        found, why = _whose(one, here, there, signed)
        signed.add(found)
        of = {"written": one.name, "card_no": one.card_no, "registration_id": found, "why": why}
        made.append(RecallSigner(township=row.township, recall=row, line=at, **of))
    RecallSigner.objects.bulk_create(made)
    counting = sum(one.counts for one in made)
    attempt.outcome = (len(made), counting)
    return {"签名": len(made), "有效": counting}


def _listed(row: Recall, names: set[str]) -> tuple[dict[str, dict], dict[str, set[str]]]:
    """By name: the entries of the district's list with the numbers of their cards, and the other districts in which the name stands."""
    here: dict[str, dict] = defaultdict(dict)
    own = roll(row.mandate).filter(voter__name__in=names)
    for pk, name, written, card in own.values_list("pk", "voter__name", "card_no", "cards__number"):
        here[name].setdefault(pk, set()).update({written, card})
    there: dict[str, set[str]] = defaultdict(set)
    term = row.mandate.term_id
    others = Registration.objects.kept().filter(on_roll=True, voter__name__in=names, district__term=term)
    for other in others.exclude(district=row.mandate.district_id).select_related("district", "voter"):
        there[other.voter.name].add(str(other.district))
    return here, there


def _whose(one: Signature, here: dict, there: dict, signed: set) -> tuple[object, str]:
    """(the entry a signature means, or None; why it does not count)."""
    fits = [pk for pk, cards in here[one.name].items() if one.card_no is None or one.card_no in cards]
    if len(fits) == 1:
        return (None, "这位选民已经签名") if fits[0] in signed else (fits[0], "")
    if fits:
        return None, "原选区有几位同名，请写明选民证号"
    if there[one.name]:
        return None, f"是{'、'.join(sorted(there[one.name]))}的选民，不是原选区的"[:100]
    return None, "原选区选民名单上没有"


def strike(attempt: Attempt) -> dict:
    """A signature that does not count for what was found out, or was typed wrongly; it stays as it is written."""
    line = next(one for one in attempt.record.signed if str(one.pk) == attempt.data["which"])
    change(line, registration=None, why=attempt.data["reason"])
    return {"行号": line.line}


def check_which(attempt: Attempt) -> list[Finding]:
    """One of the signatures that count."""
    counting = {str(one.pk) for one in attempt.once(RecallFacts).counting}
    return [] if attempt.data["which"] in counting else [Finding("recall.which", "请选择一个签名。", field="which")]


# -- sent up, defended, given to the voters


def check_addressee(attempt: Attempt) -> list[Finding]:
    """To the county's standing committee, and not to the presidium of the township."""
    return attempt.once(RecallFacts).demand(to_county=bool(COUNTY.search(attempt.data["submitted_to"])))


def submit(attempt: Attempt) -> dict:
    """The demand goes to the county's standing committee."""
    change(attempt.record, submitted_on=attempt.on, submitted_to=attempt.data["submitted_to"])
    return {"呈报日期": attempt.on, "有效签名": len(attempt.once(RecallFacts).counting)}


def defend(attempt: Attempt) -> dict:
    """What the deputy says for him- or herself, in writing or at the meeting of the voters."""
    said = attempt.data
    change(attempt.record, defended_on=attempt.on, defended=said["defended"], defence=said["defence"])
    return {"申辩日期": attempt.on, "方式": attempt.record.get_defended_display()}


def check_defence(attempt: Attempt) -> list[Finding]:
    """What is written has its words, and is there before it is given to the voters."""
    row, how = attempt.record, attempt.data["defended"]
    written = how in (Recall.Defence.WRITTEN, Recall.Defence.BOTH)
    found = []
    if written and not attempt.data["defence"]:
        found.append(Finding("recall.defence", "书面申辩的，请照录申辩意见，以便印发选民。", field="defence"))
    if written and row.sent_on is not None and attempt.data["defence"] != row.defence:
        message = "罢免要求已经印发选民；此后提交的书面申辩也应当印发，请先登记补发。"
        found.append(Finding("recall.sent", message, blocking=False))
    return found


def send(attempt: Attempt) -> dict:
    """The demand and the written defence are given to the voters of the district."""
    change(attempt.record, sent_on=attempt.on, copies=attempt.data["copies"])
    return {"印发日期": attempt.on, "份数": attempt.data["copies"]}


# -- the vote


def arrange(attempt: Attempt) -> dict:
    """Day, place and who leads it; how many voters the district has on its list then."""
    row, said = attempt.record, attempt.data
    voters = roll(row.mandate).count()
    change(row, held_on=attempt.on, place=said["place"], led_by=said["led_by"], voters=voters)
    return {"表决日期": attempt.on, "原选区选民": voters}


def check_vote(attempt: Attempt) -> list[Finding]:
    """What the law asks of the vote."""
    row = attempt.record
    return list(law.check_vote(row.sent_on is not None, attempt.data["by_county"], attempt.on))


def no_voters(attempt: Attempt) -> list[Finding]:
    """Of whom more than half is asked has to be known."""
    if roll(attempt.record.mandate).exists():
        return []
    return [Finding("recall.no_voters", "选民册上没有原选区的选民，不能确定过半数；请先导入或者核对选民册。")]


def units_in(text: str) -> tuple[list[Given], list[str]]:
    """(boxes of a text of one a line: name, ballots handed out, voters who took part; lines that are none)."""
    found, wrong = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        read = _UNIT.match(line)
        if read:
            found.append(Given(read["name"].strip(), int(read["issued"]), int(read["took"])))
        else:
            wrong.append(line)
    return found, wrong


def check_units(attempt: Attempt) -> list[Finding]:
    """Every line is a box with its two numbers; nobody voted who is no voter of the district."""
    units, wrong = units_in(attempt.data["units"])
    if wrong:
        message = f"每行写票箱名称、发出票数、参加人数，用空格分开：{'、'.join(wrong[:3])}。"
        return [Finding("recall.units", message, field="units")]
    if len({one.name for one in units}) < len(units):
        return [Finding("recall.units", "有两行票箱的名称相同。", field="units")]
    took = sum(one.took_part for one in units)
    if took > attempt.record.voters:
        message = f"参加投票{took}人，多于原选区选民{attempt.record.voters}人。"
        return [Finding("recall.units", message, field="units")]
    return []


def count(attempt: Attempt) -> dict:
    """Prepare the count of the vote: for, against, abstained, on one question."""
    row: Recall = attempt.record
    units, _ = units_in(attempt.data["units"])
    made = open_count(
        attempt.actor,
        row.township,
        title=f"{row.mandate.district}{row.audit_label}的表决"[:100],  # the trail keeps it: it names nobody
        kind=Count.Kind.PROPOSAL,
        held_on=row.held_on,
        names=[(row.pk, str(row)[:100])],
        subject=row,
    )
    units_from(attempt.actor, made, units)
    change(row, count=made)
    return {"计票单元": len(units)}


def settle(attempt: Attempt) -> dict:
    """The result: where it passed the mandate ends that day, and what hangs on it falls (选举法五十三、五十四). Of who left before,
    the vote stands on record and the day of that end stays."""
    row, facts = attempt.record, attempt.once(RecallFacts)
    found, mandate = facts.outcome, Mandate.objects.get(pk=attempt.record.mandate_id)
    ends = found.passed and mandate.ended_on is None
    posts = facts.posts if ends else []
    change(row, result_on=attempt.on, yes=found.yes, passed=found.passed)
    if ends:
        given = {"reason": Mandate.End.RECALLED, "is_chair_or_vice": bool(posts)}
        MANDATE.take("end", attempt.actor, mandate, on=attempt.on, **given)
        for post in posts:
            OFFICERS.change(attempt.actor, post, {"ended_on": attempt.on}, post.version)
    attempt.outcome = found
    return {"赞成": found.yes, "原选区选民": found.base, "通过": "是" if found.passed else "否", "相应撤销": len(posts)}


def report(attempt: Attempt) -> dict:
    """The resolution was reported to the standing committees for the record."""
    change(attempt.record, reported_on=attempt.on)
    return {"报送日期": attempt.on}


def announce(attempt: Attempt) -> dict:
    """It was announced."""
    change(attempt.record, announced_on=attempt.on, announced_by=attempt.data["announced_by"])
    return {"公告日期": attempt.on}


def stop(attempt: Attempt) -> dict:
    """It goes no further: taken back by who demanded it, refused by the county, or the deputy left before."""
    change(attempt.record, stopped_on=attempt.on, stopped_why=attempt.data["reason"])
    return {"停止日期": attempt.on}
