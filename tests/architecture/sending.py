"""What is entered in every form that makes a record: the pages, the values beside what they show at first, and who sends them."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from congress.models import Category, Membership, User
from deputies.models import Deputy, District, Mandate
from elections.models import Election, PollingPlace, Registration, Voter
from reports.models import AnnualReport, Section
from tests.architecture import sending_candidates as waiting
from tests.architecture.sending_jobs import JOBS

DAY = "2022-05-05"
TABLE = "甲\t乙\n东\t西"  # its columns are to be named by hand


@dataclass(frozen=True)
class Case:
    """The page of a form, what is entered beside what it shows at first, and who sends it."""

    page: str
    entered: dict = field(default_factory=dict)
    who: str = "clerk"
    first: int = 302  # a page that shows a code once is an answer of its own
    args: dict = field(default_factory=dict)  # of the address, where the samples' are others
    query: str = ""  # what the page wants to know before it shows the form


def _no_seat_of_the_county(samples):
    """A congress the sample deputy has no seat in yet."""
    term = samples["term"]
    values = {column.attname: getattr(term, column.attname) for column in term._meta.concrete_fields}
    return type(term).objects.create(**values | {"id": uuid.uuid4(), "level": "county", "number": 9})


def _another_district(samples):
    """A district of the running term that has no vacancy."""
    return District.objects.create(township=samples.town, term=samples["term"], number=77, name="西山村", seats=1)


def _a_report_to_issue(samples):
    """A draft that lacks nothing."""
    report = AnnualReport.objects.create(township=samples.town, year=2020, title="工作报告", cut_off=date(2020, 12, 20))
    Section.objects.create(township=samples.town, report=report, position=1, level=0, text="做了工作。")
    return report


def _a_roll_not_frozen(samples):
    """The other level of the campaign, whose list is not made yet."""
    term = _no_seat_of_the_county(samples)
    days = {"begun_on": date(2026, 9, 1), "election_day": date(2026, 12, 20)}
    return Election.objects.create(township=samples.town, campaign=samples["campaign"], term=term, **days)


def _another_place(samples):
    """The campaign, with a polling place nobody has looked at."""
    held = {one.attname: getattr(samples["polling_place"], one.attname) for one in PollingPlace._meta.concrete_fields}
    PollingPlace.objects.create(**held | {"id": uuid.uuid4(), "name": "西山投票站"})
    return samples["campaign"]


def _a_voter_to_hand_over(samples):
    """A voter of the roll whom nobody is asked to take over yet."""
    entry = samples["registration"]
    values = {column.attname: getattr(entry.voter, column.attname) for column in Voter._meta.concrete_fields}
    voter = Voter.objects.create(**values | {"id": uuid.uuid4(), "name": "程转"})
    held = {column.attname: getattr(entry, column.attname) for column in Registration._meta.concrete_fields}
    Registration.objects.create(**held | {"id": uuid.uuid4(), "voter_id": voter.pk})
    return voter


def _a_district_without_note(samples):
    """Another district of the level that elects."""
    term = samples["next_district"].term
    return District.objects.create(township=samples.town, term=term, number=78, name="南山村", seats=1)


def _a_campaign_of_two_voters(samples):
    """The campaign on whose roll stand two more voters."""
    for name in ("程甲", "程乙"):
        voter = _a_voter_to_hand_over(samples)
        Voter.objects.filter(pk=voter.pk).update(name=name)
    return samples["campaign"]


def _a_level_with_a_prisoner(samples):
    """The level on whose roll stands somebody of whom nothing was agreed yet."""
    _a_voter_to_hand_over(samples)
    return samples["level"]


def _who_cannot_come(samples):
    """The campaign, with a voter on the roll whom no mobile box has yet."""
    entry = samples["registration"]
    values = {column.attname: getattr(entry.voter, column.attname) for column in Voter._meta.concrete_fields}
    voter = Voter.objects.create(**values | {"id": uuid.uuid4(), "name": "程行"})
    held = {column.attname: getattr(entry, column.attname) for column in Registration._meta.concrete_fields}
    Registration.objects.create(**held | {"id": uuid.uuid4(), "voter_id": voter.pk})
    return samples["campaign"]


def _another_seat(samples):
    """A seat of the next term of which nobody says that it was void."""
    other = Deputy.objects.filter(township=samples.town).exclude(pk=samples["deputy"].pk).first()
    day = date(2026, 12, 20)
    return Mandate.objects.create(township=samples.town, deputy=other, term=samples["next_term"], elected_on=day)


def _a_seat_to_recall(samples):
    """A seat in a district that nobody demands back."""
    other = Deputy.objects.filter(township=samples.town).exclude(pk=samples["deputy"].pk).first()
    held = Mandate.objects.get(deputy=other, term=samples["term"])
    Mandate.objects.filter(pk=held.pk).update(district=samples["district"], elected_on="2021-11-01")
    return held


def _an_item_not_met(samples):
    """An item of the check-list no station meets yet."""
    return Category.objects.create(township=samples.town, kind=Category.Kind.CHECKLIST, label="有牌子")


def _never_asked_about(samples):
    """Somebody named about whom no unit was asked."""
    return samples["nominee.declined"]


def _a_vice_chair(samples):
    """The membership of somebody to whom rights can be handed over."""
    user = User.objects.create(username="vice", display_name="程副")
    return Membership.objects.create(user=user, role="vice", township=samples.town)


def _a_station_to_entrust(samples):
    """A station, and somebody who may be entrusted with it."""
    user = User.objects.create(username="liaison", display_name="程联")
    Membership.objects.create(user=user, role="liaison", township=samples.town)
    return samples["station"]


CASES = {
    "congress.web.forms.UnitForm": Case("unit-new", {"name": "新设单位"}),
    "congress.web.forms.CategoryForm": Case("category-new", {"label": "新设类别", "position": 9}),
    "congress.web.forms_people.ChannelForm": Case("channel-new", {"kind": "sms", "address": "13912345678"}),
    "congress.web.attachments.UploadForm": Case("attach"),
    "congress.web.attachments.SignedCopyForm": Case("document-signed", {"reason": "原来的看不清"}),
    "congress.web.forms_people.AccountForm": Case(
        "member-new", {"username": "newclerk", "display_name": "程新", "role": "clerk"}, who="chair", first=200
    ),
    **{name: Case(page, entered) for name, (page, entered) in JOBS.items()},
    "congress.web.forms_people.DelegationForm": Case(
        "delegation-new",
        {"rights": ["proposals.assign"], "since": "2099-01-01", "until": "2099-02-01"},
        who="chair",
        args={"pk": _a_vice_chair},
    ),
    "congress.web.forms_people.NewUserForm": Case(
        "administration-user-new", {"username": "newuser", "display_name": "程新"}, who="system", first=200
    ),
    "congress.web.forms_people.GrantForm": Case(
        "administration-user", {"role": "chair", "township": lambda samples: samples.town}, who="system"
    ),
    "congress.web.forms_people.ErasureForm": Case(
        "erasure-new",
        {"reason": "任期届满已满五年"},
        args={"model": "proposals.visitor", "pk": lambda samples: samples["visitor"]},
    ),
    "elections.forms.candidates.NomineeForm": Case(
        "elections-nominee-new", {"name": "程新", "birth_date": "1980-01-02", "employer_post": "教师"}
    ),
    "elections.forms.candidates.BodyForm": Case("elections-body-new", {"name": "云溪镇妇联", "kind": "people"}),
    "elections.forms.candidates.VettingUnitForm": Case("elections-vetting-unit-new", {"name": "司法所"}),
    "elections.forms.nominations.NominationForm": Case("elections-nomination-new", {"kind": "voters"}),
    "elections.forms.nominations.SignerForm": Case("elections-signer-new", {"written": "程签"}),
    "elections.forms.nominations.VettingForm": Case(
        "elections-vetting-new",
        {"asked_on": "2026-12-01", "due_on": "2026-12-04", "opinion": "waiting"},
        args={"pk": _never_asked_about},
    ),
    "congress.imports.kinds.UploadForm": Case("import-new", {"text": TABLE}, args={"kind": "congress.units"}),
    "congress.imports.ledgers.LedgerForm": Case("import-new", {"text": TABLE}, args={"kind": "proposals.receptions"}),
    "deputies.imports.roster_form.TermForm": Case("import-new", {"text": TABLE}, args={"kind": "deputies.districts"}),
    "deputies.imports.roster_form.RosterForm": Case("import-new", {"text": TABLE}),
    "elections.imports.turnouts.ElectionForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.turnouts"}),
    "elections.imports.roll_form.LevelForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.groups"}),
    "elections.imports.lists.ListForm": Case(
        "import-new", {"text": TABLE, "paper": "派出所名单3号"}, args={"kind": "elections.police"}
    ),
    "elections.imports.proxies.ProxyListForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.proxies"}),
    "elections.imports.roll_form.RollForm": Case(
        "import-new",
        {"text": TABLE, "source": "village", "registered_on": DAY, "election": _a_roll_not_frozen},
        args={"kind": "elections.roll"},
    ),
    "congress.assembly.forms.SessionForm": Case(
        "assembly-session-new", {"number": 7, "opened_on": DAY, "entitled": 50, "present": 48}
    ),
    "congress.assembly.forms.OfficerForm": Case("assembly-officer-new", {"name": "程新", "elected_on": "2022-03-02"}),
    "congress.assembly.forms.CredentialsMemberForm": Case(
        "assembly-credentials-member-new", {"post": "member", "deputy": lambda samples: samples["pending"]}
    ),
    "congress.assembly.forms.MeetingForm": Case(
        "assembly-meeting-new", {"held_on": DAY, "topics": "听取汇报", "entitled": 9, "present": 8}
    ),
    "deputies.forms.DeputyForm": Case("deputies-new", {"name": "程新", "gender": "male", "ethnicity": "汉族"}),
    "deputies.forms.MandateForm": Case(
        "deputies-mandate-new",
        {"term": _no_seat_of_the_county, "elected_on": "2021-11-20", "district": ""},
    ),
    "deputies.forms.CorrectionForm": Case(
        "deputies-correct", {"field": "employer_post", "value": "云溪小学教师"}, who="deputy_user"
    ),
    "deputies.forms.AccountsForm": Case("deputies-accounts", {"everyone": "on"}),
    "deputies.forms.IssueForm": Case("deputies-roster-issue"),
    "deputies.forms.TermForm": Case("deputies-term-new", {"number": 30, "seats": 50, "started_on": "2026-11-10"}),
    "deputies.forms.DistrictForm": Case(
        "deputies-district-new", {"number": 30, "name": "新村", "seats": 1, "kind": "residence"}
    ),
    "deputies.forms.GroupForm": Case("deputies-group-new", {"name": "新组"}),
    "deputies.forms.StationForm": Case("deputies-station-new", {"name": "新站", "opened_on": DAY}),
    "deputies.forms.LiaisonForm": Case("deputies-liaison-new", args={"pk": _a_station_to_entrust}),
    "deputies.forms.ItemForm": Case(
        "deputies-station-item", {"met_on": DAY, "evidence": "照片存站内"}, args={"item": _an_item_not_met}
    ),
    "deputies.forms.ActivityForm": Case(
        "deputies-activity-new",
        {"title": "走访选民", "held_on": DAY, "half_days": 1, "everybody": "on"},
        query="?kind=visit",
    ),
    "deputies.forms.own_activities.OwnActivityForm": Case(
        "deputies-own-activity-new", {"title": "走访选民", "held_on": DAY}, who="deputy_user", query="?kind=visit"
    ),
    "elections.forms.appeals.AppealForm": Case(
        "elections-appeal-new",
        {"received_on": "2026-11-25", "kind": "missing", "appellant": "程新", "subject": "程新", "words": "请补登"},
    ),
    "elections.forms.proxies.ProxyForm": Case(
        "elections-proxy-new", {"agent_is": "other", "agent": "程代", "came_on": "2022-01-05"}
    ),
    "elections.forms.proxy_table.ProxyTableForm": Case(
        "elections-proxy-table",
        {
            "came_on": "2022-01-05",
            "line-TOTAL_FORMS": "1",
            "line-INITIAL_FORMS": "0",
            "line-0-principal": "程甲",
            "line-0-agent": "程乙",
        },
        args={"pk": _a_campaign_of_two_voters},
    ),
    "elections.forms.proxies.ProxyNoteForm": Case(
        "elections-proxy-note-new", {"district": _a_district_without_note, "noted_on": DAY, "note": "外出务工多"}
    ),
    "elections.forms.proxies.DetainedForm": Case(
        "elections-detained-new",
        {"name": "程转", "situation": "held", "organ": "县看守所", "way": "proxy"},
        args={"pk": _a_level_with_a_prisoner},
    ),
    "elections.forms.pool.PoolForm": Case(
        "elections-pool-new", {"name": "程新", "owner": "程管", "due_on": "2026-11-20"}
    ),
    "elections.forms.voters.VoterForm": Case(
        "elections-voter-new",
        {
            "name": "程新",
            "gender": "male",
            "birth_date": "1990-01-02",
            "group": lambda samples: samples["voter_group"],
            "ground": "moved_in",
            "registered_on": "2026-10-08",
        },
    ),
    "elections.forms.transfers.AskTransferForm": Case(
        "elections-transfer-ask",
        {"reach": "beyond", "other_place": "外县城关镇", "cause": "work", "sent_on": "2026-10-08"},
        args={"pk": _a_voter_to_hand_over},
    ),
    "elections.forms.transfers.ReceiveForm": Case(
        "elections-transfer-receive",
        {
            "name": "程新",
            "gender": "male",
            "birth_date": "1990-01-02",
            "reach": "beyond",
            "other_place": "外省",
            "cause": "moved",
        },
    ),
    "elections.forms.elections.TurnoutForm": Case(
        "elections-turnout-new", {"number": 8, "registered": 900, "took_part": 600, "recovered": 600}
    ),
    "elections.forms.campaigns.CampaignForm": Case(
        "elections-campaign-new",
        {"name": "明年换届", "begun_on": DAY, "election_day": "2022-12-01", "township_number": 99},
    ),
    "elections.forms.committees.CommitteeForm": Case(
        "elections-committee-new",
        {"appointed_by": "县级人大常委会", "appointed_on": DAY},
        args={"pk": lambda samples: samples["by_election.level"]},
    ),
    "elections.forms.committees.MemberForm": Case("elections-member-new", {"name": "程新"}),
    "elections.forms.committees.DecisionForm": Case(
        "elections-decision-new", {"subject": "roll", "decided_on": "2026-09-05", "paper": "第3号公告"}
    ),
    "elections.forms.committees.TeamForm": Case(
        "elections-team-new", {"kind": "team", "name": "宣传组", "leader": "程新"}
    ),
    "elections.forms.work.TaskForm": Case("elections-task-new", {"label": "开会", "planned_on": DAY}),
    "elections.forms.work.SubmissionForm": Case(
        "elections-submission-new",
        {"kind": "report", "node": "day", "addressee": "镇党委", "submitted_on": DAY, "paper": "报告"},
    ),
    "elections.forms.work.CoverageForm": Case(
        "elections-coverage-new", {"kind": "training", "held_on": DAY, "what": "培训会"}
    ),
    "elections.forms.work.InspectionForm": Case("elections-inspection-new", {"inspected_on": DAY, "inspector": "程新"}),
    "elections.forms.recalls.RecallForm": Case(
        "elections-recall-new", {"mandate": _a_seat_to_recall, "demanded_on": DAY, "reason": "不履职"}
    ),
    "elections.forms.breaches.BreachForm": Case(
        "elections-breach-new", {"received_on": DAY, "kind": "force", "words": "在村口拦人"}
    ),
    "elections.forms.breaches.AnnulmentForm": Case(
        "elections-annulment-new",
        {"mandate": _another_seat, "ground": "procedure", "reviewed_on": "2026-12-23", "review": "票数不符"},
    ),
    "elections.forms.work.ProgressForm": Case(
        "elections-progress-new", {"reported_on": DAY, "reported_to": "县选举办公室", "content": "已登记过半"}
    ),
    "elections.forms.groups.VoterGroupForm": Case("elections-group-new", {"number": 9, "name": "九组"}),
    "elections.forms.districts.DistrictDayForm": Case(
        "elections-district-day-new", {"district": _another_district, "day": "2026-12-05", "reason": "汛期"}
    ),
    "elections.forms.credentials.OpenForm": Case(
        "elections-review-new", {"opened_on": "2026-12-21"}, args={"pk": waiting.to_examine}
    ),
    "elections.forms.archive.ArchiveForm": Case(
        "elections-archive-new",
        {
            "kind": "forms",
            "number": "表-09",
            "title": "登记表",
            "amount": 9,
            "filed_on": "2027-01-10",
            "keeper": "主席团",
        },
    ),
    "elections.forms.rounds.BeginForm": Case("elections-rounds-begin", {}, args={"pk": waiting.to_vote}),
    "elections.forms.issue.OpenRegisterForm": Case("elections-issue-open", args={"pk": waiting.to_issue}),
    "elections.forms.rounds.LedgerForm": Case(
        "elections-ledger-new",
        {
            "place": lambda samples: samples["polling_place"],
            "received": 30,
            "in_person": 20,
            "by_proxy": 0,
            "replaced": 0,
            "left_over": 10,
        },
        args={"pk": waiting.without_ledger},
    ),
    "elections.forms.places.PlaceForm": Case(
        "elections-place-new", {"name": "西山投票站", "spot": "西山村委会", "opens_at": "8:00", "closes_at": "16:00"}
    ),
    "elections.forms.mobile.MobileBoxForm": Case(
        "elections-mobile-box-new", {"number": 9, "route": "东山五组", "leaves_at": "8:00"}
    ),
    "elections.forms.mobile.MobileVoterForm": Case(
        "elections-mobile-voter-new",
        {"registration": "程行", "reason": "unwell"},
        args={"pk": _who_cannot_come},
    ),
    "elections.forms.workers.StaffAccountsForm": Case("elections-staff-accounts", {"everyone": "on"}),
    "elections.forms.boxes.BallotBoxForm": Case(
        "elections-ballot-box-new", {"number": "9", "place": lambda samples: samples["polling_place"]}
    ),
    "elections.forms.boxes.RoomForm": Case(
        "elections-room-new", {"checked_on": "2026-12-18", "checked_by": "程查"}, args={"pk": _another_place}
    ),
    "elections.forms.boxes.HandedFormForm": Case(
        "elections-handed-new", {"what": "推荐表", "copies": 10, "handed_to": "东山村", "handed_on": "2026-11-20"}
    ),
    "elections.forms.staff.StaffForm": Case("elections-staff-new", {"name": "程新", "role": "guide"}),
    "elections.forms.districts.VacancyForm": Case("elections-vacancy-new", {"district": _another_district}),
    "elections.forms.districts.OriginForm": Case("elections-origin-new", {"redrawn": "on", "reason": "新设"}),
    "elections.forms.elections.ElectionForm": Case(
        "elections-new",
        {
            "term": _no_seat_of_the_county,
            "begun_on": "2021-07-01",
            "election_day": "2021-10-20",
            "districts": 1,
            "seats": 2,
            "registered": 900,
            "took_part": 800,
            "meetings": 1,
        },
    ),
    "elections.forms.candidate_lists.VotingRulesForm": Case(
        "elections-voting-rules-new", {"fixed_on": "2026-12-01", "paper": "选举办法"}, args={"pk": waiting.to_settle}
    ),
    "elections.forms.candidate_lists.DrawForm": Case("elections-draw-first", args={"pk": waiting.to_draw}),
    "elections.forms.candidate_lists.PrintForm": Case(
        "elections-ballots-order", {"colour": "浅黄"}, args={"pk": waiting.to_print}
    ),
    "elections.forms.consultations.ConsultationForm": Case(
        "elections-consultation-new",
        {
            "group": lambda samples: samples["voter_group"],
            "round": 2,
            "held_on": "2026-12-08",
            "expected": 30,
            "present": 20,
            "recorder": "程记",
        },
    ),
    "elections.forms.consultations.PreliminaryForm": Case(
        "elections-preliminary-new",
        {"district": waiting.the_district, "held_on": "2026-12-10"},
        args={"pk": waiting.to_vote_beforehand},
    ),
    "elections.forms.consultations.MeetingForm": Case(
        "elections-meeting-new",
        {"district": lambda samples: samples["next_district"], "held_on": "2026-12-14", "place": "礼堂"},
    ),
    "elections.forms.papers.PaperForm": Case("elections-paper-districts"),
    "elections.forms.papers.SupplementPaperForm": Case("elections-paper-supplement"),
    "elections.forms.papers.RegistrationNoticeForm": Case(
        "elections-paper-registration", {"since": "2026-10-20", "until": "2026-11-20", "phone": "0571-88880000"}
    ),
    "elections.forms.papers.PlacesNoticeForm": Case("elections-paper-places"),
    "elections.forms.papers.AbsentLetterForm": Case(
        "elections-paper-absent", {"return_by": "2026-12-15", "to": "镇政府一楼，0571-88880000"}
    ),
    "elections.forms.papers.RollForm": Case("elections-paper-roll"),
    "elections.forms.papers.CardsForm": Case("elections-paper-cards"),
    "congress.counting.forms.halls.HallForm": Case(
        "counting-hall-new",
        {
            "title": "决算表决",
            "scale": "vote",
            "questions": "关于决算的决议",
            "held_on": DAY,
            "deputies": 9,
            "present": 7,
        },
    ),
    "proposals.forms.receptions.MatterForm": Case("proposals-reception-add", {"words": "桥面坏了"}),
    "proposals.forms.receptions.ReceptionForm": Case(
        "proposals-reception-new",
        {"held_on": DAY, "words": "桥面坏了", "people": 1, "origin": "visit", "spot": "云溪村"},
    ),
    "proposals.forms.suggestions.SuggestionForm": Case(
        "proposals-suggestion-new",
        {"title": "关于修桥的建议", "situation": "桥坏了", "proposal": "请修", "submitted_on": DAY},
    ),
    "proposals.forms.suggestions.PeriodForm": Case(
        "proposals-period-new", {"value": 20, "effective_from": "2022-06-07", "basis": "主席团决定"}, who="chair"
    ),
    "reports.forms.StartForm": Case("reports-new", {"year": 2020, "cut_off": "2020-12-20"}),
    "reports.forms.NewSectionForm": Case("reports-add", {"text": "补写一段。"}),
    "reports.forms.IssueForm": Case("reports-issue", who="chair", args={"pk": _a_report_to_issue}),
    "reports.forms.CorrectForm": Case("reports-correct", {"reason": "数字有误"}),
}
