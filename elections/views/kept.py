"""The pages of the plain records of a campaign: list, new, one, change, take back — the same for every kind.

`KeptPages` says what differs: the keeping, form and list, the record under which the rows stand, and what a row tells.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import URLPattern, path

from congress.guard.record import Record
from congress.keeping import Keeping
from congress.law.finding import Finding
from congress.permissions import Permission, Standing
from congress.steps import Life
from congress.web.forms import RecordForm
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.steps import buttons
from congress.web.table import Listing, show
from elections.models import Campaign, Committee, Election, Nomination, Nominee, Round
from elections.permissions import EDIT, VIEW
from elections.views.frame import campaign_of, election_of, name_of


@dataclass(frozen=True)
class Parent:
    """Under which record rows may stand: the address they are below, what is read with it, and what leads to its page beside
    the campaign."""

    slug: str
    reads: tuple[str, ...] = ()
    trail: Callable[[Any, Any], list[tuple[str, str]]] = lambda place, above: []


def _itself(place, above) -> list[tuple[str, str]]:
    return [(str(above), url_of(above, place))]


def _among_nominees(place, above) -> list[tuple[str, str]]:
    election = election_of(above)
    listed = (f"{name_of(election)}代表候选人", at(place, "elections-nominee-list", election.pk))
    return [listed, *_itself(place, above)]


def _among_rounds(place, above) -> list[tuple[str, str]]:
    election = election_of(above)
    listed = (f"{name_of(election)}投票和结果", at(place, "elections-rounds", election.pk))
    return [listed, *_itself(place, above)]


def _of_nominee(prefix: str = "") -> tuple[str, ...]:
    return tuple(f"{prefix}{name}" for name in ("election__campaign", "election__term", "district"))


PARENTS: dict[type[Record], Parent] = {
    Campaign: Parent(""),
    Election: Parent("levels/", ("campaign", "term")),
    Committee: Parent("committees/", ("election__campaign", "election__term"), _itself),
    Nominee: Parent("nominees/", _of_nominee(), _among_nominees),
    Nomination: Parent("nominations/", _of_nominee("nominee__"), _among_nominees),
    Round: Parent("rounds/", ("election__campaign", "election__term", "district", "count"), _among_rounds),
}


def _nothing(row: Any) -> Iterable[Finding]:
    return ()


def _all_of(standing: Standing, rows: QuerySet) -> QuerySet:
    return rows


@dataclass(frozen=True)
class ByPlaceStaff:
    """What somebody who may not change every row of a kind records at the place where they work: `own` are the rows they
    change, with `form`, which `limits` to their own; `new` says whether they make some as well."""

    permission: Permission
    own: Callable[[Standing, QuerySet], QuerySet]
    form: Callable[..., RecordForm]
    limits: Callable[[Standing], dict] = lambda standing: {}
    new: bool = False


@dataclass(frozen=True)
class KeptPages:
    """The pages of one kind. `rows(above)` are the rows under a campaign, a level's election or a committee; `start(above)`
    gives what a new row has of it; `above(row)` finds it again; `all_findings(above)` are told above the list. What there is
    one of has no list (None) and is shown by the page of the campaign. `seen` are those of the rows a reader sees, of those
    that hang on a campaign (`under_seen`) likewise; `at_place` is who records at one place alone."""

    keeping: Keeping
    form: Callable[..., RecordForm]
    listing: Listing | None
    slug: str
    under: type[Record]
    rows: Callable[[Any], QuerySet] | None
    start: Callable[[Any], dict]
    above: Callable[[Any], Record]
    facts: Callable[[Any], Sequence[tuple]]
    reads: tuple[str, ...] = ()
    lead: str = ""
    findings: Callable[[Any], Iterable[Finding]] = _nothing
    all_findings: Callable[[Any], Iterable[Finding]] = _nothing
    heads: Callable[[Any, Any], Sequence[tuple]] = lambda place, above: ()
    options: Callable[[Any], dict] = lambda above: {}
    more: Callable[[Any, Any], dict] = lambda place, row: {}
    template: str = "congress/detail.html"
    life: Life | None = None
    # (actor, form): what writes the rows that belong to this one, and tells the event of them; None where nothing of them differs.
    also: Callable[[Any, Any], Callable[[Any], dict] | None] = lambda actor, form: None
    preset: tuple[str, ...] = ()  # fields an address may fill in, as the code on a paper form does
    home: Callable[[Any, Any], str] | None = None  # (place, above): where a row without a list of its kind is shown
    sees: Permission = VIEW
    edits: Permission = EDIT
    seen: Callable[[Standing, QuerySet], QuerySet] = _all_of
    under_seen: Callable[[Standing, QuerySet], QuerySet] = _all_of
    at_place: ByPlaceStaff | None = None

    @property
    def route(self) -> str:
        """What the names of its addresses begin with."""
        return self.keeping.route

    @property
    def list_route(self) -> str:
        """The name of the address of its list."""
        return f"{self.route}-list"

    def urls(self) -> list[URLPattern]:
        """The five addresses."""
        listed = f"campaigns/{PARENTS[self.under].slug}<uuid:pk>/{self.slug}/"
        one = f"campaigns/{self.slug}/<uuid:pk>/"
        pages = [path(listed, self._list(), name=self.list_route)] if self.listing else []
        return [
            *pages,
            path(f"{listed}new/", self._new(), name=f"{self.route}-new"),
            path(one, self._show(), name=self.route),
            path(f"{one}edit/", self._edit(), name=f"{self.route}-edit"),
            path(f"{one}withdraw/", self._withdraw(), name=f"{self.route}-withdraw"),
        ]

    @cached_property
    def _parents(self) -> QuerySet:
        rows = self.under.objects.select_related("township__county", *PARENTS[self.under].reads)
        if self.under is Campaign:
            first = Election.objects.kept().filter(campaign=OuterRef("pk")).order_by("-term__level")  # the township's
            return rows.annotate(first_level=Subquery(first.values("pk")[:1]))
        return rows.filter(campaign__isnull=False) if self.under is Election else rows

    @cached_property
    def _all(self) -> QuerySet:
        return self.keeping.model.objects.select_related("township__county", *self.reads)

    def _list(self):
        def view(request, township, pk):
            above = kept_or_404(self.under_seen(request.standing, self._parents), pk)
            head = list(self.heads(township, above)) if request.allows(self.edits) else []
            if request.allows(self.edits) or (self.at_place and self.at_place.new and request.allows(self.records)):
                head.insert(0, (f"登记{self.keeping.words}", at(township, f"{self.route}-new", pk), "plus-lg"))
            trail = self._trail(township, above, (self.listing.title, ""))
            context = {"breadcrumbs": trail, "findings": list(self.all_findings(above))}
            return show(
                request,
                township,
                self.listing,
                self.seen(request.standing, self.rows(above)),
                actions=head,
                context=context,
                template="elections/kept_list.html",
            )

        view.__doc__ = f"{self.listing.title}。"
        return township_view(self.sees)(view)

    def _show(self):
        def view(request, township, pk):
            row = kept_or_404(self.seen(request.standing, self._all), pk)
            steps = {"buttons": buttons(self.life, request.standing, row)} if self.life else {}
            listed = [(self.listing.title, self._listed(township, self.above(row)))] if self.listing else []
            return detail_page(
                request,
                self.keeping,
                row,
                rows=self.facts(row),
                edit=self._edits_of(request, row),
                findings=list(self.findings(row)),
                template=self.template,
                breadcrumbs=self._trail(township, self.above(row), *listed, (str(row), "")),
                **steps,
                **self.more(township, row),
            )

        view.__doc__ = f"{self.keeping.words}。"
        return township_view(self.sees)(view)

    def _new(self):
        def view(request, township, pk):
            above = kept_or_404(self.under_seen(request.standing, self._parents), pk)
            row = self.keeping.model(township=township, **self.start(above))
            return self._keep(request, township, row, above)

        view.__doc__ = f"登记{self.keeping.words}。"
        return township_view(self.records if self.at_place and self.at_place.new else self.edits)(view)

    def _edit(self):
        def view(request, township, pk):
            rows = self._all
            if self.at_place and not request.allows(self.edits):
                rows = self.at_place.own(request.standing, rows)
            row = kept_or_404(rows, pk)
            return self._keep(request, township, row, self.above(row))

        view.__doc__ = f"修改{self.keeping.words}。"
        return township_view(self.records)(view)

    def _keep(self, request, township, row, above):
        preset = {name: request.GET[name] for name in self.preset if name in request.GET}
        made, options = self.form, self.options(above)
        if self.at_place and not request.allows(self.edits):
            made, options = self.at_place.form, options | self.at_place.limits(request.standing)
        form = made(request.POST or None, instance=row, initial=preset, **options)
        listed = self._listed(township, above)
        said = f"{'登记' if row._state.adding else '修改'}{self.keeping.words}"
        return keep_page(
            request,
            self.keeping,
            form,
            listed=listed,
            title=f"{said}：{above}" if PARENTS[self.under].trail(township, above) else said,
            act=lambda: self.keeping.save(request.user, form, self.also(request.user, form)),
            findings=self.findings,
            lead=self.lead,
            again="保存，再登记一个" if self.listing else "",
        )

    @property
    def records(self) -> Permission:
        """The right by which a row is entered or changed, be it only at one's own place."""
        return self.at_place.permission if self.at_place else self.edits

    def _edits_of(self, request, row) -> Permission:
        """The right that changes this very row for this reader."""
        own = self.at_place and not request.allows(self.edits) and self.at_place.own(request.standing, self._all)
        return self.records if own and own.filter(pk=row.pk).exists() else self.edits

    def _withdraw(self):
        def view(request, township, pk):
            row = kept_or_404(self._all, pk)
            return withdraw_page(request, self.keeping, row, self._listed(township, self.above(row)))

        view.__doc__ = f"撤回误录的{self.keeping.words}。"
        return township_view(self.edits)(view)

    def _listed(self, township, above) -> str:
        """The list a row stands in; the page of the campaign where there is none."""
        if self.listing is None:
            return self.home(township, above) if self.home else url_of(campaign_of(above), township)
        return at(township, self.list_route, above.pk)

    def _trail(self, township, above, *more: tuple[str, str]) -> list[tuple[str, str]]:
        campaign = campaign_of(above)
        trail = [("选举工作", at(township, "elections-campaigns")), (str(campaign), url_of(campaign, township))]
        trail += PARENTS[self.under].trail(township, above)
        if isinstance(above, Election) and self.listing:  # what there is one of names its level itself
            more = ((f"{name_of(above)}{more[0][0]}", more[0][1]), *more[1:])
        return [*trail, *more]
