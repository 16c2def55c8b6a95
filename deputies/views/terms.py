"""Terms with their districts, and deputies' groups."""

from django.urls import reverse

from congress import clock, history
from congress.guard.record import kept
from congress.law import deputies as law
from congress.law.elections import DISTRICT_SIZE_WORDS
from congress.law.sources import cite, gist
from congress.web.pages import page, township_view
from congress.web.table import show
from deputies import actions
from deputies.forms import DistrictForm, GroupForm, ReasonForm, TermForm
from deputies.listings import DISTRICTS, GROUPS, TERMS
from deputies.models import District, Group, Level, Term
from deputies.permissions import STRUCTURE
from deputies.queries import day_within, groups, roster, seated, terms
from deputies.views.common import ask, kept_or_404, save


@township_view(STRUCTURE)
def term_list(request, township):
    """Terms of all congresses whose deputies the roster knows."""
    place = [township.code]
    heads = [
        ("新增届次", reverse("deputies-term-new", args=place), "plus-lg"),
        ("导入选区", reverse("import-new", args=[*place, "deputies.districts"]), "upload"),
    ]
    return show(request, township, TERMS, terms(), actions=heads)


@township_view(STRUCTURE)
def term(request, township, pk):
    """A term: seats against deputies, what the law says of the numbers, its districts."""
    found = kept_or_404(Term, pk)
    if request.method == "POST":
        return _withdraw(request, township, found, reverse("deputies-terms", args=[township.code]))
    today = clock.today()
    day = day_within(found, today)
    holding = seated(found, day).count()
    presidium = roster().filter(presidium_member=True, mandates__in=seated(found, day)).count()
    districts = District.objects.kept().filter(term=found)
    findings = [*actions.seats_findings(found)]
    if found.level == Level.TOWNSHIP and presidium:
        size = law.check_presidium_size(presidium, today, township.pack, holding, township.population)
        findings += size
    context = {
        "term": found,
        "holding": holding,
        "day": day,
        "ahead": day > today,
        "vacant": max(0, found.seats - holding),
        "presidium": presidium,
        "districts": districts,
        "district_seats": sum(district.seats for district in districts),
        "findings": findings,
        "district_size": DISTRICT_SIZE_WORDS,
        "history": history.of(found),
        "reason_form": ReasonForm(),
    }
    return page(request, "deputies/term.html", context)


@township_view(STRUCTURE)
def term_edit(request, township, pk=None):
    """Add or change a term."""
    row = kept_or_404(Term, pk) if pk else Term(township=township)
    form = TermForm(request.POST or None, instance=row)
    title = "修改届次" if pk else "新增届次"
    lead = f"{gist(cite('deputies_law', 'term'))}县级及以上的届次用于登记在本地工作的上级代表。"
    back = reverse("deputies-term", args=[township.code, pk]) if pk else reverse("deputies-terms", args=[township.code])
    return ask(
        request, form, save(request, form, actions.save_term), title=title, lead=lead, said="已保存届次。", back=back
    )


@township_view(STRUCTURE)
def district_list(request, township, pk):
    """The districts of a term."""
    found = kept_or_404(Term, pk)
    new = ("新增选区", reverse("deputies-district-new", args=[township.code, pk]), "plus-lg")
    rows = District.objects.kept().filter(term=found).select_related("term")
    return show(request, township, DISTRICTS, rows, actions=[new])


@township_view(STRUCTURE)
def district_new(request, township, pk):
    """Add a district to a term."""
    found = kept_or_404(Term, pk)
    row = District(township=township, term=found)
    form = DistrictForm(request.POST or None, instance=row)
    back = reverse("deputies-term", args=[township.code, pk])
    title = f"新增{found}选区"
    return ask(request, form, save(request, form, actions.save_district), title=title, said="已保存选区。", back=back)


@township_view(STRUCTURE)
def district(request, township, pk):
    """A district: its seats and who holds them."""
    found = kept_or_404(District.objects.select_related("term"), pk)
    if request.method == "POST":
        return _withdraw(request, township, found, reverse("deputies-term", args=[township.code, found.term_id]))
    deputies = roster().filter(kept("mandates"), mandates__district=found).order_by("stroke_key").distinct()
    context = {
        "district": found,
        "deputies": deputies,
        "history": history.of(found),
        "reason_form": ReasonForm(),
    }
    return page(request, "deputies/district.html", context)


@township_view(STRUCTURE)
def district_edit(request, township, pk):
    """Change a district."""
    row = kept_or_404(District.objects.select_related("term"), pk)
    form = DistrictForm(request.POST or None, instance=row)
    back = reverse("deputies-district", args=[township.code, pk])
    return ask(
        request, form, save(request, form, actions.save_district), title="修改选区", said="已保存选区。", back=back
    )


@township_view(STRUCTURE)
def group_list(request, township):
    """Deputies' groups."""
    new = ("新增小组", reverse("deputies-group-new", args=[township.code]), "plus-lg")
    return show(request, township, GROUPS, groups(), actions=[new])


@township_view(STRUCTURE)
def group(request, township, pk):
    """A group with its deputies."""
    found = kept_or_404(Group, pk)
    if request.method == "POST":
        return _withdraw(request, township, found, reverse("deputies-groups", args=[township.code]))
    context = {
        "group": found,
        "deputies": roster().filter(group=found).order_by("stroke_key"),
        "history": history.of(found),
        "reason_form": ReasonForm(),
    }
    return page(request, "deputies/group.html", context)


@township_view(STRUCTURE)
def group_edit(request, township, pk=None):
    """Add or rename a group."""
    row = kept_or_404(Group, pk) if pk else Group(township=township)
    form = GroupForm(request.POST or None, instance=row)
    title = "修改代表小组" if pk else "新增代表小组"
    back = (
        reverse("deputies-group", args=[township.code, pk]) if pk else reverse("deputies-groups", args=[township.code])
    )
    return ask(request, form, save(request, form, actions.save_group), title=title, said="已保存代表小组。", back=back)


def _withdraw(request, township, row, back: str):
    """Take back what was entered by mistake; the form stands on the row's own page."""
    form = ReasonForm(request.POST)
    title = f"撤回{row._meta.verbose_name}“{row}”"
    return ask(
        request,
        form,
        lambda: actions.withdraw_place(request.user, row, form.cleaned_data["reason"]),
        title=title,
        said="已撤回。",
        submit="撤回",
        back=back,
    )
