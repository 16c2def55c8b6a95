"""Rows of old ledgers, and what the preview says of them."""

from congress import imports

ACTIVITIES, RECEPTIONS, SUGGESTIONS = "deputies.activities", "proposals.receptions", "proposals.suggestions"
CREATE = {"create": True, "term": None, "elected_on": None}

ACTIVITY = ["日期", "活动名称", "类别", "参加代表", "参加人次", "走访户数"]

HEAD = ["编号", "标题", "领衔代表", "提出日期", "交办日期", "承办单位", "答复日期", "办理结果", "代表评价", "评价日期"]
WHOLE = ["12", "修村道", "曾田", "2022-01-10", "2022-02-01", "交通站", "2022-04-01", "已解决", "满意", "2022-04-20"]

DAYS = [
    "接待日期",
    "联络站",
    "接待代表",
    "人次",
    "来访人姓名",
    "联系电话",
    "反映内容",
    "处理方式",
    "承办单位",
    "办理结果",
    "办结日期",
    "反馈日期",
]
SPOT = [
    "2022-03-15",
    "云溪联络站",
    "曾田",
    "2",
    "赵某",
    "13800138000",
    "想问低保",
    "当场答复",
    None,
    "已解释政策",
    None,
    None,
]
HANDED = [
    "2022-03-15",
    "云溪联络站",
    "曾田",
    "1",
    None,
    None,
    "水渠坏了",
    "转办",
    "水利站",
    "已修好",
    "2022-04-01",
    "2022-04-03",
]


def seen(batch):
    return imports.preview_of(batch)


def one(batch):
    (row,) = seen(batch).rows
    return row


def wrong(batch) -> list[str]:
    return [str(error) for error in seen(batch).errors]


def row(**cells) -> list:
    return [cells.get(name, value) for name, value in zip(HEAD, WHOLE, strict=True)]


def visit(base, **cells) -> list:
    return [cells.get(name, value) for name, value in zip(DAYS, base, strict=True)]
