"""Papers of a whole campaign: a small one at once, a large one by a job; sealed, for whoever asked, fetched once noted, cleared."""

import copy
import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from congress import clock, printing, sealed
from congress.documents.inspection import check
from congress.documents.joined import pages_in
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Job, Membership, Message, PrintedPaper
from congress.people.erase import erase
from congress.printing import PAPERS
from congress.work import jobs
from elections.documents import boxes, mobile, registration, staff
from elections.models import Campaign, PollingPlace, PollStaff, Voter
from tests.cast import SET_UP
from tests.elections import standing
from tests.elections.campaigns import districts, voters
from tests.elections.large import ROLES, name_of, township
from tests.elections.papers import text_of

SIX = 6


six_districts = standing.six_districts


@pytest.fixture
def large(election, six_districts):
    """Six districts with three places each: a hundred and eight who work there."""
    return copy.deepcopy(six_districts)


@pytest.fixture
def clerk(world, browse):
    return browse(world.clerk)


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def worked(world) -> Job:
    """The newest job, run as the worker runs it."""
    job = Job.objects.order_by("created_at").last()
    jobs.run(job.pk, world.township)
    return Job.objects.get(pk=job.pk)


def asked(world, clerk, campaign, name: str = "elections-staff-cards") -> Job:
    """A large paper asked for on its page, and made."""
    address = at(world, name, campaign.pk)
    form = clerk.get(address).context["form"]
    answer = clerk.post(address, {"key": str(form["key"].value())})
    job = worked(world)
    assert answer.url == at(world, "job", job.pk)
    return job


