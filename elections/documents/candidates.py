"""The notices of candidates: the first list, the preliminary vote, the formal list, its changes; and the sheets that groups and
tellers fill in (选举法三十二)."""

from collections.abc import Iterable, Sequence
from datetime import date

from congress.guard.refusal import refuse
from congress.law.ballots import rule_lines
from congress.law.numerals import to_chinese
from congress.names.strokes import CONVENTIONS
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew, chinese_date
from deputies.models import Mandate
from deputies.queries import age_on
from elections.actions.candidate_lists import ballot_rules
from elections.documents.common import (
    committee_name,
    congress_name,
    grounds,
    heading,
    new_page,
    paragraph,
    subtitle,
    table,
    title,
)
from elections.documents.notices import kind as notice_kind
from elections.documents.notices import notice
from elections.documents.sheets import levels, sheet_kind, sheets_in
from elections.models import (
    CandidateNotice,
    Election,
    Nomination,
    Nominee,
    PreliminaryVote,
    VoterGroup,
    VotingRules,
)
from elections.permissions import ISSUE
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Facts, Kind
from elections.queries.candidates import proposers as of_forms
from elections.queries.days import days_of

CANDIDATES = notice_kind("candidates", "代表候选人名单公告")
FORMAL = notice_kind("formal_candidates", "正式代表候选人名单公告")
CHANGED = notice_kind("candidates_changed", "代表候选人变动公告")
PRELIMINARY = notice_kind("preliminary", "预选公告")
PEOPLE = (
    ("姓名", 1.9, "center", True),
    ("性别", 0.9),
    ("年龄", 0.9),
    ("民族", 1.2),
    ("政治面貌", 1.6),
    ("文化程度", 1.4),
    ("单位和职务", 3.4, "left"),
    ("推荐者", 3.0, "left"),
)
BLANK = "　"


def proposers(nominees: Iterable[Nominee]) -> dict:
    """By whom each is put forward, as told on the forms that hold."""
    accepted = Nomination.State.ACCEPTED
    return of_forms(Nomination.objects.kept().filter(nominee__in=list(nominees), state=accepted))


def _rows(people: Iterable[Nominee], day: date, told: dict) -> list[tuple]:
    return [
        (
            "\n".join(filter(None, (one.name, one.name_beside))),
            one.get_gender_display(),
            str(age_on(one.birth_date, day)),
            one.ethnicity,
            one.get_party_display(),
            one.get_education_display(),
            one.employer_post,
            told.get(one.pk, ""),
        )
        for one in people
    ]


def _locked(election: Election, kind: str) -> list[Facts]:
    """The districts whose list is closed. Raises Refused where none is, or one changed since."""
    found = [one for one in queries.facts_of(election).values() if kind in one.lists and one.lists[kind].locked_at]
    if not found:
        refuse("还没有定稿的名单，不能印发公告。")
    for facts in found:
        if queries.left(facts.entries[kind]) or queries.corrected(facts.entries[kind]):
            refuse(f"{facts.district}的名单定稿以后有变动，请先取消定稿或者公告变动。")
    return found


def _lists(found: Sequence[Facts], kind: str) -> list[dict]:
    told = proposers(one.nominee for facts in found for one in facts.entries[kind])
    parts = []
    for at, facts in enumerate(found, start=1):
        head = f"{to_chinese(at)}、{facts.district}　应选{facts.seats}名"
        people = [one.nominee for one in facts.entries[kind]]
        parts += [heading(head), table(PEOPLE, _rows(people, facts.day, told))]
        parts.append(paragraph(f"本选区名单{convention_of(facts, kind)}。"))
    return parts


def convention_of(facts: Facts, kind: str) -> str:
    """In which order the names stand, as it is printed under them."""
    row = facts.lists[kind]
    if row.by_votes:
        return f"{facts.order(kind).label}排列"
    return f"{row.get_convention_display()}{'，次序经人工核对' if row.by_hand else ''}"


def candidates_notice(election: Election, on: date) -> dict:
    """⑥ Everybody who was lawfully named, district by district. Raises Refused while no list is closed."""
    found = _locked(election, Kind.FIRST)
    number = sum(len(one.entries[Kind.FIRST]) for one in found)
    lead = (
        f"根据{grounds(on, 'nomination', 'publish_candidates')}的规定，各政党、各人民团体和选民依法推荐的"
        f"{congress_name(election)}代表候选人共{number}名，现将名单和基本情况公布如下，由各选区的选民小组讨论、协商，"
        "确定正式代表候选人："
    )
    parts = [paragraph(lead), *_lists(found, Kind.FIRST)]
    parts.append(paragraph(f"选举日为{days_of(election).said()}。"))
    return notice(election, "公布代表候选人名单", parts)


