"""A rehearsal: made after a township, marked on every page and paper, taken out of use again."""

import re

import pytest
from django.urls import reverse

from congress import first_day, rehearsals
from congress.documents import render as typesetting
from congress.documents.measure import measure
from congress.documents.render import render
from congress.documents.slips import Heading, Slip, slips_pdf
from congress.documents.text import Paragraph, Title
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Membership, Message, Role, Township
from congress.permissions import standing_in_township
from congress.work import outbox

BAND = "这里的内容都是练习用的"


@pytest.fixture
def rehearsal(world) -> Township:
    with scope.accounts():
        return rehearsals.open_rehearsal(world.system, world.township)


def page_of(township) -> str:
    return reverse("administration-township-rehearsal", args=[township.pk])


def test_the_system_administrator_opens_one_and_those_who_work_there_go_in(world, browse):
    client = browse(world.system)
    form = client.get(reverse("administration-township", args=[world.township.pk])).content.decode()
    assert page_of(world.township) in form
    assert "为云溪镇开一个演练乡镇" in client.get(page_of(world.township)).content.decode()
    answer = client.post(page_of(world.township), follow=True)
    made = Township.objects.get(rehearsal=True)
    assert (made.code, made.name, made.county) == ("990101101901", "云溪镇（演练）", world.county)
    assert "990101101901" in answer.content.decode()
    assert not Township.objects.get(pk=world.township.pk).rehearsal
    assert standing_in_township(world.clerk, made).roles == {Role.CLERK}
    assert standing_in_township(world.chair, made).roles == {Role.CHAIR}
    assert not standing_in_township(world.deputy_user, made).roles
    assert not standing_in_township(world.neighbour_clerk, made).roles
    with scope.township(made):
        assert all(there for _, there in first_day.standing_defaults(made))


def test_only_the_system_administrator_does(world, browse):
    for who in (world.clerk, world.chair, world.county_viewer, world.security):
        assert browse(who).post(page_of(world.township)).status_code in (403, 404)
    assert not Township.objects.filter(rehearsal=True).exists()


def test_a_second_one_has_a_name_and_a_code_of_its_own(world, rehearsal):
    with scope.accounts(), pytest.raises(Refused, match="云溪镇（演练）还在用，请接着用；要重新开始的，先停用它。"):
        rehearsals.open_rehearsal(world.system, world.township)
    with scope.accounts():
        rehearsals.close(world.system, rehearsal)
        second = rehearsals.open_rehearsal(world.system, world.township)
    assert (second.code, second.name) == ("990101101902", "云溪镇（演练2）")
    with pytest.raises(Refused, match="不能再开演练"):
        rehearsals.after(rehearsal)


def test_there_is_an_end_of_codes(world, monkeypatch):
    monkeypatch.setattr(rehearsals, "SERIALS", range(0))
    with scope.accounts(), pytest.raises(Refused, match="云溪镇开过的演练乡镇太多，已没有可用的代码。"):
        rehearsals.open_rehearsal(world.system, world.township)
    assert not Township.objects.filter(rehearsal=True).exists()


def test_no_form_makes_a_township_a_rehearsal_or_real(world, browse, rehearsal):
    for township in (world.township, rehearsal):
        url = reverse("administration-township", args=[township.pk])
        html = browse(world.system).get(url).content.decode()
        values = dict(re.findall(r'<input[^>]+name="([a-z_]+)"[^>]+value="([^"]*)"', html))
        values |= {"county": world.county.pk, "rehearsal": "" if township.rehearsal else "on", "motto": "改了"}
        values |= {"closed_on": "2022-01-01"}
        assert browse(world.system).post(url, values).status_code == 302
        now = Township.objects.get(pk=township.pk)
        assert (now.motto, now.rehearsal, now.closed_on) == ("改了", township.rehearsal, None)


