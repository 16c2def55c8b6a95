"""Papers of an election on file: what is lacking, sealed and destroyed before two, an inventory with the hashes of stored files."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress import clock, files
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import Attachment, AuditEvent, Document, SignedCopy
from congress.printing import printed
from deputies.models import Level
from elections.actions import archive as acts
from elections.documents.archive import INVENTORY, inventory
from elections.life import ARCHIVE
from elections.models import ArchiveItem, Campaign, CredentialsReview
from elections.queries.archive import files_of, lacking, session_closed, stage_of
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, districts
from tests.elections.rounds import balanced, begun, take

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 10)
TWO = {"witnesses": "程甲、程乙"}


@pytest.fixture
def election(peopled_election):
    """Two districts with a few voters; the township's scope is open."""
    return peopled_election


def item(world, election, kind: str = "ballots", number: str = "票-01", **values) -> ArchiveItem:
    """Something on file."""
    given = {"title": "第一次投票的选票", "amount": 20, "filed_on": ON, "keeper": "云溪镇人大主席团"}
    if kind == "ballots":
        given["district"] = districts(election)[0]
    row = ArchiveItem(township=world.township, election=election, kind=kind, number=number, **given | values)
    return acts.ITEMS.record(world.clerk, row)


def words(found) -> list[str]:
    return [one.message for one in found]


def test_once_a_district_was_counted_what_is_lacking_is_told_by_kind_and_district(world, election):
    assert lacking(election) == []
    row = begun(world, election)
    balanced(world, row)
    take(world.clerk, row, "count")
    told = words(lacking(election))
    assert "选票（含废票、存档空白票）还没有归档：第1选区" in told
    assert "选民名单和补正还没有归档" in told
    assert not any("印章" in one for one in told)
    item(world, election)
    item(world, election, "voter_list", "名-01", title="选民名单")
    told = words(lacking(election))
    assert not any("选票" in one or "选民名单" in one for one in told)


def test_to_whom_the_papers_go_is_said_where_a_provincial_rule_says_it(world, election):
    world.township.county.province = "zhejiang"
    election.township = world.township
    assert "乡级人大主席团" in words(lacking(election))[-1]
    assert lacking(election)[-1].citation.article == 14


def test_what_each_district_has_apart_names_its_district_and_none_of_another_term(world, election):
    with pytest.raises(Refused, match="按选区归档，请选择选区"):
        item(world, election, district=None)
    other = campaign(world, level=Level.COUNTY, name="县级选举")
    with pytest.raises(Refused, match="不是这一级选举的"):
        item(world, election, district=districts(other)[0])


def test_it_is_sealed_and_opened_before_two_and_what_is_sealed_is_not_changed(world, election):
    row = item(world, election)
    with pytest.raises(Refused, match="监督的两人姓名"):
        ARCHIVE.take("seal", world.clerk, row, on=ON, seals="0012", witnesses="程甲、程甲")
    with pytest.raises(Refused, match="不能早于归档日期"):
        ARCHIVE.take("seal", world.clerk, row, on=ON - timedelta(days=1), seals="0012", **TWO)
    ARCHIVE.take("seal", world.clerk, row, on=ON, seals="0012", **TWO)
    row = ARCHIVE.find(row.pk)
    assert (stage_of(row).label, row.sealed_by) == ("已封存", "程甲、程乙")
    with pytest.raises(Refused, match="已经封存，先启封再改。"):
        acts.ITEMS.change(world.clerk, row, {"amount": 19}, row.version)
    with pytest.raises(Refused, match="已经封存或者销毁的不能撤回。"):
        acts.ITEMS.withdraw(world.clerk, row, "误录", row.version)
    ARCHIVE.take("unseal", world.clerk, row, on=ON, reason="抽查复核", **TWO)
    row = ARCHIVE.find(row.pk)
    assert (row.seals, row.opened_by, row.opened_why) == ("", "程甲、程乙", "抽查复核")
    event = AuditEvent.objects.get(verb="elections.unseal_archive")
    assert event.detail == {"封签号": "0012", "原因": "抽查复核"}
    acts.ITEMS.change(world.clerk, row, {"amount": 19}, row.version)


