"""The pages on which papers of an election are filled in, looked at, issued and found."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.documents import kit
from congress.guard.action import Refused
from congress.models import Document, Job
from congress.web.proof import ASKED, PROVED
from congress.wording import chinese_date
from elections.documents import ballots, boxes, candidates, proxies, rounds, staff
from elections.documents.issue import PAPERS, issue
from elections.forms.papers import RegistrationNoticeForm
from elections.models import VoterCard
from tests.elections.papers import frozen, place, text_of
from tests.elections.test_lists import PUBLISHED


def fill(**values):
    given = {
        "issued_on": "2026-10-15",
        "since": "2026-10-20",
        "until": "2026-11-20",
        "stations": "东山村，村委会一楼，8时至17时",
        "phone": "0571-88880000",
        "more": "",
    }
    return given | values


@pytest.mark.parametrize(
    ("more", "said_there"),
    [
        ("1月25日（周五）前交回登记表", "2026年1月25日是星期日"),
        ("对名单可以依照选举法第二十八条（申诉）提出", "应为第二十九条"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field_and_nothing_is_lost(world, election, browse, more, said_there):
    url = reverse("elections-paper-registration", args=[world.township.code, election.pk])
    answer = browse(world.clerk).post(url, fill(more=more))
    assert said_there in str(answer.context["form"].errors["more"])
    assert answer.context["form"]["more"].value() == more
    assert Document.objects.count() == 0


def test_registration_ends_before_the_election(world, election, browse):
    url = reverse("elections-paper-registration", args=[world.township.code, election.pk])
    day = election.election_day
    answer = browse(world.clerk).post(url, fill(until=day.isoformat()))
    said = f"选民登记应在选举日（{chinese_date(day)}）以前结束，请核对登记结束的日期。"
    assert answer.context["form"].errors["until"] == [said]
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "line",
    [
        "东山村，村委会一楼，8时至17时，0571-88880001",
        "东山村：村委会一楼，8时至17时，0571-88880001",
        "东山村,村委会一楼,8时至17时，0571-88880001",
        "东山村\t村委会一楼\t8时至17时，0571-88880001",
    ],
)
def test_a_place_of_registration_is_told_in_its_columns(world, election, line):
    form = RegistrationNoticeForm(
        fill(stations=f"{line}\r\n\r\n西山村，学校：二楼"), township=world.township, numbered=True
    )
    assert form.is_valid(), form.errors
    assert form.entered["plan"].stations == (
        ("东山村", "村委会一楼", "8时至17时，0571-88880001"),
        ("西山村", "学校：二楼", ""),
    )


def test_the_page_of_papers_asks_as_much_for_one_paper_as_for_three(world, election, browse, monkeypatch):
    monkeypatch.setattr(kit, "_compose", lambda *arguments: b"%PDF")
    url, clerk = reverse("elections-papers", args=[world.township.code, election.pk]), browse(world.clerk)

    def asked() -> int:
        issue(world.chair, PAPERS["districts"], world.township, election, issued_on=PUBLISHED, again=True)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(url).status_code == 200
        return len(queries)

    asked()  # what is asked once a process
    first = asked()
    asked()
    assert asked() == first


@pytest.mark.parametrize("paper", ["committee", "districts", "registration"])
def test_a_form_shows_the_fields_that_concern_it_and_no_others(world, election, browse, settings, paper):
    settings.CRISPY_FAIL_SILENTLY = False
    url = reverse(f"elections-paper-{paper}", args=[world.township.code, election.pk])
    assert "second_language" not in browse(world.clerk).get(url).content.decode()
    place(world, name="清江苗族自治县")
    assert "second_language" in browse(world.clerk).get(url).content.decode()


def test_the_clerk_looks_at_a_draft_issues_and_finds_it_among_the_papers(world, election, browse):
    clerk, code = browse(world.clerk), world.township.code
    url = reverse("elections-paper-registration", args=[code, election.pk])
    asked = clerk.get(url).content.decode()
    assert re.search(r'<button[^>]* name="look"[^>]*>先看草稿</button>', asked)
    assert "草稿每页标“草稿”，什么都不保存。" in asked
    draft = clerk.post(url, fill(look="1"))
    assert draft["Content-Type"] == "application/pdf"
    assert draft.cookies["file_came"].value
    assert Document.objects.count() == 0
    issued = clerk.post(url, fill(), follow=True)
    assert "公告第1号" in issued.content.decode()
    listed = clerk.get(reverse("elections-papers", args=[code, election.pk])).content.decode()
    assert "选举日和选民登记公告" in listed
    assert "公告第1号" in listed
    again = clerk.post(url, fill())
    assert "已印发过" in str(again.context["form"].errors["again"])
    assert browse(world.deputy_user).get(url).status_code == 403


def test_a_draft_asks_for_no_password_and_what_is_issued_does(world, election, browse):
    clerk = browse(world.clerk)
    session = clerk.session
    session[PROVED] = 0
    session.save()
    url = reverse("elections-paper-registration", args=[world.township.code, election.pk])
    assert clerk.post(url, fill(look="1"))["Content-Type"] == "application/pdf"
    assert ASKED in clerk.post(url, fill()).content.decode()
    assert Document.objects.count() == 0


@pytest.mark.parametrize(("paper", "there", "not_there"), [("roll", "丁一", "张四"), ("cards", "丁一", "张四")])
def test_a_paper_of_many_pages_is_looked_at_by_its_first_district_and_nothing_is_kept(
    world, election, browse, paper, there, not_there
):
    found = frozen(world, election)
    address = reverse(f"elections-paper-{paper}", args=[world.township.code, found.pk])
    answer = browse(world.chair).post(address, {"issued_on": PUBLISHED, "look": "1"})
    assert answer["Content-Type"] == "application/pdf"
    words = text_of(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    assert there in words
    assert not_there not in words
    assert not Job.objects.exists()
    assert not Document.objects.exists()
    assert not VoterCard.objects.exists()


def test_a_draft_that_is_refused_says_why_at_its_field(world, election, browse):
    """What was read halfway when it was refused breaks off nothing: the page is there."""
    found = frozen(world, election)
    address = reverse("elections-paper-roll", args=[world.township.code, found.pk])
    answer = browse(world.chair).post(address, {"issued_on": "2027-12-01", "look": "1", "key": str(uuid.uuid4())})
    assert answer.status_code == 200
    assert "选民名单应在选举日以前公布" in str(answer.context["form"].errors["issued_on"])
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("gather", "says"),
    [
        (lambda election: boxes.checklist(election.campaign), "还没有登记投票站。"),
        (lambda election: staff.arrangement(election.campaign), "还没有登记投票站和工作人员。"),
        (lambda election: proxies.register_of(election.campaign), "还没有登记委托投票。"),
        (ballots.print_order, "还没有付印的选票。"),
        (lambda election: candidates.formal_notice(election, PUBLISHED), "还没有定稿的名单，不能印发公告。"),
        (lambda election: rounds.elected_notice(election, PUBLISHED), "还没有宣布任何选区的结果。"),
    ],
    ids="checklist staff proxies ballots candidates elected".split(),
)
def test_a_paper_of_which_there_is_nothing_to_tell_yet_is_refused_in_words(election, gather, says):
    with pytest.raises(Refused) as refused:
        gather(election)
    assert [one.message for one in refused.value.findings] == [says]
