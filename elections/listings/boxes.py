"""The register of boxes, the checks of rooms and the ledger of forms as lists."""

from django.db.models import Q

from congress import clock
from congress.web.records import url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing
from deputies.models import District
from elections.listings.mobile import named_boxes
from elections.models import HandedForm, RoomCheck
from elections.models.places import clock_words
from elections.queries.boxes import handed_state


def _ready(item: str):
    return lambda row: "有" if getattr(row, item) else "缺"


def _said(item: str) -> Said:
    return Said({"有": Q(**{item: True}), "缺": Q(**{item: False})})


_LABELS = {item: RoomCheck.label_of(item) for item in RoomCheck.ITEMS}
LACKING = {label: Q(**{item: False}) for item, label in _LABELS.items()} | {"齐备": Q(**dict.fromkeys(_LABELS, True))}
BOXES = Listing(
    title="票箱登记册",
    name="ballot-boxes",
    columns=[
        Col("number", "票箱编号", lambda row: row.number, "number", url_of, find="number"),
        Col(
            "whose",
            "投票站、流动票箱",
            lambda row: str(row.whose or ""),
            "place__name,mobile__number,number",
            find=("place__name", Among("mobile", named_boxes)),
        ),
        Col("seals", "封签号", lambda row: row.seals, "seals", find="seals"),
        Col("carriers", "护送人", lambda row: row.carriers, "carriers", find="carriers"),
        Col("handed_at", "移交时间", lambda row: clock_words(row.handed_at), "handed_at"),
        Col("received_by", "接收人", lambda row: row.received_by, "received_by", find="received_by"),
        Col("seals_found", "接收时的封签号", lambda row: row.seals_found, "seals_found", find="seals_found"),
        Col("shown_at", "检查空箱时间", lambda row: clock_words(row.shown_at), "shown_at", screen=False),
        Col("shown_by", "检查、加封的监票人", lambda row: row.shown_by, "shown_by", find="shown_by", screen=False),
        Col("place", "投票站", lambda row: str(row.place or ""), "place__name", find="place__name", screen=False),
        Col(
            "mobile",
            "流动票箱",
            lambda row: str(row.mobile or ""),
            "mobile__number",
            find=Among("mobile", named_boxes),
            screen=False,
        ),
        Col("trouble", "异常情况", lambda row: row.trouble, "trouble", find="trouble"),
    ],
    default="number",
    search_hint="编号、封签号、投票站",
    empty=("还没有登记票箱", "每个票箱编号、写明封签号；投票以后登记移交和接收。"),
)
ROOMS = Listing(
    title="投票场所检查",
    name="room-checks",
    columns=[
        Col("place", "投票站（选举大会）", lambda row: str(row.place), "place__name", url_of, find="place__name"),
        Col("checked_on", "检查日期", lambda row: row.checked_on, "checked_on", find="checked_on"),
        Col("checked_by", "检查人", lambda row: row.checked_by, "checked_by", find="checked_by"),
        Col(
            "lacking",
            "缺少",
            lambda row: "、".join(map(row.label_of, row.lacking)) or Badge("齐备", "good"),
            "booth,place__name",
            width=28,
            find=Said(LACKING),
        ),
        Col("note", "备注", lambda row: row.note, "note", find="note"),
        *(Col(item, _LABELS[item], _ready(item), item, screen=False, find=_said(item)) for item in RoomCheck.ITEMS),
    ],
    default="place",
    days="checked_on",
    search_hint="投票站、检查人",
    empty=("还没有检查投票场所", "选举日以前逐处检查：秘密写票处、票箱、封条、名单、用品。"),
    empty_icon="clipboard-check",
)
HANDED = Listing(
    title="表格发放和收回",
    name="handed-forms",
    columns=[
        Col("what", "表格", lambda row: row.what, "what", url_of, find="what", width=24),
        Col(
            "district",
            "选区",
            lambda row: str(row.district or "全部"),
            "district__number",
            find=(Among("district", District.objects.kept), Said({"全部": Q(district=None)})),
        ),
        Col("handed_to", "领取人（单位）", lambda row: row.handed_to, "handed_to", find="handed_to"),
        Col("copies", "发放份数", lambda row: row.copies, "copies", numeric=True),
        Col("handed_on", "发放日期", lambda row: row.handed_on, "handed_on", find="handed_on"),
        Col("due_on", "应交回日期", lambda row: row.due_on, "due_on", find="due_on"),
        Col("received", "交回份数", lambda row: row.received, "received", numeric=True),
        Col("received_on", "交回日期", lambda row: row.received_on, "received_on", find="received_on"),
        Col("state", "状态", lambda row: _state(row), "received_on,due_on"),
        Col("note", "备注", lambda row: row.note, "note", find="note", screen=False),
    ],
    default="-handed_on",
    days="handed_on",
    search_hint="表格、领取人、选区",
    empty=("还没有发放表格", "推荐表、登记表发给谁、几份、哪天交回，在这里登记。"),
)


def _state(row: HandedForm) -> Badge:
    return Badge(*handed_state(row, clock.today()))
