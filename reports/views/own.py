"""The county's own settings: rules by which it is alerted, and the map of its townships."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import clock
from congress.web.forms import PlainForm
from congress.web.pages import county_view, page
from congress.web.records import form_page
from congress.web.table import Badge, Col, Listing, show
from reports.actions import own as actions
from reports.models import AlertRule
from reports.permissions import COUNTY, RULES
from reports.queries import county as queries
from reports.queries import own
from reports.queries.shown import SHOWN
from reports.views.county import figure_url
from reports.views.county_forms import RuleForm, TilesForm


def _state(rule: AlertRule) -> Badge:
    if rule.ended_on is not None:
        return Badge("已停用", "neutral")
    return Badge("正在提醒", "good") if rule.holds_on(clock.today()) else Badge("已到期", "neutral")


def _end(rule: AlertRule, county) -> str:
    return reverse("reports-county-rule-end", args=[county.code, rule.pk]) if rule.holds_on(clock.today()) else ""


def _called(word: str) -> Q:
    return Q(pk__in=[rule.pk for rule in AlertRule.objects.all() if word in str(rule)])


RULE_LIST = Listing(
    title="预警规则",
    name="county-rules",
    columns=[
        Col("rule", "规则", str, by=str, width=30, find=_called),
        Col("until", "提醒到", lambda rule: rule.until, "until", width=12, find="until"),
        Col("ended_on", "停用日期", lambda rule: rule.ended_on, "ended_on", width=12, find="ended_on"),
        Col("state", "状态", _state, by=lambda rule: _state(rule).word),
        Col("end", "停用", lambda rule: "停用" if rule.holds_on(clock.today()) else "", url=_end, sortable=False),
    ],
    default="until",
    days="until",
    search_hint="规则、日期",
    empty=("还没有预警规则", "某项数据低于或者高于界限的乡镇，在首页提示。"),
)


@county_view(RULES)
def rules(request, county):
    """The rules, with those that are over."""
    ways = [("增加规则", reverse("reports-county-rule-new", args=[county.code]), "plus-lg")]
    return show(request, county, RULE_LIST, AlertRule.objects.filter(county=county), actions=ways)


@county_view(RULES)
def new_rule(request, county):
    """Add a rule."""
    form = RuleForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.set_rule(request.user, county, **form.cleaned_data),
        title="增加预警规则",
        lead="对每个乡镇本年度的数据逐个比较，符合的在首页提示，每周汇总成一条消息。",
        submit="保存规则",
        said="已保存规则。",
        back=reverse("reports-county-rules", args=[county.code]),
    )


@county_view(RULES)
def end_rule(request, county, pk):
    """End a rule before its day."""
    rule = get_object_or_404(AlertRule, pk=pk, county=county)
    return form_page(
        request,
        PlainForm(request.POST if request.method == "POST" else None),
        lambda: actions.end_rule(request.user, rule),
        title=f"停用规则：{rule}",
        lead="停用后不再提示，记录保留。",
        submit="停用",
        said="已停用规则。",
        back=reverse("reports-county-rules", args=[county.code]),
    )


MAPPED = "suggestions.on_time_rate"
SHADES = 4  # steps of the map, each told by its number as well


@county_view(COUNTY)
def tiles(request, county):
    """A schematic map of the townships, coloured and lettered by a figure of the year."""
    today = clock.today()
    lines, _ = queries.overview(county, today.year, today)
    key = request.GET.get("figure", "")
    key = key if key in SHOWN else MAPPED
    by_town = {line.township: line.told[key] for line in lines}
    fields = own.fields(county, list(by_town))
    most = max([told.rank for told in by_town.values()], default=0)
    context = {
        "figure": key,
        "figures": SHOWN.items(),
        "label": SHOWN[key],
        "rows": _rows(
            [(one, by_town[one.township], _shade(by_town[one.township].rank, most)) for one in fields], county
        ),
        "breadcrumbs": [("示意图", "")],
    }
    return page(request, "reports/county_tiles.html", context)


def _shade(rank: int, most: int) -> int:
    return 0 if rank < 0 or not most else min(SHADES, rank * SHADES // most + 1)


def _rows(laid: list, county) -> list[list[dict | None]]:
    """The map line by line, with its empty fields."""
    year, by_field = clock.today().year, {(one.row, one.column): (one.township, *rest) for one, *rest in laid}
    if not by_field:
        return []
    found: list[list[dict | None]] = []
    for row in range(1, max(row for row, _ in by_field) + 1):
        line: list[dict | None] = []
        for column in range(1, max(column for _, column in by_field) + 1):
            if (row, column) not in by_field:
                line.append(None)
                continue
            township, told, shade = by_field[row, column]
            url = figure_url(county, year, township, told) or reverse("township_home", args=[township.code])
            line.append({"name": township.name, "shown": told.shown, "shade": shade, "url": url})
        found.append(line)
    return found


@county_view(RULES)
def lay(request, county):
    """Say in which row and column each township lies."""
    form = TilesForm(request.POST or None, fields_=own.fields(county, county.real_townships))
    return form_page(
        request,
        form,
        lambda: actions.lay_tiles(request.user, county, form.places) or True,
        title="排定示意图",
        lead="行从上往下数，列从左往右数。两个乡镇不能在同一格。",
        submit="保存",
        said="已排定。",
        back=reverse("reports-county-tiles", args=[county.code]),
    )
