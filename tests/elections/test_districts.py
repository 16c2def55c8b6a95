"""Districts of a level side by side, where they come from, their voters' groups, the seats of a by-election."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import imports
from congress.guard.action import Refused, action
from congress.models import Township
from deputies.life import MANDATE
from deputies.models import District, Level, Mandate
from elections.actions.districts import DAYS, GROUPS, ORIGINS, VACANCIES, vacancy_findings
from elections.listings.districts import share
from elections.models import DistrictDay, DistrictOrigin, Vacancy, VoterGroup
from elections.queries.districts import level_districts, whole_findings, whole_of
from tests.cast import SET_UP
from tests.elections.test_campaigns import begun, level_of, registered, term_of

pytestmark = pytest.mark.django_db


def district(world, term, number: int, **values) -> District:
    """A district of a term; call inside an action."""
    given = {"name": f"选区{number}", "seats": 2} | values
    return District.objects.create(township=world.township, term=term, number=number, **given)


def test_people_per_seat_stand_beside_the_mean_and_nothing_is_refused(world, browse):
    """房山区: 24,508 people for two seats; a works district of 257 people, where more voters are registered than people."""
    with world.in_township():
        election = level_of(begun(world))
        with action(SET_UP, actor=None):
            big = district(world, election.term, 16, population=24508)
            small = district(world, election.term, 19, population=1, seats=1, kind="unit")
            district(world, election.term, 20, seats=3)  # nobody counted its people yet
            for name in range(2):
                registered(world, election, date(1980, 1, 1 + name), small)
        whole = whole_of(election)
        assert (whole.districts, whole.seats, whole.people, whole.unknown) == (3, 6, 24509, 1)
        found = {row.number: share(row) for row in level_districts(election, whole)}
        assert found[20] is None
        assert (found[16].people_per_seat, found[16].mean) == (12254, 8169)
        assert [one.code for one in found[19].findings] == ["district.deviation", "district.voters"]
        assert not any(one.blocking for one in found[19].findings)
        assert big.pk
    page = browse(world.clerk).get(reverse("elections-districts", args=[world.township.code, election.pk]))
    text = page.content.decode()
    assert "多于人口1人" in text
    assert "1个选区没有填人口数" in text
    assert "12254" in text
    assert "1.50" in text


@pytest.mark.parametrize(
    ("districts", "seats", "wanted"),
    [
        ((3,) * 12 + (2,) * 25, 86, []),  # 泗门: 37 districts, 86 seats
        ((3,) * 13 + (2,) * 17, 73, []),  # 镇安: 30 districts, 73 seats
        ((3,) * 20, 93, ["district.totals", "districts.seats"]),  # 20 districts carry 60 at most
        ((3,) * 7, 70, ["district.totals", "districts.seats"]),  # 七个片区 are no districts
    ],
)
def test_the_districts_have_to_carry_the_seats(world, districts, seats, wanted):
    with world.in_township():
        election = level_of(begun(world))
        with action(SET_UP, actor=None):
            election.term.seats = seats
            election.term.save()
            for number, each in enumerate(districts, start=1):
                district(world, election.term, number, seats=each)
        assert [one.code for one in whole_findings(election, whole_of(election))] == wanted


def test_a_district_redrawn_says_why_and_comes_from_the_same_level(world):
    with world.in_township():
        election = level_of(begun(world))
        with action(SET_UP, actor=None):
            new = district(world, election.term, 1)
            of_county = district(world, _saved(term_of(world, Level.COUNTY, 19)), 1)
        old = District.objects.filter(term=world.term).first()
        of = {"township": world.township, "election": election, "district": new}
        for wrong, words in (
            ({"former": old, "redrawn": True}, "重新划分的请写明原因。"),
            ({"former": None}, "没有上届选区的，勾选“重新划分”并写明原因。"),
            ({"former": of_county}, "上届选区应是同一级上一届的选区。"),
            ({"former": new}, "上届选区应是同一级上一届的选区。"),
            ({"former": old, "district": old}, "所选选区不是这一届的。"),
        ):
            with pytest.raises(Refused, match=words):
                ORIGINS.record(world.clerk, DistrictOrigin(**of | wrong))
        assert ORIGINS.record(world.clerk, DistrictOrigin(**of, former=old)).pk


def _saved(term):
    term.save()
    return term


def test_a_by_election_fills_seats_of_its_term_and_no_more_than_a_district_has(world):
    with world.in_township():
        general = level_of(begun(world))
        election = level_of(begun(world, world.term, name="补选", how="by_election"))
        with action(SET_UP, actor=None):
            two, other = district(world, world.term, 8), district(world, general.term, 8)
        of = {"township": world.township, "election": election}
        for wrong, words in (
            ({"district": two, "seats": 3}, "补选名额不能多于选区的应选名额2名。"),
            ({"district": other, "seats": 1}, "所选选区不是这一届的。"),
            ({"district": other, "seats": 1, "election": general}, "换届选举各选区都选，不用登记补选选区。"),
        ):
            with pytest.raises(Refused, match=words):
                VACANCIES.record(world.clerk, Vacancy(**of | wrong))
        assert VACANCIES.record(world.clerk, Vacancy(**of, district=two, seats=2)).pk


def test_more_seats_than_are_vacant_are_told_before_a_by_election(world, browse):
    """云溪村 has two seats and two deputies in office: nothing is vacant until who left is entered."""
    with world.in_township():
        election = level_of(begun(world, world.term, name="补选", how="by_election"))
        full = District.objects.get(term=world.term, number=1)
        row = VACANCIES.record(world.clerk, Vacancy(township=world.township, election=election, district=full, seats=1))
        (told,) = vacancy_findings(row)
        assert (told.code, told.blocking, told.citation.article) == ("vacancy.held", False, 57)
        assert "应选2名，在任代表2名，出缺0名" in told.message
    page = browse(world.clerk).get(reverse("elections-vacancy", args=[world.township.code, row.pk]))
    assert "少于补选的1名" in page.content.decode()
    with world.in_township():
        left = Mandate.objects.filter(district=full).order_by("pk").first()
        MANDATE.take("end", world.clerk, left, on=date(2022, 5, 6), reason="moved", is_chair_or_vice=False)
        assert vacancy_findings(row) == []


def test_a_district_votes_on_another_day_only_with_the_consent_of_the_committee(world, browse, monkeypatch):
    """浙江细则四十 forbids it; where no text binds, the committee's power to set the day (选举法十一) is told."""
    with world.in_township():
        election = level_of(begun(world))
        with action(SET_UP, actor=None):
            one, two = district(world, election.term, 7), district(world, election.term, 8)
            other = district(world, world.term, 9)
        day = election.election_day + timedelta(days=1)
        of = {"township": world.township, "election": election, "district": one, "day": day, "reason": "汛期"}
        for wrong, field, words in (
            ({"day": election.election_day}, "day", "，不用另外登记。"),
            ({"district": other}, "district", "所选选区不是这一届的。"),
            ({"consented_on": day + timedelta(days=1), "paper": "决定"}, "consented_on", "不能晚于本选区的选举日。"),
            ({"consented_on": day}, "paper", "请填写同意的文件。"),
        ):
            with pytest.raises(Refused) as refused:
                DAYS.record(world.clerk, DistrictDay(**of | wrong))
            (found,) = refused.value.findings
            assert (found.field, found.message.endswith(words)) == (field, True), found.message
        assert not DistrictDay.objects.exists()
        row = DAYS.record(world.clerk, DistrictDay(**of))
        row = DAYS.change(world.clerk, row, {"consented_on": day, "paper": "决定"}, row.version)
        row = DAYS.change(world.clerk, row, {"consented_on": None, "paper": ""}, row.version)
    page = (
        browse(world.clerk).get(reverse("elections-district-day", args=[world.township.code, row.pk])).content.decode()
    )
    assert "应当报请本级选举委员会同意" in page
    monkeypatch.setattr(Township, "pack", "zhejiang")
    with world.in_township(), pytest.raises(Refused, match="报请本级选举委员会同意") as refused:
        DAYS.record(world.clerk, DistrictDay(**of | {"district": two}))
    assert refused.value.findings[0].field == "consented_on"
    with world.in_township():
        consented = {"district": two, "consented_on": date(2026, 11, 2), "paper": "镇选〔2026〕9号"}
        assert DAYS.record(world.clerk, DistrictDay(**of | consented)).pk


