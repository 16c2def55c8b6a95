"""The trail in sentences: who did what to which record, and what a record looked like before."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import DateField, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from congress import wording
from congress.guard.action import words_of
from congress.models import AuditEvent, RowHistory, Township, User
from congress.people.fields import EncryptedTextField
from congress.prepared import AnyOf, Prepared, given

# Columns that change with every save and tell nothing.
SILENT = {"version", "search_text", "pinyin_key", "stroke_key", "surname_key", "id_index", "data_key_id"}
# Keys of an event's detail that only the program reads, and the words for those kept in English.
SILENT_KEYS = {"行", "SHA-256", "SM3"}
KEYS = {"fields": "项目", "reason": "理由", "retention": "对象", "rows": "行数", "count": "行数"}


@dataclass(frozen=True)
class Change:
    """A field that an action changed; for personal data only that it changed."""

    label: str
    before: str


@dataclass(frozen=True)
class Line:
    """An entry of a record's history, as components/timeline.html shows it."""

    at: datetime
    actor: str
    text: str
    note: str = ""
    state: str = "done"


def events() -> QuerySet:
    """Events with the actor's name, the place and the network address (one query, whatever the number of actors)."""
    name = User.objects.filter(pk=OuterRef("actor_id")).values("display_name")[:1]
    place = Township.objects.filter(pk=OuterRef("chain")).values("name")[:1]
    rows = AuditEvent.objects.annotate(actor_name=Subquery(name), place_name=Subquery(place))
    return rows.annotate(address=KeyTextTransform("地址", "detail")).order_by("-at", "-seq")


def sentence(event) -> str:
    """「改动了 第3号建议」: the verb's words and how the record calls itself."""
    return f"{words_of(event.verb)}{'：' + event.subject_label if event.subject_label else ''}"


def subject_word(event) -> str:
    """What kind of record it was, in Chinese."""
    try:
        return str(apps.get_model(event.subject_type)._meta.verbose_name) if event.subject_type else ""
    except LookupError:
        return event.subject_type


def detail_words(event) -> str:
    """The event's detail as 「键：值」 pairs a reader understands: no keys of rows, no digests, columns by their labels; what
    holds stands alone, days as people write them."""
    said = "；".join(
        KEYS.get(key, key) if value is True else f"{KEYS.get(key, key)}：{_said(event, value)}"
        for key, value in event.detail.items()
        if key not in SILENT_KEYS and value not in ("", None, [], {})
    )
    return wording.days_said(said)


def _said(event, value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(_pair_said(event, name, what) for name, what in value.items())
    if isinstance(value, list):
        return "、".join(_column_word(event, str(one)) for one in value)
    return _model_word(str(value))


def _pair_said(event, name: str, what) -> str:
    """「地点」, 「次序由“0”改为“3”」 for a value that a change named; 「代表12」 for what was counted."""
    if not isinstance(what, list):
        return f"{_model_word(name)}{what}"
    words = _column_word(event, name)
    return f"{words}由“{what[0]}”改为“{what[1]}”" if what else words


def _column_word(event, name: str) -> str:
    """The label of a column of the event's record; anything else as it stands."""
    try:
        return str(apps.get_model(event.subject_type)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name


def _model_word(text: str) -> str:
    """What a record is called, given as `app.model`; anything else as it stands."""
    try:
        return str(apps.get_model(text)._meta.verbose_name)
    except (LookupError, ValueError):
        return text


def _changes(model, before: dict, after: dict) -> list[Change]:
    found = []
    for field in model._meta.concrete_fields:
        old, new = before.get(field.column), after.get(field.column)
        if old == new or field.column in SILENT:
            continue
        hidden = isinstance(field, EncryptedTextField) or field.name in getattr(model, "personal_fields", {})
        found.append(Change(str(field.verbose_name), "" if hidden or field.is_relation else _spoken(field, old)))
    return found


def _spoken(field, value) -> str:
    if value in (None, ""):
        return "空"
    if isinstance(field, DateField):
        return wording.clock_time(value) if isinstance(field, DateTimeField) else wording.chinese_date(value)
    return str(dict(field.flatchoices).get(value, value))[:60]


MOST = 50  # of the events of one record
_BEFORES = Prepared(
    lambda: RowHistory.objects.filter(table_name=given("table"), row_id=given("row")).order_by("-at")[:MOST]
)
_HAPPENED = Prepared(
    lambda: events().filter(Q(subject_id=given("row")) | Q(AnyOf("pk", given("keys")))).distinct()[:MOST]
)


def of(row) -> list[Line]:
    """The history of one record, newest first: its events, each with the fields it changed and what stood there before."""
    model = type(row)
    befores = _BEFORES(table=model._meta.db_table, row=str(row.pk))
    changed: dict[str, list[Change]] = {}
    after = _current(row) if befores else {}
    for image in befores:
        changed[str(image.action_id)] = _changes(model, image.before, after)
        after = image.before
    happened = _HAPPENED(row=str(row.pk), keys=[image.action_id for image in befores])
    return [
        Line(event.at, event.actor_name or "系统", sentence(event), _note(changed.get(str(event.pk), []), event))
        for event in happened
    ]


def _note(changes: list[Change], event) -> str:
    """What stood there before; of what changed nothing in the row itself, what the trail tells of it."""
    told = "；".join(f"{c.label}（原为{c.before}）" if c.before else c.label for c in changes)
    return told or detail_words(event)


def _current(row) -> dict:
    """The row as the history would keep it, for the comparison with its last before-image."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t WHERE t.id = %s", [row.pk])  # noqa: S608  our own table's name
        return json.loads(cursor.fetchone()[0])
