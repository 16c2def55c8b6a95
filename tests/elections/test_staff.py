"""Those who work on polling day: no relative watches or counts, who declared nothing is named, and their papers."""

from datetime import date

import pytest
from django.urls import reverse

from congress import imports
from congress.documents import cards
from congress.documents.inspection import check
from congress.guard.action import Refused, action
from congress.law import elections as law
from congress.printing import printed
from deputies.models import District
from elections.actions.staff import STAFF
from elections.documents.staff import ARRANGEMENT, CARDS
from elections.models import Election, Nominee, PollStaff
from elections.queries.staff import relation_findings, staff_findings, staff_told
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, campaign, districts
from tests.elections.papers import place, text_of
from tests.elections.test_places import beside, codes, kept

Role, Relation, Chosen = PollStaff.Role, PollStaff.Relation, PollStaff.Chosen


def member(election, name: str = "程监", role: str = Role.MONITOR, **values) -> PollStaff:
    """Somebody not kept yet, chosen by the voters and near to nobody."""
    given = {"chosen": Chosen.VOTERS, "relation": Relation.NONE} | values
    return PollStaff(township=election.township, campaign=election.campaign, name=name, role=role, **given)


def recorded(world, election, *args, **values) -> PollStaff:
    return STAFF.record(world.clerk, member(election, *args, **values))


def nominee(election, name: str = "曾选", **values) -> Nominee:
    with action(SET_UP, actor=None):
        return Nominee.objects.create(
            township=election.township,
            election=election,
            district=districts(election)[0],
            name=name,
            gender="female",
            birth_date=date(1980, 2, 3),
            employer_post="东山村村民",
            **values,
        )


def test_a_relative_in_the_wide_sense_neither_watches_nor_counts(world, election):
    """选举法四十三 with 民法典一千零四十五: grandparents and grandchildren as well."""
    close = [one for one in Relation if one not in (Relation.NONE, Relation.SELF)]
    assert len(close) == 6
    for role in (Role.CHIEF_MONITOR, Role.MONITOR, Role.CHIEF_TELLER, Role.TELLER):
        for relation in close:
            with pytest.raises(Refused) as refused:
                recorded(world, election, role=role, relation=relation)
            assert [(one.field, one.citation.article) for one in refused.value.findings] == [("role", 43)]
    assert recorded(world, election, role=Role.GUIDE, relation=Relation.SPOUSE).pk


@pytest.mark.parametrize(
    ("province", "barred"), [("beijing", False), ("zhejiang", True), ("shanghai", True), ("shandong", True)]
)
def test_a_spouse_presides_where_no_local_rule_forbids_it(world, election, province, barred):
    """X-S01: the national law bars from watching and counting alone; 浙江、上海、山东 from presiding too."""
    place(world, province=province)
    election.township.refresh_from_db()
    found = relation_findings(member(election, role=Role.HOST, relation=Relation.SPOUSE))
    assert [one.blocking for one in found] == ([True] if barred else [])
    if barred:
        assert found[0].citation.source_key == f"{province}_election_rules"


def test_a_committee_member_whose_spouse_stands_keeps_the_office_and_is_barred_from_counting(world, election):
    """X-S03: 选举法十 binds the member who stands, not the spouse of one who does; 四十三 bars the task."""
    assert law.check_committee_member(False, False, ELECTION_DAY) == ()
    chosen = {"employer_post": "选举委员会委员", "relation": Relation.SPOUSE, "nominee": nominee(election)}
    assert codes(relation_findings(member(election, role=Role.MONITOR, **chosen))) == ["staff.barred"]
    assert relation_findings(member(election, role=Role.HOST, **chosen)) == []
    place(world, province="shandong")
    election.township.refresh_from_db()
    assert codes(relation_findings(member(election, role=Role.HOST, **chosen))) == ["staff.barred"]


