"""The papers of a review of credentials: the committee's report to the presidium, the notice of who the deputies are, and the
certificates of those who are seated (选举法四十七)."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from congress.documents.cards import Card, cards_pdf
from congress.documents.fonts import Typeface, replaced
from congress.documents.issuers import PRESIDIUM, issuer_of
from congress.documents.kit import DocumentKind, register
from congress.guard.refusal import refuse
from congress.law.finding import Citation
from congress.law.provinces import pack
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import chinese_date
from deputies.models import Deputy, Mandate
from elections.actions.credentials import ground_findings
from elections.documents.common import (
    ELECTION_COMMITTEE,
    committee_name,
    compose_notice,
    congress_name,
    grounds,
    heading,
    metadata,
    notice_blocks,
    paragraph,
    table,
)
from elections.documents.letters import sentence
from elections.documents.sheets import levels
from elections.models import CredentialsReview, Election, ReviewedWinner
from elections.permissions import ISSUE
from elections.queries.breaches import void_entries
from elections.queries.credentials import ReviewFacts, entries, filled, of_county

COLUMNS = (
    ("选区", 1.6),
    ("姓名", 1.8),
    ("性别", 0.9),
    ("民族", 1.2),
    ("出生年月", 2.1),  # 1981年11月 on one line: a row of two is as high as two of one
    ("单位和职务", 3.7, "left"),
    ("得票", 1.0),
)
ACROSS, DOWN, SIZE = 1, 2, 16.0  # two certificates on a page
CREDENTIALS = issuer_of("credentials")
REPORT = register(
    DocumentKind(
        "elections.credentials",
        "代表资格审查报告",
        partial(compose_notice, whose=CREDENTIALS),
        issuer=CREDENTIALS,
        numbering=None,
        blocks=partial(notice_blocks, whose=CREDENTIALS),
    )
)
DEPUTIES = register(
    DocumentKind(
        "elections.deputies",
        "代表名单公告",
        partial(compose_notice, whose=PRESIDIUM),
        issuer=PRESIDIUM,
        numbering=None,
        blocks=partial(notice_blocks, whose=PRESIDIUM),
        public=True,
    )
)


@dataclass(frozen=True)
class Person:
    """Whom a paper names, from wherever the particulars stand: the roster, the nomination, what was typed."""

    entry: ReviewedWinner

    def __getattr__(self, name: str):
        """One of the particulars."""
        entry = self.entry
        source = entry.deputy if entry.mandate_id and entry.deputy else entry.winner.nominee or entry.deputy or entry
        return getattr(source, name)

    @property
    def row(self) -> tuple:
        """The line of a table."""
        won = self.entry.winner
        born = f"{self.birth_date.year}年{self.birth_date.month}月" if self.birth_date else ""
        sex = dict(Deputy.Gender.choices).get(self.gender, "")
        name = replaced(self.entry.name, Typeface.NAME)[0]
        place = f"第{won.round.district.number}选区"
        return (place, name, sex, self.ethnicity, born, self.employer_post, won.votes)


def _structure(review: CredentialsReview, people: list[Person]) -> str:
    """How many are women, of a minority, party members, deputies of the term before, as a sentence has it."""
    term = review.election.term
    former = Mandate.objects.kept().filter(level=term.level, term__number=term.number - 1)
    again = set(former.values_list("deputy", flat=True))
    told = (
        ("妇女", [one for one in people if one.gender == Deputy.Gender.FEMALE]),
        ("少数民族", [one for one in people if one.ethnicity not in ("", "汉族")]),
        ("中共党员", [one for one in people if one.party == Deputy.Party.CPC]),
        ("连任", [one for one in people if one.entry.deputy_id in again]),
    )
    return "，".join(f"{label}{len(found)}名" for label, found in told)


def report(review: CredentialsReview, on: date) -> dict:
    """What 代表资格审查报告 says: the seats, the votes, the procedure, the opinions, the list. Raises Refused while somebody has
    no opinion yet, and for the county's, whose own committee reports."""
    facts, election = ReviewFacts(review), review.election
    if of_county(review):
        refuse("县级代表的审查报告由县级人大常委会的代表资格审查委员会提出。")
    if facts.open:
        refuse(f"还有{len(facts.open)}名当选人没有审查意见，不能印发审查报告。")
    people = [Person(one) for one in facts.valid]
    seats = filled(election)
    basis = grounds(on, "qualification_review")
    organic = grounds(on, "credentials_committee", law_key="organic_law")
    lead = (
        f"根据{basis}和{organic}的规定，代表资格审查委员会对{congress_name(election)}"
        f"{'补选' if election.how == Mandate.How.BY_ELECTION else ''}当选的{len(review.listed)}名代表的代表资格进行了审查。"
        "现将审查情况报告如下："
    )
    by_seats = (
        f"{len(seats)}个选区应选代表{sum(one.seats for one in seats)}名，宣布当选{sum(one.won for one in seats)}名，"
        f"本次审查{len(review.listed)}名。{_turnout(review)}"
    )
    parts = [paragraph(lead), heading("一、选举情况"), paragraph(by_seats)]
    parts += [heading("二、审查意见"), paragraph(_opinion(facts, people))]
    parts += [paragraph(_void(one), (one.name,)) for one in facts.void]
    parts += [paragraph(_declined(one), (one.name,)) for one in facts.declined]
    if people:
        parts += [heading("三、当选有效的代表名单"), table(COLUMNS, [one.row for one in people])]
    title = ["关于" + congress_name(election), "代表的代表资格审查报告"]
    return {"title": title, "to": review.township.presidium_name, "parts": [*parts, paragraph("请予审议。")]}


