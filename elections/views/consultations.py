"""Pages of what voters' groups said, of preliminary votes, of meetings with voters, and of the rules for ballots."""

from django.db.models import Q

from congress.law.ballots import rule_lines
from congress.law.sources import cite, gist
from congress.web.records import import_at, url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing, by_field
from congress.wording import chinese_date
from deputies.models import District
from elections.actions import candidate_lists as rules
from elections.actions import consultations as acts
from elections.forms import consultations as forms
from elections.forms.candidate_lists import VotingRulesForm
from elections.models import (
    CandidateMeeting,
    Consultation,
    Election,
    Nominee,
    PreliminaryVote,
    VoterGroup,
    VotingRules,
)
from elections.queries import candidate_lists as queries
from elections.views.kept import KeptPages

_DISTRICT = Among("district", lambda: District.objects.kept())
_AGREED = {"是": Q(agreed=True), "否": Q(agreed=False)}


def _link(row, place) -> str:
    return url_of(row, place)


CONSULTED = Listing(
    title="讨论协商记录",
    name="consultations",
    columns=[
        Col("group", "选民小组", lambda row: str(row.group), "group__number,group__name", _link,
            find=Among("group", lambda: VoterGroup.objects.kept())),
        Col("round", "轮次", lambda row: row.round, "round", numeric=True),
        Col("held_on", "讨论日期", lambda row: row.held_on, "held_on", find="held_on"),
        Col("expected", "应到", lambda row: row.expected, "expected", numeric=True),
        Col("present", "到会", lambda row: row.present, "present", numeric=True),
        Col(
            "agreed",
            "是否较为一致",
            lambda row: Badge("是", "good") if row.agreed else Badge("否", "warning"),
            "agreed",
            find=Said(_AGREED),
        ),
        Col("recorder", "记录人", lambda row: row.recorder, "recorder", find="recorder", screen=False),
        Col("returned", "上轮退回的意见", lambda row: row.returned, "returned", find="returned"),
        Col(
            "district",
            "选区",
            lambda row: str(getattr(row.group, queries.place_of(row.election))),
            "group__district__number,group__number",
            find=Among("group__district", lambda: District.objects.kept()),
            screen=False,
        ),
    ],
    default="-held_on",
    days="held_on",
    search_hint="小组、日期、退回的意见",
    empty=("还没有讨论协商记录", "代表候选人名单公布以后，各选民小组每讨论一轮登记一次；没有记录的，正式候选人名单不能定稿。"),
    empty_icon="chat-left-text",
)  # fmt: skip
PRELIMINARY = Listing(
    title="预选",
    name="preliminaries",
    columns=[
        Col("district", "选区", lambda row: str(row.district), "district__number", _link, find=_DISTRICT),
        Col("how", "方式", lambda row: row.get_how_display(), "how", find="how"),
        Col("held_on", "预选日期", lambda row: row.held_on, "held_on", find="held_on"),
        Col("registered", "选民数", lambda row: row.registered, "registered", numeric=True),
        Col("took_part", "参加预选", lambda row: row.took_part, "took_part", numeric=True),
        Col("confirmed_on", "确认日期", lambda row: row.confirmed_on, "confirmed_on", find="confirmed_on"),
    ],
    default="district",
    filters=[by_field("how", "方式", PreliminaryVote.How.choices)],
    search_hint="选区、日期",
    empty=("没有登记预选", "候选人超过最高差额、又不能形成较为一致意见的选区才进行预选。"),
    empty_icon="check-circle",
)
MEETINGS = Listing(
    title="候选人与选民见面",
    name="candidate-meetings",
    columns=[
        Col("district", "选区", lambda row: str(row.district), "district__number", _link, find=_DISTRICT),
        Col("held_on", "见面日期", lambda row: row.held_on, "held_on", find="held_on"),
        Col("place", "地点", lambda row: row.place, "place", find="place"),
        Col("asked_by", "提出要求", lambda row: row.asked_by, "asked_by", find="asked_by"),
        Col("candidates", "到会候选人", lambda row: row.candidates, "candidates", numeric=True),
        Col("attended", "到会选民", lambda row: row.attended, "attended", numeric=True),
    ],
    default="-held_on",
    days="held_on",
    search_hint="选区、地点、日期",
    empty=("还没有登记见面", "选民要求的应当组织；选举日零时起停止介绍候选人。"),
    empty_icon="people",
)


