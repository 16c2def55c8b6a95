"""The list of voters as it is posted, district by district, and the notices that supplement it (选举法二十八、二十九).

A poster names voters, with their sex where that is local practice; never numbers of identity or dates of birth.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby

from congress.documents.fonts import Typeface, replaced
from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent
from congress.documents.render import render
from congress.guard.refusal import refuse, refuse_blocking
from congress.law import papers as law
from congress.wording import cdatew, chinese_date
from deputies.models import District
from elections.actions.lists import GROUPS
from elections.documents.common import (
    ELECTION_COMMITTEE,
    NOTICES,
    SAMPLE,
    appeals_of,
    blocks_of,
    committee_name,
    compose_notice,
    congress_name,
    grounds,
    heading,
    held_back,
    metadata,
    names,
    paragraph,
    sue_by,
    table,
)
from elections.documents.notices import notice
from elections.models import RollChange, Supplement, Voter, VoterGroup, VoterList
from elections.permissions import ISSUE
from elections.queries import lists as queries
from elections.queries.days import Days, days_of, last_vote

PIECE = 3000  # names that are typeset at once: what bounds the memory
SEX = dict(Voter.Gender.choices)
NUMERALS = "一二三四五六七八九十"

Kind = RollChange.Kind
# Who lost the right to vote, or cannot use it, is counted and not named unless the committee decides otherwise: 选举法二十八 says
# nothing of it, and the grounds of an exclusion are nobody else's business (个人信息保护法二十五、二十八).
COUNTED = Kind.DEPRIVED


def _sheet(entry: tuple[str, str], shows_gender: bool) -> tuple[str, str]:
    """A name as the poster prints it; 〓 stands for a character no font has, to be written in by hand."""
    name, gender = entry
    return replaced(name, Typeface.NAME)[0], SEX[gender] if shows_gender else ""


def gather_roll(voter_list: VoterList, day: date, options: dict) -> dict:
    """What the posters of a list say, as it was frozen. Raises Refused when a column may not be public, or the list names
    nobody."""
    election = voter_list.election
    columns = ("姓名", "性别") if voter_list.shows_gender else ("姓名",)
    refuse_blocking(law.check_roll_columns(columns, day))
    districts = {one.number: one for one in District.objects.kept().filter(term=election.term_id)}
    groups = VoterGroup.objects.kept().filter(district__term=election.term_id).select_related("district")
    called = {(one.district.number, one.number): str(one) for one in groups}
    listed, days = [], days_of(election)
    for number, lines in groupby(queries.lines(election, 0), key=lambda line: line.district):
        by_group: dict[int | None, list] = {}
        for line in lines:
            by_group.setdefault(line.group, []).append(_sheet((line.name, line.gender), voter_list.shows_gender))
        ordered = sorted(by_group.items(), key=lambda item: (item[0] is None, item[0] or 0))
        listed.append(
            {
                "number": number,
                "district": str(districts[number]),
                "closing": _own_closing(voter_list, day, options, days.of(districts[number].pk)) if days.own else None,
                "groups": [[called.get((number, group), "未编入选民小组"), people] for group, people in ordered],
            }
        )
        if SAMPLE in options:
            break
    if not listed:
        refuse("名单上还没有选民。")
    office = committee_name(election.township, election)
    return {
        "office": office,
        "title": [office, "关于公布选民名单的公告"],
        "congress": congress_name(election),
        "grounds": grounds(day, "publish_roll", "roll_appeal"),
        "voters": voter_list.voters,
        "columns": list(columns),
        "districts": listed,
        "closing": closing(voter_list, day, options.get("appeal_place", "")),
    }


def _own_closing(voter_list: VoterList, day: date, options: dict, election_day: date) -> list[str]:
    return closing(voter_list, day, options.get("appeal_place", ""), election_day)


def closing(voter_list: VoterList, day: date, appeal_place: str, election_day: date | None = None) -> list[str]:
    """What stands under every list: until when, where and how to appeal and to sue, and the day of the election.

    `election_day` is that of the district the list is of; without it the days of all are told.
    """
    days = days_of(voter_list.election)
    dates = appeals_of(day, election_day or days.main)
    said, sue = cdatew(election_day or days.main), sue_by(dates)
    if election_day is None:
        said, sue = days.said(), sue + _sue_elsewhere(days, day)
    place = appeal_place or voter_list.appeal_place
    at = f"受理地点和电话：{place}。" if place else ""
    return [
        (
            f"对公布的选民名单有不同意见的，可以在名单公布之日起五日内，即{cdatew(dates.appeal_by)}以前，向选举委员会提出申诉。{at}"
            f"选举委员会在三日内作出处理决定。申诉人对处理决定不服的，可以在{sue}向人民法院起诉。"
        ),
        f"选举日为{said}。",
    ]


def _sue_elsewhere(days: Days, published_on: date) -> str:
    """Until when voters of districts sue that vote on another day."""
    told = [f"{places}为{cdatew(appeals_of(published_on, day).sue_by_strict)}以前" for day, places in days.groups()]
    return f"（其中{'；'.join(told)}）" if told else ""


def _total(district: dict) -> int:
    return sum(len(people) for _, people in district["groups"])


def _opening(context: dict) -> list[dict]:
    """The notice itself: how many voters there are in each district."""
    lead = (
        f"根据{context['grounds']}的规定，经登记确认，参加{context['congress']}代表选举的选民共{context['voters']}人。"
        "现将选民名单分选区公布，各选区选民数如下："
    )
    rows = [(one["district"], _total(one)) for one in context["districts"]]
    return [
        paragraph(lead),
        table((("选区", 5, "left"), ("选民数", 2)), [*rows, ("合计", context["voters"])]),
        *map(paragraph, context["closing"]),
    ]


def _pieces_of(district: dict) -> Iterator[list]:
    """The groups of a district in pieces of at most `PIECE` names; a larger group is parted."""
    piece: list = []
    room = PIECE
    for name, people in district["groups"]:
        for start in range(0, len(people), PIECE):
            part = people[start : start + PIECE]
            if len(part) > room:
                yield piece
                piece, room = [], PIECE
            piece.append([name if start == 0 else f"{name}（续）", part, len(people)])
            room -= len(part)
    yield piece


def _poster(context: dict, district: dict, at: int, piece: list) -> list[dict]:
    parts = []
    if at == 0:
        total, sexes = _total(district), [behind for _, people in district["groups"] for _, behind in people]
        men = sexes.count(SEX["male"])
        shares = f"，其中男{men}人、女{total - men}人" if "性别" in context["columns"] else ""
        parts.append(paragraph(f"本选区经登记确认的选民共{total}人{shares}。名单按选民小组分列，以姓名笔画为序："))
    for name, people, number in piece:
        parts += [heading(f"{name}　{number}人"), names(people)]
    return [*parts, *map(paragraph, district.get("closing") or context["closing"])]


def compose_roll(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of the notice and of the poster of every district, each beginning on a page of its own."""
    posters = [(one, at, piece) for one in context["districts"] for at, piece in enumerate(_pieces_of(one))]

    title = "".join(context["title"])

    def opening(first_page: int) -> bytes:
        opened = blocks_of(context, _opening(context))
        return render(opened, title=title, draft=draft, metadata=metadata(context), first_page=first_page)

    def poster(number: int, district: dict, at: int, piece: list, first_page: int) -> bytes:
        progress(number, len(posters) + 1, f"正在排{district['district']}")
        under = [district["district"] + ("（续）" if at else "")]
        here = {**context, "title": [context["title"][0], "选民名单"], "under": under}
        blocks = blocks_of(here, _poster(context, district, at, piece))
        return render(blocks, title=title, profile="names", draft=draft, first_page=first_page)

    made = (partial(poster, number, *one) for number, one in enumerate(posters, start=1))
    return join([opening, *made])


