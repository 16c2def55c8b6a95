"""Terms with their districts, and deputies' groups."""

from collections import Counter

from congress import clock
from congress.guard.record import kept
from congress.law import deputies as law
from congress.law.elections import DISTRICT_SIZE_WORDS
from congress.law.sources import cite, gist
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import show
from congress.wording import chinese_date
from deputies.actions import DISTRICTS, GROUPS, TERMS, seats_findings
from deputies.forms import DistrictForm, GroupForm, TermForm
from deputies.listings import DISTRICTS as DISTRICT_LIST
from deputies.listings import GROUPS as GROUP_LIST
from deputies.listings import TERMS as TERM_LIST
from deputies.models import District, Group, Level, Term
from deputies.permissions import STRUCTURE
from deputies.queries import belonging, day_within, groups, roster, seated, terms

DISTRICT_ROWS = District.objects.select_related("term")


@township_view(STRUCTURE)
def term_list(request, township):
    """Terms of all congresses whose deputies the roster knows."""
    heads = [
        ("新增届次", at(township, "deputies-term-new"), "plus-lg"),
        ("导入选区", at(township, "import-new", "deputies.districts"), "upload"),
    ]
    return show(request, township, TERM_LIST, terms(), actions=heads)


@township_view(STRUCTURE)
def term(request, township, pk):
    """A term: seats against deputies, what the law says of the numbers, its districts."""
    found = kept_or_404(Term, pk)
    today = clock.today()
    day = day_within(found, today)
    holding = seated(found, day).count()
    presidium = roster().filter(presidium_member=True, mandates__in=seated(found, day)).count()
    districts = District.objects.kept().filter(term=found)
    findings = [*seats_findings(found)]
    findings += law.check_holding(holding, found.seats, today)
    there = Counter(seated(found, day).values_list("district", flat=True))
    for district in districts:
        findings += law.check_holding(there[district.pk], district.seats, today, str(district))
    if found.level == Level.TOWNSHIP and presidium:
        findings += law.check_presidium_size(presidium, today, township.pack, holding, township.population)
    deputies = f"{at(township, 'deputies-list')}?term={found.pk}"
    since = f"{'' if day > today else '截至'}{chinese_date(day)}{'第一次会议开幕起就任' if day > today else '在任'}，不含待审核的"
    until = f"至{chinese_date(found.ended_on)}" if found.ended_on else "起"
    since_first = f"{chinese_date(found.started_on)}{until}" if found.started_on else "第一次会议日期尚未登记"
    rows = [
        ("任期", since_first),
        ("代表名额", str(found.seats)),
        ("当选代表" if day > today else "实有代表", f"{holding}名，{since}", deputies),
        ("缺额", str(max(0, found.seats - holding))),
    ]
    if found.level == Level.TOWNSHIP:
        rows.append(("主席团成员", str(presidium)))
    return detail_page(
        request,
        TERMS,
        found,
        rows=rows,
        edit=STRUCTURE,
        title=f"{found.get_level_display()}{found}",
        facts_title="届次",
        template="deputies/term.html",
        actions=[("新增选区", at(township, "deputies-district-new", pk), "plus-lg")],
        districts=districts,
        district_seats=sum(district.seats for district in districts),
        findings=findings,
        district_size=DISTRICT_SIZE_WORDS,
    )


@township_view(STRUCTURE)
def term_edit(request, township, pk=None):
    """Add or change a term."""
    row = kept_or_404(Term, pk) if pk else Term(township=township)
    form = TermForm(request.POST or None, instance=row)
    lead = f"{gist(cite('deputies_law', 'term'))}县级及以上的届次用于登记在本地工作的上级代表。"
    title = "修改届次" if pk else "新增届次"
    return keep_page(request, TERMS, form, listed=at(township, "deputies-terms"), title=title, lead=lead)


