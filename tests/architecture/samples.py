"""One row of everything, in every stage, for two townships: what the walk over all addresses opens.

Rows of the neighbour carry MARK in every text, so that a single one on a page of the township shows.
"""

import copy
import io
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

import pytest
from weasyprint import HTML

from congress import clock, files
from congress.assembly.models import CredentialsMember, Officer, PresidiumMeeting, Session
from congress.guard import scope
from congress.guard.action import action, verb
from congress.imports import batches
from congress.imports.kinds import kind_of
from congress.models import (
    AccountRequest,
    Attachment,
    Category,
    CategoryPast,
    Channel,
    Delegation,
    Delivery,
    Document,
    Erasure,
    Job,
    Membership,
    Message,
    PrintedPaper,
    Publication,
    SignedCopy,
    SlipBatch,
    TaskPutOff,
    Township,
    Unit,
    User,
)
from congress.people import keys
from deputies.models import (
    Activity,
    ActivityAttendance,
    Correction,
    Deputy,
    District,
    Group,
    Mandate,
    OwnActivity,
    Station,
    StationCheck,
    StationLiaison,
    Suspension,
    Term,
)
from elections.models import DistrictTurnout, Election
from reports import actions as reports
from reports.models import (
    AlertRule,
    AnnualReport,
    CountyAnswer,
    CountyQuestion,
    Section,
    SectionComment,
    SectionDraft,
    Tile,
)
from tests.architecture import samples_counting, samples_elections, samples_proposals, samples_reports, samples_rounds
from tests.architecture.samples_proposals import DAY, PHONE
from tests.states import state

FILL = verb("tests.fill", "布置样本")
MARK = "邻镇MARK"


@dataclass
class Samples:
    """Rows of one township by name; `mark` stands in each of their texts."""

    town: Township
    clerk: object
    unit: Unit
    other_unit: Unit
    deputy: Deputy
    term: Term
    mark: str = ""
    rows: dict = field(default_factory=dict)

    def __getitem__(self, name):
        return self.rows[name]

    def keep(self, name: str, row):
        """Name a row; the first of a name stays."""
        return self.rows.setdefault(name, row)

    def make(self, key: str, model, /, **values):
        """Create a row of the township and name it."""
        return self.keep(key, model.objects.create(township=self.town, **values))


@cache
def sample_pdf() -> bytes:
    """A small PDF, made once."""
    target = io.BytesIO()
    HTML(string="<p>样本</p>").write_pdf(target)
    return target.getvalue()


def _kernel(s: Samples) -> None:
    s.keep("unit", s.unit)
    s.make("category", Category, kind=Category.Kind.MATTER, label=f"样本类别{s.mark}")
    s.make("category_past", CategoryPast, category=s["category"], until=DAY, label=f"样本旧类别{s.mark}")
    s.make("item", Category, kind=Category.Kind.CHECKLIST, label=f"有固定场所{s.mark}")
    s.make("put_off", TaskPutOff, task=f"units{s.mark}")
    s.keep("member", Membership.objects.filter(user=s.clerk).first())
    s.keep("user", s.clerk)
    s.keep("account_request", _account_request(s))
    message = s.make(
        "message", Message, recipient=s.clerk, key="k", kind="test", title=f"消息{s.mark}", url="/messages/"
    )
    robot = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={s.mark}"
    s.make("channel", Channel, unit=s.unit, kind=Channel.Kind.WEBHOOK, address=robot)
    sent = {"mail_id": "<1@congress>", "sent_at": clock.now(), "state": Delivery.State.FAILED}
    s.make("delivery", Delivery, message=message, **sent)
    file = files.store(s.town, sample_pdf(), name=f"文件{s.mark}.pdf", content_type="application/pdf")
    s.make(
        "document",
        Document,
        kind="annual_report",
        title=f"年度工作报告{s.mark}",
        number=f"样本{s.mark}〔2022〕1号",
        year=2022,
        serial=1,
        context={"title": [f"年度工作报告{s.mark}"], "office": "主席团", "body": [], "figures": [], "year": 2022},
        file=file,
        issued_on=DAY,
    )
    s.make("publication", Publication, document=s["document"], published_on=DAY)
    s.make("signed_copy", SignedCopy, document=s["document"], file=file, kept_by=s.clerk)
    s.make(
        "erasure",
        Erasure,
        subject_type="deputies.deputy",
        subject_id=s.deputy.pk,
        reason=f"届满五年{s.mark}",
        asked_by=s.clerk,
    )
    key = keys.new_data_key(s.town.pk, "congress.slipbatch")
    key.save(force_insert=True)
    slips = SlipBatch(township=s.town, owner=s.clerk, users=[s.clerk.pk], data_key=key)
    slips.expires_at = clock.now() + timedelta(days=7)
    slips.content = keys.seal(key, sample_pdf(), f"congress_slipbatch:{slips.pk}:content")
    slips.save(force_insert=True)
    s.keep("slips", slips)
    key = keys.new_data_key(s.town.pk, "congress.printedpaper")
    key.save(force_insert=True)
    paper = PrintedPaper(township=s.town, owner=s.clerk, kind="elections.staff_cards", data_key=key, pages=1, size=9000)
    paper.title, paper.expires_at = f"选举工作证{s.mark}", clock.now() + timedelta(days=3)
    paper.content = keys.seal(key, sample_pdf(), f"congress_printedpaper:{paper.pk}:content")
    paper.save(force_insert=True)
    s.keep("printed", paper)
    vice = User.objects.create_user(f"vice-{s.town.code}", display_name=f"程副{s.mark}")
    s.keep("vice", Membership.objects.create(user=vice, role="vice", township=s.town))
    s.make("delegation", Delegation, holder=vice, given_by=_system(), rights=[], since=DAY, until=date(2099, 1, 1))
    s.make("job", Job, kind="test", title=f"任务{s.mark}", owner=s.clerk, state=Job.State.DONE, file=file)