def test_a_spouse_serves_in_another_district_than_the_candidates(world, election):
    """浙江四十: 不得担任本选区的选举工作人员. Where somebody works for the whole township, or nobody is named, it holds."""
    place(world, province="zhejiang")
    election.township.refresh_from_db()
    near = {"relation": Relation.SPOUSE, "nominee": nominee(election)}
    here, there = kept(world, election), kept(world, election, 2)
    for role in (Role.HOST, Role.GUIDE):
        assert relation_findings(member(election, role=role, place=there, **near)) == []
        for spot, who in ((here, near), (None, near), (there, near | {"nominee": None})):
            found = relation_findings(member(election, role=role, place=spot, **who))
            assert codes(found) == ["staff.barred"]
    assert codes(relation_findings(member(election, place=there, **near))) == ["staff.barred"]


def test_a_place_of_two_levels_is_of_the_district_of_each(world, election):
    place(world, province="zhejiang")
    election.township.refresh_from_db()
    county = beside(world, election)
    stands = nominee(election)
    with action(SET_UP, actor=None):
        stands.election, stands.district = Election.objects.get(term=county.term), county
        stands.save()
    near = {"role": Role.GUIDE, "relation": Relation.SPOUSE, "nominee": stands}
    both, unsaid = kept(world, election, county_district=county), kept(world, election, 2)
    for spot in (both, unsaid):
        assert codes(relation_findings(member(election, place=spot, **near))) == ["staff.barred"]
    with action(SET_UP, actor=None):
        next_to = District.objects.create(township=world.township, term=county.term, number=8, name="县八", seats=1)
    elsewhere = kept(world, election, name="西二投票站", county_district=next_to)
    assert relation_findings(member(election, place=elsewhere, **near)) == []


def test_a_candidate_who_no_longer_stands_bars_nobody(world, election):
    gone = nominee(election, left_on=date(2026, 12, 1), left_how="withdrew", left_paper="书面声明")
    assert recorded(world, election, relation=Relation.CHILD, nominee=gone).pk


def test_who_calls_the_ballots_out_is_advised_to_keep_away(world, election):
    (found,) = relation_findings(member(election, role=Role.CALLER, relation=Relation.SPOUSE))
    assert (found.code, found.blocking, found.force) == ("staff.caller", False, "机关内部惯例")


def test_what_has_happened_is_entered_as_it_was_and_shown_as_unlawful(world, election):
    with action(SET_UP, actor=None):
        election.campaign.election_day = date(2021, 11, 10)
        election.campaign.save()
    row = recorded(world, election, relation=Relation.SPOUSE)
    assert [(one.code, one.blocking) for one in staff_findings(row)] == [("staff.barred", True)]


def test_what_was_not_declared_a_namesake_and_who_sent_the_tellers_are_told(world, election):
    nominee(election, "曾选")
    row = recorded(world, election, "曾选", relation="", chosen=Chosen.SENT)
    assert codes(staff_findings(row)) == ["staff.undeclared", "staff.namesake", "staff.tellers"]
    assert not any(one.blocking for one in staff_findings(row))
    kept(world, election)
    told = [one.message for one in staff_told(election.campaign)]
    assert told == [
        "曾选：与第1选区（东山村）的代表候选人同名，请核对是不是本人",
        "有1人还没有声明与候选人的关系",
        "还没有主持人的投票站（选举大会）：第1投票站",
        "还没有监票人的投票站（选举大会）：第1投票站",
        "还没有计票人的投票站（选举大会）：第1投票站",
    ]


def test_a_relation_names_a_candidate_of_the_same_work_and_says_which_it_is(world, election):
    with pytest.raises(Refused, match="请选是什么关系"):
        recorded(world, election, role=Role.GUIDE, nominee=nominee(election))


def test_the_arrangement_and_the_cards_tell_who_does_what_where(world, browse, election):
    spot = kept(world, election, area="一组", voters=600)
    recorded(world, election, "程监", place=spot)
    recorded(world, election, "程持", Role.HOST, place=spot)
    recorded(world, election, "程发", Role.ISSUER, place=spot)
    recorded(world, election, "程总", Role.CHIEF_MONITOR)
    pdf = printed(ARRANGEMENT, election.campaign)
    text = text_of(pdf)
    for word in ("第1投票站，村委会", "发票员：程发", "全乡镇", "程总", "一组，600人", "2026年12月20日（星期日）"):
        assert word in text
    assert [row.title for row in check(pdf, "table") if not row.ok] == []
    cards = text_of(printed(CARDS, election.campaign))
    assert "岗位：主持人" in cards
    assert cards.count("工作证") == 4
    client = browse(world.clerk)
    for name in ("elections-arrangement", "elections-staff-cards"):
        answer = client.get(reverse(name, args=[world.township.code, election.campaign_id]))
        assert answer["Content-Type"] == "application/pdf"


