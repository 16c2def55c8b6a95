"""What a township is called decides of what kind it is: of that hang the words of every paper, its seats, its languages."""

import pytest
from django.urls import reverse

from congress.models import Township
from congress.web.forms_places import TownshipForm, TownshipWordsForm

TYPED = {"code": "990101103000", "document_word": "新河人发", "motto": "", "population": "0"}


def _form(world, name: str, **typed) -> TownshipForm:
    return TownshipForm(TYPED | {"county": world.county.pk, "name": name} | typed, instance=Township())


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [("新河镇", "镇", "镇长"), ("新河乡", "乡", "乡长"), ("新河哈尼族乡", "民族乡", "乡长")],
)
def test_kind_and_head_follow_from_the_name(world, name, kind, head):
    form = _form(world, name)
    assert form.is_valid(), form.errors
    assert (form.values["kind"], form.values["head_title"]) == (kind, head)
    assert (form.instance.kind, form.instance.head_title) == (kind, head)


@pytest.mark.parametrize(
    ("name", "typed", "field", "said"),
    [
        ("新河乡", {"kind": "镇"}, "kind", "名称是“新河乡”，类别不是“镇”。"),
        ("新河镇", {"kind": "民族乡"}, "kind", "名称是“新河镇”，类别不是“民族乡”。"),
        ("新河乡", {"head_title": "镇长"}, "head_title", "乡的政府首长是乡长。"),
        ("新河苏木", {}, "kind", "请填写。"),
        ("新河苏木", {"kind": "苏木"}, "head_title", "请填写。"),
    ],
)
def test_what_contradicts_the_name_is_said_at_its_field(world, name, typed, field, said):
    assert _form(world, name, **typed).errors == {field: [said]}


def test_other_kinds_are_entered_with_their_head(world):
    form = _form(world, "新河苏木", kind="苏木", head_title="苏木达")
    assert form.is_valid(), form.errors
    assert (form.values["kind"], form.values["head_title"]) == ("苏木", "苏木达")
    assert _form(world, "石桥乡", kind="民族乡").is_valid()  # some are called 乡 alone


def test_nothing_is_written_of_a_township_that_contradicts_itself(world, browse):
    sent = TYPED | {"county": world.county.pk, "name": "新河乡", "kind": "镇"}
    answer = browse(world.system).post(reverse("administration-township-new"), sent)
    assert "类别不是“镇”" in answer.content.decode()
    assert not Township.objects.filter(code=TYPED["code"]).exists()


def test_the_office_keeps_the_title_that_goes_with_its_kind(world):
    sent = {"version": "", "document_word": "云溪人发", "population": "1", "head_title": "乡长"}
    assert TownshipWordsForm(sent, instance=world.township).errors["head_title"] == ["镇的政府首长是镇长。"]
