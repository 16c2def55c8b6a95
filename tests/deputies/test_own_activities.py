"""Deputies enter their own activities; nothing counts before the office has confirmed it, and the deputy sees what became of it."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress import figures
from congress.guard.action import Refused
from congress.models import Attachment, Message, User
from deputies import actions
from deputies.forms.own_activities import OwnActivityForm
from deputies.life import OWN_ACTIVITY
from deputies.models import Activity, ActivityAttendance, OwnActivity
from deputies.queries import traces
from tests.uploads.samples import picture

HELD = date(2022, 3, 5)
UNTIL = date(2022, 12, 31)


def enter(world, **values) -> OwnActivity:
    filled = {"kind": "visit", "title": "走访三组农户", "held_on": HELD, "households": 6, "deputy": world.deputies[0]}
    return actions.enter_activity(world.deputy_user, OwnActivity(township=world.township, **filled | values))


def numbers(world) -> dict:
    found = figures.compute(figures.registered(), world.township, 2022, UNTIL)
    return {key: one.value for key, one in found.items()} | {
        label: number for label, number, _ in traces(world.deputies[0])
    }


def address(world, name: str, *rest) -> str:
    return reverse(f"deputies-own-{name}", args=[world.township.code, *rest])


def test_what_is_not_confirmed_counts_in_no_number(world):
    with world.in_township():
        before = numbers(world)
        row = enter(world)
        assert numbers(world) == before
        OWN_ACTIVITY.take("send-back", world.clerk, row, reason="请写明走访了几户")
        assert numbers(world) == before
        OWN_ACTIVITY.take("revise", world.deputy_user, row, households=8)
        OWN_ACTIVITY.take("confirm", world.clerk, row)
        changed = {key for key, value in numbers(world).items() if before.get(key) != value}
        assert {"visits.count", "visits.people", "visits.households", "activities.deputies", "参加活动"} <= changed
        made = Activity.objects.get()
        assert (made.households, made.title, made.held_on) == (8, "走访三组农户", HELD)
        assert [one.deputy for one in made.attendances.kept()] == [world.deputies[0]]


def test_what_went_back_to_the_deputy_is_not_confirmed_before_it_was_mended(world):
    with world.in_township():
        row = enter(world)
        OWN_ACTIVITY.take("send-back", world.clerk, row, reason="请写明走访了几户")
        for key, more in (("confirm", {}), ("send-back", {"reason": "还是不清楚"})):
            with pytest.raises(Refused, match="已退回代表，等待代表修改后再确认"):
                OWN_ACTIVITY.take(key, world.clerk, OwnActivity.objects.get(), **more)
        assert not Activity.objects.exists()


def test_the_same_event_of_two_deputies_is_one_activity(world):
    with world.in_township():
        first = enter(world)
        OWN_ACTIVITY.take("confirm", world.clerk, first)
        made = Activity.objects.get()
        for _ in range(2):  # who is in the list already stays there once
            OWN_ACTIVITY.take("confirm", world.clerk, enter(world, title="也去了"), into=made)
        assert Activity.objects.count() == 1
        assert ActivityAttendance.objects.kept().count() == 1
        assert OwnActivity.objects.filter(activity=made).count() == 3


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"held_on": date(2100, 1, 1)}, "不能晚于今天"),
        ({"held_on": date(2020, 1, 1)}, "没有代表资格"),
    ],
)
def test_a_day_that_cannot_be_is_refused(world, values, said):
    with world.in_township(), pytest.raises(Refused, match=said):
        enter(world, **values)


def test_nobody_enters_for_another(world):
    with world.in_township():
        with pytest.raises(Refused, match="只能登记本人参加的活动"):
            enter(world, deputy=world.deputies[1])
        assert not OwnActivity.objects.exists()


def test_a_wrong_entry_of_the_activity_takes_it_out_of_the_numbers_again(world, browse):
    with world.in_township():
        before = numbers(world)
        row = enter(world)
        OWN_ACTIVITY.take("confirm", world.clerk, row)
        made = Activity.objects.get()
        actions.ACTIVITIES.withdraw(world.clerk, made, "登重了", made.version)
        assert numbers(world) == before
    page = browse(world.deputy_user).get(address(world, "activity", row.pk)).content.decode()
    assert "后来撤回，不再计入统计" in page


def fill(client, world, **values):
    url = address(world, "activity-new")
    form = client.get(f"{url}?kind=visit").context["form"]
    sent = {
        "key": str(uuid.uuid4()),
        "kind": "visit",
        "title": "走访三组农户",
        "held_on": HELD.isoformat(),
        "households": "6",
    }
    return form, client.post(url, sent | values)


def test_a_deputy_enters_one_with_a_photograph_and_the_clerk_is_told(world, browse):
    deputy = browse(world.deputy_user)
    assert "走访" in deputy.get(address(world, "activity-new")).content.decode()
    photo = SimpleUploadedFile("现场.jpg", picture(), content_type="image/jpeg")
    form, answer = fill(deputy, world, files=photo, place="三组")
    assert [name for name in form.fields if name not in ("key", "kind")] == [
        *("held_on", "title", "place", "households", "deeds", "files", "note")
    ]
    assert answer.status_code == 302
    with world.in_township():
        row = OwnActivity.objects.get()
        assert Attachment.objects.get().subject_id == row.pk
    clerk = browse(world.clerk)
    home = clerk.get(reverse("township_home", args=[world.township.code])).content.decode()
    assert "代表自报的活动待确认" in home
    shown = clerk.get(address(world, "activities")).content.decode()
    own = browse(world.deputy_user).get(address(world, "activities")).content.decode()
    assert all("走访三组农户" in page for page in (shown, own))
    assert ["登记我的活动" in page for page in (shown, own)] == [False, True]
    clerk = browse(world.clerk)
    page = clerk.get(address(world, "activity", row.pk)).content.decode()
    assert all(words in page for words in ("待确认", "确认以前不计入任何统计", "现场", "走访户数"))
    assert clerk.post(address(world, "activity-confirm", row.pk), {"version": row.version}).status_code == 302
    with world.in_township():
        made = Activity.objects.get()
    page = clerk.get(reverse("deputies-activity", args=[world.township.code, made.pk])).content.decode()
    assert "代表自报" in page
    assert "现场" in page


def test_the_deputy_reads_why_it_came_back_and_mends_it(world, browse):
    with world.in_township():
        row = enter(world)
    clerk = browse(world.clerk)
    url = address(world, "activity-send-back", row.pk)
    assert "退回时请写明理由" in clerk.post(url, {"version": row.version, "reason": ""}).content.decode()
    assert clerk.post(url, {"version": row.version, "reason": "请写明走访了几户"}).status_code == 302
    with world.in_township():
        assert "被退回" in Message.objects.get(recipient=world.deputy_user).title
    deputy = browse(world.deputy_user)
    home = deputy.get(reverse("township_home", args=[world.township.code])).content.decode()
    assert "自报的活动被退回" in home
    assert "请写明走访了几户" in deputy.get(address(world, "activity", row.pk)).content.decode()
    revise = address(world, "activity-revise", row.pk)
    form = deputy.get(revise).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"households": "6"}
    assert deputy.post(revise, {name: value for name, value in sent.items() if value is not None}).status_code == 302
    with world.in_township():
        row.refresh_from_db()
        assert (row.state, row.households, row.answer) == ("entered", 6, "")
    assert deputy.post(address(world, "activity-take-back", row.pk), {"version": row.version}).status_code == 302
    with world.in_township():
        assert not OwnActivity.objects.kept().exists()


def test_another_deputy_and_the_county_see_nothing_of_it(world, browse):
    with world.in_township():
        row = enter(world)
    for name, status in (("county_viewer", 403), ("handler", 403), ("chair", 200), ("deputy_user", 200)):
        assert browse(getattr(world, name)).get(address(world, "activity", row.pk)).status_code == status
    with world.in_township():
        account = User.objects.get(pk=world.deputy_user.pk)
        assert account.pk == row.deputy.account_id


def test_a_second_one_with_the_same_words_asks_first_and_numbers_of_persons_are_refused(world, browse):
    deputy = browse(world.deputy_user)
    assert fill(deputy, world)[1].status_code == 302
    assert "已登记一件相同的" in fill(deputy, world)[1].content.decode()
    assert fill(deputy, world, not_the_same="on")[1].status_code == 302
    assert "手机号" in fill(deputy, world, title="找13800138000谈")[1].content.decode()


@pytest.mark.parametrize("kind", Activity.Kind.values)
def test_every_kind_asks_what_belongs_to_it(world, kind):
    with world.in_township():
        form = OwnActivityForm(kind=kind, deputy=world.deputies[0])
        assert str(form)
    with_people = "duty_report group publicity town_task other".split()
    wanted = {"people"} if kind in with_people else {"households", "deeds"} if kind == "visit" else set()
    assert {"people", "households", "deeds"} & set(form.fields) == wanted
    assert form.fields["title"].label


def test_what_was_taken_back_is_confirmed_no_longer(world):
    with world.in_township():
        row = enter(world)
        OWN_ACTIVITY.take("take-back", world.deputy_user, row)
        for key, user in (("confirm", world.clerk), ("take-back", world.deputy_user)):
            with pytest.raises(Refused, match="该活动已经撤回。"):
                OWN_ACTIVITY.take(key, user, OwnActivity.objects.get(pk=row.pk))
        assert OwnActivity.objects.get(pk=row.pk).state == OwnActivity.State.ENTERED
        assert not Activity.objects.exists()
