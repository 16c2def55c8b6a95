"""From declared winners to deputies who sit: examined, reported, confirmed by two, made public, seated at once (选举法四十七)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from congress.steps import standing_of
from deputies.models import Deputy, Level, Mandate
from elections.actions import credentials as acts
from elections.documents.credentials import CERTIFICATES, certificates, deputies_notice, report
from elections.life import ENTRY, REVIEW
from elections.models import Annulment, CredentialsReview, Election, Nominee, ReviewedWinner, Vacancy, Winner
from elections.queries import credentials as queries
from elections.stages.reviews import Known, ReviewStage, review_stage
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, districts, voters
from tests.elections.credentials import (
    DECIDE,
    DECIDED,
    OPENED,
    PUBLISHED,
    REPORTED,
    committee,
    confirmed,
    entries,
    facts,
    judge,
    opened,
    published,
    reported,
    take,
    won,
)
from tests.elections.papers import said
from tests.elections.rounds import begun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afterwards():
    """The last step has its day."""
    with clock.frozen(PUBLISHED + timedelta(days=1)):
        yield


@pytest.fixture
def election(world):
    """Two districts with a few voters, nobody of whom is in the roster; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "欧阳小明")
        voters(found, "张四", "李五", district=2)
        with action(SET_UP, actor=None):
            Deputy.objects.filter(name__in=("丁一", "于二")).update(name="程旧")
        committee(world)
        yield found


def answered(*names: str, **values) -> None:
    """These have declared what is asked of nominees."""
    with action(SET_UP, actor=None):
        rows = Nominee.objects.filter(name__in=names)
        rows.update(**{"declared_on": date(2026, 12, 5), "funding": "no", "consent": "agreed"} | values)


def elected(world, election, **more):
    """丁一 and 于二 are declared elected."""
    row = begun(world, election)
    answered("丁一", "于二")
    return won(world, row, **more)


# -- opening


def test_a_review_takes_everybody_who_was_declared_and_nobody_twice(world, election):
    with pytest.raises(Refused, match="没有等待审查的当选人"):
        opened(world, election)
    found = elected(world, election)
    with pytest.raises(Refused, match="不能早于宣布日期"):
        opened(world, election, found.row.declared_on - timedelta(days=1))
    row = opened(world, election)
    assert list(entries(row)) == ["丁一", "于二"]
    assert facts(row).stage is ReviewStage.OPENED
    with pytest.raises(Refused, match="没有等待审查"):
        opened(world, election)
    assert [str(one.number) for one in queries.undeclared(election)] == ["2"]


def test_a_review_opened_by_mistake_lets_its_people_wait_again(world, election):
    elected(world, election)
    row = opened(world, election)
    take(world.clerk, row, "discard", reason="开错了")
    assert opened(world, election).number == 1


def test_a_review_after_one_of_several_was_taken_back_gets_a_number_that_is_free(world, election):
    elected(world, election)
    first = opened(world, election)
    ENTRY.take("leave", world.clerk, entries(first)["于二"], on=OPENED, reason="举报还在查")
    assert opened(world, election).number == 2
    take(world.clerk, first, "discard", reason="开错了")
    assert opened(world, election).number == 3


def test_who_is_in_the_roster_already_is_found_by_name_and_day_of_birth(world, election):
    with action(SET_UP, actor=None):
        known = Deputy.objects.create(
            township=world.township, name="丁一", gender="female", birth_date=date(1980, 3, 4), state="approved"
        )
        Deputy.objects.create(township=world.township, name="于二", gender="female", birth_date=date(1971, 1, 1))
    elected(world, election)
    found = entries(opened(world, election))
    assert found["丁一"].deputy == known
    assert found["于二"].deputy is None
    assert [one.code for one in queries.lacking(found["于二"])] == ["reviewed.who"]


def test_somebody_of_the_same_name_and_birthday_with_another_number_is_somebody_else(world, election):
    winner = elected(world, election).row.winners.get(name="丁一")
    born, numbers = winner.nominee.birth_date, ("110105198003040021", "110105198003040048")
    with action(SET_UP, actor=None):
        same = Deputy.objects.create(township=world.township, name="丁一", gender="female", birth_date=born)
        assert queries.known_as(winner) == same
        winner.nominee.id_number, same.id_number = numbers
        winner.nominee.save()
        same.save()
    assert queries.known_as(winner) is None