def test_every_page_of_it_says_so_and_no_page_of_another(world, browse, rehearsal):
    client = browse(world.clerk)
    for name in ("township_home", "units", "unit-new", "deputies-list"):
        assert BAND in client.get(reverse(name, args=[rehearsal.code])).content.decode()
        assert BAND not in client.get(reverse(name, args=[world.township.code])).content.decode()
    client.logout()
    assert BAND in client.get(reverse("public", args=[rehearsal.code])).content.decode()
    assert BAND not in client.get(reverse("public", args=[world.township.code])).content.decode()


def test_a_message_of_it_says_so_outside_too(world, rehearsal):
    for township in (rehearsal, world.township):
        with scope.township(township):
            outbox.send(township, [outbox.Note(world.clerk, "key", "kind", "期限到了")])
    with scope.user(world.clerk):
        titles = dict(Message.objects.filter(key="key").values_list("township", "title"))
    assert titles == {rehearsal.pk: "【演练】期限到了", world.township.pk: "期限到了"}


def marks(pdf: bytes) -> list[str]:
    return ["".join(glyph.char for glyph in page.glyphs if glyph.watermark) for page in measure(pdf).pages]


@pytest.mark.parametrize(("draft", "word"), [(False, "演练"), (True, "演练草稿")])
def test_every_paper_of_it_says_so_on_every_page(world, rehearsal, draft, word):
    blocks = [Title(("公告",)), *[Paragraph.of("选民名单。" * 60)] * 8]
    with scope.reading([rehearsal]):
        pdf = render(blocks, draft=draft)
    assert marks(pdf) == [word] * len(measure(pdf).pages)
    assert len(measure(pdf).pages) > 1
    for page in measure(pdf).pages:
        for glyph in page.glyphs:
            assert not glyph.watermark or (0 < glyph.x < page.width)
    with scope.township(world.township):
        assert marks(render(blocks[:2])) == [""]


def test_so_does_what_is_set_without_the_kit(world, rehearsal):
    heading = Heading("云溪镇", "https://congress.example.invalid/", world.term.started_on)
    with scope.township(rehearsal):
        assert set(marks(slips_pdf([Slip("曾田", "zengtian", "abcd")], heading))) == {typesetting.REHEARSAL}


def test_the_county_enters_it_apart_from_its_townships(world, browse, rehearsal):
    home = browse(world.county_viewer).get(reverse("county_home", args=[world.county.code]))
    assert rehearsal not in home.context["townships"]
    assert list(home.context["rehearsals"]) == [rehearsal]
    assert "练习用，不计入" in home.content.decode()
    assert browse(world.county_viewer).get(reverse("township_home", args=[rehearsal.code])).status_code == 200


def test_taken_out_of_use_nobody_enters_it_and_nothing_is_gone(world, browse, rehearsal):
    client = browse(world.system)
    assert "停用云溪镇（演练）" in client.get(page_of(rehearsal)).content.decode()
    assert client.post(page_of(rehearsal)).status_code == 302
    closed = Township.objects.get(pk=rehearsal.pk)
    assert closed.closed_on is not None
    with scope.accounts():
        assert not Membership.objects.filter(township=closed, ended_at__isnull=True).exists()
        assert Membership.objects.filter(user=world.clerk, ended_at__isnull=True).exists()
    for who in (world.clerk, world.county_viewer):
        assert browse(who).get(reverse("township_home", args=[closed.code])).status_code == 404
    assert client.get(reverse("public", args=[closed.code])).status_code == 404
    home = browse(world.county_viewer).get(reverse("county_home", args=[world.county.code]))
    assert list(home.context["rehearsals"]) == []
    places = browse(world.system).get(reverse("administration-places")).content.decode()
    assert "演练已停用" in places
    page = browse(world.system).get(reverse("administration-township", args=[closed.pk])).content.decode()
    assert page_of(closed) not in page


def test_neither_a_real_township_nor_a_closed_one_is_closed(world, rehearsal):
    with scope.accounts():
        rehearsals.close(world.system, rehearsal)
        for township in (rehearsal, world.township):
            with pytest.raises(Refused, match="只有在用的演练乡镇"):
                rehearsals.close(world.system, township)
    assert Township.objects.get(pk=world.township.pk).closed_on is None