ROLL = register(
    DocumentKind(
        "elections.roll",
        "选民名单公告",
        compose_roll,
        profile="names",
        issuer=ELECTION_COMMITTEE,
        numbering=NOTICES,
        told=True,
        gather=gather_roll,
        permission=ISSUE,
        public=True,
        held_back=held_back,
    )
)


# -- supplements


def _changed(changes: Iterable[RollChange], shows_gender: bool) -> list[dict]:
    """Names of changed registrations by district."""
    parts = []
    ordered = sorted(changes, key=lambda one: (one.registration.district.number, one.registration.voter.stroke_key))
    for district, rows in groupby(ordered, key=lambda one: one.registration.district):
        people = [_sheet((row.registration.voter.name, row.registration.voter.gender), shows_gender) for row in rows]
        parts += [paragraph(f"{district}："), names(people)]
    return parts


def supplement_notice(supplement: Supplement, day: date, *, named: bool = False) -> dict:
    """⑤ The notice of a supplement: its groups, and the sum they make.

    `named` says those too who lost the right to vote, where the committee decided so. Raises Refused when the groups do not
    make the totals that were published: no notice goes out with a wrong sum.
    """
    voter_list = supplement.voter_list
    changes = RollChange.objects.kept().filter(supplement=supplement)
    rows = list(changes.select_related("registration__voter", "registration__district"))
    grouped = {label: [row for row in rows if row.kind in kinds] for label, kinds in GROUPS.items()}
    added, corrected = len(grouped["增加"]), grouped.pop("更正")
    removed = sum(map(len, grouped.values())) - added
    _refuse_wrong_sum(supplement, added, removed)
    facts = ("registration", "publish_roll", "roll_appeal")
    published = f"{chinese_date(voter_list.published_on)}" if voter_list.published_on else ""
    parts = [
        paragraph(
            f"{published}公布选民名单以后，经核实，名单有变动。根据{grounds(day, *facts)}的规定，"
            f"现作第{supplement.number}次补正，公告如下："
        )
    ]
    headed = [(label, found) for label, found in grouped.items() if found]
    for at, (label, found) in enumerate(headed):
        parts.append(heading(f"{NUMERALS[at]}、{label}{len(found)}人"))
        if COUNTED in GROUPS[label] and not named:
            parts.append(paragraph("以上人员从选民名单上除名，由选举委员会逐一通知本人或者家属。"))
        else:
            parts += _changed(found, voter_list.shows_gender)
    if corrected:
        parts.append(heading(f"{NUMERALS[len(headed)]}、更正姓名或者性别{len(corrected)}人"))
        parts += [_correction(row, voter_list.shows_gender) for row in corrected]
    last = NUMERALS[len(headed) + bool(corrected)]
    parts += [
        heading(f"{last}、选民总数"),
        paragraph(f"原登记选民{supplement.before}人，增加{added}人，减少{removed}人，现有选民{supplement.after}人。"),
        *map(paragraph, _closing_late(voter_list, day)),
    ]
    return notice(voter_list.election, f"补正选民名单（第{supplement.number}次）", parts)


