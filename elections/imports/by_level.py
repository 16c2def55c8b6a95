"""Tables of one level's election whose rows name a district, and perhaps the county's of the same voters."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

from congress.guard.record import Record
from congress.guard.refusal import refuse
from congress.imports import RecordKind, Taken
from congress.people.fields import encrypted_fields
from congress.people.record import prepare_bulk
from congress.spreadsheets.columns import Column, plain
from congress.spreadsheets.lines import bare_title
from congress.spreadsheets.preview import PreviewRow, Status
from deputies.models import Level
from elections.imports.clock import spoken
from elections.imports.places import Places
from elections.imports.roll_form import LevelForm
from elections.models import Campaign, Election
from elections.permissions import EDIT
from elections.queries import places as polling

DISTRICT = Column("district", "选区", ("所在选区", "选区号"), required=True, titled=True, max_length=60, example="3")
COUNTY_DISTRICT = Column("county_district", "县级选区", max_length=60)


class Called(NamedTuple):
    """The records of a campaign whose names the cells of a column bear, and what is wrong where one names none of them."""

    among: Callable[[Campaign], Iterable[Record]]
    lost: str
    noun: str = ""


PLACE = Called(polling.places, "还没有登记这个投票站（选举大会），请先登记或者改正名称", "投票站")


class ByLevel(RecordKind):
    """A kind of table that is told once of which level it speaks, with districts as people spell them, other records by
    their names (`called`, by column) and times of the day (`times`, the columns)."""

    permission = EDIT
    noun = "个"
    form = LevelForm
    once_for_all = ("election",)
    placed: tuple[str, ...] = ("district", "county_district")
    called: Mapping[str, Called] = {}
    times: tuple[str, ...] = ()
    list_route = ""  # where its rows are seen afterwards, under the election

    def __init__(self, township, options):
        super().__init__(township, options)
        chosen = Election.objects.kept().filter(pk=options.get("election") or None)
        self.election = chosen.select_related("campaign", "term").first()

    @cached_property
    def places(self) -> Places:
        """The districts of the level."""
        return Places(self.election, None)

    @cached_property
    def county_places(self) -> Places | None:
        """The districts of the county's level, where it elects on the same day."""
        beside = Election.objects.kept().filter(campaign=self.election.campaign_id, term__level=Level.COUNTY)
        found = beside.exclude(pk=self.election.pk).select_related("term").first()
        return Places(found, None) if found else None

    def named(self, name: str, text: str) -> Record | None:
        """The record a cell of a column names."""
        if name not in self._records:
            self._records[name] = {plain(str(one)): one for one in self.called[name].among(self.election.campaign)}
        return self._records[name].get(plain(text))

    @cached_property
    def _records(self) -> dict[str, dict[str, Record]]:
        return {}

    def lookup(self, keys):
        names = [column.key for column in self.columns()]
        known = {}
        for row in self.kept():
            spoken = {name: self._spoken(row, name) for name in names}
            known[tuple(spoken[name] for name in self.natural)] = {"id": row.pk} | spoken
        return {key: known[key] for key in keys if key in known}

    def _spoken(self, row, name):
        if name in self.placed or name in self.called:
            found = getattr(row, name)
            return str(found) if found else None
        if name in self.times:
            return spoken(getattr(row, name))
        return super()._spoken(row, name)

    def settle_under(self, title, values):
        said = []
        if "district" in self.placed and not values.get("district"):
            label, wrong = self.places.district(bare_title(title))
            if label and not wrong:
                values["district"] = label
                said.append(f"选区按标题“{title[:30]}”登记")
        for name in self.called.keys() & {*self.natural}:
            if not values.get(name) and (found := self.named(name, bare_title(title))):
                values[name] = str(found)
                said.append(f"{self.called[name].noun}按标题“{title[:30]}”登记")
        return said

    def settle(self, values):
        for name, places in self._placed():
            if places and values.get(name):
                values[name] = places.district(values[name])[0] or values[name]
        for name in self.called:
            if values.get(name) and (found := self.named(name, values[name])):
                values[name] = str(found)
        return []

    def check_row(self, values):
        wrong = []
        for name, places in self._placed():
            if not values.get(name):
                continue
            said = places.district(values[name])[1] if places else "这次选举没有县级的选区，请留空"
            wrong += [(name, said)] if said else []
        lost = [name for name in self.called if values.get(name) and self.named(name, values[name]) is None]
        return [*wrong, *((name, self.called[name].lost) for name in lost)]

    def _placed(self) -> Iterator[tuple[str, Places | None]]:
        for name in self.placed:
            yield name, self.places if name == "district" else self.county_places

    def _set(self, row, values: dict[str, Any]):
        said = {name: value for name, value in values.items() if name not in (*self.placed, *self.called)}
        for name in self.called:
            if values.get(name):
                setattr(row, name, self.named(name, values[name]))
        for name, places in self._placed():
            if places and values.get(name):
                setattr(row, name, places.by_label[values[name]])
        return super()._set(row, said)

    def make(self, plan):
        if self.election is None or self.election.campaign.closed_on:
            refuse("这次选举工作已经结束或者撤回，请重新选择。")
        return []

    def born(self, rows: list) -> None:
        """Give new rows what no column says: a number."""

    def take(self, rows: list[PreviewRow]) -> list[Taken]:
        new = [row for row in rows if row.status == Status.NEW]
        made = [self._set(self.model(township=self.township, **self.common()), row.values) for row in new]
        self.born(made)
        self.model._default_manager.bulk_create(prepare_bulk(made) if encrypted_fields(self.model) else made)
        changed = [self._change(row) for row in rows if row.status == Status.CHANGED]
        return [*(Taken(row, True) for row in made), *changed]

    def said(self):
        return [("选举", f"{self.election}（{self.election.term.get_level_display()}）")] if self.election else []

    @classmethod
    def back(cls, township):
        return reverse("elections-campaigns", args=[township.code])

    def seen_at(self):
        if self.election is None:
            return self.back(self.township)
        return reverse(self.list_route, args=[self.township.code, self._listed_of()])

    def _listed_of(self):
        """The key of the record under which the list stands."""
        return self.election.campaign_id
