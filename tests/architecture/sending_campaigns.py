"""What is entered in the forms of a campaign: its committee, work, days and papers."""

from tests.architecture.sending_case import DAY, Case, no_seat_of_the_county

CAMPAIGNS: dict[str, Case] = {
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
    "elections.forms.work.ProgressForm": Case(
        "elections-progress-new", {"reported_on": DAY, "reported_to": "县选举办公室", "content": "已登记过半"}
    ),
    "elections.forms.elections.ElectionForm": Case(
        "elections-new",
        {
            "term": no_seat_of_the_county,
            "begun_on": "2021-07-01",
            "election_day": "2021-10-20",
            "districts": 1,
            "seats": 2,
            "registered": 900,
            "took_part": 800,
            "meetings": 1,
        },
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
}
