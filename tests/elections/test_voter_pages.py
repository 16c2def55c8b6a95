"""The pages of the registration of voters: what is typed comes back at its field, no number shows, one question each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent
from congress.web.forms import PlainForm
from deputies.models import District, Level, Term
from elections import actions
from elections.forms.voters import GroupChoice
from elections.models import Election, Registration, RollChange, Voter, VoterGroup
from tests.cast import SET_UP
from tests.elections.work import Work, registered, set_up
from tests.spreadsheets.books import id_number

MAN = id_number(1, "19750812")


@pytest.fixture
def work(world) -> Work:
    return set_up(world.township)


@pytest.fixture
def clerk(world, browse):
    return browse(world.clerk)


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def body(answer) -> str:
    return answer.content.decode()


def entered(work: Work, **values) -> dict:
    said = {
        "name": "陈立春",
        "gender": "male",
        "birth_date": "1975-08-12",
        "ethnicity": "汉族",
        "evidence": "hukou",
        "household": "local",
        "group": str(work.groups[0].pk),
        "ground": "moved_in",
        "way": "door",
        "registered_on": "2026-10-08",
    }
    return said | values


def kept(world, work: Work, **values) -> Voter:
    with world.in_township():
        return registered(world.clerk, work, **values)


def entry_of(world, voter: Voter, work: Work) -> Registration:
    with world.in_township():
        return Registration.objects.get(voter=voter, election=work.town_level)


def test_a_voter_is_registered_from_the_page_and_no_number_shows(world, work, clerk):
    page = at(world, "elections-voter-new", work.campaign.pk)
    answer = clerk.post(page, entered(work, id_number=MAN), follow=True)
    assert "陈立春" in body(answer)
    assert MAN not in body(answer)
    assert MAN[-4:] in body(answer)
    assert "在册" in body(answer)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(world, work, clerk):
    page = at(world, "elections-voter-new", work.campaign.pk)
    form = clerk.post(page, entered(work, birth_date="2009-01-02", village="东村")).context["form"]
    assert list(form.errors) == ["birth_date"]
    assert "2027年1月2日满" in str(form.errors["birth_date"])
    assert form["village"].value() == "东村"


def test_the_roll_is_found_by_name_pinyin_and_initials(world, work, clerk):
    for name in ("陈立春", "欧阳小满"):
        kept(world, work, name=name, village="东村")
    page = at(world, "elections-roll", work.town_level.pk)
    for words in ("欧阳", "ouyang", "oyxm", "欧阳小满 东村"):
        found = [row.voter.name for row in clerk.get(page, {"q": words}).context["page"]]
        assert found == ["欧阳小满"], words
    assert clerk.get(page, {"q": MAN}).status_code == 302


def test_a_roll_is_narrowed_by_the_districts_and_groups_of_its_own_election(world, work, clerk):
    """Districts of the other level and of terms before have the same numbers."""
    with scope.township(world.township), action(SET_UP, actor=None):
        former = Term.objects.create(township=world.township, level=Level.TOWNSHIP, number=16, seats=50)
        Election.objects.create(
            township=world.township, term=former, begun_on=date(2021, 9, 1), election_day=date(2021, 11, 25)
        )
        District.objects.create(township=world.township, term=former, number=1, name="东村", seats=2)
    offered = []
    for election in (work.town_level, work.county_level):
        page = clerk.get(at(world, "elections-roll", election.pk)).context
        filters = {one["param"]: one["choices"] for one in [*page["filters"], *page["folded_filters"]]}
        offered.append([[word for _, word in filters[name]] for name in ("district", "group")])
    assert offered[0] == [
        ["第1选区（东村）", "第2选区（西村）"],
        ["第1选区第1小组（东村一组）", "第2选区第1小组（西村一组）"],
    ]
    assert offered[1] == [
        ["第7选区（县七）"],
        ["第7选区第1小组（东村一组）", "第7选区第1小组（西村一组）"],
    ]


def test_the_roll_goes_from_door_to_door(world, work, clerk):
    for name, door in (("陈立春", "10"), ("欧阳小满", "9"), ("陈小满", ""), ("陈立夏", "2")):
        kept(world, work, name=name, household_no=door)
    page = at(world, "elections-roll", work.town_level.pk)
    for sort, doors in (("door", ["", "2", "9", "10"]), ("-door", ["10", "9", "2", ""])):
        assert [row.voter.household_no for row in clerk.get(page, {"sort": sort}).context["page"]] == doors


def test_a_number_is_looked_for_by_a_form_and_stands_in_no_address(world, work, clerk):
    found = kept(world, work, id_number=MAN, gender="", birth_date=None)
    page = at(world, "elections-voter-find")
    assert clerk.post(page, {"number": MAN}).headers["Location"] == at(world, "elections-voter", found.pk)


def test_who_is_not_here_is_asked_after_in_the_county_and_the_asking_is_kept(world, work, clerk):
    there = set_up(world.neighbour, "MARK")
    with scope.township(world.neighbour):
        registered(world.neighbour_clerk, there, id_number=MAN, gender="", birth_date=None)
    answer = clerk.post(at(world, "elections-voter-find"), {"number": MAN})
    assert "已在石桥乡第1选区" in body(answer)
    assert "陈立春" not in body(answer)
    with world.in_township():
        assert AuditEvent.objects.filter(verb="elections.ask_duplicates").count() == 1


def test_a_removal_without_paper_comes_back_with_the_article(world, work, clerk):
    voter = kept(world, work)
    page = at(world, "elections-entry-remove", entry_of(world, voter, work).pk)
    sent = {"kind": "suspended", "happened_on": "2026-11-01", "body": "police", "reason": "公安说的"}
    form = clerk.post(page, sent).context["form"]
    assert set(form.errors) == {"body", "paper"}
    assert "第四条" in str(form.errors["body"])
    assert form["reason"].value() == "公安说的"
    clerk.post(page, sent | {"body": "court", "paper": "决定书1号"})
    with world.in_township():
        assert RollChange.objects.filter(kind="suspended").count() == 2


def test_a_change_is_undone_from_the_voters_page(world, work, clerk):
    voter = kept(world, work)
    with world.in_township():
        basis = actions.Basis(paper="死亡证明")
        made = actions.change(world.clerk, entry_of(world, voter, work), "died", date(2026, 11, 1), basis)
    assert "死亡证明" in body(clerk.get(at(world, "elections-voter", voter.pk)))
    clerk.post(at(world, "elections-roll-change-undo", made[0].pk), {"reason": "认错了人"})
    with world.in_township():
        assert Registration.objects.get(pk=made[0].registration_id).on_roll


def test_a_household_is_confirmed_on_one_page(world, work, clerk):
    voter = kept(world, work, household_no="12", village="东村")
    other = kept(world, work, name="林夏", household_no="12", village="东村")
    page = at(world, "elections-household", voter.pk)
    assert "林夏" in body(clerk.get(page))
    sent = {"voters": [voter.pk, other.pk], "confirmed_on": "2026-10-20", "by": "family"}
    assert "已核对2人" in body(clerk.post(page, sent, follow=True))


def test_the_overview_tells_the_equation(world, work, clerk):
    kept(world, work, ground="moved_in")
    assert "结转0 + 迁入1 = 1" in body(clerk.get(at(world, "elections-voters")))


def test_without_an_election_work_the_overview_says_so(world, clerk):
    assert "还没有正在进行的选举工作" in body(clerk.get(at(world, "elections-voters")))


def test_pages_cost_the_same_with_more_rows(world, work, clerk):
    voter = kept(world, work, household_no="12")
    pages = [at(world, "elections-voters"), at(world, "elections-duplicates", work.campaign.pk)]
    pages += [at(world, "elections-voter", voter.pk), at(world, "elections-household", voter.pk)]
    cost = []
    for turn in range(2):
        for page in pages:
            clerk.get(page)
        with CaptureQueriesContext(connection) as captured:
            cost.append([(clerk.get(page).status_code, len(captured)) for page in pages])
        with world.in_township():
            for name in ("林夏", "林秋"):
                registered(world.clerk, work, f"{name}{'甲乙'[turn]}", household_no="12")
    assert cost[0] == cost[1]


@pytest.mark.parametrize("who", ["deputy_user", "handler", "county_viewer"])
def test_nobody_but_the_office_sees_the_roll(world, work, browse, who):
    voter = kept(world, work)
    client = browse(getattr(world, who))
    assert client.get(at(world, "elections-voter", voter.pk)).status_code == 403
    assert client.get(at(world, "elections-exclusions")).status_code == 403


def test_whoever_enters_from_paper_goes_on_with_the_key_of_the_line(world, clerk, work):
    """As in the roster's form: the key of a new line leads to the next field, and does not send what is half entered."""
    for page in (at(world, "elections-voter-new", work.campaign.pk), at(world, "deputies-new")):
        assert "data-enter-next" in body(clerk.get(page)), page