@township_view(STRUCTURE)
def term_withdraw(request, township, pk):
    """Take back a term entered by mistake."""
    return withdraw_page(request, TERMS, kept_or_404(Term, pk), at(township, "deputies-terms"))


@township_view(STRUCTURE)
def district_list(request, township, pk):
    """The districts of a term."""
    found = kept_or_404(Term, pk)
    new = ("新增选区", at(township, "deputies-district-new", pk), "plus-lg")
    return show(request, township, DISTRICT_LIST, DISTRICT_ROWS.kept().filter(term=found), actions=[new])


@township_view(STRUCTURE)
def district_new(request, township, pk):
    """Add a district to a term."""
    found = kept_or_404(Term, pk)
    form = DistrictForm(request.POST or None, instance=District(township=township, term=found))
    back = url_of(found, township)
    return keep_page(request, DISTRICTS, form, listed=back, back=back, title=f"新增{found}选区")


@township_view(STRUCTURE)
def district(request, township, pk):
    """A district: its seats and who holds them."""
    found = kept_or_404(DISTRICT_ROWS, pk)
    rows = [
        ("届", f"{found.term.get_level_display()}{found.term}", url_of(found.term, township)),
        ("应选名额", f"{found.seats}名"),
        ("人口数", "" if found.population is None else f"{found.population}人"),
        ("所辖村（社区）、单位", found.villages),
        ("划分方式", found.get_kind_display()),
    ]
    deputies = roster().filter(kept("mandates"), mandates__district=found).order_by("stroke_key").distinct()
    people = {"deputies": deputies, "people_title": "本选区选出的代表", "may_see_deputies": True}
    return detail_page(
        request, DISTRICTS, found, rows=rows, edit=STRUCTURE, template="deputies/with_people.html", **people
    )


@township_view(STRUCTURE)
def district_edit(request, township, pk):
    """Change a district."""
    row = kept_or_404(DISTRICT_ROWS, pk)
    form = DistrictForm(request.POST or None, instance=row)
    return keep_page(request, DISTRICTS, form, listed=url_of(row.term, township))


@township_view(STRUCTURE)
def district_withdraw(request, township, pk):
    """Take back a district entered by mistake."""
    row = kept_or_404(DISTRICT_ROWS, pk)
    return withdraw_page(request, DISTRICTS, row, url_of(row.term, township))


@township_view(STRUCTURE)
def group_list(request, township):
    """Deputies' groups."""
    new = ("新增小组", at(township, "deputies-group-new"), "plus-lg")
    return show(request, township, GROUP_LIST, groups(), actions=[new])


@township_view(STRUCTURE)
def group(request, township, pk):
    """A group with its deputies."""
    found = kept_or_404(Group, pk)
    deputies = belonging(group=found)
    people = {"deputies": deputies, "people_title": "小组的代表", "may_see_deputies": True}
    listed = ("在花名册中查看", f"{at(township, 'deputies-list')}?group={pk}", "table")
    rows = [
        ("小组名称", found.name),
        ("成立日期", chinese_date(found.formed_on)),
        *([("撤销日期", chinese_date(found.dissolved_on))] if found.dissolved_on else []),
    ]
    return detail_page(
        request,
        GROUPS,
        found,
        rows=rows,
        edit=STRUCTURE,
        actions=[listed],
        template="deputies/with_people.html",
        **people,
    )


@township_view(STRUCTURE)
def group_edit(request, township, pk=None):
    """Add or rename a group."""
    row = kept_or_404(Group, pk) if pk else Group(township=township)
    form = GroupForm(request.POST or None, instance=row)
    title = "修改代表小组" if pk else "新增代表小组"
    return keep_page(request, GROUPS, form, listed=at(township, "deputies-groups"), title=title)


@township_view(STRUCTURE)
def group_withdraw(request, township, pk):
    """Take back a group entered by mistake."""
    return withdraw_page(request, GROUPS, kept_or_404(Group, pk), at(township, "deputies-groups"))