def test_a_paper_of_nobody_says_why_there_is_none(world, browse, election):
    address = reverse("elections-staff-cards", args=[world.township.code, election.campaign_id])
    assert "还没有登记选举工作人员" in browse(world.clerk).get(address, follow=True).content.decode()


def test_a_card_holds_the_longest_names_there_are_and_one_too_full_is_refused_by_name(
    world, browse, election, monkeypatch
):
    spot = kept(world, election, name="东" * 60)
    recorded(world, election, "程" * 18, Role.SECRETARY, place=spot)
    assert "程" * 18 in text_of(printed(CARDS, election.campaign))
    recorded(world, election, "买买提" * 13, Role.SECRETARY, place=spot)
    assert "买买提" * 13 in text_of(printed(CARDS, election.campaign)), "in smaller letters"
    monkeypatch.setattr(cards, "SIZES", (1,))
    address = reverse("elections-staff-cards", args=[world.township.code, election.campaign_id])
    assert "工作证放不下" in browse(world.clerk).get(address, follow=True).content.decode()


# -- the numbers of the cards


def numbers(election) -> dict[str, int]:
    return dict(PollStaff.objects.filter(campaign=election.campaign).values_list("name", "card_no"))


def test_cards_are_numbered_within_their_campaign_in_the_order_of_recording(world, election):
    first, second = recorded(world, election, "程监"), recorded(world, election, "程计", Role.TELLER)
    assert (first.card_no, second.card_no) == (1, 2)
    other = campaign(world, later=2, name="补选")
    assert recorded(world, other, "程持", Role.HOST).card_no == 1
    assert second.card == "第2号"


def test_a_number_stays_when_it_is_printed_again_changed_or_somebody_else_is_taken_back(world, browse, election):
    people = [recorded(world, election, name) for name in ("程一", "程二", "程三")]
    before = text_of(printed(CARDS, election.campaign))
    assert [before.count(f"编号：第{number}号") for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert text_of(printed(CARDS, election.campaign)) == before
    STAFF.withdraw(world.clerk, people[0], "登错了", people[0].version)
    moved = STAFF.change(world.clerk, people[1], {"place": kept(world, election)}, people[1].version)
    assert moved.card_no == 2
    assert recorded(world, election, "程四").card_no == 4
    assert numbers(election) == {"程一": 1, "程二": 2, "程三": 3, "程四": 4}


def test_the_list_shows_and_finds_the_number_and_so_does_the_page(world, browse, election):
    for name in ("程一", "程二", "程三"):
        row = recorded(world, election, name)
    client, code = browse(world.clerk), world.township.code
    listed = reverse("elections-staff-list", args=[code, election.campaign_id])
    page = client.get(listed).content.decode()
    assert "工作证号" in page
    found = client.get(listed, {"q": "3"}).content.decode()
    assert "程三" in found
    assert "程一" not in found
    assert "第3号" in client.get(reverse("elections-staff", args=[code, row.pk])).content.decode()


def test_those_of_a_table_are_numbered_on_in_its_order_and_a_second_time_not_anew(world, election):
    recorded(world, election, "程零")
    kept(world, election)
    table = "投票站\t姓名\t岗位\n第1投票站\t程甲\t主持人\n第1投票站\t程乙\t监票人"
    for again in (False, True):
        kind = imports.kind_of("elections.staff")
        given = {
            "options": {"election": str(election.pk)},
            "text": table + ("\n第1投票站\t程丙\t计票人" if again else ""),
        }
        batch = imports.upload(world.clerk, world.township, kind, **given)
        imports.take(world.clerk, batch, only_good=True)
    assert numbers(election) == {"程零": 1, "程甲": 2, "程乙": 3, "程丙": 4}
