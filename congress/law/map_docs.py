"""Writes `docs/law-map.md`: every rule with its grounds and, read from the source, where it is asked."""

from pathlib import Path

from congress.law import registry, usage
from congress.law.registry import Rule
from congress.law.sources import cite
from congress.law.waiting import WAITING

HEAD = """# 规则与条文对照

本页由 `manage.py law --write-docs` 生成，不要手改；`tests/law` 检查它与代码一致。

每条规则一行：规则名、依据（简称，所列为收录的最新版本；运行时按事实发生之日的版本引用）、用在哪里。“用在”从程序代码算出：列出问这条规则
的文件或者目录，或者经由哪条规则用到；没有用到的写明在等什么（`congress/law/waiting.py`）。参数与答复见 `law-api.md`。

地方规则包（山东、青岛、重庆、浙江、河南、北京、上海）的每个值与条号，见 `law-api.md` 末尾。没有全国规定、做法不一之处，
规则的答复里写明，不替用户决定。
"""

TITLES = {
    "periods": "期间",
    "thresholds": "人数与多数",
    "suggestions": "建议的期限",
    "suggestion_steps": "建议的步骤",
    "deputies": "代表",
    "sessions": "会议",
    "elections": "直接选举",
    "roll": "选民册的变动",
    "papers": "选举文书",
    "nominations": "提名推荐",
    "polling": "投票与各地另有规定的事项",
    "proxies": "委托投票与服刑、被羁押选民的投票",
    "campaigns": "选举日程、选区人口与个别选区的选举日",
    "candidates": "从候选人名单到正式候选人名单",
    "ballots": "选票与投票率",
    "marks": "选票上的符号",
    "tallies": "计票",
    "rounds": "各轮投票和票账",
    "archives": "选举文件的归档和销毁",
    "offences": "破坏选举和当选无效",
    "recalls": "罢免代表",
}

OPEN_POINTS = """## 未定之处

| 问题 | 处理 |
| --- | --- |
| “选举日的N日以前”是否须满N整日 | 两种都算；建议按较早的一日；只有晚于减N日才拒绝 |
| 民法典的期间规则是否适用 | 只作类推；倒推的期限不顺延；顺推的期限按不顺延提示，最后一日是休息日的写明能否顺延没有规定 |
| 各小组意见不一时是否“较为一致” | 列出各小组的意见，由选举委员会判断；没有一个小组一致的才要求预选 |
| 预选末位票数相等怎样确定 | 列出票数相等的人，不自动确定；选举委员会决定并写明依据 |
| 正式候选人退出后不足差额怎样办 | 报警并列出法律留下的办法；没有候补，不自动递补 |
| 国家规定有、本地条文没有写的投票方式（服刑、被羁押的选民） | 提示，不拒绝，由选举委员会同执行机关商定 |
| 没有收录本地规定时，外出以外的原因能否委托投票 | 提示，由选举委员会确认 |
| 选区工作组能否代选举委员会同意委托 | 有授权的提示，没有授权的不能办理；山东写明派出机构可以同意 |
| 收回选票少于投票人数时过半数的基数 | 按参加投票人数；结果会因此不同的给出提示 |
| 另行选举“选票的三分之一”的基数 | 按收回选票；按投票人数或者有效票结果不同的给出提示 |
| 再次投票、另行选举是否也须过半数参加 | 按同样的条件；不足时给出提示 |
| 另选他人得票者能否当选、并列或者列入另行选举 | 按同样的条件，给出提示，由选举委员会确认 |
| 停止行使选举权利的决定晚于规定的日期送达（上海） | 只列出最迟日期，逾期的后果条文没有写 |
| 2010年以前公布正式候选人的期限 | 2004年修正的文本没有收录，按五日提示，不拒绝 |
| 选票上无法辨认的符号、只写姓名未画符号的另选人 | 由机关在投票前确定，按确定的办法计算，答复里写明 |
| “全体代表”是否扣除出缺和暂停执行职务的代表 | 由调用者给出人数，答复里说明 |
| 只缺席部分全体会议是否算一次不出席 | 不计入，给出提示，由代表资格审查委员会认定 |
| 近亲属是否包括祖孙 | 按民法典包括；刑事诉讼法不包括，给出提示 |
| 再次投票又相等 | 山东可以暂时空缺；其他没有规定，交选举委员会 |
| 2月29日出生者在平年2月28日 | 保留并提示人工确认 |
| 满意率的分母 | 代表已作评价的建议；未评价的不计，件数另列；满意率不含基本满意 |
| 去世是否公告 | 条文没有列为例外，按须公告，答复里说明 |
| 山东会议所提建议而会议没有登记闭幕日期 | 暂自交办之日推算，标为暂定，提示补登 |
| 修正文本的施行日期 | 文本自己写明的按文本；否则按通过之日，`sources.edition_note` 说明 |
| 所依据的文本没有收录的日期 | 只提示，不拒绝 |
"""


def _where(one: Rule, direct: dict[str, list[str]], through: dict[str, set[str]]) -> str:
    files = [f"`{name}`" for name in direct[one.name]]
    via = sorted(other for other, rules in through.items() if one.name in rules and direct[other])
    if files:
        return "、".join(files)
    if via:
        return "经 " + "、".join(f"`{name}`" for name in via)
    return f"还没有用到，等待：{WAITING.get(one.name, '（未写明）')}"


def render(root: Path) -> str:
    """The whole page for the sources below `root`; the same sources give the same text every time."""
    direct, through = usage.asked_by(root), usage.rests_on(root)
    lines = [HEAD]
    for module, title in TITLES.items():
        lines += [f"## {title}（`congress/law/{module}.py`）", ""]
        lines += ["| 规则 | 名称 | 依据 | 用在 |", "| --- | --- | --- | --- |"]
        for one in registry.load().values():
            if one.name.startswith(f"{module}."):
                grounds = "；".join(dict.fromkeys(cite(*ground).brief for ground in one.cites))
                lines.append(f"| `{one.name}` | {one.title} | {grounds} | {_where(one, direct, through)} |")
        lines.append("")
    return "\n".join([*lines, OPEN_POINTS])