def _system() -> User:
    return User.objects.get(username="system")


def _account_request(s: Samples) -> AccountRequest:
    with scope.accounts():
        return AccountRequest.objects.create(kind=AccountRequest.Kind.RESET, user=s.clerk, asked_by=_system())


def _import(s: Samples) -> None:
    """A roster that waits for a decision, with one row that changes somebody and one that is wrong."""
    table = (
        f"姓名\t性别\t手机\t工作单位及职务\n{s.deputy.name}\t女\t{PHONE}\t村民{s.mark}\n待定{s.mark}\t不详\t123\t村民"
    )
    options = {"term": "", "elected_on": ""}
    s.keep("batch", batches.upload(s.clerk, s.town, kind_of("deputies.roster"), options=options, text=table))


def _deputies(s: Samples) -> None:
    s.keep("deputy", s.deputy)
    s.keep("term", s.term)
    s.keep("district", District.objects.filter(term=s.term).first())
    s.keep("mandate", Mandate.objects.filter(deputy=s.deputy).first())
    s.make(
        "suspension",
        Suspension,
        mandate=s["mandate"],
        since=DAY,
        until=DAY,
        ground="detained",
        decision=f"文书{s.mark}",
    )
    s.make("group", Group, name=f"第一小组{s.mark}")
    station = s.make("station", Station, name=f"样本联络站{s.mark}", opened_on=DAY)
    s.make("liaison", StationLiaison, station=station, account=s.clerk, since=DAY)
    s.make("station_item", StationCheck, station=station, item=s["item"], met_on=DAY, evidence=f"照片{s.mark}")
    activity = s.make(
        "activity",
        Activity,
        kind=Activity.Kind.INSPECTION,
        title=f"视察水利{s.mark}",
        held_on=DAY,
        note=f"情况{s.mark}",
    )
    s.make("attendance", ActivityAttendance, activity=activity, deputy=s.deputy)
    s.make("own_activity", OwnActivity, deputy=s.deputy, kind="visit", title=f"走访{s.mark}", held_on=DAY)
    s.make("correction", Correction, deputy=s.deputy, field="phone", value=PHONE)
    pending = s.make("pending", Deputy, name=f"待审{s.mark}", gender="male", phone=PHONE)
    Mandate.objects.create(township=s.town, deputy=pending, term=s.term, level=s.term.level, elected_on=DAY)


def _assembly(s: Samples) -> None:
    session = s.make("session", Session, term=s.term, number=2, opened_on=DAY, entitled=50, present=48)
    held = {"post": Officer.Post.HEAD, "title": "镇长", "elected_on": DAY}
    s.make("officer", Officer, session=session, name=f"丁一{s.mark}", **held)
    s.make("credentials_member", CredentialsMember, session=session, deputy=s.deputy, post="head")
    s.make("meeting", PresidiumMeeting, held_on=DAY, topics=f"年度计划{s.mark}", entitled=9, present=8)
    held = date(2021, 10, 20)
    election = s.make("election", Election, term=s.term, begun_on=date(2021, 7, 1), election_day=held, districts=21)
    s.make("turnout", DistrictTurnout, election=election, number=1, registered=1000, took_part=900)


