"""Every paper of an election that is issued: about what, from which form, and how it is looked at and issued."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from congress import issuing
from congress.documents import kit
from congress.documents.kit import DocumentKind
from congress.guard.refusal import refuse, refuse_blocking
from congress.law.finding import Finding
from congress.models import Document, Job, Township, User
from elections.documents import above, candidates, cards, credentials, letters, notices, polling, proxies, rolls, rounds
from elections.documents.common import SAMPLE, congress_name, election_of
from elections.models import Appeal, CandidateNotice, CredentialsReview, Election, PreliminaryVote, Supplement
from elections.queries.languages import language_findings


@dataclass(frozen=True)
class Paper:
    """A paper as people choose it: `gather(subject, day, entered)` gives what it says."""

    kind: DocumentKind
    gather: Callable[[Any, date, dict], dict]
    lead: str

    def title(self, subject) -> str:
        """What the document is called in lists."""
        return f"{congress_name(election_of(subject))}代表选举{self.kind.title}{_of(subject)}"


def _of(subject) -> str:
    if isinstance(subject, Supplement):
        return f"（{subject}）"
    if isinstance(subject, CandidateNotice):
        return f"（{subject.candidate_list.district}{subject}）"
    if isinstance(subject, CredentialsReview):
        return f"（第{subject.number}次审查）" if subject.number > 1 else ""
    if isinstance(subject, PreliminaryVote):
        return f"（{subject.district}）"
    return f"（{subject.get_kind_display()}）" if isinstance(subject, Appeal) else ""


def _committee(election: Election, day: date, entered: dict) -> dict:
    return notices.committee_notice(election, day)


def _districts(election: Election, day: date, entered: dict) -> dict:
    return notices.districts_notice(election, day)


def _registration(election: Election, day: date, entered: dict) -> dict:
    return notices.registration_notice(election, entered["plan"], day)


def _places(election: Election, day: date, entered: dict) -> dict:
    return polling.places_notice(election, day, entered.get("more", ""))


def _absent(election: Election, day: date, entered: dict) -> dict:
    return proxies.absent_letter(election, day, entered.get("return_by"), entered.get("to", ""))


def _proxies(election: Election, day: date, entered: dict) -> dict:
    return proxies.proxies_notice(election, day)


def _supplement(supplement: Supplement, day: date, entered: dict) -> dict:
    return rolls.supplement_notice(supplement, day, named=entered.get("named", False))


def _candidates(election: Election, day: date, entered: dict) -> dict:
    return candidates.candidates_notice(election, day)


def _formal(election: Election, day: date, entered: dict) -> dict:
    return candidates.formal_notice(election, day)


def _elected(election: Election, day: date, entered: dict) -> dict:
    return rounds.elected_notice(election, day)


def _credentials(review: CredentialsReview, day: date, entered: dict) -> dict:
    return credentials.report(review, day)


def _deputies(review: CredentialsReview, day: date, entered: dict) -> dict:
    return credentials.deputies_notice(review, day)


def _upwards(election: Election, day: date, entered: dict) -> dict:
    return above.upwards(election, day)


def _changed(changed: CandidateNotice, day: date, entered: dict) -> dict:
    return candidates.change_notice(changed, day)


def _preliminary(vote: PreliminaryVote, day: date, entered: dict) -> dict:
    return candidates.preliminary_notice(vote, day)


def _decision(appeal: Appeal, day: date, entered: dict) -> dict:
    return letters.decision_letter(appeal, day)


PAPERS = {
    "committee": Paper(notices.COMMITTEE, _committee, "按登记的选举委员会组成人员印发，已经离任的不列。"),
    "districts": Paper(notices.DISTRICTS, _districts, "按登记的选区印发；印发前请先看草稿。"),
    "registration": Paper(notices.REGISTRATION, _registration, "选举日按选举工作里登记的日子，星期由日期推算。"),
    "places": Paper(
        polling.PLACES,
        _places,
        "按登记的投票站、选举大会印发，列出各处的时间和地点；每个选区都设了投票的地方才能印发。",
    ),
    "absent": Paper(
        proxies.LETTER,
        _absent,
        "信后附空白委托书，可以同时选举两级。没有寄回委托书的不作放弃处理，信里已经写明。",
    ),
    "proxies": Paper(proxies.PUBLIC, _proxies, "列出已同意的委托人和受委托人，不写原因；只在规定可以公示的地方印发。"),
    "roll": Paper(
        rolls.ROLL,
        rolls.gather_roll,
        "按选区和选民小组排成张贴用的名单，只列姓名（和性别）；页数多，在后台排版，完成后从“办理进度”打开。",
    ),
    "supplement": Paper(rolls.SUPPLEMENT, _supplement, "按这一次补正的增减印发，合计不平的不能印发。"),
    "cards": Paper(cards.CARDS, cards.gather_cards, "每页八张，按选区排列，裁开后加盖选举委员会印章；在后台排版。"),
    "candidates": Paper(
        candidates.CANDIDATES, _candidates, "按定稿的代表候选人名单分选区印发；没有定稿的选区不在公告上，可以另行印发。"
    ),
    "formal": Paper(candidates.FORMAL, _formal, "按定稿的正式候选人名单分选区印发，写明排列方法和选票认定办法。"),
    "elected": Paper(
        rounds.ELECTED, _elected, "公布已经由两人宣布结果的选区：当选人和得票；须接着投票的选区写明依据。"
    ),
    "upwards": Paper(
        above.KIND, _upwards, "把县级选区的投票和计票结果报县的选举委员会确定、宣布；签字的投票结果报告单附后。"
    ),
    "credentials": Paper(
        credentials.REPORT, _credentials, "按登记的审查意见排出报告，报主席团；每位当选人都有意见以后才能印发。"
    ),
    "deputies": Paper(
        credentials.DEPUTIES,
        _deputies,
        "按主席团的确认公布代表名单；确认由两人登记以后才能印发，在第一次会议以前公布。",
    ),
    "preliminary": Paper(candidates.PRELIMINARY, _preliminary, "写明预选的时间、地点、方式和参加预选的候选人。"),
    "changed": Paper(candidates.CHANGED, _changed, "写明退出、除名和更正，以及现列的人数。"),
    "decision": Paper(letters.APPEAL_DECISION, _decision, "写明决定和起诉的权利、期限；送达后在申诉页面登记。"),
}


def look(paper: Paper, subject: Model, day: date, entered: dict) -> bytes:
    """The paper as it would be, marked as a draft, of many pages its first district; nothing is stored. Raises Refused."""
    asked = entered | {SAMPLE: True} if paper.kind.by_job else entered
    office = paper.kind.office(subject.township, subject)  # as `kit.issue` says it, unless the paper itself does
    return kit.draft(paper.kind, {"office": office, **paper.gather(subject, day, asked)})


def issue(
    actor: User,
    paper: Paper,
    township: Township,
    subject: Model,
    *,
    issued_on: date,
    number: str = "",
    again: bool = False,
    second_language: bool = False,
    key: uuid.UUID | None = None,
    entered: dict | None = None,
) -> tuple[Document | Job, list[Finding]]:
    """Issue a paper, or start the job that does, and what is to be said of it.

    Raises Refused where it says what it may not, and in an autonomous place whose writing is not used as well (选举法
    二十三). Side effects: those of `kit.issue`.
    """
    warnings = refuse_blocking(language_findings(township, second_language, issued_on))
    said: dict[str, Any] = {
        "title": paper.title(subject)[:160],
        "subject": subject,
        "issued_on": issued_on,
        "number": number,
        "again": again,
        "key": key,
    }
    if paper.kind.by_job:
        if issued_on >= election_of(subject).election_day:
            refuse("应在选举日以前印发，请核对印发日期和选举日。", "issued_on")
        if paper.kind is cards.CARDS and subject.published_on is None:
            refuse("名单公布以后再印发选民证。")
        return issuing.start(actor, paper.kind, township, options=entered or {}, **said), warnings
    context = paper.gather(subject, issued_on, entered or {})
    return kit.issue(actor, paper.kind, township, context=context, **said), warnings