def formal_notice(election: Election, on: date) -> dict:
    """⑧ The formal candidates with the rules by which ballots are judged. Raises Refused while no list is closed."""
    found = _locked(election, Kind.FORMAL)
    number = sum(len(one.entries[Kind.FORMAL]) for one in found)
    # A by-election may have as many candidates as seats: the margin of the general election is none of its grounds.
    number_of = "candidate_number" if election.how == Mandate.How.GENERAL else "by_election"
    lead = (
        f"根据{grounds(on, number_of, 'publish_final_candidates')}的规定，"
        f"经选民小组讨论、协商{'或者预选' if any(one.votes for one in found) else ''}，确定{congress_name(election)}"
        f"正式代表候选人{number}名，现将名单和基本情况公布如下："
    )
    parts = [paragraph(lead), *_lists(found, Kind.FORMAL), *_rules(election, len(found) + 1)]
    parts.append(paragraph(f"选举日为{days_of(election).said()}。在选举日停止代表候选人的介绍。"))
    return notice(election, "公布正式代表候选人名单", parts)


def _rules(election: Election, number: int) -> list[dict]:
    row = VotingRules.objects.kept().filter(election=election).first()
    if row is None:
        return []
    lines = rule_lines(ballot_rules(row), 0, election.election_day)
    parts = [heading(f"{to_chinese(number)}、选票认定办法")]
    parts += [paragraph(f"{at}.{one.about}：{one.says}。") for at, one in enumerate(lines, start=1)]
    return [*parts, paragraph(f"以上办法依照{row.paper}，于{chinese_date(row.fixed_on)}确定。")]


def change_notice(changed: CandidateNotice, on: date) -> dict:
    """⑨ Who left a published list, who is put on it, whose particulars were put right, and how many it names."""
    row = changed.candidate_list
    facts = queries.facts_of(row.election, [row.district_id])[row.district_id]
    gone = [one.nominee for one in changed.took_off.select_related("nominee")]
    mended = [one.nominee for one in changed.put_right.select_related("nominee")]
    published = f"{chinese_date(row.published_on)}公布的" if row.published_on else ""
    parts = [paragraph(f"{published}{row}有变动，现作第{changed.number}次变动公告如下：")]
    for one in gone:
        how = one.get_left_how_display() or "登记退出"  # put back since: the entry was a mistake
        parts.append(paragraph(f"{one.name}：{how}，不再列为代表候选人。", [one.name]))
    if added := [one.nominee for one in changed.put_on.select_related("nominee__district").order_by("position")]:
        parts += [
            paragraph("下列人员依法列为代表候选人，现予补列："),
            table(PEOPLE, _rows(added, facts.day, proposers(added))),
        ]
    if mended:
        rows = _rows(mended, facts.day, proposers(mended))
        parts += [paragraph("下列候选人的基本情况更正为："), table(PEOPLE, rows)]
    parts.append(paragraph(f"{facts.district}原列{changed.before}名，现列{changed.after}名。"))
    return notice(row.election, f"第{facts.district.number}选区代表候选人变动", parts)


def preliminary_notice(vote: PreliminaryVote, on: date) -> dict:
    """⑦ When, where and how a district votes beforehand, and on whom."""
    facts = queries.facts_of(vote.election, [vote.district_id])[vote.district_id]
    people = facts.eligible
    order = CONVENTIONS[facts.first.convention if facts.first else "xingming"].partition("（")[0]
    names = "、".join(one.name for one in people)
    lead = (
        f"{facts.district}应选{congress_name(vote.election)}代表{facts.seats}名，代表候选人{len(people)}名，超过最高差额，"
        f"经选民小组讨论、协商不能形成较为一致的意见。根据{grounds(on, 'preliminary_election')}的规定进行预选，公告如下："
    )
    parts = [
        paragraph(lead),
        paragraph(f"预选时间：{cdatew(vote.held_on)}{vote.hours}。"),
        paragraph(f"预选地点：{vote.place or '由各选民小组通知'}。"),
        paragraph(f"预选方式：{vote.get_how_display()}，无记名投票。"),
        paragraph(f"参加预选的代表候选人（{order}）：{names}。", [one.name for one in people]),
        paragraph("根据预选时得票多少的顺序，确定正式代表候选人名单。"),
    ]
    return notice(vote.election, f"第{facts.district.number}选区进行预选", parts)


