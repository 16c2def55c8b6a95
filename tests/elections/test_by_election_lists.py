"""The lists of a by-election, and those of the county's level."""

from congress import printing
from congress.guard.action import action
from deputies.models import District, Level, Mandate, Term
from elections.actions import ballots
from elections.actions import candidate_lists as acts
from elections.actions.consultations import CONSULTATIONS
from elections.documents.candidates import CONSULTATION, formal_notice
from elections.models import (
    Consultation,
    Vacancy,
    VoterGroup,
)
from elections.queries import candidate_lists as queries
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    FORMAL_ON,
    TALKED_ON,
    against,
    drawn,
    named,
    published,
    step,
)
from tests.elections.papers import place, said, text_of


def by_election(world, election, pack: str) -> None:
    """One seat of the first district fell vacant, in a province."""
    with action(SET_UP, actor=None):
        type(election).objects.filter(pk=election.pk).update(how=Mandate.How.BY_ELECTION)
        Vacancy.objects.create(township=world.township, election=election, district=districts(election)[0], seats=1)
    place(world, province=pack)
    election.refresh_from_db()


def test_a_by_election_fills_the_vacant_seats_alone_and_may_have_as_many_candidates_as_seats(world, election):
    """选举法五十七; 浙江 knows no first list for it, so that the formal one is drawn from who is named."""
    by_election(world, election, "zhejiang")
    named(election, "丁一")
    named(election, "张四", district=2)
    found = drawn(world, election, "formal")
    assert list(found) == [1]
    step(world, found[1], "lock")
    facts = queries.facts_of(election)[districts(election)[0].pk]
    assert (facts.seats, facts.asks_first, facts.short) == (1, False, False)
    assert facts.wanted == "不少于1名"
    assert "正式代表候选人应为不少于1名" in text_of(printing.printed(CONSULTATION, election))
    notice = said(formal_notice(election, FORMAL_ON)["parts"])
    assert "第三十二条、第五十七条" in notice
    assert "第三十一条" not in notice
    (printed,) = ballots.order(world.clerk, election, ordered_on=FORMAL_ON, spare=5, first_stub=1, colour="浅红")
    assert printed.copies == 9


def test_a_by_election_elsewhere_has_its_first_list(world, election):
    by_election(world, election, "beijing")
    named(election, "丁一", "于二")
    assert "formal.no_first" not in against(published(world, election, "first", FIRST_ON)[1])
    found = drawn(world, election, "formal")[1]
    assert against(found) == set()


def test_on_the_countys_level_the_groups_of_its_own_districts_are_asked(world, election):
    with action(SET_UP, actor=None):
        term = Term.objects.create(township=world.township, level=Level.COUNTY, number=9, seats=2)
        county = type(election).objects.create(
            township=world.township,
            campaign=election.campaign,
            term=term,
            begun_on=election.begun_on,
            election_day=election.election_day,
        )
        wide = District.objects.create(township=world.township, term=term, number=7, name="县七", seats=2)
        VoterGroup.objects.filter(district__term=election.term).update(county_district=wide)
    named(county, "丁一", "于二", "王三")
    published(world, county, "first", FIRST_ON)
    group = VoterGroup.objects.filter(county_district=wide).first()
    row = Consultation(
        township=world.township, election=county, group=group, held_on=TALKED_ON, expected=9, present=8, recorder="记"
    )
    CONSULTATIONS.record(world.clerk, row)
    facts = queries.facts_of(county)[wide.pk]
    assert (facts.groups, len(facts.consultations)) == (2, 1)
    found = drawn(world, county, "formal")[7]
    said = [one.code for one in acts.against_locking(found, acts.facts_of_list(found))]
    assert said == ["formal.groups_missing"]
