"""Recall of a deputy whom voters elected (选举法 49, 50, 52 to 54): the demand, the vote of the district. Numbers stand in `thresholds`."""

from datetime import date

from congress.law.finding import Finding
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.thresholds import LEVEL_NAMES, Level, recall_deputy_signers


@rule(
    "recalls.check_demand",
    "罢免要求是否符合条件",
    cites=[("election_law", "recall_demand"), ("election_law", "recall_reasons")],
)
def check_demand(signers: int, level: Level, reasons: bool, to_county: bool, on: date) -> tuple[Finding, ...]:
    """Enough voters of the district that elected the deputy, in writing with reasons, to the county's standing committee. Only
    those who stand on the list of that district are `signers`; whoever signed from another one is told apart before."""
    needed = recall_deputy_signers(on, level)
    found = []
    if signers < needed.number:
        message = f"原选区选民联名{signers}人，罢免{LEVEL_NAMES[level]}人大代表须{needed.number}人以上"
        found.append(Finding("recall.signers", message, needed.citation))
    if not reasons:
        message = "罢免要求应当写明罢免理由"
        found.append(Finding("recall.reasons", message, cite("election_law", "recall_reasons", on), field="reason"))
    if not to_county:
        message = "罢免要求向县级人大常委会提出，不向乡镇人大主席团提出"
        found.append(Finding("recall.addressee", message, needed.citation, field="submitted_to"))
    return tuple(found)


@rule(
    "recalls.check_vote",
    "表决罢免要求的条件",
    cites=[("election_law", "recall_sent"), ("election_law", "recall_led"), ("election_law", "recall_secret")],
)
def check_vote(sent: bool, led_by_county: bool, on: date) -> tuple[Finding, ...]:
    """The demand and the written defence were given to the voters of the district, and the county's standing committee leads the
    vote, which is secret. How long before they are given no article says."""
    found = []
    if not sent:
        message = "罢免要求和被提出罢免的代表的书面申辩意见应当印发原选区选民，再表决"
        found.append(Finding("recall.not_sent", message, cite("election_law", "recall_sent", on)))
    if not led_by_county:
        message = "表决罢免要求由县级人大常委会派有关负责人员主持"
        found.append(Finding("recall.led", message, cite("election_law", "recall_led", on), field="led_by"))
    return tuple(found)


@rule(
    "recalls.check_ballots",
    "罢免表决的票数",
    cites=[("election_law", "ballots_exceed"), ("election_law", "recall_vote")],
)
def check_ballots(recovered: int, took_part: int, on: date) -> tuple[Finding, ...]:
    """More ballots than voters: 选举法 44 makes an election of them void and does not speak of a recall, so that people decide."""
    if recovered <= took_part:
        return ()
    message = (
        f"收回表决票{recovered}张，多于参加投票{took_part}人；多于投票人数的无效，条文写的是选举，罢免表决是否因此无效没有写明，"
        "请先报县级人大常委会确认，再登记结果"
    )
    return (Finding("recall.ballots_exceed", message, cite("election_law", "ballots_exceed", on), blocking=False),)
