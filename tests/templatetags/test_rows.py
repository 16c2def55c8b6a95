"""What is written in one go says what the templates of which it takes the place say."""

import re
from pathlib import Path

import crispy_bootstrap5
import pytest
from django import forms
from django.template import Context, engines
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from congress.templatetags.rows import list_cells, options
from congress.web.table import Badge, Col

NAME = "bootstrap5/layout/radio_checkbox_select.html"
OTHER = Path(crispy_bootstrap5.__file__).parent / "templates" / NAME


class Choosing(forms.Form):
    one = forms.ChoiceField(
        choices=[("1", "一<b>"), ("x&y", format_html("<i>{}</i>", "二"))], widget=forms.RadioSelect, help_text="说明"
    )
    many = forms.MultipleChoiceField(
        choices=[("组<1>", [("1", "一"), ("2", "二")]), ("3", "三")], widget=forms.CheckboxSelectMultiple
    )
    number = forms.TypedChoiceField(
        choices=[(1, "一"), (1500, 1500)],
        coerce=int,
        widget=forms.RadioSelect(attrs={"data-x": '<"y">', "autofocus": True, "disabled": False}),
    )
    none = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple)


def said(template, field, **more) -> str:
    text = template.render(Context({"field": field, "form_show_errors": True, **more}))
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


@pytest.mark.parametrize("entered", [None, {}, {"one": "1", "many": ["1", "3"], "number": "1500"}, {"many": ["9"]}])
@pytest.mark.parametrize("inline", ["", "inline"])
@pytest.mark.parametrize("name", ["one", "many", "number", "none"])
def test_choices_are_as_crispy_has_them(entered, inline, name):
    ours = engines["django"].engine.get_template(NAME)
    theirs = engines["django"].engine.from_string(OTHER.read_text(encoding="utf-8"))
    field = Choosing(entered)[name]
    assert Path(ours.origin.name) != OTHER
    assert said(ours, field, inline_class=inline) == said(theirs, field, inline_class=inline)


def cell(value, **more) -> dict:
    column = Col("k", '列"<', str)
    given = {
        "column": column,
        "key": "",
        "value": value,
        "badge": False,
        "citation": False,
        "url": "",
        "css": "cut",
        "whole": False,
    }
    return given | more  # fmt: skip


def test_nothing_in_a_cell_is_taken_for_markup():
    written = list_cells(
        [cell("<b>甲</b>", whole=True), cell('"&', url='/x?a="&b'), cell(Badge("<i>", "good"), badge=True)]
    )
    assert "<b>" not in written
    assert "<i>" not in written
    assert written.startswith(
        '<th scope="row" data-label="列&quot;&lt;" class="cut" title="&lt;b&gt;甲&lt;/b&gt;"><span>&lt;b&gt;甲'
    )
    assert '<td data-label="列&quot;&lt;" class="cut"><a href="/x?a=&quot;&amp;b">&quot;&amp;</a></td>' in written
    assert "tone-good" in written


def test_a_cell_without_a_value_is_empty_and_a_link_without_words_says_so():
    assert "<span></span>" in list_cells([cell(None)])
    assert "<span>0</span>" in list_cells([cell(0)])
    assert ">（未填写）</a>" in list_cells([cell("", url="/x")])


def test_the_chosen_option_is_marked_whatever_its_type():
    assert (
        options([("1", "一<"), ("2", "二")], 1)
        == '<option value="1" selected>一&lt;</option><option value="2">二</option>'
    )


@pytest.mark.parametrize(
    ("value", "said"), [('<b "', "&lt;b &quot;"), (1234, "1234"), (None, "None"), ("{0}%s", "{0}%s")]
)
@pytest.mark.parametrize("all_ticked", [True, False])
def test_a_line_is_ticked_by_its_key_and_named_by_its_first_cell(value, said, all_ticked):
    line = [cell(value, key="k&"), cell("乙")]
    box = f'name="ticked" value="k&amp;" aria-label="选择{said}"{" checked" * all_ticked}></td>'
    assert list_cells(line, ["交办"], all_ticked).startswith(
        f'<td class="tick"><input class="form-check-input" type="checkbox" {box}'
    )
    assert list_cells(line, ["交办"], all_ticked).endswith(f"</td>{list_cells(line)}")
    assert list_cells(line, [], all_ticked) == list_cells(line)


def test_a_cell_that_is_markup_by_itself_stays_so():
    assert "<span><i>甲</i></span>" in list_cells([cell(format_html("<i>{}</i>", "甲"))])
    assert "<span>&lt;i&gt;</span>" in list_cells([cell(gettext_lazy("<i>"))])


def test_a_state_that_is_markup_by_itself_lets_no_other_be_taken_for_it():
    for word, shown in ((format_html("<i>{}</i>", "乙"), "<i>乙</i>"), ("<i>乙</i>", "&lt;i&gt;乙&lt;/i&gt;")) * 2:
        assert shown in list_cells([cell(Badge(word, "good"), badge=True)])
