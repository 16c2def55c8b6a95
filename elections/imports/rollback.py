"""Taking an import of the roll back: what it changed of voters who were known, and the districts they were moved from."""

import uuid
from datetime import date

from django.db.models import F, Q

from congress import clock
from congress.guard.record import kept
from congress.imports import Held, dependants_of, expected_versions
from congress.models import ImportRow
from congress.names.keys import set_keys
from congress.people import keys
from elections.models import Registration, RollChange, Voter, VoterGroup

REASON = "撤销导入"
LATER = "导入后又有变动"
ERASED = "个人信息已按规定销毁，不能恢复原值"
ORDER = (RollChange, Registration, Voter, VoterGroup)


def held(rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
    """Records that must stay, by primary key: something came after them, or they were changed since."""
    versions, found = expected_versions(rows, before), {}
    for model in ORDER:
        mine = [row.subject_id for row in rows if row.subject_type == model._meta.label_lower]
        if not mine:
            continue
        records = model._default_manager.filter(pk__in=mine)
        for record in records.select_related("data_key") if model is Voter else records:
            if record.version != versions[record.pk]:
                found[record.pk] = Held(str(record), LATER)
            elif model is Voter and keys.is_destroyed(record.data_key):
                found[record.pk] = Held(str(record), ERASED)
    batches = {row.batch_id for row in rows}
    found |= _moved_on(rows, batches)
    groups = [row.subject_id for row in rows if row.created and row.subject_type == VoterGroup._meta.label_lower]
    going = set(Registration.objects.kept().filter(batch__in=batches).values_list("pk", flat=True)) if groups else set()
    for pk, words in dependants_of(VoterGroup, groups, going).items():
        found.setdefault(pk, Held(str(VoterGroup.objects.get(pk=pk)), words))
    return found


def _moved_on(rows: list[ImportRow], batches: set[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """Entries that do not come back, with the change that ended them: the voter's later entry stays."""
    mine = [row.subject_id for row in rows if not row.created and row.subject_type == Registration._meta.label_lower]
    ended = {(row.voter_id, row.election_id): row for row in Registration.objects.filter(pk__in=mine, on_roll=False)}
    later = Registration.objects.kept().filter(voter__in={voter for voter, _ in ended}).exclude(pk__in=mine)
    touched = Q(version__gt=0) | (Q(changes__isnull=False) & kept("changes")) | ~Q(batch__in=batches)
    found = {}
    for place in set(later.filter(touched).values_list("voter", "election")) & ended.keys():
        entry = ended[place]
        found[entry.pk] = Held(str(entry), LATER)
        for change in RollChange.objects.kept().filter(registration=entry, pk__in=[row.subject_id for row in rows]):
            found[change.pk] = Held(str(change), LATER)
    return found


def undo(rows: list[ImportRow], before: dict[str, dict]) -> None:
    """Withdraw the changes and groups the batch made, restore what it changed; call inside the action of the undoing."""
    taken_back = {"withdrawn_at": clock.now(), "withdrawn_reason": REASON, "version": F("version") + 1}
    for model in (RollChange, VoterGroup):
        made = [row.subject_id for row in rows if row.created and row.subject_type == model._meta.label_lower]
        model._default_manager.kept().filter(pk__in=made).update(**taken_back)
    for model in (Voter, Registration):
        changed = [r.subject_id for r in rows if not r.created and r.subject_type == model._meta.label_lower]
        for record in model._default_manager.filter(pk__in=changed):
            _restore(record, before[str(record.pk)]["values"])


def _restore(record: Voter | Registration, values: dict) -> None:
    for name, value in values.items():
        setattr(record, name, date.fromisoformat(value) if name == "birth_date" and value else value)
    if isinstance(record, Voter):
        set_keys(record)
    record.save()