def test_ballots_are_destroyed_a_month_after_the_first_session_before_two(world, election):
    row = item(world, election)
    with pytest.raises(Refused, match="选举工作还没有结束"):
        ARCHIVE.take("destroy", world.clerk, row, on=ON, paper="决定第1号", **TWO)
    with action(SET_UP, actor=None):
        Campaign.objects.filter(pk=election.campaign_id).update(closed_on=ON)
    with pytest.raises(Refused, match="第一次会议还没有闭会"):
        ARCHIVE.take("destroy", world.clerk, row, on=ON, paper="决定第1号", **TWO)
    with action(SET_UP, actor=None):
        Session.objects.create(
            township=world.township,
            term=election.term,
            number=1,
            opened_on=date(2027, 2, 10),
            closed_on=date(2027, 2, 11),
        )
    assert session_closed(election) == date(2027, 2, 11)
    later = date(2027, 3, 11)
    with clock.frozen(later - timedelta(days=1)), pytest.raises(Refused, match="2027年3月11日"):
        ARCHIVE.take("destroy", world.clerk, row, on=later, paper="决定第1号", **TWO)
    with clock.frozen(later):
        ARCHIVE.take("destroy", world.clerk, row, on=later, paper="决定第1号", **TWO)
    row = ARCHIVE.find(row.pk)
    assert (stage_of(row).label, row.destroyed_by, row.withdrawn_at) == ("已销毁", "程甲、程乙", None)
    with pytest.raises(Refused, match="已经销毁，记录不能再改。"):
        acts.ITEMS.change(world.clerk, row, {"amount": 19}, row.version)
    with pytest.raises(Refused, match="已经封存或者销毁的不能撤回。"):
        acts.ITEMS.withdraw(world.clerk, row, "误录", row.version)
    listed = item(world, election, "report", "报-01", title="报告单", district=districts(election)[0])
    with clock.frozen(date(2050, 1, 1)), pytest.raises(Refused, match="长期保存，不销毁"):
        ARCHIVE.take("destroy", world.clerk, listed, on=date(2050, 1, 1), paper="决定第2号", **TWO)


def test_of_the_county_nothing_is_known_of_its_session(world):
    with scope.township(world.township):
        assert session_closed(campaign(world, level=Level.COUNTY, name="县级选举")) is None


def test_the_inventory_names_bags_and_the_hash_of_every_stored_file(world, election):
    with pytest.raises(Refused, match="还没有登记归档文件"):
        inventory(election)
    row = item(world, election)
    ARCHIVE.take("seal", world.clerk, row, on=ON, seals="0012", **TWO)
    with action(SET_UP, actor=None):
        kept = [
            files.store(world.township, name.encode(), name=f"{name}.pdf", content_type="application/pdf")
            for name in ("公告", "签章", "照片", "名单")
        ]
        issued = Document.objects.create(
            township=world.township,
            kind="elections.elected",
            title="代表选举结果公告",
            issuer="election",
            series="",
            year=2026,
            serial=1,
            context={},
            file=kept[0],
            subject_type="elections.election",
            subject_id=election.pk,
            issued_on=ON,
        )
        review = CredentialsReview.objects.create(township=world.township, election=election, number=1, opened_on=ON)
        Document.objects.create(
            township=world.township,
            kind="elections.deputies",
            title="代表名单公告",
            issuer="presidium",
            series="",
            year=2027,
            serial=1,
            context={},
            file=kept[3],
            subject_type="elections.credentialsreview",
            subject_id=review.pk,
            issued_on=ON,
        )
        SignedCopy.objects.create(township=world.township, document=issued, file=kept[1], kept_by=world.clerk)
        of_row = {"subject_type": "elections.archiveitem", "subject_id": row.pk}
        Attachment.objects.create(township=world.township, file=kept[2], caption="封签照片", **of_row)
        night = datetime(2027, 1, 10, 17, tzinfo=UTC)  # the eleventh, where the office is
        Attachment.objects.update(created_at=night)
    found = files_of(election)
    assert found[-1].on == date(2027, 1, 11)
    assert {one.sha256 for one in found} == {one.sha256 for one in kept}
    assert [one.what for one in found] == [
        "代表选举结果公告",
        "代表名单公告",
        "代表选举结果公告的签章扫描件",
        "票-01　第一次投票的选票：封签照片",
    ]
    said = extract_text(io.BytesIO(printed(INVENTORY, election))).replace("\n", "")
    assert all(one.sha256[:16] in said for one in kept)
    assert "0012" in said


def test_the_pages_tell_what_is_lacking_and_give_the_inventory(world, election, browse):
    row = item(world, election)
    clerk, code = browse(world.clerk), world.township.code
    shown = clerk.get(reverse("elections-archive-list", args=[code, election.pk])).content.decode()
    assert "票-01" in shown
    assert reverse("elections-archive-inventory", args=[code, election.pk]) in shown
    answer = clerk.get(reverse("elections-archive-inventory", args=[code, election.pk]))
    assert answer["Content-Type"] == "application/pdf"
    page = clerk.get(reverse("elections-archive", args=[code, row.pk])).content.decode()
    assert "新一届第一次会议闭会后1个月" in page
    assert "封存" in page
    ARCHIVE.take("seal", world.clerk, row, on=ON, seals="0012", **TWO)
    ARCHIVE.take("unseal", world.clerk, row, on=ON, reason="复核", **TWO)
    ARCHIVE.take("seal", world.clerk, row, on=ON, seals="0013", **TWO)
    page = clerk.get(reverse("elections-archive", args=[code, row.pk])).content.decode()
    assert "封签号0013" in page
    assert "最近启封" in page


def test_where_nothing_is_on_file_the_inventory_leads_on_to_the_election_work_and_says_so(world, election, browse):
    answer = browse(world.clerk).get(
        reverse("elections-archive-inventory", args=[world.township.code, election.pk]), follow=True
    )
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].endswith(f"/campaigns/{election.campaign_id}/")
    assert "归档" in " ".join(str(one) for one in get_messages(answer.wsgi_request))
