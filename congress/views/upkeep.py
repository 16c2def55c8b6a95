"""What a township keeps for itself: handling units, categories, the words of its documents."""

from congress.models import Category, Unit
from congress.permissions import CATEGORIES as KEEP
from congress.upkeep import CATEGORIES, TOWNSHIPS, UNITS, change_category
from congress.views import listings
from congress.web.forms import CategoryForm, UnitForm
from congress.web.forms_places import TownshipWordsForm
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, withdraw_page
from congress.web.table import show
from congress.wording import chinese_date


@township_view(KEEP)
def units(request, township):
    """Handling units of the township."""
    heads = [
        ("新增单位", at(township, "unit-new"), "plus-lg"),
        ("导入单位", at(township, "import-new", "congress.units"), "upload"),
    ]
    return show(request, township, listings.UNITS, Unit.objects.kept(), actions=heads)


@township_view(KEEP)
def unit(request, township, pk):
    """One unit with its duties."""
    found = kept_or_404(Unit, pk)
    rows = [("层级", found.get_level_display()), ("主要职责", found.duties)]
    return detail_page(request, UNITS, found, rows=rows, edit=KEEP)


@township_view(KEEP)
def unit_edit(request, township, pk=None):
    """Add or change a unit."""
    row = kept_or_404(Unit, pk) if pk else Unit(township=township)
    form = UnitForm(request.POST or None, instance=row)
    listed = at(township, "units")
    return keep_page(request, UNITS, form, listed=listed, back=listed)


@township_view(KEEP)
def unit_withdraw(request, township, pk):
    """Take back a unit entered by mistake."""
    return withdraw_page(request, UNITS, kept_or_404(Unit, pk), at(township, "units"))


@township_view(KEEP)
def categories(request, township):
    """Lists the township keeps: categories of matters, the stations' check-list."""
    action = ("新增类别", at(township, "category-new"), "plus-lg")
    return show(request, township, listings.CATEGORIES, Category.objects.kept(), actions=[action])


@township_view(KEEP)
def category(request, township, pk):
    """One category: what it is for and whether it is in use."""
    found = kept_or_404(Category, pk)
    rows = [
        ("用途", found.get_kind_display()),
        ("次序", str(found.position)),
        ("状态", "在用" if found.active else "停用"),
        ("启用日期", chinese_date(found.used_from)),
    ]
    return detail_page(request, CATEGORIES, found, rows=rows, edit=KEEP)


@township_view(KEEP)
def category_edit(request, township, pk=None):
    """Add, rename, reorder or switch off a category."""
    row = kept_or_404(Category, pk) if pk else Category(township=township)
    form = CategoryForm(request.POST or None, instance=row)
    listed = at(township, "categories")

    def act() -> Category:
        if pk is None:
            return CATEGORIES.record(request.user, form.instance)
        data = form.cleaned_data
        return change_category(request.user, row, form.values, data["version"], data["since"])

    return keep_page(request, CATEGORIES, form, listed=listed, act=act, back=listed)


@township_view(KEEP)
def category_withdraw(request, township, pk):
    """Take back a category entered by mistake; one that was used is switched off instead."""
    return withdraw_page(request, CATEGORIES, kept_or_404(Category, pk), at(township, "categories"))


@township_view(KEEP)
def words(request, township):
    """The words the township's documents use."""
    form = TownshipWordsForm(request.POST or None, instance=township)
    lead = "发文代字用于发文字号，发展目标写入工作报告。"
    home = at(township, "township_home")
    return keep_page(request, TOWNSHIPS, form, listed=home, title="本乡镇信息", said="已保存。", lead=lead)
