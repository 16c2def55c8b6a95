"""A toy of the recipe 「a new plain record」 in docs/architecture.md: everything such a kind consists of, and nothing else."""

from django.apps.registry import Apps
from django.urls import include, path

from congress.guard.refusal import refuse
from congress.keeping import Keeping
from congress.models import Unit
from congress.permissions import CATEGORIES
from congress.urls import urlpatterns as of_the_product
from congress.web.forms import RecordForm
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import Col, Listing, show


class Toy(Unit):
    """The record. It borrows a table, because a test makes none."""

    url_name = "toy"

    class Meta:
        proxy = True
        app_label = "congress"
        apps = Apps()
        verbose_name = verbose_name_plural = "玩具"


def _check(toy: Toy) -> None:
    if "坏" in toy.name:
        refuse("名称里不能有“坏”字。", "name")


TOYS = Keeping(Toy, "tests.toy", check=_check, route="toy")


class ToyForm(RecordForm):
    """Its form."""

    class Meta:
        model = Toy
        fields = ("name", "level", "duties")


LIST = Listing(
    title="玩具",
    name="toys",
    columns=[
        Col("name", "名称", lambda toy: toy.name, "name", lambda toy, town: url_of(toy, town), find="name"),
        Col("level", "层级", lambda toy: toy.get_level_display(), "level", find="level"),
    ],
    default="name",
)


@township_view(CATEGORIES)
def toys(request, township):
    """All of them."""
    new = ("登记玩具", at(township, "toy-new"), "plus-lg")
    return show(request, township, LIST, Toy.objects.kept(), actions=[new])


@township_view(CATEGORIES)
def toy(request, township, pk):
    """One of them."""
    found = kept_or_404(Toy, pk)
    return detail_page(request, TOYS, found, rows=[("层级", found.get_level_display())], edit=CATEGORIES)


@township_view(CATEGORIES)
def toy_edit(request, township, pk=None):
    """Record or change one."""
    row = kept_or_404(Toy, pk) if pk else Toy(township=township)
    return keep_page(request, TOYS, ToyForm(request.POST or None, instance=row), listed=at(township, "toys"))


@township_view(CATEGORIES)
def toy_withdraw(request, township, pk):
    """Take one back."""
    return withdraw_page(request, TOYS, kept_or_404(Toy, pk), at(township, "toys"))


urlpatterns = [
    *of_the_product,
    path(
        "t/<str:code>/",
        include(
            [
                path("toys/", toys, name="toys"),
                path("toys/new/", toy_edit, name="toy-new"),
                path("toys/<uuid:pk>/", toy, name="toy"),
                path("toys/<uuid:pk>/edit/", toy_edit, name="toy-edit"),
                path("toys/<uuid:pk>/withdraw/", toy_withdraw, name="toy-withdraw"),
            ]
        ),
    ),
]
