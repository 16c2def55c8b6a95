"""Which figures a county reads, in its words and by theme, and which of them are told only of many people."""

from dataclasses import dataclass

from congress import figures

FEW = 20  # of fewer people nothing personal is told


@dataclass(frozen=True)
class Theme:
    """What stands side by side on one page: a title, and figures with the words of their columns."""

    title: str
    columns: dict[str, str]


MAIN = "main"
THEMES = {
    MAIN: Theme(
        "概况",
        {
            "deputies.in_office": "代表",
            "receptions.count": "接待",
            "receptions.people": "人次",
            "receptions.matters": "意见",
            "receptions.resolved": "已解决",
            "suggestions.submitted": "建议",
            "suggestions.assigned": "交办",
            "suggestions.replied": "已答复",
            "suggestions.unanswered": "未答复",
            "suggestions.closed": "已办结",
            "suggestions.on_time_rate": "按期率",
        },
    ),
    "deputies": Theme(
        "代表和履职",
        {
            "deputies.in_office": "在任代表",
            "deputies.women": "妇女代表比例",
            "deputies.county_in_office": "在任县级代表",
            "activities.deputies": "参加活动代表",
            "duty_reports.count": "述职评议",
            "duty_reports.deputies": "述职代表",
            "duty_reports.coverage": "述职覆盖率",
            "trainings.count": "学习培训",
            "trainings.people": "培训人次",
            "trainings.coverage": "培训覆盖率",
        },
    ),
    "receptions": Theme(
        "接待和反映事项",
        {
            "receptions.count": "接待活动",
            "receptions.people": "接待选民",
            "receptions.matters": "收集意见",
            "receptions.on_the_spot": "当场答复",
            "receptions.resolved": "已解决",
            "receptions.resolved_rate": "办结率",
            "receptions.satisfied_rate": "选民满意率",
        },
    ),
    "suggestions": Theme(
        "代表建议",
        {
            "suggestions.submitted": "提出",
            "suggestions.carried": "上年结转",
            "suggestions.assigned": "交办",
            "suggestions.handled": "应答复",
            "suggestions.replied": "已答复",
            "suggestions.late": "逾期",
            "suggestions.closed": "办结",
            "suggestions.on_time_rate": "按期答复率",
            "suggestions.first_good_rate": "首次满意率",
            "suggestions.final_good_rate": "最终满意率",
        },
    ),
    "meetings": Theme(
        "站点和会议",
        {
            "stations.count": "联络站（点）",
            "stations.complete": "要求全部达到",
            "stations.open_days": "开放天数",
            "stations.months_open": "按月开放率",
            "matters.by_station": "站点收集意见",
            "sessions.count": "人代会会议",
            "sessions.attendance": "代表出席率",
            "presidium.count": "主席团会议",
            "presidium.attendance": "主席团出席率",
        },
    ),
}
# Each by the words of the first theme that shows it.
SHOWN = {key: label for theme in reversed(THEMES.values()) for key, label in theme.columns.items()}
KEYS = tuple(SHOWN)
# What tells of people by something personal: whose sex, whose opinion.
PERSONAL = frozenset({"deputies.women", "receptions.satisfied_rate"})
# What is told month by month as well: things that happened on a day.
MONTHLY = (
    "receptions.count",
    "receptions.people",
    "receptions.matters",
    "suggestions.submitted",
    "suggestions.replied",
)
CATEGORIES = "receptions.categories"  # what voters speak of, by the township's own categories


def few(key: str, value: int, denominator: int | None) -> bool:
    """Whether a cell would tell something personal of a handful of people."""
    return key in PERSONAL and (0 < value < FEW or (denominator is not None and 0 < denominator < FEW))


def to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures to choose one of, each once, under its full name with what it is counted in: the short words of columns tell
    figures apart only beside each other."""
    known, groups = figures.registered(), {}
    for key in dict.fromkeys(key for theme in THEMES.values() for key in theme.columns):
        one = known[key]
        groups.setdefault(one.group, []).append((key, f"{one.label}（{one.suffix or '%'}）"))
    return list(groups.items())