# -- sheets of daily work


SHEETS = sheet_kind("elections.candidate_sheets", "候选人工作表")


def _sheets(election: Election, name: str, sheets: Iterable[dict]) -> dict:
    parts: list[dict] = []
    for one in sheets:
        parts += [new_page()] if parts else []
        parts += [title(*one["title"]), subtitle(*one["under"]), *map(paragraph, one["above"])]
        columns = [(label, width, "center", label == "姓名") for label, width in one["columns"]]
        parts += [table(columns, one["rows"]), *map(paragraph, one["below"])]
    return {"title": name, "office": committee_name(election.township, election), "parts": parts}


def consultation_sheets(election: Election) -> dict:
    """A sheet for each voters' group on which its discussion is recorded, with the names of the first list. Raises Refused
    where no group has a district with candidates."""
    facts, place = queries.facts_of(election), queries.place_of(election)
    groups: Sequence[VoterGroup] = (
        queries.groups_of(election).select_related(place).order_by(f"{place}__number", "number")
    )
    sheets = []
    for group in groups:
        found = facts.get(getattr(group, f"{place}_id"))
        if found is None or not found.eligible:
            continue
        sheets.append(
            {
                "title": ["讨论、协商代表候选人记录表"],
                "under": [f"{found.district}　{group.name}　应选{found.seats}名"],
                "above": [
                    "第（　）轮　　　　年　　月　　日　　应到　　　人　　到会　　　人",
                    f"正式代表候选人应为{found.wanted}。",
                ],
                "columns": [["姓名", 2], ["同意列为正式候选人的人数", 3], ["其他意见", 4]],
                "rows": [[one.name, BLANK, BLANK] for one in found.eligible],
                "below": [
                    "是否形成较为一致的意见：□是　□否",
                    "上轮退回的意见：",
                    "记录人（签名）：　　　　　　小组长（签名）：",
                ],
            }
        )
    if not sheets:
        refuse("还没有公布的代表候选人，或者还没有登记选民小组，不能印制记录表。")
    return _sheets(election, "讨论协商记录表", sheets)


def preliminary_sheets(election: Election) -> dict:
    """The sheet on which the result of each preliminary vote is written. Raises Refused where none was entered."""
    sheets = []
    for found in queries.facts_of(election).values():
        if found.preliminary is None:
            continue
        vote = found.preliminary
        sheets.append(
            {
                "title": ["预选结果报告单"],
                "under": [f"{found.district}　应选{found.seats}名　{cdatew(vote.held_on)}"],
                "above": ["　".join(f"{label}{_shown(number)}{unit}" for label, number, unit in _numbers(vote))],
                "columns": [["姓名", 2], ["得票", 2], ["名次", 2]],
                "rows": [[one.name, str(found.votes.get(one.pk, BLANK)), BLANK] for one in found.eligible],
                "below": [
                    "票数相等怎样确定：",
                    "监票人（签名）：　　　　　　计票人（签名）：",
                    "选举委员会审查确认：　　　　　　　　　年　　月　　日",
                ],
            }
        )
    if not sheets:
        refuse("没有登记预选。")
    return _sheets(election, "预选结果报告单", sheets)


def _numbers(vote: PreliminaryVote) -> tuple[tuple[str, int | None, str], ...]:
    return (
        ("选民", vote.registered, "人"),
        ("参加预选", vote.took_part, "人"),
        ("收回选票", vote.recovered, "张"),
        ("废票", vote.void, "张"),
    )


def _shown(number: int | None) -> str:
    return BLANK * 3 if number is None else str(number)


CONSULTATION = offer(
    WorkingPaper(
        SHEETS,
        levels,
        lambda found, _: consultation_sheets(found),
        sheets_in,
        ISSUE,
        "elections.consultation_sheets",
        "讨论协商记录表",
    )
)
PRELIMINARY_RESULT = offer(
    WorkingPaper(
        SHEETS,
        levels,
        lambda found, _: preliminary_sheets(found),
        sheets_in,
        ISSUE,
        "elections.preliminary_sheets",
        "预选结果报告单",
    )
)