def test_a_voters_group_has_a_leader_whose_number_is_masked_and_kept_when_left_blank(world, browse):
    with world.in_township():
        election = level_of(begun(world))
        with action(SET_UP, actor=None):
            of = district(world, election.term, 1)
    client = browse(world.clerk)
    address = reverse("elections-group-new", args=[world.township.code, election.pk])
    values = {"district": str(of.pk), "number": "1", "name": "一组", "leader": "丁试甲", "leader_phone": "13912345678"}
    answer = client.post(address, values)
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer["Location"]).content.decode()
    assert "13912345678" not in page
    assert "5678" in page
    with world.in_township():
        group = VoterGroup.objects.get()
    edit = reverse("elections-group-edit", args=[world.township.code, group.pk])
    assert "13912345678" not in client.get(edit).content.decode()
    changed = values | {"leader": "王试乙", "leader_phone": "", "version": str(group.version)}
    assert client.post(edit, changed).status_code == 302
    with world.in_township():
        group = VoterGroup.objects.get()
        assert (group.leader, group.leader_phone) == ("王试乙", "13912345678")
        with pytest.raises(Refused, match="请选县级的选区。"):
            GROUPS.change(world.clerk, group, {"county_district": of}, group.version)


def test_people_villages_and_kind_come_with_the_table_of_districts(world):
    table = "选区号\t选区名称\t应选名额\t人口\t所辖村\t选区类型\n31\t东山\t2\t2500\t东山村、西山村\t单位选区\n"
    bad = "选区号\t选区名称\t应选名额\t人口\t划分方式\n32\t西山\t2\t-5\t居住\n33\t北山\t2\t5\t随便\n"
    with world.in_township():
        options = {"term": str(world.term.pk)}
        kind = imports.kind_of("deputies.districts")
        batch = imports.upload(world.clerk, world.township, kind, options=options, text=table)
        imports.take(world.clerk, batch, only_good=True)
        row = District.objects.get(number=31)
        assert (row.population, row.villages, row.kind) == (2500, "东山村、西山村", "unit")
        wrong = imports.upload(world.clerk, world.township, kind, options=options, text=bad)
        told = [str(one) for one in imports.preview_of(wrong).errors]
        assert ["人口数不能为负" in told[0], "划分方式应为" in told[1]] == [True, True], told


def test_a_table_of_districts_comes_into_the_term_it_was_asked_for_from(world, browse):
    """The sitting term is the usual one; from the districts of an election it is the one elected."""
    with world.in_township():
        election = level_of(begun(world))
    client = browse(world.clerk)
    page = client.get(reverse("elections-districts", args=[world.township.code, election.pk])).content.decode()
    address = f"{reverse('import-new', args=[world.township.code, 'deputies.districts'])}?term={election.term_id}"
    assert f'href="{address}"' in page
    assert client.get(address).context["form"]["term"].value() == str(election.term_id)
    assert client.get(address.partition("?")[0]).context["form"]["term"].value() != str(election.term_id)
