"""The pages of the roster: what they write, what they show, and what must never leave them."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.guard.action import action
from congress.models import AuditEvent, Document, RowHistory
from deputies import actions
from deputies.models import Activity, ActivityAttendance, Correction, Deputy, Group, Station, Term
from tests.cast import SET_UP, make_deputy
from tests.deputies.conftest import ADDRESS, PHONE, WOMAN
from tests.deputies.pages import SECRETS, text_of


def test_numbers_addresses_and_dates_of_birth_leave_no_list_page_or_export(world, browse, at, woman):
    pages = [
        at("deputies-list"),
        at("deputies-list") + "?format=xlsx",
        at("deputies-list") + "?format=csv",
        at("deputies-detail", woman.pk),
        at("deputies-edit", woman.pk),
        at("deputies-station", world.station.pk),
        at("deputies-group", woman.group_id),
        at("deputies-structure") + "?format=xlsx",
    ]
    for user in (world.clerk, world.county_viewer, world.deputy_user):
        client = browse(user)
        for url in pages:
            answer = client.get(url)
            if answer.status_code == 200:
                assert [secret for secret in SECRETS if secret in text_of(answer)] == [], url


def test_the_masks_are_there_and_the_reveal_belongs_to_staff(world, browse, at, woman):
    url = at("deputies-detail", woman.pk)
    reveal = at("reveal", "deputies.deputy", woman.pk, "phone")
    staff = text_of(browse(world.clerk).get(url))
    assert "138****5678" in staff
    assert reveal in staff
    county = text_of(browse(world.county_viewer).get(url))
    assert "138****5678" in county
    assert reveal not in county
    assert browse(world.county_viewer).get(reveal).status_code == 403
    shown = browse(world.clerk).post(reveal, {"reason": "通知开会"})
    assert PHONE in text_of(shown)


def test_deputies_see_the_public_columns_only(world, browse, at, woman):
    page = text_of(browse(world.deputy_user).get(at("deputies-list")))
    assert "云溪村妇联主席" in page
    assert "138****" not in page
    book = text_of(browse(world.deputy_user).get(at("deputies-list") + "?format=xlsx"))
    assert "欧阳晓溪" in book
    assert not re.search("身份证|手机|出生|政治面貌|民族", book)


def test_entries_that_wait_are_not_shown_to_deputies(world, browse, at, town):
    with action(SET_UP, actor=None):
        waiting = make_deputy(town, "待审人")
        waiting.state = Deputy.State.PENDING
        waiting.save()
    assert "待审人" not in text_of(browse(world.deputy_user).get(at("deputies-list")))
    assert "待审人" in text_of(browse(world.clerk).get(at("deputies-list")))


@pytest.mark.parametrize("text", ["欧阳", "ouyang", "oyxx", "欧yang", "晓溪"])
def test_the_roster_is_searched_by_name_pinyin_and_initials(world, browse, at, woman, text):
    answer = browse(world.clerk).get(at("deputies-list"), {"q": text})
    assert [line[0]["value"] for line in answer.context["lines"]] == ["欧阳晓溪"]


def test_the_roster_is_filtered_and_sorted(world, browse, at, woman, town):
    with action(SET_UP, actor=None):
        seat = woman.mandates.get()
        seat.ended_on, seat.end_reason = date(2023, 1, 1), "moved"
        seat.save()
    client = browse(world.clerk)

    def names(**query):
        return [line[0]["value"] for line in client.get(at("deputies-list"), query).context["lines"]]

    assert names() == ["欧阳晓溪", "单木", "曾田"]
    assert names(sort="pinyin") == ["欧阳晓溪", "单木", "曾田"]
    assert names(sort="-pinyin") == ["曾田", "单木", "欧阳晓溪"]
    assert names(level="township") == ["单木", "曾田"]
    assert names(level="ended") == ["欧阳晓溪"]
    assert names(level="county") == []
    assert names(term=str(world.term.pk), gender="male") == ["单木"]
    assert names(group=str(woman.group_id)) == ["欧阳晓溪"]
    assert names(state="pending") == []
    assert len(names(term="no such term", group="x", level="x")) == 3


def test_a_new_entry_is_typed_in_and_errors_keep_what_was_typed(world, browse, at, town):
    form = {
        "name": "赵一",
        "gender": "male",
        "ethnicity": "汉族",
        "id_number": WOMAN,
        "party": "cpc",
        "occupation": "other",
        "employer_post": "长长的单位名称",
    }
    client = browse(world.clerk)
    answer = client.post(at("deputies-new"), form)
    assert "性别与身份证号不一致" in str(answer.context["form"].errors["gender"])
    assert "长长的单位名称" in text_of(answer)
    answer = client.post(at("deputies-new"), {**form, "gender": "female"})
    saved = Deputy.objects.get(name="赵一")
    assert answer.url == at("deputies-detail", saved.pk)
    assert saved.birth_date == date(1980, 3, 5)


def test_blank_hidden_fields_keep_what_is_stored_and_can_be_cleared(world, browse, at, woman):
    client = browse(world.clerk)
    form = {
        "name": woman.name,
        "gender": "female",
        "ethnicity": "汉族",
        "party": "masses",
        "occupation": "other",
        "employer_post": "新单位",
        "birth_date": "1980-03-05",
        "version": woman.version,
    }
    assert client.post(at("deputies-edit", woman.pk), form).status_code == 302
    woman.refresh_from_db()
    assert (woman.phone, woman.id_number, woman.address, woman.employer_post) == (PHONE, WOMAN, ADDRESS, "新单位")
    before = RowHistory.objects.get(row_id=woman.pk)
    assert before.before["employer_post"] == "云溪村妇联主席"
    stale = client.post(at("deputies-edit", woman.pk), {**form, "employer_post": "又一个单位"})
    assert stale.status_code == 409
    assert "又一个单位" in text_of(stale)
    form |= {"version": woman.version, "phone": "13900001111", "clear": ["address"]}
    assert client.post(at("deputies-edit", woman.pk), form).status_code == 302
    woman.refresh_from_db()
    assert (woman.phone, woman.address, woman.id_number) == ("13900001111", None, WOMAN)


def test_the_chair_approves_one_and_all(world, browse, at, town):
    with action(SET_UP, actor=None):
        rows = [make_deputy(town, name) for name in ("赵一", "钱二", "孙三")]
        Deputy.objects.filter(pk__in=[row.pk for row in rows]).update(state="pending")
    client = browse(world.chair)
    assert "有 3 位代表的信息等待审核" in text_of(client.get(at("deputies-list")))
    assert client.get(at("deputies-approve", rows[0].pk)).status_code == 404
    assert client.post(at("deputies-approve", rows[0].pk)).status_code == 302
    left = client.get(at("deputies-approve-all")).context["rows"][0][1]
    assert set(left.split("、")) == {"钱二", "孙三"}
    assert client.post(at("deputies-approve-all")).status_code == 302
    assert not Deputy.objects.filter(state="pending").exists()
    assert browse(world.clerk).post(at("deputies-approve", rows[0].pk)).status_code == 403


def test_the_history_tells_what_changed_without_what_was_hidden(world, browse, at, woman):
    client = browse(world.clerk)
    with action(SET_UP, actor=world.clerk):
        woman.phone, woman.party = "13900001111", "cpc"
        woman.save()
    page = text_of(client.get(at("deputies-detail", woman.pk)))
    assert "手机" in page.split("修改历史")[1]
    assert PHONE not in page


def test_a_code_given_again_is_shown_once_as_a_slip(world, browse, at, woman):
    user = actions.open_account(world.clerk, woman)
    client = browse(world.clerk)
    assert user.username in text_of(client.get(at("deputies-detail", woman.pk)))
    reset = client.post(at("deputies-code", woman.pk))
    user.refresh_from_db()
    [row] = reset.context["rows"]
    assert user.check_password(row["code"])
    for word in (row["code"], user.username, settings.SITE_URL, "data:image/svg+xml", "点“登录”"):
        assert word in reset.content.decode()
    assert not AuditEvent.objects.filter(detail__icontains=row["code"]).exists()


def test_a_deputy_sees_and_corrects_the_own_entry(world, browse, at, town):
    client = browse(world.deputy_user)
    with action(SET_UP, actor=None):
        world.deputies[0].phone = PHONE
        world.deputies[0].save()
    page = text_of(client.get(at("deputies-me")))
    assert PHONE in page
    assert (
        "云溪镇人大代表。" not in page
    )  # a deputy of the county's congress has an entry here as well; the mandates say it
    answer = client.post(at("deputies-correct"), {"field": "education", "value": "不知道"})
    assert "文化程度请填写" in str(answer.context["form"].errors["value"])
    assert client.post(at("deputies-correct"), {"field": "education", "value": "本科"}).status_code == 302
    again = client.post(at("deputies-correct"), {"field": "education", "value": "大专", "reason": "写错了"})
    assert again.context["form"].errors["field"] == ["该项目已有一条申请等待处理。"]
    assert again.context["form"]["reason"].value() == "写错了"
    wish = Correction.objects.get()
    clerk = browse(world.clerk)
    assert "本科" in text_of(clerk.get(at("deputies-correction", wish.pk)))
    refused = clerk.post(at("deputies-correction-decline", wish.pk), {"answer": ""})
    assert "写明理由" in text_of(refused)
    assert clerk.post(at("deputies-correction-accept", wish.pk), {"answer": ""}).status_code == 302
    assert clerk.get(at("deputies-correction-decline", wish.pk)).status_code == 409
    assert Deputy.objects.get(pk=world.deputies[0].pk).education == "bachelor"
    assert "已采纳" in text_of(clerk.get(at("deputies-correction", wish.pk)))
    client = browse(world.deputy_user)
    assert "更正申请已有答复" in text_of(client.get(at("township_home")))
    assert "已采纳" in text_of(client.get(at("deputies-me")))
    assert "更正申请已有答复" not in text_of(client.get(at("township_home")))


def test_an_account_without_an_entry_is_told_so(world, browse, at, town):
    with action(SET_UP, actor=None):
        Deputy.objects.filter(account=world.deputy_user).update(account=None)
    client = browse(world.deputy_user)
    assert "还没有您的信息" in text_of(client.get(at("deputies-me")))
    assert client.get(at("deputies-correct")).status_code == 404


def test_what_waits_is_on_the_home_page(world, browse, at, town):
    with action(SET_UP, actor=None):
        Deputy.objects.filter(pk=world.deputies[1].pk).update(state="pending")
        Correction.objects.create(township=town, deputy=world.deputies[0], field="education", value="本科")
    assert "代表信息待审核" in text_of(browse(world.chair).get(at("township_home")))
    assert "代表更正申请待处理" in text_of(browse(world.clerk).get(at("township_home")))


def test_the_roster_is_issued_as_a_document_without_hidden_fields(world, browse, at, woman):
    client = browse(world.clerk)
    draft = client.get(at("deputies-roster-draft"))
    assert draft.content.startswith(b"%PDF")
    answer = client.post(at("deputies-roster-issue"), {"issued_on": "2026-03-01", "convention": "xingming"})
    document = Document.objects.get(kind="deputies.roster")
    assert answer.url == at("document", document.pk)
    assert document.title == "云溪镇第十七届人民代表大会代表花名册"
    assert [row[1] for row in document.context["rows"]] == ["欧阳晓溪", "单木", "曾田"]
    assert [secret for secret in SECRETS if secret in str(document.context)] == []
    assert bytes(document.file.content).startswith(b"%PDF")
    # Sent twice, from two windows or without a script, it is one document with one number.
    twice = client.post(at("deputies-roster-issue"), {"issued_on": "2026-03-01", "convention": "xingming"})
    assert document.number in str(twice.context["form"].errors["again"])
    assert Document.objects.count() == 1
    assert (
        client.post(
            at("deputies-roster-issue"), {"issued_on": "2026-03-01", "convention": "xingming", "again": "on"}
        ).status_code
        == 302
    )
    assert sorted(Document.objects.values_list("serial", flat=True)) == [1, 2]


def test_a_roster_without_a_term_or_deputies_is_not_issued(world, browse, at, town):
    with action(SET_UP, actor=None):
        Deputy.objects.update(state="pending")
    client = browse(world.clerk)
    assert "没有已审核的在任代表" in text_of(
        client.post(at("deputies-roster-issue"), {"issued_on": "2026-03-01", "convention": "xingming"})
    )
    with action(SET_UP, actor=None):
        Term.objects.update(started_on=date(2099, 1, 1))
    assert client.get(at("deputies-roster-draft")).url == at("deputies-list")
    assert "还没有可统计的代表" in text_of(client.get(at("deputies-structure")))


def test_the_structure_adds_up_to_its_denominator(world, browse, at, woman):
    answer = browse(world.clerk).get(at("deputies-structure"))
    assert answer.context["total"] == 3
    for _, rows in answer.context["tables"]:
        assert sum(count for _, count, _ in rows) == 3
    sexes = dict(answer.context["tables"])["性别"]
    assert sexes == [("女", 2, "66.67%"), ("男", 1, "33.33%")]
    ages = dict(answer.context["tables"])["年龄"]
    assert ages[-1] == ("未填写", 2, "66.67%")


LISTS = (
    "deputies-list deputies-stations deputies-activities deputies-groups deputies-terms deputies-corrections".split()
)


def test_lists_ask_as_many_questions_for_three_rows_as_for_one(world, browse, at, town):
    client = browse(world.clerk)
    client.get(at("deputies-list"))  # the first page of a session asks a little more

    def one_more(number):
        with action(SET_UP, actor=None):
            group = Group.objects.create(township=town, name=f"小组{number}")
            station = Station.objects.create(township=town, name=f"站{number}")
            Term.objects.create(township=town, number=number, started_on=date(2000 + number, 1, 1))
            row = make_deputy(town, f"赵{number}", term=world.term, group=group, station=station, phone=PHONE)
            Correction.objects.create(township=town, deputy=row, field="education", value="本科")
            made = Activity.objects.create(township=town, kind="visit", title=f"第{number}次", held_on=date(2022, 3, 2))
            ActivityAttendance.objects.create(township=town, activity=made, deputy=row)

    asked = {name: [] for name in LISTS}
    for number in (1, 2, 3):
        one_more(number)
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(name)).status_code == 200
            asked[name].append(len(queries))
    assert [name for name, counts in asked.items() if len(set(counts)) != 1] == [], asked