def _of_election(model, *beside: str) -> dict:
    return {
        "rows": lambda election: model.objects.kept().filter(election=election).select_related(*beside),
        "start": lambda election: {"election": election},
        "above": lambda row: row.election,
        "reads": (*beside, "election__campaign", "election__term"),
    }


def _numbers(row, counts: dict) -> str:
    people = list(Nominee.objects.kept().filter(election=row.election_id, pk__in=counts).order_by("stroke_key", "pk"))
    return "；".join(forms.counted_text(counts, people).splitlines())


def _consultation_facts(row: Consultation) -> list[tuple]:
    return [
        ("选民小组", str(row.group), url_of(row.group, row.township)),
        ("轮次", f"第{row.round}轮"),
        ("讨论日期", chinese_date(row.held_on)),
        ("应到、到会", f"应到{row.expected}人，到会{row.present}人"),
        ("对每名候选人的意见数", _numbers(row, row.opinions)),
        ("意见", "较为一致" if row.agreed else "没有较为一致"),
        ("记录人", row.recorder),
        ("上轮退回的意见", row.returned),
    ]


def _preliminary_facts(row: PreliminaryVote) -> list[tuple]:
    numbers = (("选民", row.registered), ("参加", row.took_part), ("收回", row.recovered), ("废票", row.void))
    return [
        ("选区", str(row.district), url_of(row.district, row.township)),
        ("方式", row.get_how_display()),
        ("预选公告", chinese_date(row.noticed_on) if row.noticed_on else "还没有登记"),
        ("时间、地点", f"{chinese_date(row.held_on)}{row.hours}　{row.place}"),
        ("人数、票数", "，".join(f"{label}{number}" for label, number in numbers if number is not None)),
        ("得票", _numbers(row, row.results)),
        ("选举委员会确认", chinese_date(row.confirmed_on) if row.confirmed_on else "还没有确认"),
        ("票数相等怎样确定", row.settled),
    ]


def _rules_facts(row: VotingRules) -> list[tuple]:
    lines = rule_lines(rules.ballot_rules(row), 0, row.election.election_day)
    told = [
        (one.about, f"{one.says}（{one.citation.brief if one.citation else '法律没有规定，由本地确定'}）")
        for one in lines
    ]
    return [*told, ("确定日期", chinese_date(row.fixed_on)), ("确定的文件", row.paper)]


PAGES = (
    KeptPages(
        acts.CONSULTATIONS,
        forms.ConsultationForm,
        CONSULTED,
        "consultations",
        Election,
        **_of_election(Consultation, "group__district", "group__county_district", "election__term"),
        facts=_consultation_facts,
        heads=lambda place, election: [
            ("导入讨论协商记录", import_at(place, "elections.consultations", election=election.pk), "upload")
        ],
        lead="候选人名单交各选民小组讨论、协商，根据较多数选民的意见确定正式候选人（选举法第三十二条）。",
    ),
    KeptPages(
        acts.PRELIMINARIES,
        forms.PreliminaryForm,
        PRELIMINARY,
        "preliminaries",
        Election,
        **_of_election(PreliminaryVote, "district"),
        facts=_preliminary_facts,
        findings=acts.preliminary_findings,
        lead=gist(cite("election_law", "preliminary_election")),
    ),
    KeptPages(
        acts.MEETINGS,
        forms.MeetingForm,
        MEETINGS,
        "meetings",
        Election,
        **_of_election(CandidateMeeting, "district"),
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("提出要求", f"{row.asked_by}{f'，{chinese_date(row.asked_on)}' if row.asked_on else ''}"),
            ("见面日期", chinese_date(row.held_on)),
            ("地点", row.place),
            ("到会候选人", f"{row.candidates}名" if row.candidates is not None else ""),
            ("到会选民", f"{row.attended}人" if row.attended is not None else ""),
            ("选民的问题和回答", row.note),
        ],
        findings=acts.meeting_findings,
        lead=gist(cite("election_law", "introduce_candidates")),
    ),
    KeptPages(
        rules.VOTING_RULES,
        VotingRulesForm,
        None,
        "voting-rules",
        Election,
        rows=None,
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=_rules_facts,
        reads=("election__campaign", "election__term"),
        findings=rules.rules_findings,
        lead="法律没有规定或者各地做法不一的，由选举委员会在选举日以前确定并公布；确定后按同一办法认定每一张选票。",
    ),
)
