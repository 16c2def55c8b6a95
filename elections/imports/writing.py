"""The rows of a roll written: new voters by columns and under one key, known ones each with what stood before."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from congress import clock
from congress.guard.bulk import insert_columns, insert_many
from congress.imports import Taken, fresh, state_of
from congress.names.keys import name_keys, set_keys
from congress.people import keys
from congress.people.record import prepare_bulk, sealed_columns
from congress.spreadsheets.columns import plain
from congress.spreadsheets.preview import PreviewRow, Status
from deputies.models import District, Level
from elections.actions.roll import hold
from elections.imports.words import GROUND_CODES, HOUSEHOLD_CODES
from elections.models import Election, Registration, RollChange, Voter, VoterGroup

if TYPE_CHECKING:
    from elections.imports.roll import Roll

GENDER_CODES = {label: value for value, label in Voter.Gender.choices}
GENDERS = {value: label for label, value in GENDER_CODES.items()}
CODES = {"gender": GENDER_CODES, "household": HOUSEHOLD_CODES}
TEXTS = ("household_no", "village", "employer", "remark")
SEALED = ("id_number", "phone", "address")
OF_VOTER = ("name", "gender", "birth_date", "ethnicity", "household", *TEXTS, *SEALED)


@dataclass(frozen=True)
class Ready:
    """A piece of a roll: what rows of new voters say, the columns of these, the rows of known ones."""

    new: list[dict[str, Any]]
    columns: dict[str, Any]
    known: list[PreviewRow]


class Writer:
    """Writes the pieces of one batch."""

    def __init__(self, roll: "Roll"):
        self.roll, self.election, self.places = roll, roll.election, roll.places
        self.data_key = None
        # One entry registers for both levels: for the county's where the group says its district.
        others = Election.objects.kept().filter(campaign=self.election.campaign_id).exclude(pk=self.election.pk)
        self.also = list(others) if self.election.term.level == Level.TOWNSHIP else []

    def state(self) -> str:
        """The roll of the township as it stands, in a few bytes; whoever takes a table waits here for another who does."""
        if self.roll.batch is not None:
            hold(self.election.campaign)
        return state_of(self.roll.township, (Voter, Registration, VoterGroup, District))

    def groups(self, planned: list[dict[str, Any]]) -> list[Taken]:
        """Make the groups that rows name."""
        made = {}
        for one in planned:
            district = self.places.by_label[one["district"]]
            group = VoterGroup(township=self.roll.township, district=district, number=one["number"], name=one["name"])
            made[group] = (district, plain(one["as"]))
        insert_many(prepare_bulk(made))
        for group, called in made.items():
            self.places.know(group)
            self.places.call(*called, group)
        return [Taken(group, True) for group in made]

    def prepare(self, rows: list[PreviewRow]) -> Ready:
        """A piece of the rows as it is going to be written; asks nothing of the database."""
        new = [row.values for row in rows if row.status == Status.NEW]
        return Ready(new, self._columns(new) if new else {}, [row for row in rows if row.status != Status.NEW])

    def write(self, piece: Ready) -> list[Taken]:
        """Write a piece; what bears the batch itself is not told."""
        if piece.new:
            if self.data_key._state.adding:
                self.data_key.save(force_insert=True)
            insert_columns(Voter, len(piece.new), piece.columns | {"created_at": clock.now()})
            self._register(piece.columns["id"], piece.new)
        return self._change_known(piece.known) if piece.known else []

    # -- new voters

    def _columns(self, new: list[dict[str, Any]]) -> dict[str, Any]:
        if self.data_key is None:
            self.data_key = keys.new_data_key(self.roll.township.pk, Voter.retention_class)
        pks = [uuid.uuid4() for _ in new]
        names = [name_keys(values["name"]) for values in new]
        texts = {name: [values.get(name) for values in new] for name in SEALED}
        return {
            "id": pks,
            "township_id": self.roll.township.pk,
            "batch_id": self.roll.batch.pk,
            "data_key_id": self.data_key.pk,
            "name": [values["name"] for values in new],
            "gender": [GENDER_CODES[values["gender"]] for values in new],
            "ethnicity": [values.get("ethnicity") or "汉族" for values in new],
            "birth_date": [date.fromisoformat(values["birth_date"]) for values in new],
            "evidence": [_evidence(values) for values in new],
            "household": [HOUSEHOLD_CODES[values.get("household") or "本乡镇"] for values in new],
            **{name: [values.get(name) or "" for values in new] for name in TEXTS},
            **sealed_columns(Voter, self.data_key, pks, texts),
            "search_text": [one.search_text for one in names],
            "pinyin_key": [one.pinyin_key for one in names],
            "stroke_key": [one.stroke_key for one in names],
        }

    def _register(self, voters: list[uuid.UUID], said: list[dict[str, Any]]) -> list[uuid.UUID]:
        """Registrations of these voters as rows say; returns the keys of those for the table's own election."""
        groups = [self._group(values) for values in said]
        districts = [self.places.by_label[values["district"]].pk for values in said]
        made = self._enter(self.election, voters, said, districts, groups)
        for other in self.also:
            places = [self._county_district(other, group) for group in groups]
            standing = self._standing(other, voters) if any(places) and self.roll.has_voters else {}
            wanted = [n for n, place in enumerate(places) if place is not None and voters[n] not in standing]
            picked = [[column[n] for n in wanted] for column in (voters, said, places, groups)]
            self._enter(other, *picked, cards=False)
        return made

    def _enter(
        self,
        election: Election,
        voters: list[uuid.UUID],
        said: list[dict[str, Any]],
        districts: list[uuid.UUID],
        groups: list[VoterGroup | None],
        *,
        cards: bool = True,
    ) -> list[uuid.UUID]:
        pks = [uuid.uuid4() for _ in voters]
        columns = {
            "id": pks,
            "township_id": self.roll.township.pk,
            "batch_id": self.roll.batch.pk,
            "created_at": clock.now(),
            "voter_id": voters,
            "election_id": election.pk,
            "district_id": districts,
            "group_id": [group.pk if group else None for group in groups],
            "ground": [GROUND_CODES[values["ground"]] for values in said],
            "way": Registration.Way.IMPORT.value,
            "registered_on": self._day,
            "card_no": [values.get("card_no") if cards else None for values in said],
        }
        insert_columns(Registration, len(pks), columns)
        return pks

    @property
    def _day(self) -> date:
        return date.fromisoformat(self.roll.options["registered_on"])

    @staticmethod
    def _county_district(election: Election, group: VoterGroup | None) -> uuid.UUID | None:
        place = group.county_district if group else None
        return place.pk if place and place.term_id == election.term_id else None

    @staticmethod
    def _standing(election: Election, voters: list[uuid.UUID]) -> dict[uuid.UUID, Registration]:
        rows = Registration.objects.kept().filter(election=election, on_roll=True, voter__in=voters)
        return {row.voter_id: row for row in rows.select_for_update(of=("self",)).select_related("district")}

    def _group(self, values: dict[str, Any]) -> VoterGroup | None:
        text = values.get("group")
        found = self.places.group(values["district"], text) if text else None
        if text and found is None:
            fresh.gone(text)
        return found

    # -- known voters

    def _change_known(self, rows: list[PreviewRow]) -> list[Taken]:
        voters = Voter.objects.kept().select_for_update(of=("self",)).select_related("data_key")
        known = {str(voter.pk): voter for voter in voters.filter(pk__in=[row.existing for row in rows])}
        keys_of = [uuid.UUID(pk) for pk in known]
        held = {str(pk): row for pk, row in self._standing(self.election, keys_of).items()}
        taken: list[Taken] = []
        entered: list[PreviewRow] = []
        for row in rows:
            voter = known.get(row.existing)
            if voter is None:
                raise Voter.DoesNotExist
            taken += self._change(voter, row)
            if row.existing not in held or "district" in row.changes:
                entered.append(row)
            elif "group" in row.changes:
                taken += self._regroup(held[row.existing], self._group(row.values))
        return taken + self._move(entered, held)

    def _move(self, rows: list[PreviewRow], held: dict[str, Registration]) -> list[Taken]:
        """Enter known voters, and end what they were registered for instead: at the county's level as well, where the new
        group has another district there."""
        voters, taken, ended = [uuid.UUID(row.existing) for row in rows], [], {}
        for row in rows:
            if row.existing in held:
                ended[row.existing] = held[row.existing]
                taken.append(self._off(held[row.existing]))
        for other in self.also:
            standing = self._standing(other, voters)
            for row in rows:
                group = self._group(row.values)
                place, entry = self._county_district(other, group), standing.get(uuid.UUID(row.existing))
                if place is None or entry is None:
                    continue
                if entry.district_id == place:
                    taken += self._regroup(entry, group)
                else:
                    taken += [self._off(entry), self._ended(entry, row)]
        made = self._register(voters, [row.values for row in rows])
        for row, pk in zip(rows, made, strict=True):
            if row.existing in ended:
                taken.append(self._ended(ended[row.existing], row, pk))
        return taken

    def _change(self, voter: Voter, row: PreviewRow) -> list[Taken]:
        names = [name for name in row.changes if name in OF_VOTER]
        if not names:
            return []
        before = {name: jsonable(getattr(voter, name)) for name in names}
        for name in names:
            setattr(voter, name, coded(name, row.values[name]))
        set_keys(voter)
        voter.save()
        return [Taken(voter, False, {"values": before, "version": voter.version})]

    def _off(self, entry: Registration) -> Taken:
        """Take an entry off the roll; the change that says why follows."""
        entry.on_roll = False
        entry.save()
        return Taken(entry, False, {"values": {"on_roll": True}, "version": entry.version})

    def _ended(self, entry: Registration, row: PreviewRow, instead: uuid.UUID | None = None) -> Taken:
        change = RollChange(
            township=self.roll.township,
            registration=entry,
            election_id=entry.election_id,
            kind=RollChange.Kind.TRANSFERRED,
            happened_on=self._day,
            reason=f"按导入的名册转到{row.values['district']}"[:200],
            paper=f"导入的名册“{self.roll.batch.file_name}”"[:100],
            instead_id=instead,
        )
        change.save(force_insert=True)
        return Taken(change, True)

    def _regroup(self, entry: Registration, group: VoterGroup | None) -> list[Taken]:
        before = str(entry.group_id) if entry.group_id else None
        entry.group = group
        entry.save()
        return [Taken(entry, False, {"values": {"group_id": before}, "version": entry.version})]


def coded(name: str, value: Any) -> Any:
    """A value in the spelling of its column as the voter keeps it."""
    if name == "birth_date":
        return date.fromisoformat(value)
    return CODES[name][value] if name in CODES else value


def jsonable(value: Any) -> Any:
    """A voter's value as JSON can keep it."""
    return value.isoformat() if isinstance(value, date) else value


def _evidence(values: dict[str, Any]) -> str:
    return str(Voter.Evidence.ID_CARD.value if values.get("id_number") else Voter.Evidence.HUKOU.value)
