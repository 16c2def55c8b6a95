"""A page with every part of the library `ui` on it, for tests only: one look shows whether they hold together.

It is served next to the real addresses and needs no database.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from congress.web.nav import grouped
from congress.web.paging import Pages

TODAY = date(2026, 3, 1)
HERE = Path(__file__).parent


@dataclass
class Reader:
    """Somebody logged in, as far as base.html can tell."""

    pk: int = 1
    is_authenticated: bool = True
    must_change_password: bool = False

    def __str__(self):
        return "示例办事员"


@dataclass
class Work:
    """What a progress panel needs of a job."""

    pk: str
    title: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""
    result_url: str = ""
    cancel_asked: bool = False
    left: int | None = None

    def seconds_left(self):
        return self.left


@dataclass
class Row:
    number: str
    title: str
    deputy: str
    unit: str
    stage: str
    tone: str
    due: date | None
    done: date | None = field(default=None)


class SuggestionForm(forms.Form):
    """One field of every sort that our forms use."""

    title = forms.CharField(label="标题", max_length=40, help_text="一事一议，不超过40个字。")
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("road", "交通水利"), ("school", "教育卫生")])
    body = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 4}))
    ways = forms.ChoiceField(
        label="提出方式", choices=[("meeting", "会议期间"), ("between", "闭会期间")], widget=forms.RadioSelect
    )
    open_to_all = forms.BooleanField(label="同意公开", required=False)
    file = forms.FileField(label="附件", required=False)


def rows() -> list[Row]:
    """Invented suggestions at every distance from their due dates."""
    return [
        Row("2026-001", "关于修复东街路灯的建议", "示例甲", "镇村建办", "办理中", "info", TODAY + timedelta(days=3)),
        Row(
            "2026-002",
            "关于增开镇卫生院夜间门诊并延长慢性病取药时间的建议",
            "示例乙",
            "镇卫生院",
            "已逾期",
            "bad",
            TODAY - timedelta(days=2),
        ),
        Row("2026-003", "关于疏浚北河的建议", "示例丙", "水利站", "满意", "good", TODAY, TODAY - timedelta(days=9)),
        Row(
            "2026-004", "关于校车停靠点的建议", "示例丁", "镇中心小学", "待签收", "warning", TODAY + timedelta(days=40)
        ),
    ]


def navigation() -> list[dict]:
    """Entries of the side navigation, one of them open."""
    entries_of_nav = [
        ("首页", "house", "", 0),
        ("代表", "people", "代表工作", 0),
        ("联络站", "geo-alt", "代表工作", 0),
        ("代表建议", "chat-left-text", "代表工作", 12),
        ("会议", "calendar-event", "会议与选举", 0),
        ("选举", "clipboard-check", "会议与选举", 0),
        ("年度报告", "bar-chart", "总结", 0),
    ]
    return [
        {
            "label": label,
            "icon": icon,
            "section": section,
            "count": count,
            "url": "#",
            "active": label == "代表建议",
            "daily": label,
        }
        for label, icon, section, count in entries_of_nav
    ]


def timeline() -> list[dict]:
    """What happened to a suggestion, and what is still to come."""
    return [
        {
            "at": "2025-12-30T09:10:00",
            "actor": "示例甲",
            "text": "提出建议。",
            "attachments": [{"name": "现场照片.jpg", "url": "#"}],
        },
        {
            "date": "2026-01-05",
            "actor": "办事员",
            "text": "交办镇村建办，答复期限2026年4月5日。",
            "citation": "代表法（2025年修正）第五十一条",
        },
        {"date": "2026-04-05", "text": "答复代表。", "state": "ahead"},
    ]


def context(form: forms.Form) -> dict:
    """What the gallery shows."""
    nav = navigation()
    return {
        "user": Reader(),
        "demo_mode": True,
        "today": TODAY,
        "place": "示例镇",
        "roles_label": "示例镇 · 办事员",
        "unread_count": 3,
        "breadcrumbs": [("首页", "#"), ("代表建议", "")],
        "nav": grouped(nav),
        "bar": nav[:3],
        "share": "85.4%",
        "sorts": [("due", "按期限"), ("-created", "最新登记"), ("number", "按编号")],
        "stages": [("new", "待交办", 5), ("open", "办理中", 12), ("done", "已办结", 31)],
        "rows": rows(),
        "page": Pages(list(range(480)), 10).page(3),
        "entries": timeline(),
        "facts_rows": [
            ("领衔代表", "示例甲", "#"),
            ("附议代表", "示例乙、示例丙"),
            ("提出日期", "2025年12月30日"),
            ("备注", ""),
        ],
        "cited": "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2025年修正）第五十一条",
        "job": Work("1", "导入选民名单", "running", 12000, 30000, "每秒约1500行", left=200),
        "finished": Work("2", "导出代表花名册", "done", 60, 60, "共60人", "#"),
        "form": form,
    }


@login_not_required
def gallery(request, classes=""):
    """The page; `classes` are those of the root element (type size, contrast). A POST shows the form's errors."""
    template = engines["django"].from_string((HERE / "gallery.html").read_text(encoding="utf-8"))
    form = SuggestionForm(request.POST) if request.method == "POST" else SuggestionForm()
    if "said" in request.GET:
        messages.success(request, "已保存。")
    return HttpResponse(template.render(context(form) | {"font_size_class": classes}, request))


@login_not_required
def job(request):
    """Progress that has come to its end: the polling stops."""
    finished = Work("1", "导入选民名单", "done", 30000, 30000, "新增30000人", "#")
    template = engines["django"].from_string('{% load ui %}{% job_progress job "/gallery/job/" %}')
    return HttpResponse(template.render({"job": finished}, request), status=286)


@login_not_required
def save(request):
    """Keeps nothing; a text that says so is not taken."""
    return HttpResponse(status=503 if "不通" in request.POST["minutes"] else 204)


class ReasonForm(forms.Form):
    """Why something is revealed."""

    reason = forms.CharField(label="查看理由", max_length=100)


@login_not_required
def reveal(request):
    """First the question for the reason, then the value."""
    asked = request.method != "POST"
    name = "congress/_reveal_form.html" if asked else "components/revealed.html"
    values = {"form": ReasonForm(), "label": "手机号", "seconds": 30}
    return render(request, name, values if asked else values | {"value": f"完整号码（{request.POST['reason']}）"})


urlpatterns = [
    path("gallery/save/", save),
    path("gallery/reveal/", reveal),
    path("gallery/", gallery),
    path("gallery/job/", job),
    path("gallery/<str:classes>/", gallery),
    path("", include("congress.urls")),
]
