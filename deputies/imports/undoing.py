"""Taking an import of the roster back: which records are free, and putting the old values back."""

import uuid

from django.db.models import F

from congress import clock
from congress.imports import Held, dependants_of, expected_versions
from congress.models import ImportRow
from congress.people import keys
from deputies.actions import set_name_keys
from deputies.imports.filling import LINKS
from deputies.models import Deputy, District, Group, Mandate, Station, Term

REASON = "撤销导入"
LATER = "导入后又有变动"
ERASED = "个人信息已按规定销毁，不能恢复原值"
ORDER = (Mandate, Deputy, District, Group, Station, Term)  # each may stand on those after it


def held(rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
    """Records that must stay, by primary key: something came after them, or they were changed since."""
    versions = expected_versions(rows, before)
    going = {row.subject_id for row in rows}
    found: dict[uuid.UUID, Held] = {}
    for model in ORDER:
        mine = {row.subject_id: row for row in rows if row.subject_type == model._meta.label_lower}
        if not mine:
            continue
        made = [pk for pk, row in mine.items() if row.created]
        needed = dependants_of(model, made, going - found.keys())
        for record in _records(model).filter(pk__in=mine):
            reason = needed.get(record.pk) or _why(record, mine[record.pk], versions)
            if reason:
                found[record.pk] = Held(_name(record), reason)
    return found | _with_their_entries(rows, found)


def _records(model):
    wanted = {Mandate: ("deputy",), Deputy: ("data_key",)}.get(model, ())
    return model.objects.select_related(*wanted) if wanted else model.objects.all()


def _why(record, row: ImportRow, versions: dict[uuid.UUID, int]) -> str:
    """Why a record stays although nothing stands on it; an entry that was only approved since may go."""
    if isinstance(record, Deputy):
        if record.account_id and row.created:
            return "已有账号"
        if not row.created and keys.is_destroyed(record.data_key):
            return ERASED
        if row.created:
            return ""
    if isinstance(record, Mandate) or not row.created:
        return "" if record.version == versions[record.pk] else LATER
    return ""


def _with_their_entries(rows: list[ImportRow], found: dict[uuid.UUID, Held]) -> dict[uuid.UUID, Held]:
    """A seat stays with the entry it belongs to, when that was made by the same import and must stay."""
    made = {row.subject_id for row in rows if row.subject_type == "deputies.mandate" and row.created} - found.keys()
    mandates = Mandate.objects.filter(pk__in=made, deputy__in=list(found)).select_related("deputy")
    return {mandate.pk: Held(_name(mandate), found[mandate.deputy_id].reason) for mandate in mandates}


def _name(record) -> str:
    return f"{record.deputy.name}的{record}资格" if isinstance(record, Mandate) else str(record)


def undo(rows: list[ImportRow], before: dict[str, dict]) -> None:
    """Withdraw what the batch made, restore what it changed; call inside the action of the undoing."""
    taken_back = {"withdrawn_at": clock.now(), "withdrawn_reason": REASON, "version": F("version") + 1}
    for model in (Mandate, Deputy):  # before what they belong to is withdrawn
        mine = [row.subject_id for row in rows if row.subject_type == model._meta.label_lower and not row.created]
        for record in model.objects.filter(pk__in=mine):
            _restore(record, before[str(record.pk)]["values"])
    for model in ORDER:
        made = [row.subject_id for row in rows if row.subject_type == model._meta.label_lower and row.created]
        model.objects.kept().filter(pk__in=made).update(**taken_back)


def _restore(record: Deputy | Mandate, values: dict) -> None:
    for name, value in values.items():
        field = record._meta.get_field(name)
        is_day = field.get_internal_type() in ("DateField", "DateTimeField")
        setattr(record, LINKS.get(name, name), field.to_python(value) if is_day else value)
    if isinstance(record, Deputy):
        set_name_keys(record)
    record.save()