def _turnout(review: CredentialsReview) -> str:
    """How many voters the districts have in which those examined were elected."""
    rounds = {one.winner.round_id: one.winner.round for one in review.listed}.values()
    voters = {one.district_id: one.voters for one in rounds}
    return f"这些选区登记选民{sum(voters.values())}人。"


def _opinion(facts: ReviewFacts, people: list[Person]) -> str:
    told = "经审查，"
    if people:
        told += (
            f"{len(people)}名代表符合宪法、法律规定的代表的基本条件，选举符合法律规定的程序，没有发现破坏选举和其他当选无效的"
            f"违法行为，当选有效。其中{_structure(facts.row, people)}。"
        )
    if facts.declined:
        told += f"有{len(facts.declined)}名当选人不接受当选。"
    return told + f"有{len(facts.void)}名当选无效，情况如下：" if facts.void else told


def _void(entry: ReviewedWinner) -> str:
    articles = "；".join(one.citation.text for one in ground_findings(entry) if one.citation)
    basis = f"（{articles}）" if articles else ""
    return f"{entry.winner.round.district}{entry.name}：{entry.get_ground_display()}{basis}。{sentence(entry.words)}"


def _declined(entry: ReviewedWinner) -> str:
    return f"{entry.winner.round.district}{entry.name}不接受当选，不作资格确认，名额空缺。{sentence(entry.words)}"


def deputies_notice(review: CredentialsReview, on: date) -> dict:
    """The notice of who the deputies are, signed by the presidium. Raises Refused until two people entered the confirmation,
    where nobody was confirmed, and for the county's."""
    facts, election = ReviewFacts(review), review.election
    if of_county(review):
        refuse("县级代表名单由县级人大常委会公布。")
    if not review.confirmed:
        refuse("主席团的确认还没有由两人登记，不能公布代表名单。")
    if not facts.valid:
        refuse("没有当选有效的代表，不用公布代表名单。")
    body = review.township.presidium_name
    lead = (
        f"根据{grounds(on, 'qualification_review')}的规定，{body}{chinese_date(review.decided_on)}根据代表资格审查委员会提出的"
        f"报告，确认下列{len(facts.valid)}名{congress_name(election)}代表的代表资格有效，现予公布："
    )
    rows = [Person(one).row[:-1] for one in facts.valid]
    return {
        "title": [body, f"关于公布{election.term}人民代表大会", "代表名单的公告"],
        "parts": [paragraph(lead), table(COLUMNS[:-1], rows)],
    }


# -- certificates


def certificate_body(election: Election) -> tuple[str, Citation | None]:
    """Which body gives the certificates, with the rule of the province that says so; practice has the election committee."""
    value = pack(election.township.pack).value("credentials.certificate_by", election.election_day)
    presidium = value.value == "presidium"
    return (
        election.township.presidium_name if presidium else committee_name(election.township, election),
        value.citation,
    )


def certificates(election: Election, options: dict) -> dict:
    """The certificates of everybody seated by an election whose election is not void. Raises Refused while nobody is.

    A number stays whose it is: who is seated later comes after, and who falls away leaves a gap.
    """
    rows = ReviewedWinner.objects.kept().filter(review__election=election, mandate__isnull=False)
    seated = entries(rows).order_by(
        "review__published_on",
        "review__number",
        "winner__round__district__number",
        "winner__round__number",
        "winner__position",
    )
    void = set(void_entries().filter(review__election=election).values_list("pk", flat=True))
    found = [
        (at, one) for at, one in enumerate(seated, start=1) if one.pk not in void and one.mandate.withdrawn_at is None
    ]
    if not found:
        refuse("还没有登记代表资格的当选人，公布代表名单以后才能印制当选证书。")
    body, _ = certificate_body(election)
    cards = [
        {
            "name": replaced(one.deputy.name, Typeface.NAME)[0],
            "number": f"第{at}号",
            "gender": one.deputy.get_gender_display(),
            "district": str(one.mandate.district),
            "elected": chinese_date(one.mandate.elected_on),
            "day": chinese_date(one.review.decided_on),
        }
        for at, one in found
    ]
    return {
        "office": body,
        "title": f"{congress_name(election)}代表当选证书",
        "of": congress_name(election),
        "cards": cards,
    }


def _certificate(context: dict, one: dict) -> Card:
    rows = (
        ("编号", one["number"]),
        ("姓名", one["name"]),
        ("性别", one["gender"]),
        ("选区", one["district"]),
        ("当选日期", one["elected"]),
    )
    said = f"依法当选为{context['of']}代表，经审查确认代表资格有效，特发此证。"
    return Card(
        (context["of"], "代表当选证书"), rows, (said, f"{context['office']}（章）", one["day"]), name=one["name"]
    )


def compose_certificates(context: dict, draft: bool) -> bytes:
    """The PDF of the certificates, two to a page."""
    cards = [_certificate(context, one) for one in context["cards"]]
    said = {"title": context["title"], "across": ACROSS, "down": DOWN, "size": SIZE}
    return cards_pdf(cards, **said, draft=draft, metadata=metadata(context))


CERTIFICATES = offer(
    WorkingPaper(
        register(
            DocumentKind(
                "elections.certificates",
                "代表当选证书",
                compose_certificates,
                profile="names",
                issuer=ELECTION_COMMITTEE,
                numbering=None,
            )
        ),
        levels,
        gather=certificates,
        pages=lambda context: -(-len(context["cards"]) // (ACROSS * DOWN)),
        permission=ISSUE,
    )
)
