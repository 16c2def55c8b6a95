"""Issue registers of a campaign, and the turnout they tell, as lists."""

from fractions import Fraction

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing
from congress.wording import percent
from elections.listings.mobile import named_boxes

OPEN, CLOSED = "正在发票", "已关闭"

REGISTERS = Listing(
    title="领票登记",
    name="issue-registers",
    columns=[
        Col(
            "whose",
            "投票站、流动票箱",
            lambda row: str(row.whose),
            "place__name,mobile__number",
            url_of,
            find=("place__name", Among("mobile", named_boxes)),
        ),
        Col("held_on", "投票日期", lambda row: row.held_on, "held_on,place__name", find="held_on"),
        Col(
            "state",
            "状态",
            lambda row: Badge(CLOSED) if row.closed_on else Badge(OPEN, "info"),
            "closed_on,place__name",
            find=Said({OPEN: Q(closed_on=None), CLOSED: Q(closed_on__isnull=False)}),
        ),
        Col("closed_on", "关闭日期", lambda row: row.closed_on, "closed_on", find="closed_on"),
        Col(
            "queued",
            "排队的已发完",
            lambda row: "是" if row.queued else "",
            "queued,place__name",
            find=Said({"是": Q(queued=True)}),
        ),
    ],
    default="whose",
    days="held_on",
    search_hint="投票站、流动票箱、状态、日期",
    empty=("还没有开启领票登记", "投票日当天在各处开启；只用纸质领票登记册的不用开启，票账照纸登记。"),
    empty_icon="journal-text",
)

TURNOUT = Listing(
    title="领票进度",
    name="turnout",
    columns=[
        Col("label", "分类", lambda x: x.label, by=lambda x: x.order, width=30),
        Col("person", "本人领票", lambda x: x.person, numeric=True),
        Col("proxy", "受委托领票", lambda x: x.proxy, numeric=True),
        Col("issued", "合计", lambda x: x.issued, numeric=True),
        Col("so_far", "累计", lambda x: "" if x.so_far is None else x.so_far, numeric=True),
        Col("voters", "选民", lambda x: "" if x.voters is None else x.voters, numeric=True),
        Col(
            "share",
            "参选率",
            lambda x: percent(x.issued, x.voters),
            numeric=True,
            by=lambda x: Fraction(x.issued, x.voters or 1),
        ),
        Col("replaced", "换发作废", lambda x: x.replaced, numeric=True),
    ],
    default="label",
    search_hint="分类名称",
    empty=("还没有领票", "各处开启领票登记以后，这里按小时、投票站、选区自动汇总；只用纸质登记册的不在其中，见票账。"),
    empty_icon="people",
)
