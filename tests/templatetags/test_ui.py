"""The library `ui` as templates call it, without a database."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from congress.law.finding import Citation, Finding
from congress.law.sources import cite
from congress.models import Job
from congress.web.paging import Pages
from congress.web.table import Badge, Col


@pytest.fixture(autouse=True)
def _plain_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def render(source: str, address: str = "/list/", **context) -> str:
    context["request"] = RequestFactory().get(address)
    return Template("{% load ui frame %}" + source).render(Context(context))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def entry(label, active=False):
    return {"label": label, "icon": "house", "section": "", "daily": "", "url": "/here/", "active": active}


def test_the_navigation_is_written_anew_where_an_entry_or_a_group_differs():
    def written(*entries, is_open=True):
        return render("{% navigation groups %}", groups=[{"label": "日常", "open": is_open, "entries": list(entries)}])

    first = written(entry("首页"))
    assert first == written(entry("首页"))
    assert "aria-current" not in first
    assert 'aria-current="page"' in written(entry("首页", active=True))
    assert "期限" in written(entry("首页"), entry("期限"))
    assert '<details class="nav-group" open>' in first
    assert '<details class="nav-group">' in written(entry("首页"), is_open=False)


def test_text_from_outside_is_escaped_in_every_part():
    bad = "<script>alert(1)</script>"
    parts = [
        "{% status bad %}", "{% empty bad bad bad bad %}", "{% masked bad bad bad %}", "{% figure bad bad bad bad bad %}",
        "{% facts rows %}", "{% timeline entries %}", "{% text_diff bad '' %}", "{% citation bad bad bad %}",
        "{% icon bad bad %}", "{% breadcrumbs crumbs %}", "{% toolbar search=bad sorts=crumbs xlsx=bad %}", "{% chips 'x' crumbs %}",
        "{% sort_header bad bad %}", "{% navigation groups %}",
    ]  # fmt: skip
    context = {
        "bad": bad,
        "rows": [(bad, bad, bad)],
        "entries": [{"actor": bad, "text": bad, "note": bad}],
        "crumbs": [(bad, bad)] * 2,
        "groups": [{"label": bad, "open": True, "entries": [entry(bad)]}],
    }
    for part in parts:
        html = render(part, "/list/?q=" + bad, **context)
        assert "<script" not in html, part
        assert "&lt;script" in html or "%3Cscript" in html, part


def test_sorting_keeps_the_rest_of_the_query_and_starts_at_the_first_page():
    html = render("{% sort_header 'name' '姓名' %}", "/list/?q=%E7%94%B0&page=4&sort=name")
    assert 'aria-sort="ascending"' in html
    assert 'href="?q=%E7%94%B0&amp;sort=-name"' in html


def test_an_unsorted_column_says_so_and_the_default_counts_as_sorted():
    assert 'aria-sort="none"' in render("{% sort_header 'name' '姓名' %}")
    assert 'aria-sort="descending"' in render("{% sort_header 'due' '期限' default='-due' %}")


def test_pages_are_counted_and_linked():
    html = render("{% pagination page %}", "/list/?q=a", page=Pages(range(95), 10).page(2))
    assert "共 95 条，第 2 / 10 页" in html
    assert 'href="?q=a&amp;page=3"' in html
    assert 'aria-current="page">2<' in html
    assert words(render("{% pagination page %}", page=Pages([1], 10).page(1))) == "共 1 条"


@pytest.mark.parametrize("address", ["/list/", "/list/?q=%E7%94%B0+%26%25&stage=a&stage=b&page=4&sort=&x=1%2F2"])
@pytest.mark.parametrize("changes", ["", "sort='-due'", "page=3", "stage=None q='a b'", "q=''"])
def test_an_address_with_some_changed_keeps_all_values_of_the_others_in_their_order(address, changes):
    params = RequestFactory().get(address).GET.copy()
    params.pop("page", None)
    for name, value in (one.split("=", 1) for one in re.findall(r"\w+=(?:'[^']*'|\w+)", changes)):
        params.pop(name, None)
        if value not in ("None", "''"):
            params[name] = value.strip("'")
    assert render(f"{{% query {changes} %}}", address) == f"?{params.urlencode()}".replace("&", "&amp;")


def test_exports_take_search_and_order_along():
    html = render("{% toolbar search='姓名' xlsx='/x' pdf='/p' %}", "/list/?q=a&sort=-b&stage=open&page=3")
    assert 'href="/x?q=a&amp;sort=-b&amp;stage=open"' in html
    assert '<input type="hidden" name="stage" value="open">' in html
    assert 'name="page"' not in html


def test_an_export_address_with_parameters_gets_more_of_them():
    html = render("{% toolbar search='姓名' xlsx='/x?format=xlsx' %}", "/list/?q=a")
    assert 'href="/x?format=xlsx&amp;q=a"' in html


def test_filters_mark_the_one_in_force():
    html = render(
        "{% chips 'stage' choices %}", "/list/?stage=open&q=a", choices=[("open", "办理中", 3), ("done", "办结", 0)]
    )
    marked = re.findall(r'aria-current="true">([^<]+)', html)
    assert marked == ["办理中"]
    assert 'href="?q=a"' in html
    assert "0" in words(html)


def test_a_state_is_a_word_with_an_icon():
    html = render("{% status '办理中' 'info' %}")
    assert "办理中" in html
    assert "#info-circle" in html


def test_a_citation_takes_the_law_objects_and_plain_text():
    cited = SimpleNamespace(text="《示例法》第一条", gist="应当答复。")
    assert "《示例法》第一条" in render("{% citation cited %}", cited=cited)
    assert "应当答复。" in render("{% citation cited %}", cited=cited)
    article = Citation("deputies_law", 51, "2025年修正", "第二款")
    summary, opened = render("{% citation cited %}", cited=article).split("</summary>")
    assert words(summary) == "依据：代表法（2025年修正）第五十一条第二款"
    assert "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2025年修正）第五十一条第二款" in opened
    assert (
        words(render("{% citation cited brief=True %}", cited=article).split("</summary>")[0])
        == "代表法第五十一条第二款"
    )
    assert words(render("{% citation '《示例法》' %}")) == "依据：《示例法》"
    assert words(render("{% citation none %}", none=None)) == ""


def test_a_refusal_names_reason_and_article():
    from django.template.loader import render_to_string

    finding = Finding("early", "尚未交办，不能答复。", cite("organic_law", "quorum"))
    html = render_to_string(
        "refused.html",
        {"findings": [finding], "kept": [("body", "写好的<答复>")], "request": RequestFactory().get("/")},
    )
    assert "尚未交办，不能答复。" in html
    assert "（2022年修正）第十四条第四款" in html
    assert "写好的&lt;答复&gt;</textarea>" in html


class Asking(forms.Form):
    name = forms.CharField(label="姓名")
    way = forms.ChoiceField(label="方式", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("两者不能同时为空。")


def test_the_error_summary_links_each_error_to_its_field():
    html = render("{% error_summary form %}", form=Asking({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_way_0"' in html
    assert "两者不能同时为空。" in html
    assert "有 3 处需要修改" in html
    assert render("{% error_summary form %}", form=Asking()).strip() == ""


def test_the_error_summary_names_the_row_of_a_form_set():
    rows = forms.formset_factory(Asking, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-way": "a", "form-1-name": "甲", "form-1-way": "a"}
    )
    text = words(render("{% error_summary rows %}", rows=rows))
    assert "第1行，姓名" in text
    assert "第2行，两者不能同时为空。" in text


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("success", "check-circle"),
        ("info", "info-circle"),
        ("warning", "exclamation-triangle"),
        ("error", "exclamation-circle"),
        ("", "exclamation-circle"),
    ],
)
def test_a_message_has_the_sign_of_its_level_that_there_is(level, shown):
    assert f'#{shown}"' in render("{% icon level|message_icon %}", level=level)
    assert shown in (settings.BASE_DIR / "static/img/icons.txt").read_text(encoding="utf-8").split()


def test_progress_polls_only_while_it_runs():
    def job(state):
        return SimpleNamespace(
            pk=1,
            title="导入",
            state=state,
            done=5,
            total=10,
            note="",
            result_url="/r",
            cancel_asked=False,
            seconds_left=lambda: 61,
        )

    running = render("{% job_progress job '/j/' '/c/' %}", job=job("running"))
    assert 'hx-trigger="every 2s"' in running
    assert '<progress value="5" max="10"' in running
    assert "还需约1分钟" in running
    assert "/c/" in running
    for state in ("done", "failed", "cancelled"):
        assert "hx-trigger" not in render("{% job_progress job '/j/' %}", job=job(state))


def test_a_mask_offers_to_be_lifted_only_with_an_address():
    assert "href" not in render("{% masked '138****8000' %}")
    assert 'href="/show/"' in render("{% masked '138****8000' '/show/' '手机号' %}")


def test_the_cells_of_a_line_show_what_was_entered_and_nothing_of_it_works_as_a_page():
    column = Col("name", "名称<", str)
    plain = {"column": column, "css": "", "badge": False, "citation": False, "whole": True, "url": ""}
    first = {**plain, "value": '<b>甲</b> "乙"', "url": "/t/1/?a=1&b=2"}
    second = {**plain, "value": format_html("<i>{}</i>", "丙"), "whole": False}
    third = {**plain, "value": None, "whole": False}
    badge = {**plain, "value": Badge("<u>丁</u>"), "badge": True, "whole": False}
    shown = render("{% load rows %}{% list_cells line %}", line=[first, second, third, badge])
    assert shown.startswith(
        '<th scope="row" data-label="名称&lt;" class="" title="&lt;b&gt;甲&lt;/b&gt; &quot;乙&quot;">'
    )
    assert '<a href="/t/1/?a=1&amp;b=2">&lt;b&gt;甲&lt;/b&gt; &quot;乙&quot;</a></th>' in shown
    assert "<span><i>丙</i></span></td>" in shown
    assert "<span></span></td>" in shown
    assert "&lt;u&gt;丁&lt;/u&gt;" in shown


def test_progress_is_read_out_in_whole_hundredths():
    """Whoever waits looks every two seconds; digits that run say nothing."""
    job = Job(title="生成公告", state=Job.State.RUNNING, done=2246, total=10000)
    assert "2246 / 10000（22%）" in render('{% job_progress job "/jobs/1/" %}', job=job)
