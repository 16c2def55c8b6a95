"""The demonstration tells a whole history: complete, the same each time, nobody's data, every lock in place."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from congress import audit, imports
from congress.assembly.models import Officer, Session
from congress.first_day import TEN_ITEMS
from congress.guard import scope
from congress.models import AuditEvent, Category, Delivery, Membership, Message, Role, User
from congress.people import idnumber
from congress.work import deadlines
from deputies.models import Activity, Correction, Deputy, Mandate, Station, StationCheck
from deputies.queries import current_term
from elections import queries as elections
from elections.models import (
    Appeal,
    BallotBox,
    Campaign,
    CredentialsReview,
    Election,
    PollingPlace,
    Vetting,
    VoterGroup,
    VoterList,
    Winner,
)
from elections.queries import work
from elections.queries.boxes import boxes_told
from elections.queries.candidate_lists import ballots_hold, facts_of
from elections.queries.mobile import boxes as mobile_boxes
from elections.queries.proxies import findings as proxy_findings
from elections.queries.proxies import proxies
from elections.queries.rounds import RoundFacts, rounds
from elections.stages.rounds import RoundStage
from proposals import queries
from proposals.models import Extension, Matter, Reception, Suggestion
from proposals.stages import Stage
from reports.demo import cast, seeding
from reports.demo.places import PLACES
from reports.models import AnnualReport, SectionDraft
from reports.queries.annual import comments, drifts, shown, used_keys
from tests.demo.conftest import TODAY, numbers, reads
from tests.elections.proofs import files_of, made, verified
from tests.reports.test_sentences import BAD_MARKS, FRAGMENT, ZERO

# What the scheduler notes when it derives what is kept.
TOLD_ANEW = ("congress.tell_anew", "reports.take_figures", "elections.take_roll_figures")


@pytest.mark.slow
def test_every_township_has_what_its_history_needs(demo):
    assert [township.name for township in demo.townships] == ["云砚镇", "栖禾镇", "鹭汀乡", "松坪乡"]
    for township, place in zip(demo.townships, PLACES, strict=True):
        with scope.reading([township]):
            seats = Mandate.objects.filter(how="general", elected_on=date(2021, 10, 20))
            assert seats.filter(level="township").count() == place.seats
            assert seats.filter(level="county").count() == place.county_seats
            assert Election.objects.filter(election_day=date(2021, 10, 20)).count() == 2
            assert Officer.objects.filter(session__number=1, post="chair").count() == 1
            assert Session.objects.filter(opened_on__year=2022).count() == 2
            assert [item.label for item in Category.objects.filter(kind="station")] == list(TEN_ITEMS)
            central = Station.objects.get(kind="联络站")
            assert StationCheck.objects.filter(station=central).count() == 10
            kinds = set(Activity.objects.values_list("kind", flat=True))
            assert kinds >= {"training", "inspection", "duty_report", "visit", "party_report", "town_task", "study"}
            assert {"on_the_spot", "unit"} <= set(Matter.objects.values_list("channel", flat=True))
            assert Deputy.objects.filter(state="pending").count() == 1
            assert Correction.objects.filter(state="asked").count() == 1


def test_joint_reception_gives_the_figures_of_the_report(demo):
    found = numbers(demo.yunyan)
    people, matters, resolved, remaining = (
        found[f"2022 officers_received.{name}"][0] for name in ("people", "matters", "resolved", "remaining")
    )
    with scope.reading([demo.yunyan]):
        report = AnnualReport.objects.get(year=2022, kind="annual")
        told = {use.key: shown(use) for use in report.figures.all()}
    assert (people, matters) == (43, 9)
    # Two were with departments of the county when the report was made, and were solved in the next year.
    assert (told["officers_received.resolved"], told["officers_received.remaining"]) == ("7", "2")
    assert (resolved, remaining) == (7, 2)
    assert told["officers_received.names"] == "青砚区人民政府区长陆衡垣同志、区纪委书记阮素琴同志"
    assert told["officers_received.categories"].split("、") == [
        "水利设施",
        "教育资源",
        "基层防控人员待遇",
        "公路交通设施",
        "农贸商城改造",
        "环境卫生",
        "基层农村干部养老保险待遇",
    ]


def test_report_of_2022_is_issued_and_every_figure_in_it_stands(demo):
    with scope.reading([demo.yunyan]):
        report = AnnualReport.objects.select_related("document__file").get(year=2022, kind="annual")
        assert report.document.number == "云砚人发〔2022〕1号"
        assert report.document.issued_on == date(2022, 12, 28)
        assert bytes(report.document.file.content).startswith(b"%PDF")
        used = used_keys(report.sections.all())
        uses = {use.key: use for use in report.figures.all()}
        assert len(used) > 40
        for key in used:
            assert shown(uses[key]) not in ("", "—"), key
            assert uses[key].rows, key
        # What was entered later is dated later: the figures of the cut-off day have not moved.
        assert [key for key, drift in drifts(report).items() if drift.changed] == []


def test_draft_of_the_second_township_has_two_texts_to_choose_from(demo):
    with scope.reading([demo.townships[1]]):
        report = AnnualReport.objects.get(year=2022, kind="annual")
        assert report.document is None
        assert SectionDraft.objects.filter(section__report=report, settled_at__isnull=True).count() == 1


def test_shorter_reports_went_out_and_the_one_on_suggestions_is_being_written(demo):
    with scope.reading([demo.yunyan]):
        told = {row.kind: row for row in AnnualReport.objects.exclude(kind="annual").select_related("document")}
        went = {(row.period, str(row.document.issued_on)) for row in told.values() if row.document}
        assert went == {("2026年上半年", "2026-07-08"), ("2026年10月", "2026-11-06")}
        assert [row.settled_at for row in comments(told["suggestions"])] == [None]
        assert all(used_keys(row.sections.all()) for row in told.values())
        assert not any(drift.changed for row in told.values() for drift in drifts(row).values())


def test_boards_are_alive_today(demo):
    for township in demo.townships:
        with scope.reading([township]):
            left = [line.days_left for line in deadlines.board(TODAY) if line.deadline.key == "suggestion.reply"]
            assert any(days < 0 for days in left)
            for low, high in ((0, 1), (2, 7), (22, 30)):
                assert any(low <= days <= high for days in left), (low, high, left)
            stages = Counter(queries.stage_of(row) for row in queries.open_suggestions())
            assert set(stages) >= {Stage.REGISTERED, Stage.ASSIGNED, Stage.TALKED, Stage.REPLIED, Stage.REOPENED}
            assert Extension.objects.filter(agreed_on__isnull=True, declined_on__isnull=True).count() == 1
            assert queries.without_channel().count() >= 2
            reminders = Message.objects.filter(kind="suggestion.reply", read_at__isnull=True)
            assert reminders.exists()
            assert Delivery.objects.filter(message__recipient__email__endswith="@example.invalid").exists()


def test_no_voter_waits_for_months_to_hear_of_what_is_done_and_nothing_is_sent_long_after(demo):
    month = timedelta(days=30)
    for township in demo.townships:
        with scope.reading([township]):
            done = Matter.objects.filter(resolved_on__lt=TODAY - month).exclude(channel__in=("", "declined"))
            assert not done.filter(told_on__isnull=True).exclude(channel="on_the_spot").exists()
            closed = Suggestion.objects.filter(closed_on__lt=TODAY - month, matter__isnull=False)
            assert not closed.filter(matter__told_on__isnull=True).exists()
            sent = Delivery.objects.filter(message__created_at__date__lt=TODAY)
            assert all(row.sent_at - row.message.created_at < month for row in sent.select_related("message"))


def test_one_suggestion_is_answered_separately_and_two_are_handled_together(demo):
    for township in demo.townships:
        with scope.reading([township]):
            rounds = [queries.facts_of(row).now for row in queries.open_suggestions() if row.assigned_on]
            (apart,) = [one for one in rounds if len(one.strands) > 1]
            assert [strand.stage for strand in apart.strands] == [Stage.REPLIED, Stage.SIGNED]
            (joined,) = Suggestion.objects.filter(joined_to__isnull=False)
            pair = [queries.fresh(joined), queries.fresh(joined.joined_to)]
            assert [queries.stage_of(row) for row in pair] == [Stage.TALKED, Stage.TALKED]


def test_nothing_happens_on_or_after_today(demo):
    for township in demo.townships:
        with scope.reading([township]):
            assert Reception.objects.latest("held_on").held_on < TODAY
            assert Suggestion.objects.latest("submitted_on").submitted_on < TODAY
            late = AuditEvent.objects.filter(chain=township.pk, at__date__gte=TODAY)
            assert not late.exclude(verb__in=TOLD_ANEW).exists()


def test_numbers_belong_to_nobody(demo):
    for township in demo.townships:
        with scope.reading([township]):
            for deputy in Deputy.objects.all():
                parsed = idnumber.parse(deputy.id_number)
                assert parsed.division == "990123"
                assert parsed.birth_date == deputy.birth_date
                assert parsed.sex == deputy.get_gender_display()
                assert deputy.phone.startswith("1990000")
    assert not User.objects.exclude(email="").exclude(email__endswith="@example.invalid").exists()


def test_rare_names_are_there_and_can_be_found(demo):
    with scope.reading([demo.yunyan]):
        names = " ".join(Deputy.objects.values_list("name", flat=True))
        for mark in ("喆", "堃", "昇", "㛃", "䶮", "·", "欧阳"):
            assert mark in names
        assert not Deputy.objects.filter(stroke_key="").exists()
        assert not Deputy.objects.filter(search_text="").exists()


def test_trail_is_whole_and_tells_real_actors(demo):
    audit.anchor()  # as the scheduler does
    assert list(audit.verify()) == []
    with scope.reading([demo.yunyan]):
        events = AuditEvent.objects.filter(chain=demo.yunyan.pk)
        assert {"proposals.rate", "reports.issue", "deputies.approve", "proposals.reply"} <= set(
            events.values_list("verb", flat=True)
        )
        assert events.filter(actor_id__isnull=True).exclude(verb__in=TOLD_ANEW).count() == 0
        moments = list(events.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_accounts_can_log_in_and_are_shown(demo, client):
    for account in cast.everybody():
        user = User.objects.get(username=account.username)
        assert user.is_active
        assert not user.must_change_password
        with scope.user(user):
            assert [row.role for row in Membership.objects.filter(user=user)] == [account.role]
        assert account.username in demo.printed
    assert User.objects.get(username="yunyan-ganshi").check_password(cast.PASSWORD)
    page = client.get(reverse("account_login")).content.decode()
    assert cast.PASSWORD in page
    assert "yunyan-zhuxi" in page


def test_second_run_changes_nothing(demo):
    out = StringIO()
    with scope.audit():
        before = AuditEvent.objects.count()
    call_command("seed_demo", stdout=out)
    with scope.audit():
        assert AuditEvent.objects.count() == before
    assert "已在" in out.getvalue()


def test_only_if_empty_leaves_other_places_alone(demo):
    out = StringIO()
    call_command("seed_demo", "--only-if-empty", stdout=out)
    assert "未装入" in out.getvalue()


def test_same_history_each_time(demo):
    told = numbers(demo.townships[-1])
    assert told["2022 suggestions.submitted"][0] > 0
    assert demo.alone == told


def test_history_needs_room(nobody, db):
    with pytest.raises(ValueError, match="reaches beyond"):
        seeding.seed(date(2022, 1, 1))


def test_refuses_outside_demonstration_mode(nobody, db):
    with pytest.raises(CommandError, match="演示环境"):
        call_command("seed_demo", stdout=StringIO())
    assert not seeding.is_there()


EXPORTED = {
    "deputies-list": "deputies.roster",
    "deputies-activities": "deputies.activities",
    "proposals-suggestions": "proposals.suggestions",
    "proposals-receptions": "proposals.receptions",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPORTED)
def test_a_list_of_a_whole_history_comes_back_unchanged(demo, client, settings, name):
    settings.DEMO = True
    town, kind = demo.yunyan, imports.kind_of(EXPORTED[name])
    with scope.accounts():
        clerk = User.objects.filter(memberships__township=town, memberships__role=Role.CLERK).first()
    client.force_login(clerk, backend="congress.accounts.Backend")
    data = client.get(reverse(name, args=[town.code]), {"format": "xlsx"}).content
    with scope.township(town):
        term = current_term(TODAY)
        options = {"term": str(term.pk), "elected_on": str(term.started_on), "create": True}
        batch = imports.upload(clerk, town, kind, options=options, data=data, file_name="导出.xlsx")
        rows = list(imports.preview_of(batch).rows)
    assert [(row.values, row.changes, row.errors) for row in rows if row.status != "unchanged"] == []
    assert len(rows) > 10


def test_one_township_registers_its_voters_and_one_has_its_list_with_an_appeal_open(demo):
    registering, published, *_ = demo.townships
    with scope.reading([registering]):
        campaign = Campaign.objects.get()
        assert (campaign.election_day - TODAY).days == 40
        assert {row.term.level for row in Campaign.objects.get().elections.select_related("term")} == {
            "township",
            "county",
        }
        assert not VoterList.objects.exists()
        waiting = VoterGroup.objects.filter(registrations__isnull=True)
        assert 0 < waiting.count() < VoterGroup.objects.count()
        assert {row.committees.count() for row in campaign.elections.all()} == {1}
    with scope.reading([published]):
        lists = VoterList.objects.select_related("election__term")
        assert {one.election.term.level for one in lists} == {"township", "county"}
        for one in lists:
            assert [proof.holds for proof in elections.proven(one)] == [True]
            assert (one.election.election_day - one.published_on).days >= 21
        appeal = Appeal.objects.get()
        assert (appeal.decided_on, elections.untold(appeal.voter_list.election).count()) == (None, 1)


def test_one_township_has_its_formal_candidates_and_its_ballots_ordered(demo):
    """Every district of both levels within the margin, nobody lawfully named left out, and the ballots show what the lists do."""
    with scope.reading([demo.townships[3]]):
        for election in Election.objects.kept().filter(campaign__isnull=False).select_related("term", "campaign"):
            every = [facts for facts in facts_of(election).values() if facts.nominees]
            assert len(every) == 2
            for facts in every:
                assert facts.limit.minimum <= len(facts.entries["formal"]) <= facts.limit.maximum
                assert len(facts.entries["first"]) == len(facts.lawful)
                assert ballots_hold(facts)
        assert Vetting.objects.filter(opinion="advice").exists()
        assert PollingPlace.objects.exists()


@pytest.mark.parametrize("at", [2, 3], ids=["voted", "votes in a week"])
def test_where_it_votes_boxes_are_sealed_and_proxies_agreed(demo, at):
    """Every place and mobile box has its box; what is told stands against nothing the law says."""
    with scope.reading([demo.townships[at]]):
        campaign = Campaign.objects.get()
        assert boxes_told(campaign) == []
        carried = list(mobile_boxes(campaign))
        assert len(carried) == 2
        assert all(box.listed and box.escorts == 2 and box.monitors and box.mixed_with for box in carried)
        assert BallotBox.objects.filter(seals="").count() == 0
        found = list(proxies())
        assert {row.state for row in found} == {"agreed", "refused"}
        assert all(row.where and (row.place or row.state == "refused") for row in found)
        assert all(not any(one.blocking for one in proxy_findings(row)) for row in found)


def test_one_township_has_voted_one_district_with_a_tie_and_one_short_of_a_seat(demo):
    """Every seat has somebody in the end; what two people declared is what was counted, and every ballot is accounted for."""
    with scope.reading([demo.townships[2]]):
        own = rounds().filter(election__term__level="township")
        told = [RoundFacts(row) for row in own.order_by("district__number", "number")]
        kinds = [(facts.row.district.number, facts.row.kind, len(facts.row.won)) for facts in told]
        seats = {facts.row.district.number: facts.row.seats for facts in told if facts.row.follows is None}
        assert kinds == [
            (1, "first", seats[1] - 1),
            (1, "again", 1),
            (2, "first", seats[2] - 1),
            (2, "another", 1),
        ]
        assert all(facts.stage == RoundStage.DECLARED and facts.holds for facts in told)
        assert [len(facts.result.outcome.tally.tied) for facts in told] == [2, 0, 0, 0]
        assert [one for facts in told for one in facts.ledger_findings] == []


def test_where_it_voted_the_county_declared_its_own_and_everybody_elected_has_a_seat(demo):
    """The township's presidium confirms its deputies, the county its own; each winner has one mandate of the coming term."""
    with scope.reading([demo.townships[2]]):
        (above,) = [one for one in rounds().filter(election__term__level="county") if one.declared]
        assert [(one.name, one.votes) for one in above.told_above] == [(one.name, one.votes) for one in above.won]
        reviews = CredentialsReview.objects.order_by("election__term__level")
        assert {one.decided_by for one in reviews} == {"青砚区人民代表大会常务委员会", "鹭汀乡人民代表大会主席团"}
        for review in reviews:
            won = Winner.objects.filter(round__election=review.election).count()
            seated = Mandate.objects.filter(term=review.election.term, confirmed_on=review.decided_on)
            assert seated.count() == won == review.entries.exclude(mandate=None).count() > 0


