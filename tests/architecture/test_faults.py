"""A fault of an answer would be noticed."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.architecture.faults import MOBILE, bare_days, faults, nameless, shut
from tests.architecture.samples import MARK


def test_a_link_that_is_shut_would_be_noticed(world):
    url = reverse("units", args=[world.township.code])
    answer = HttpResponse(f'<a class="btn" href="{url}?q=1">')
    assert shut(answer, "county_viewer", "documents", {"county"}) == [
        "county_viewer documents: a link to units, which is shut"
    ]
    assert shut(answer, "clerk", "documents", {"clerk"}) == []


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        ("<p>", 500, "500"),
        (f"<p>{MARK}", 200, "neighbour"),
        ('<p style="x">', 200, "inline code"),
        ('<p class="x"\n ONCLICK = "x">', 200, "inline code"),
        ('<a href="//x.example">', 200, "outside address"),
        ("<script>", 200, "nonce"),
        ('<form action="https://x.example">', 200, "outside address"),
        ("11010519491231002X", 200, "ID number"),
        ("13800138000", 200, "telephone"),
        ("<td>2022-03-02 9人</td>", 200, "a bare day"),
        ("<dd>2022-03-02</dd>", 200, "a bare day"),
        ('<label for="b">甲</label><input id="a" name="a">', 200, "a field nobody can name"),
        ("<p>", 200, "Content-Security-Policy"),
        ("<p>", 200, "cache"),
    ],
)
def test_a_fault_would_be_noticed(body, status, what):
    assert [line for line in faults(HttpResponse(body, status=status), "clerk", "units") if what in line]


def test_a_day_alone_in_a_cell_of_a_table_is_written_short():
    assert (
        bare_days('<td><a href="/2022-03-02/">2022-03-02</a></td><th> 2022-03-02 09:00 </th><input value="2022-03-02">')
        == []
    )


def test_a_field_is_named_by_its_label_by_one_around_it_or_by_itself():
    for html in (
        '<label for="a" class="x">甲</label><select id="a">',
        '<label class="x"><input type="checkbox" name="a"> 甲</label>',
        '<input name="a" aria-label="甲"><input type="hidden" name="b">',
    ):
        assert nameless(html) == []


def test_the_key_of_a_row_is_no_telephone_number():
    assert MOBILE.findall("/5b8e3c1a-1f2e-4d3c-9a8b-13912345678a/ /5b8e3c1a-1f2e-4d3c-9a8b-a13912345678/") == []
    assert MOBILE.findall("电话13912345678。") == ["13912345678"]