def test_neighbours_of_one_number_in_two_villages_are_no_household(world, work, clerk):
    """Rolls number the doors of each village anew, and seldom name the village in a column."""
    voter = kept(world, work, household_no="1")
    kept(world, work, name="林夏", household_no="1", birth_date=date(2001, 3, 4))
    kept(world, work, name="吴秋", household_no="1", birth_date=date(2002, 3, 4), group=1)
    page = body(clerk.get(at(world, "elections-household", voter.pk)))
    assert "林夏" in page
    assert "吴秋" not in page


def test_the_overview_leads_to_every_table_that_is_brought_in(world, work, clerk):
    page = body(clerk.get(at(world, "elections-voters")))
    for kind in ("elections.roll", "elections.police", "elections.deaths", "elections.judgments"):
        address = at(world, "import-new", kind)
        assert f"{address}?election={work.town_level.pk}" in page
    form = clerk.get(address, {"election": work.county_level.pk}).context["form"]
    assert form["election"].value() == str(work.county_level.pk)


def test_a_voter_page_leads_back_to_the_roll(world, work, clerk):
    page = body(clerk.get(at(world, "elections-voter", kept(world, work).pk)))
    assert at(world, "elections-roll", work.town_level.pk) in page


def test_every_chooser_of_a_group_names_its_district():
    """Each district has a 第1小组: a number alone names none of them."""
    assert get_resolver().url_patterns  # all forms are read by now
    named = {cls.__name__ for cls in _forms() for field in cls.base_fields.values() if _chooses_group(field)}
    assert named >= {"VoterForm", "MoveForm", "AcceptTransferForm", "AcceptRequestForm", "WhoseFormsForm"}
    blind = [
        f"{cls.__name__}.{name}"
        for cls in _forms()
        for name, field in cls.base_fields.items()
        if _chooses_group(field) and not isinstance(field, GroupChoice)
    ]
    assert blind == []


def _chooses_group(field) -> bool:
    return getattr(getattr(field, "queryset", None), "model", None) is VoterGroup


def _forms(base=PlainForm) -> set[type]:
    return {base} | {each for cls in base.__subclasses__() for each in _forms(cls)}


@pytest.mark.parametrize(("province", "told"), [("shanghai", True), ("zhejiang", False)])
def test_a_suspension_says_by_when_its_decision_must_have_come(world, work, clerk, province, told):
    """上海二十三: five days before election day (16 December); other texts held set no day."""
    with action(SET_UP, actor=None):
        work.township.county.province = province
        work.township.county.save()
    voter, basis = kept(world, work), actions.Basis(paper="决定书3号", body="procuratorate")
    with scope.township(world.township):
        made = actions.exclude(world.clerk, voter, work.campaign, RollChange.Kind.SUSPENDED, date(2026, 12, 1), basis)
    page = body(clerk.get(at(world, "elections-exclusion", made.pk)))
    assert ("最迟2026年12月11日，按满整日计算2026年12月10日" in page) is told