def test_what_is_disputed_is_asked_at_once_however_many_are_examined(world, election):
    elected(world, election)
    review = opened(world, election)

    def asked(number: int) -> int:
        found = facts(review)
        found.row.listed = found.row.listed[:number]
        with CaptureQueriesContext(connection) as said:
            assert not found.disputed
        return len(said)

    assert asked(1) == asked(2)


# -- opinions


def test_of_whom_nothing_is_disputed_all_are_held_valid_at_once(world, election):
    elected(world, election)
    row = opened(world, election)
    answered("于二", mandates="yes", mandates_where="他县", mandates_related=False)
    assert [one.name for one in facts(row).disputed] == ["于二"]
    take(world.clerk, row, "clear")
    assert {name: one.opinion for name, one in entries(row).items()} == {"丁一": "valid", "于二": ""}
    with pytest.raises(Refused, match="还没有审查意见：于二"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    judge(world.clerk, entries(row)["于二"])  # holding both seats is forbidden, being elected is not
    with pytest.raises(Refused, match="都有了审查意见"):
        take(world.clerk, row, "clear")


def test_a_void_election_has_its_ground_and_what_was_found_out(world, election):
    elected(world, election)
    row = opened(world, election)
    entry = entries(row)["于二"]
    with pytest.raises(Refused, match=r"请选择法定情形.*写明查明的情况"):
        judge(world.clerk, entry, "invalid")
    with pytest.raises(Refused, match="当选有效的不选情形"):
        judge(world.clerk, entry, "valid", ground="offence")
    with pytest.raises(Refused, match="不能早于开始审查日期"):
        judge(world.clerk, entry, on=OPENED - timedelta(days=1))
    judge(world.clerk, entry, "invalid", ground="offence", words="以财物贿赂选民，公安机关查实")
    told = [one.citation.article for one in acts.ground_findings(entries(row)["于二"])]
    assert told == [58]
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        ReviewedWinner.objects.filter(pk=entry.pk).update(ground="")


def test_what_the_law_forbids_is_not_held_valid_as_long_as_it_is_on_record(world, election):
    elected(world, election)
    row = opened(world, election)
    answered("丁一", funding="yes")
    with pytest.raises(Refused, match=r"境外.*登记有误的，先更正登记") as refused:
        judge(world.clerk, entries(row)["丁一"])
    assert [(one.field, one.citation.article) for one in refused.value.findings] == [("opinion", 35)]
    judge(world.clerk, entries(row)["丁一"], "invalid", ground="funded", words="声明和查证一致")
    assert [one.citation.article for one in acts.ground_findings(entries(row)["丁一"])] == [35]


def test_who_left_before_is_told(world, election):
    elected(world, election)
    row = opened(world, election)
    answered("丁一", left_on=date(2026, 12, 18), left_how="withdrew")
    assert "reviewed.left" in [one.code for one in queries.disputes(entries(row)["丁一"])]


def test_who_is_still_looked_into_is_left_to_the_next_review(world, election):
    elected(world, election)
    row = opened(world, election)
    ENTRY.take("leave", world.clerk, entries(row)["于二"], on=OPENED, reason="线索还没有查清")
    reported(world, row)
    assert [one.name for one in facts(row).valid] == ["丁一"]
    again = opened(world, election, REPORTED)
    assert (again.number, list(entries(again))) == (2, ["于二"])


# -- the report


def test_a_review_of_which_everybody_was_left_out_has_nothing_to_report(world, election):
    elected(world, election)
    row = opened(world, election)
    for entry in entries(row).values():
        ENTRY.take("leave", world.clerk, entry, on=OPENED, reason="举报还在查")
    with pytest.raises(Refused, match="没有可以报告的"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    found = facts(row)
    found.row.election.term.level = Level.COUNTY  # whose own committee reports
    assert found.stage is ReviewStage.OPENED


def test_the_outgoing_congress_needs_a_committee_to_report(world, election):
    elected(world, election)
    row = opened(world, election)
    take(world.clerk, row, "clear")
    with action(SET_UP, actor=None):
        Session.objects.update(withdrawn_at="2026-12-01T00:00+08:00")
    with pytest.raises(Refused, match="还没有登记代表资格审查委员会") as refused:
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    assert refused.value.findings[0].citation.article == 37
    with action(SET_UP, actor=None):
        Session.objects.update(withdrawn_at=None)
    with pytest.raises(Refused, match="有2人，到会不能多于此数"):
        take(world.clerk, row, "report", REPORTED, present=3, report_paper="")
    made = take_door(world, row, "report", REPORTED, {"present": 1, "report_paper": ""})
    assert [one.code for one in made.warnings] == ["review.quorum"]
    with pytest.raises(Refused, match="审查报告已经提出"):
        judge(world.clerk, entries(row)["丁一"], on=REPORTED)


def take_door(world, row, key, on, data):
    """The attempt itself, with its warnings."""
    return REVIEW.door(key, standing_of(world.clerk, world.township), row.pk, data, on=on)


def test_an_opinion_that_changed_meanwhile_is_not_reported(world, election):
    elected(world, election)
    row = opened(world, election)
    take(world.clerk, row, "clear")
    read = facts(row).row
    judge(world.clerk, entries(row)["于二"], "invalid", ground="procedure", words="唱票没有公开")
    with pytest.raises(Refused, match="刚刚有改动"):
        acts._hold(read)


def test_the_report_tells_seats_opinions_articles_and_names(world, election):
    elected(world, election)
    row = opened(world, election)
    with pytest.raises(Refused, match="还有2名当选人没有审查意见"):
        report(facts(row).row, REPORTED)
    judge(world.clerk, entries(row)["丁一"])
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民")
    told = report(facts(row).row, REPORTED)
    words = said(told["parts"])
    assert told["to"] == "云溪镇人民代表大会主席团"
    assert "第四十七条" in words
    assert "第三十七条" in words
    assert "2个选区应选代表4名，宣布当选2名，本次审查2名" in words
    assert "1名代表符合宪法" in words
    assert "妇女1名，少数民族0名，中共党员0名，连任0名" in words
    assert "有1名当选无效" in words
    assert "第五十八条" in words
    assert "以财物贿赂选民" in words


# -- confirmed by two


def test_a_confirmation_is_entered_by_two_people(world, election):
    elected(world, election)
    row = opened(world, election)
    with pytest.raises(Refused, match="现在是“审查”"):
        take(world.clerk, row, "decide", DECIDED, **DECIDE)
    reported(world, row)
    assert facts(row).stage is ReviewStage.REPORTED
    with pytest.raises(Refused, match="日期不能早于审查"):
        take(world.clerk, row, "decide", OPENED, **DECIDE)
    take(world.clerk, row, "decide", DECIDED, **DECIDE)
    assert facts(row).stage is ReviewStage.ASKED
    with pytest.raises(Refused, match="两个不同的人"):
        take(world.clerk, row, "confirm", DECIDED)
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        CredentialsReview.objects.filter(pk=row.pk).update(confirmed_by=world.clerk)
    take(world.chair, row, "revoke", DECIDED, reason="日期登错")
    with pytest.raises(Refused, match="还没有由两人登记"):
        deputies_notice(facts(row).row, DECIDED)
    confirmed(world, row)
    assert facts(row).stage is ReviewStage.CONFIRMED
    told = deputies_notice(facts(row).row, DECIDED)
    assert "确认下列2名" in said(told["parts"])
    with pytest.raises(Refused):
        take(world.clerk, row, "discard", reason="晚了")


# -- made public, and seated


def test_the_publication_seats_everybody_at_once(world, election):
    elected(world, election)
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    with pytest.raises(Refused, match="不能早于确认日期"):
        take(world.clerk, row, "publish", REPORTED, publication="公告")
    published(world, row)
    assert facts(row).stage is ReviewStage.PUBLISHED
    held = Mandate.objects.filter(term=election.term).order_by("pk")
    assert {(one.deputy.name, one.district, one.how, one.elected_on, one.confirmed_on, one.level) for one in held} == {
        (name, districts(election)[0], "general", facts(row).row.listed[0].winner.round.held_on, DECIDED, "township")
        for name in ("丁一", "于二")
    }
    deputy = Deputy.objects.get(name="丁一")
    assert (deputy.gender, deputy.birth_date, deputy.employer_post, deputy.state) == (
        "female",
        date(1980, 3, 4),
        "村民",
        "pending",
    )
    (first, second) = queries.filled(election)
    assert (first.seats, first.won, first.void, first.seated, first.short) == (2, 2, 0, 2, 0)
    assert (second.seats, second.won, second.seated, second.short) == (2, 0, 0, 2)
    event = AuditEvent.objects.get(verb="elections.publish_deputies")
    assert (event.detail["取得代表资格"], event.detail["新登记"]) == (2, 2)
    with pytest.raises(Refused):
        published(world, row)
    with pytest.raises(Refused, match="代表资格已经登记"):
        ENTRY.take("who", world.clerk, entries(row)["丁一"], on=PUBLISHED, deputy=deputy)


def test_where_one_cannot_be_seated_nobody_is(world, election):
    elected(world, election)
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    with action(SET_UP, actor=None):
        other = Deputy.objects.create(township=world.township, name="程旧二", gender="male", state="approved")
        Mandate.objects.create(
            township=world.township, deputy=other, term=election.term, level="township", elected_on=date(2026, 12, 20)
        )
        ReviewedWinner.objects.filter(winner__name="于二").update(deputy=other)
    before = Deputy.objects.count()
    with pytest.raises(Refused, match=r"第1选区.*于二：.*代表资格已经登记过"):
        published(world, row)
    assert Deputy.objects.count() == before
    assert not Mandate.objects.filter(term=election.term, deputy__name="丁一").exists()
    assert facts(row).stage is ReviewStage.CONFIRMED


def test_whose_election_is_void_gets_no_seat_and_the_seat_is_short(world, election):
    elected(world, election)
    row = opened(world, election)
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民")
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    assert [one.deputy.name for one in Mandate.objects.filter(term=election.term)] == ["丁一"]
    first = queries.filled(election)[0]
    assert (first.won, first.void, first.seated, first.short) == (2, 1, 1, 1)


def test_of_whom_voters_wrote_in_the_particulars_are_typed_once(world, election):
    row = begun(world, election)
    answered("丁一", "于二")
    won(world, row, (15, 3, 2), write_ins={"欧阳小明": 13}, identified=["欧阳小明"])
    row = opened(world, election)
    entry = entries(row)["欧阳小明"]
    assert entry.winner.nominee is None
    assert [one.code for one in queries.disputes(entry)] == [
        "reviewed.particulars"
    ]  # on the roll, once, in this district
    judge(world.clerk, entry)
    reported(world, row)
    confirmed(world, row)
    with pytest.raises(Refused, match=r"欧阳小明：选民另选的.*请登记性别和出生日期"):
        published(world, row)
    given = {"gender": "female", "birth_date": date(1979, 5, 6), "employer_post": "村民", "party": "masses"}
    with pytest.raises(Refused, match="不能晚于今天"):
        ENTRY.take("who", world.clerk, entry, on=DECIDED, **given | {"birth_date": date(2027, 5, 6)})
    ENTRY.take("who", world.clerk, entry, on=DECIDED, **given)
    published(world, row)
    deputy = Deputy.objects.get(name="欧阳小明")
    assert (deputy.birth_date, deputy.ethnicity, deputy.employer_post) == (date(1979, 5, 6), "汉族", "村民")
    entry = entries(row)["欧阳小明"]
    assert (entry.deputy, entry.gender, entry.birth_date, entry.employer_post) == (deputy, "", None, "")


def test_somebody_written_in_is_a_voter_of_age(world, election):
    row = begun(world, election)
    won(world, row, (15, 3, 2), write_ins={"欧阳小明": 13}, identified=["欧阳小明"])
    found = opened(world, election)
    entry = entries(found)["欧阳小明"]

    def told(name: str) -> list[str]:
        Winner.objects.filter(pk=entry.winner_id).update(name=f"{name}（东山）")  # as two people told one from another
        return [one.code for one in queries.disputes(entries(found)[name])]

    with action(SET_UP, actor=None):
        assert told("赵无") == ["reviewed.no_voter", "reviewed.particulars"]
        assert told("张四") == ["reviewed.elsewhere", "reviewed.particulars"]
        assert told("王三") == ["reviewed.particulars"]
    voters(election, "欧阳小明", district=2)
    with action(SET_UP, actor=None):
        assert told("欧阳小明") == ["reviewed.namesakes", "reviewed.particulars"]
    ENTRY.take("who", world.clerk, entry, on=OPENED, gender="male", birth_date=date(2010, 1, 1))
    with pytest.raises(Refused, match="不满十八周岁"):
        judge(world.clerk, entries(found)["欧阳小明"])


def test_a_namesake_of_the_roster_is_somebody_or_nobody(world, election):
    elected(world, election)
    with action(SET_UP, actor=None):
        same = Deputy.objects.create(township=world.township, name="丁一", gender="male", state="approved")
    row = opened(world, election)
    entry = entries(row)["丁一"]
    judge(world.clerk, entry)
    with pytest.raises(Refused, match="就不是新登记的人"):
        ENTRY.take("who", world.clerk, entry, on=OPENED, deputy=same, newcomer=True)
    ENTRY.take("who", world.clerk, entry, on=OPENED, newcomer=True)
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    assert Deputy.objects.filter(name="丁一").count() == 2
    assert entries(row)["丁一"].deputy != same


def test_a_publication_after_the_first_session_is_told_with_its_article(world, election):
    elected(world, election)
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    assert facts(row).publication(PUBLISHED) == []
    given = {"township": world.township, "term": election.term, "number": 1, "entitled": 2, "present": 2}
    with action(SET_UP, actor=None):
        Session.objects.create(**given, opened_on=PUBLISHED)
    (told,) = facts(row).publication(PUBLISHED)
    assert (told.code, told.blocking, told.citation.article) == ("review.not_published", False, 47)
    published(world, row)


# -- by-elections


@pytest.fixture
def by_election(world):
    """Of the running term a seat of one district is filled anew."""
    with scope.township(world.township):
        found = campaign(world, level=Level.TOWNSHIP)
        voters(found, "丁一", "于二", "王三", "欧阳小明")
        voters(found, "张四", "李五", district=2)
        committee(world)
        yield found


def test_who_lost_a_seat_wins_one_again_in_the_same_term_and_fills_the_vacancy(world, by_election):
    election, day = by_election, date(2026, 12, 1)
    row = begun(world, election)
    answered("丁一", "于二")
    won(world, row)
    with action(SET_UP, actor=None):
        former = Deputy.objects.create(
            township=world.township, name="丁一", gender="female", birth_date=date(1980, 3, 4), state="approved"
        )
        Mandate.objects.create(
            township=world.township,
            deputy=former,
            term=election.term,
            level="township",
            district=districts(election)[0],
            elected_on=date(2021, 10, 20),
            ended_on=day,
            end_reason="resigned",
        )
        Election.objects.filter(pk=election.pk).update(how="by_election")
        Vacancy.objects.create(
            township=world.township, election=election, district=districts(election)[0], seats=2, reason="辞职"
        )
        Session.objects.update(term=election.term)
        Mandate.objects.filter(term=world.term).update(term=election.term)
    election.refresh_from_db()
    review = opened(world, election)
    assert entries(review)["丁一"].deputy == former
    reported(world, review)
    confirmed(world, review)
    published(world, review)
    again = Mandate.objects.get(deputy=former, ended_on=None)
    assert (again.how, again.term, again.confirmed_on) == ("by_election", election.term, DECIDED)
    assert former.mandates.count() == 2
    (seats,) = queries.filled(election)
    assert (seats.seats, seats.seated, seats.short) == (2, 2, 0)


# -- the county's


def test_of_the_county_its_own_confirmation_is_entered(world, election):
    elected(world, election)
    with action(SET_UP, actor=None):
        election.term.level = Level.COUNTY
        election.term.save()
    row = opened(world, election)
    with pytest.raises(Refused, match="县级人大常委会的代表资格审查委员会"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    take(world.clerk, row, "clear")
    for make in (report, deputies_notice):
        with pytest.raises(Refused, match="县级"):
            make(facts(row).row, DECIDED)
    confirmed(world, row)
    published(world, row)
    assert {one.level for one in Mandate.objects.filter(term=election.term)} == {"county"}


# -- certificates and pages


def test_certificates_are_printed_of_everybody_seated(world, election):
    with pytest.raises(Refused, match="还没有登记代表资格"):
        certificates(election, {})
    elected(world, election)
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    told = certificates(election, {})
    assert [(one["name"], one["number"]) for one in told["cards"]] == [("丁一", "第1号"), ("于二", "第2号")]
    assert told["office"] == "云溪镇选举委员会"
    assert CERTIFICATES.pages(told) == 1
    with action(SET_UP, actor=None):
        of = {"township": world.township, "election": election, "reviewed_on": DECIDED, "ground": "offence"}
        void = Mandate.objects.get(term=election.term, deputy__name="于二")
        Annulment.objects.create(**of, mandate=void, void=True)
    assert [one["name"] for one in certificates(election, {})["cards"]] == ["丁一"]
    with action(SET_UP, actor=None):  # a certificate that was given keeps its number
        Annulment.objects.update(mandate=Mandate.objects.get(term=election.term, deputy__name="丁一"))
    assert [(one["name"], one["number"]) for one in certificates(election, {})["cards"]] == [("于二", "第2号")]
    election.township.county.province = "chongqing"
    assert certificates(election, {})["office"] == "云溪镇人民代表大会主席团"


def test_the_pages_lead_from_the_declaration_to_the_seats(world, election, browse):
    code, client = world.township.code, browse(world.clerk)
    elected(world, election)
    listed = reverse("elections-reviews", args=[code, election.pk])
    assert "等待审查的当选人2名" in client.get(listed).content.decode()
    new = reverse("elections-review-new", args=[code, election.pk])
    form = client.get(new).context["form"]
    answer = client.post(new, {"opened_on": OPENED, "key": form["key"].value()})
    row = CredentialsReview.objects.get()
    assert answer.url == reverse("elections-review", args=[code, row.pk])
    assert "还没有" in client.get(answer.url).content.decode()
    entry = reverse("elections-reviewed", args=[code, entries(row)["丁一"].pk])
    assert "丁一的代表资格" in client.get(entry).content.decode()
    assert "没有争议的" in client.get(reverse("elections-review-clear", args=[code, row.pk])).content.decode()
    reported(world, row)
    shown = client.get(answer.url).content.decode()
    assert "审查报告" in shown
    assert reverse("elections-paper-credentials", args=[code, row.pk]) in shown
    confirmed(world, row)
    assert "代表名单公告" in client.get(answer.url).content.decode()
    published(world, row)
    shown = client.get(listed).content.decode()
    assert "当选证书由云溪镇选举委员会颁发" in shown
    paper = client.get(reverse("elections-certificates", args=[code, election.pk]))
    assert paper.content[:4] == b"%PDF"


def test_what_binds_is_shown_before_it_binds(world, election, browse):
    code = world.township.code
    elected(world, election)
    row = opened(world, election)
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民。")
    reported(world, row)

    def page(key: str, **sent) -> str:
        client, url = browse(world.chair), reverse(f"elections-review-{key}", args=[code, row.pk])
        answer = client.post(url, sent) if sent else client.get(url)
        return answer.content.decode()

    told = page("decide")
    assert "1名：丁一" in told
    assert "当选无效：于二" in told
    assert "第五十八条" in told
    confirmed(world, row)
    asked = page("publish", on=PUBLISHED.isoformat(), publication="主席团公告", version=facts(row).row.version)
    assert "新登记到花名册" in asked
    assert "有一名不能登记的，全部不登记" in asked
    assert 'name="confirmed"' in asked
    assert not Mandate.objects.filter(term=election.term).exists()


def test_a_review_that_confirms_nobody_makes_nobody_public(world, election):
    elected(world, election)
    row = opened(world, election)
    for name in ("丁一", "于二"):
        judge(world.clerk, entries(row)[name], "invalid", ground="procedure", words="唱票没有公开")
    take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    assert "有2名当选无效" in said(report(facts(row).row, REPORTED)["parts"])
    confirmed(world, row)
    with pytest.raises(Refused, match="没有当选有效的代表"):
        deputies_notice(facts(row).row, DECIDED)


def test_stages_follow_from_what_was_done():
    assert review_stage(Known()) is ReviewStage.OPENED
    assert review_stage(Known(reported=True)) is ReviewStage.REPORTED
    assert review_stage(Known(reported=True, asked=True)) is ReviewStage.ASKED
    assert review_stage(Known(reported=True, asked=True, confirmed=True)) is ReviewStage.CONFIRMED
    assert review_stage(Known(reported=True, confirmed=True, published=True)) is ReviewStage.PUBLISHED