def _closing_late(voter_list: VoterList, day: date) -> list[str]:
    """What stands under a supplement: as under the list, as long as the days of the article are all ahead; shortly before a vote, and
    between the first and a further one, only what can still be done."""
    days = days_of(voter_list.election)
    votes = sorted({*days.all, last_vote(voter_list.election)})
    ahead = next((one for one in votes if one > day), None)
    at = f"受理地点和电话：{voter_list.appeal_place}。" if voter_list.appeal_place else ""
    if ahead is None:
        return [f"对以上变动有不同意见的，请向选举委员会提出，由选举委员会核实处理。{at}"]
    dates = appeals_of(day, ahead)
    in_time, may_sue = dates.appeal_by < ahead, day <= dates.sue_by_strict
    if ahead == days.first and in_time and may_sue:
        return closing(voter_list, day, "")
    until = f"即{cdatew(dates.appeal_by)}以前" if in_time else f"并在{cdatew(ahead)}投票以前"
    sue = "选举日的五日以前向人民法院起诉的期限已过，确有错误的由选举委员会及时更正。"
    if may_sue:
        sue = f"申诉人对处理决定不服的，可以在{sue_by(dates)}向人民法院起诉。"
    return [
        f"对以上变动有不同意见的，可以在公告之日起五日内，{until}，向选举委员会提出申诉。{at}选举委员会在三日内作出处理决定。{sue}",
        f"投票日为{cdatew(ahead)}。",
    ]


def _refuse_wrong_sum(supplement: Supplement, added: int, removed: int) -> None:
    came = supplement.before + added - removed
    if (added, removed, came) != (supplement.added, supplement.removed, supplement.after):
        refuse(
            f"补正不平：原登记{supplement.before}人，逐条计增加{added}人、减少{removed}人，应为{came}人，"
            f"登记的是现有{supplement.after}人。请先核对选民册变动。"
        )


def _correction(row: RollChange, shows_gender: bool) -> dict:
    voter = row.registration.voter
    was, now = (row.was_name or voter.name), voter.name
    if shows_gender and row.was_gender and row.was_gender != voter.gender:
        was, now = f"{was}（{SEX[row.was_gender]}）", f"{now}（{SEX[voter.gender]}）"
    return paragraph(f"{row.registration.district}：“{was}”更正为“{now}”。", [row.was_name or voter.name, voter.name])


SUPPLEMENT = register(
    DocumentKind(
        "elections.supplement",
        "补正公告",
        compose_notice,
        issuer=ELECTION_COMMITTEE,
        numbering=NOTICES,
        public=True,
        held_back=held_back,
    )
)