def test_where_it_voted_a_stranger_recomputes_every_result_from_the_bundle(demo):
    with scope.township(demo.townships[2]):
        held = Election.objects.filter(pk__in=rounds().values("election"))
        reports = [verified(files_of(made(one))) for one in held]
    assert reports
    assert [one.wrong for one in reports] == [[] for _ in reports]
    assert all(one.prints for one in reports)


def test_nothing_that_was_planned_for_the_election_lies_about_undone(demo):
    for township in demo.townships:
        with scope.reading([township]):
            campaign = Campaign.objects.get()
            assert [str(one) for one in work.waiting(campaign) if one.planned_on < TODAY - timedelta(days=9)] == []


def test_no_two_reports_of_the_demonstration_read_alike(demo):
    shapes = [("seed", year) for year in range(2022, 2027)] + [(name, 2026) for name in ("congress", "powers")]
    texts = {
        (town.name, year, shape): reads(town, year, shape) for town in demo.townships[:3] for shape, year in shapes
    }
    assert len(set(texts.values())) == 3 * len(shapes)
    for where, text in texts.items():
        assert not ZERO.search(text), where
        assert not any(wrong.search(line) for line in text.splitlines() for wrong in (BAD_MARKS, FRAGMENT)), where
    assert all("习近平新时代中国特色社会主义思想" in text for text in texts.values())
    assert "党的十九大" not in texts["云砚镇", 2026, "seed"]
    assert "党的二十大、二十届三中全会、二十届四中全会、中央人大工作会议精神" in texts["云砚镇", 2026, "seed"]