def _report(s: Samples) -> None:
    on = date(2022, 12, 21)
    samples_reports.kept(s, DAY)
    report = s.keep("report", reports.start(s.clerk, s.town, year=2022, cut_off=date(2022, 12, 20), on=on))
    section = s.keep("section", report.sections.filter(level=2).first())
    section.text += s.mark
    section.save()
    issued = s.make(
        "report.issued",
        AnnualReport,
        year=2021,
        title=f"2021年工作报告{s.mark}",
        cut_off=date(2021, 12, 20),
        document=s["document"],
    )
    Section.objects.create(township=s.town, report=issued, position=1, level=0, text=f"各位代表{s.mark}")
    s.make("comment", SectionComment, section=section, author=s.clerk, said_at=clock.now(), text=f"请补数字{s.mark}")
    s.make("draft", SectionDraft, section=section, author=s.clerk, based_on=0, text=f"另一份{s.mark}")


def _attachment(s: Samples) -> None:
    row = s["suggestion.replied"]
    file = files.store(s.town, sample_pdf(), name=f"附件{s.mark}.pdf", content_type="application/pdf")
    kind = row._meta.label_lower
    s.make("attachment", Attachment, file=file, subject_type=kind, subject_id=row.pk, caption=f"照片{s.mark}")


def fill(s: Samples) -> Samples:
    """Create every sample of a township."""
    with scope.township(s.town), action(FILL, actor=None):
        _kernel(s)
        _deputies(s)
        _assembly(s)
        samples_proposals.proposals(s)
        _report(s)
        _attachment(s)
        _import(s)
        samples_elections.elections(s)
        samples_counting.counting(s)
        samples_rounds.rounds(s)
    _county(s)
    return s


def _county(s: Samples) -> None:
    """What the county asks the township, and its own rows."""
    county = s.town.county
    with scope.county(county, [s.town], writes=True), action(FILL, actor=None):
        values = {"about": f"接待人次{s.mark}", "text": f"为什么{s.mark}", "due_on": DAY, "asked_on": DAY}
        s.make("county_question", CountyQuestion, county=county, asked_by=s.clerk, **values)
        rule = {"figure": "receptions.count", "comparison": "below", "threshold": 1, "until": date(2023, 12, 31)}
        s.keep("county_rule", AlertRule.objects.create(county=county, **rule))
        s.keep("county_guiding", samples_reports.of_county(county, DAY, s.mark))
        s.keep("tile", Tile.objects.create(county=county, place=s.town, row=1, column=1))
    with scope.township(s.town), action(FILL, actor=None):
        values = {"answered_by": s.clerk, "text": f"因为{s.mark}", "answered_on": DAY}
        s.make("county_answer", CountyAnswer, question=s["county_question"], **values)


@state
def sampled(world):
    """The cast and the samples, for the tests of a module that asks for them as a whole (`pytestmark`)."""
    return both(world)


class Copies(MutableMapping):
    """The rows by name, each copied when a test asks for it: it asks for few, and all of them take as long as a page."""

    def __init__(self, rows: dict, memo: dict):
        self._rows, self._memo, self._own = rows, memo, {}

    def __getitem__(self, name):
        if name not in self._own:
            self._own[name] = copy.deepcopy(self._rows[name], self._memo)
        return self._own[name]

    def __setitem__(self, name, row):
        self._rows = self._rows | {name: row}
        self._own[name] = row

    def __delitem__(self, name):
        self._rows = {one: row for one, row in self._rows.items() if one != name}
        self._own.pop(name, None)

    def __iter__(self):
        return iter(self._rows)

    def __len__(self):
        return len(self._rows)


@pytest.fixture
def samples(sampled, world):
    """Samples of the township, and marked ones of its neighbour."""
    memo: dict = {}
    bare = [copy.deepcopy(replace(one, rows={}), memo) for one in sampled]
    return tuple(replace(one, rows=Copies(kept.rows, memo)) for one, kept in zip(bare, sampled, strict=True))


def both(world) -> tuple[Samples, Samples]:
    """Samples of the township, and marked ones of its neighbour."""
    town = Samples(world.township, world.clerk, world.unit, world.other_unit, world.deputies[0], world.term)
    with scope.township(world.neighbour):
        unit, deputy, term = Unit.objects.get(), Deputy.objects.get(), Term.objects.get()
        with action(FILL, actor=None):
            other = Unit.objects.create(township=world.neighbour, name=f"教育办{MARK}")
    next_town = Samples(world.neighbour, world.neighbour_clerk, unit, other, deputy, term, MARK)
    return fill(town), fill(next_town)