def test_a_paper_of_few_pages_is_given_at_once(world, clerk, election):
    township(world, districts=2, places=2)
    campaign = Campaign.objects.order_by("created_at").last()
    answer = clerk.get(at(world, "elections-staff-cards", campaign.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert not Job.objects.exists()
    assert not PrintedPaper.objects.exists()


def test_twelve_pages_are_waited_for_and_thirteen_are_not(large):
    told = [
        printing.at_once(replace(staff.CARDS, pages=lambda context, pages=pages: pages), large.campaign, {})[1]
        is not None
        for pages in (12, 13)
    ]
    assert told == [True, False]


def test_the_rule_is_the_same_for_all_and_counts_pages(large):
    """What is told of the pages before they are set is about what comes of it."""
    campaign = Campaign.objects.select_related("township__county").get(pk=large.campaign_id)
    for paper in (staff.CARDS, staff.ARRANGEMENT, boxes.CHECKLIST, boxes.HANDOVER):
        context = paper.gather(campaign, {})
        made = pages_in(printing.printed(paper, campaign))
        assert abs(paper.pages(context) - made) <= 1 + made // 3, paper.words
        pages, pdf = printing.at_once(paper, campaign, {})
        assert (pdf is None) == (pages > printing.AT_ONCE)


def test_a_large_paper_says_how_large_it_is_and_is_made_by_a_job(world, clerk, large):
    address = at(world, "elections-staff-cards", large.campaign_id)
    page = clerk.get(address).content.decode()
    assert "约14页" in page
    assert "只有您能下载" in page
    job = asked(world, clerk, large.campaign)
    assert (job.state, job.note) == ("done", "选举工作证已排好，共14页")
    assert job.result_url == at(world, "printed-paper", job.pk)
    assert (job.done, job.total) == (14, 14)
    assert Message.objects.filter(recipient=world.clerk, url=job.result_url).count() == 1
    assert "14页" in clerk.get(job.result_url).content.decode()
    file = clerk.get(at(world, "printed-paper-file", job.pk))
    assert file["Content-Type"] == "application/pdf"
    assert text_of(file.content).count("佩戴上岗") == SIX * 3 * len(ROLES)


def test_what_lies_is_sealed_and_nothing_of_it_stands_in_job_trail_or_message(world, clerk, large):
    job = asked(world, clerk, large.campaign)
    held = PrintedPaper.objects.get(pk=job.pk)
    assert b"%PDF" not in bytes(held.content)
    someone = PollStaff.objects.kept().filter(campaign=large.campaign).first()
    told = f"{Job.objects.values()}{AuditEvent.objects.values()}{Message.objects.values()}{held.title}"
    assert someone.name not in told


def test_every_fetching_is_noted_and_the_paper_can_be_cleared(world, clerk, large):
    job = asked(world, clerk, large.campaign)
    for _ in range(2):  # a printer that jams is no reason to make it again
        assert clerk.get(at(world, "printed-paper-file", job.pk)).status_code == 200
    noted = AuditEvent.objects.filter(verb="documents.fetch_paper", subject_id=str(job.pk))
    assert noted.count() == 2
    assert "下载过" in clerk.get(job.result_url).content.decode()
    assert clerk.post(job.result_url).status_code == 302
    assert PrintedPaper.objects.get(pk=job.pk).content is None
    assert "印件已经清除" in clerk.get(job.result_url).content.decode()
    assert clerk.get(at(world, "printed-paper-file", job.pk)).status_code == 409


def test_nobody_but_whoever_asked_fetches_it(world, browse, clerk, large):
    job = asked(world, clerk, large.campaign)
    for who in ("chair", "deputy_user", "system"):
        for name in ("printed-paper", "printed-paper-file"):
            assert browse(getattr(world, who)).get(at(world, name, job.pk)).status_code in (403, 404), (who, name)
    with pytest.raises(Refused, match="这份印件已经清除"):
        PAPERS.fetch(world.chair, PrintedPaper.objects.get(pk=job.pk))


def test_others_who_see_the_job_are_told_whose_the_paper_is(world, browse, clerk, large):
    job = asked(world, clerk, large.campaign)
    page = browse(world.chair).get(at(world, "job", job.pk)).content.decode()
    assert f"只有{world.clerk.display_name}能下载" in page
    assert job.result_url not in page
    assert job.result_url in browse(world.clerk).get(at(world, "job", job.pk)).content.decode()


def test_who_lost_the_right_to_print_it_fetches_it_no_more(world, browse, clerk, large):
    job = asked(world, clerk, large.campaign)
    with action(SET_UP, actor=None):
        Membership.objects.filter(user=world.clerk).update(role="deputy")
    assert browse(world.clerk).get(at(world, "printed-paper-file", job.pk)).status_code in (403, 404)


def test_it_goes_after_three_days_and_is_not_served_a_moment_longer(world, clerk, large):
    job = asked(world, clerk, large.campaign)
    over = PrintedPaper.objects.get(pk=job.pk).expires_at
    with clock.frozen(over - timedelta(seconds=1)):
        assert sealed.purge() == 0
        assert clerk.get(at(world, "printed-paper-file", job.pk)).status_code == 200
    with clock.frozen(over):
        assert clerk.get(at(world, "printed-paper-file", job.pk)).status_code == 409
        assert sealed.purge() == 1
    assert PrintedPaper.objects.get(pk=job.pk).content is None


def test_a_paper_that_names_somebody_who_is_erased_goes_with_the_person(world, clerk, large):
    job = asked(world, clerk, large.campaign)
    with action(SET_UP, actor=None):
        large.campaign.closed_on = large.campaign.election_day
        large.campaign.save()
    someone = PollStaff.objects.kept().filter(campaign=large.campaign).select_related("campaign", "data_key").first()
    erase(someone, actor=world.chair, reason="选举工作结束已满五年")
    assert PrintedPaper.objects.get(pk=job.pk).content is None


def test_the_same_form_sent_twice_makes_one_and_a_second_page_says_it_is_being_made(world, clerk, large):
    address = at(world, "elections-staff-cards", large.campaign_id)
    form = {"key": str(clerk.get(address).context["form"]["key"].value())}
    first, second = clerk.post(address, form), clerk.post(address, form)
    assert first.url == second.url
    assert Job.objects.count() == 1
    page = clerk.get(address)
    assert "正在排版" in page.content.decode()
    again = clerk.post(address, {"key": str(page.context["form"]["key"].value())})
    assert "这份正在排版" in str(again.context["form"].errors)
    worked(world)
    assert "可以下载的印件" in clerk.get(address).content.decode()


@pytest.mark.parametrize("key", ["", "none", "0f0e0d0c-0b0a-4909-8807-060504030201"])
def test_a_form_with_a_wrong_key_or_none_is_answered(world, clerk, large, key):
    answer = clerk.post(at(world, "elections-staff-cards", large.campaign_id), {"key": key})
    assert answer.status_code == (200 if key == "none" else 302)
    assert Job.objects.count() == (0 if key == "none" else 1)


def test_what_was_withdrawn_or_emptied_meanwhile_is_told_by_the_job(world, clerk, large):
    campaign = large.campaign
    job = printing.start(world.clerk, staff.CARDS, world.township, campaign, {})
    with action(SET_UP, actor=None):
        PollStaff.objects.filter(campaign=campaign).update(withdrawn_at=clock.now())
    assert (worked(world).state, worked(world).note) == ("failed", "还没有登记选举工作人员。")
    job = printing.start(world.clerk, boxes.CHECKLIST, world.township, campaign, {})
    with action(SET_UP, actor=None):
        Campaign.objects.filter(pk=campaign.pk).update(withdrawn_at=clock.now())
    jobs.run(job.pk, world.township)
    assert Job.objects.get(pk=job.pk).note == "所印的记录已经撤回，没有印制"
    assert not PrintedPaper.objects.exists()


def test_a_character_no_font_draws_is_named_by_the_job(world, clerk, large):
    with action(SET_UP, actor=None):
        PollingPlace.objects.filter(campaign=large.campaign).update(spot="\U0003134a村村委会")
    job = asked(world, clerk, large.campaign, "elections-room-checklist")
    assert job.state == "failed"
    assert "\U0003134a" in job.note
    assert not PrintedPaper.objects.exists()


def test_a_job_that_is_cancelled_leaves_nothing(world, clerk, large):
    job = printing.start(world.clerk, staff.CARDS, world.township, large.campaign, {})
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    jobs.run(job.pk, world.township)
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert not PrintedPaper.objects.exists()


def test_tables_in_pieces_are_numbered_on_and_hold_what_the_standard_asks(world, large, monkeypatch):
    campaign = Campaign.objects.select_related("township__county").get(pk=large.campaign_id)
    whole = printing.printed(boxes.CHECKLIST, campaign)
    monkeypatch.setattr("congress.documents.render.A_PIECE", 4)
    pieces = printing.printed(boxes.CHECKLIST, campaign)
    assert pages_in(whole) == pages_in(pieces) == SIX * 3
    assert text_of(whole) == text_of(pieces)
    assert [row.title for row in check(pieces, "table") if not row.ok] == []
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        fonts = {font.objgen for page in pdf.pages for font in page.Resources.Font.values()}
    assert len(fonts) <= 6  # one set for all the sheets, not one a sheet


def test_empty_forms_of_all_districts_are_made_by_a_job_and_of_one_at_once(world, clerk, large, monkeypatch):
    monkeypatch.setattr(printing, "AT_ONCE", 3)
    address = at(world, "elections-nomination-forms", large.pk)
    form = clerk.post(address, {"kind": "nobody"}).context["form"]
    assert form.errors["kind"]
    one = clerk.post(address, {"kind": "voters", "district": districts(large)[0].pk})
    assert one["Content-Type"] == "application/pdf"
    every = clerk.post(address, {"kind": "voters", "district": ""})
    job = worked(world)
    assert every.url == at(world, "job", job.pk)
    assert (job.state, job.title) == ("done", "印制代表候选人推荐表（选民联名推荐）"), job.note
    assert text_of(clerk.get(at(world, "printed-paper-file", job.pk)).content).count("推荐人签名") == SIX * 2


@pytest.mark.parametrize("sheet", ["ballots", "sample", "order", "consultation", "preliminary"])
def test_a_sheet_of_which_there_is_nothing_yet_says_so_on_the_board(world, clerk, large, sheet):
    address = reverse("elections-candidate-sheet", args=[world.township.code, large.pk, sheet])
    answer = clerk.get(address, follow=True)
    assert answer.redirect_chain[-1][0] == at(world, "elections-candidate-board", large.pk)
    assert any(word in answer.content.decode() for word in ("还没有付印", "还没有公布", "没有登记预选"))


# -- the registration forms of a district


def test_the_forms_of_a_whole_district_are_made_by_a_job_and_lie_sealed(world, clerk, election):
    voters(election, *(name_of(one) for one in range(30)))
    district = districts(election)[0]
    address = at(world, "elections-registration-forms", election.pk)
    key = str(clerk.get(address).context["form"]["key"].value())
    answer = clerk.post(address, {"key": key, "district": str(district.pk)})
    job = worked(world)
    assert answer.url == at(world, "job", job.pk)
    assert (job.state, job.title) == ("done", f"印制选民登记表（{district}）")
    assert set(job.arguments["options"]) == {"district", "site"}
    held = PrintedPaper.objects.get(pk=job.pk)
    assert (held.pages, b"%PDF" in bytes(held.content)) == (17, False)
    file = clerk.get(at(world, "printed-paper-file", job.pk)).content
    words = text_of(file)
    assert words.count("选民登记表") == 34
    assert words.count("1980年3月4日") == 34
    assert "张四" not in words  # of the other district
    assert f"选民登记表（{district}）" in clerk.get(address).content.decode()


def test_forms_in_pieces_are_the_same_forms(world, election, monkeypatch):
    voters(election, *(name_of(one) for one in range(9)))
    options = {"district": str(districts(election)[0].pk), "site": "https://x.example/"}
    whole = printing.printed(registration.FORMS, election, options)
    monkeypatch.setattr(registration, "PIECE", 4)
    pieces = printing.printed(registration.FORMS, election, options)
    assert text_of(whole) == text_of(pieces)
    assert pages_in(pieces) == pages_in(whole) == 7


def test_a_form_holds_the_longest_words_there_are(world, election):
    """One voter of a district with a long employer must not keep the forms of all the others from being made."""
    row = election.registrations.filter(district__number=1).select_related("voter", "district", "group").first()
    longest = {"name": "买" * 40, "employer": "单" * 100, "village": "村" * 60}
    with action(SET_UP, actor=None):
        Voter.objects.filter(pk=row.voter_id).update(**longest)
        type(row.district).objects.filter(pk=row.district_id).update(name="区" * 60)
        type(row.group).objects.filter(pk=row.group_id).update(name="组" * 60)
    options = {"district": str(row.district_id), "site": "https://x.example/"}
    pdf = printing.printed(registration.FORMS, election, options)
    assert pages_in(pdf) == 2
    words = text_of(pdf)
    assert words.count("单") >= 100
    assert words.count("组" * 10) >= 1
    assert words.count("选民登记表") == 4


@pytest.mark.parametrize(("both", "said"), [(True, "小组和选区只选一项"), (False, "请选一个选民小组，或者选一个选区")])
def test_a_group_or_a_district_is_said_and_nothing_typed_is_lost(world, clerk, election, both, said):
    district = districts(election)[0]
    sent = {"group": district.voter_groups.get().pk, "district": district.pk} if both else {"group": ""}
    form = clerk.post(at(world, "elections-registration-forms", election.pk), sent).context["form"]
    assert said in str(form.errors["group"])
    assert form["district"].value() == (str(district.pk) if both else None)


def test_a_district_of_nobody_or_of_another_election_is_refused_at_its_field(world, clerk, election):
    address = at(world, "elections-registration-forms", election.pk)
    other = township(world, districts=3)
    empty, foreign = districts(election)[1], districts(other)[2]
    with action(SET_UP, actor=None):
        election.registrations.filter(district=empty).update(on_roll=False)
    for district, said in ((empty, "还没有登记选民"), (foreign, "")):
        form = clerk.post(address, {"district": district.pk}).context["form"]
        assert said in str(form.errors["district"])
    assert not Job.objects.exists()


def test_the_registers_of_mobile_boxes_and_the_list_stay_whole(world, election):
    """More pages than are typeset at once: none is lost between two pieces."""
    found = township(world, districts=4, voters_each=20)
    campaign = Campaign.objects.select_related("township__county").get(pk=found.campaign_id)
    words = text_of(printing.printed(mobile.REGISTERS, campaign))
    assert words.count("签名（盖章）") >= 4
    assert all(name_of(number * 20) in words for number in range(1, 5))


def test_a_paper_with_a_long_name_is_made_under_what_there_is_room_for(world, election):
    paper = replace(staff.ARRANGEMENT, title="长" * 120)
    assert paper.name(election.campaign, {}) == "长" * 100
    job = printing.start(world.clerk, paper, world.township, election.campaign, {})
    assert job.title == f"{paper.form.make}{'长' * 100}"[:100]
    assert len(job.title) == Job._meta.get_field("title").max_length == 100
