"""Papers of a recall: the form of the demand, what is given to the voters, and a draft of the announcement. The county's standing
committee issues what is issued; here they are prepared, without a number."""

from congress import clock
from congress.guard.refusal import refuse
from congress.law.thresholds import recall_deputy_passes, recall_deputy_signers
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew, chinese_date
from elections.documents.common import grounds, heading, note, paragraph, table, title
from elections.documents.letters import sentence
from elections.documents.sheets import sheet_kind, sheets_in
from elections.models import Recall
from elections.permissions import EDIT
from elections.queries.recalls import RecallFacts, recalls

BLANK = "　"
DAY = "　　　　年　　月　　日"
COLUMNS = (("行号", 0.8), ("签名", 2.0), ("选民证号", 1.6), ("住址（村、组）", 3.2, "left"), ("日期", 1.6))
DEMAND_KIND = sheet_kind("elections.recall_demand", "罢免要求书")
NOTICE_KIND = sheet_kind("elections.recall_notice", "罢免要求印发通知")
RESULT_KIND = sheet_kind("elections.recall_result", "罢免表决结果公告（拟稿）")


def _sheet(name: str, row: Recall, parts: list[dict]) -> dict:
    return {"title": name, "office": row.township.presidium_name, "parts": parts}


def _whom(row: Recall) -> str:
    return f"{row.mandate.district}选出的{row.mandate}{row.mandate.deputy.name}"


def demand(row: Recall, options: dict) -> dict:
    """The form: to whom, of whom, why, and as many lines for signatures as the law asks for."""
    needed = recall_deputy_signers(row.demanded_on, row.mandate.level)
    lines = [(at, BLANK, BLANK, BLANK, BLANK) for at in range(1, needed.number + 1)]
    return _sheet(
        DEMAND_KIND.title,
        row,
        [
            title("罢免要求书"),
            paragraph(f"{row.township.county.standing_committee}：", ()),
            paragraph(
                f"根据{grounds(row.demanded_on, 'recall_demand', 'recall_reasons')}的规定，我们是{row.mandate.district}的选民，"
                f"联名要求罢免{_whom(row)}的代表职务。",
                (row.mandate.deputy.name,),
            ),
            paragraph(f"罢免理由：{sentence(row.reason) or BLANK * 20}"),
            table(COLUMNS, lines),
            note(f"须有原选区选民{needed.number}人以上签名；一张不够的，另附同样的表。提出日期：{DAY}"),
        ],
    )


def notice(row: Recall, options: dict) -> dict:
    """What every voter of the district is given: the demand with its reasons, the defence, and when the vote is. Raises Refused while
    the demand was not sent up."""
    if row.submitted_on is None:
        refuse("罢免要求还没有呈报县级人大常委会。")
    facts = RecallFacts(row)
    said = sentence(row.defence) or "被提出罢免的代表没有提出书面申辩意见，有权在选民会议上提出申辩意见。"
    parts = [
        title("关于印发罢免要求和申辩意见的通知"),
        paragraph(f"{row.mandate.district}各位选民："),
        paragraph(
            f"选民{len(facts.counting)}人联名提出罢免{_whom(row)}的代表职务。根据{grounds(row.submitted_on, 'recall_sent')}的规定，"
            "现将罢免要求和申辩意见印发。",
            (row.mandate.deputy.name,),
        ),
        heading("一、罢免要求和理由"),
        paragraph(sentence(row.reason)),
        heading("二、申辩意见"),
        paragraph(said),
        heading("三、表决"),
        paragraph(_vote(row)),
    ]
    return _sheet(NOTICE_KIND.title, row, parts)


def _vote(row: Recall) -> str:
    when = f"{cdatew(row.held_on)}在{row.place}进行" if row.held_on else "的日期和地点另行通知"
    on = row.held_on or row.submitted_on
    return f"表决{when}，采用无记名的方式；须经原选区全体选民的过半数通过（{grounds(on, 'recall_secret', 'recall_vote')}）。"


def result(row: Recall, options: dict) -> dict:
    """A draft of the announcement. Raises Refused while there is no result."""
    if row.result_on is None:
        refuse("还没有登记罢免表决的结果。")
    found = recall_deputy_passes(row.yes, row.voters, row.held_on)
    told = f"{_whom(row)}的代表职务被罢免，自{chinese_date(row.result_on)}起终止。" if row.passed else "罢免没有通过。"
    text = (
        f"{cdatew(row.held_on)}，{row.mandate.district}的选民以无记名的方式表决罢免{row.mandate.deputy.name}的要求。"
        f"全体选民{row.voters}人，赞成罢免{row.yes}人，{'超过' if row.passed else '没有达到'}通过须有的{found.needed}人"
        f"（{grounds(row.held_on, 'recall_vote')}）。{told}"
    )
    parts = [title("关于罢免表决结果的公告"), paragraph(text, (row.mandate.deputy.name,))]
    parts += [note(f"拟稿，由县级人大常委会审定、公告。印制日期：{chinese_date(clock.today())}")]
    return _sheet(RESULT_KIND.title, row, parts)


DEMAND = offer(WorkingPaper(DEMAND_KIND, recalls, demand, sheets_in, EDIT))
NOTICE = offer(WorkingPaper(NOTICE_KIND, recalls, notice, sheets_in, EDIT))
RESULT = offer(WorkingPaper(RESULT_KIND, recalls, result, sheets_in, EDIT))
