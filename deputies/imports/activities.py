"""The ledger of activities: what deputies did before the system came, with who took part."""

from datetime import date

from django.urls import reverse

from congress import clock
from congress.imports import Ledger, register
from congress.people.scrub import find_personal
from congress.spreadsheets.columns import Column, plain
from deputies.actions.activities import wrong_counts
from deputies.imports.people import People, names_in
from deputies.models import Activity, ActivityAttendance
from deputies.permissions import RECORD_ACTIVITY

_WORDS = {
    "学习培训": "培训 业务培训 集中学习 代表培训 培训学习",
    "视察": "集中视察 代表视察 视察活动",
    "专题调研": "调研 调研活动 专题调查",
    "执法检查": "检查 执法检查活动",
    "述职评议": "述职 代表述职 述职活动 评议",
    "小组活动": "代表小组活动 小组",
    "工作评议": "部门评议 站所评议 评议站所 评议部门 部门履职评议",
    "走访": "走访选民 走访联系 联系选民 走访慰问 入户走访",
    "宣传": "宣传活动 政策宣传",
    "请示报告": "汇报 报告",
    "理论学习": "政治学习 主题教育",
    "中心工作": "中心任务 参与中心工作",
    "其他": "其它",
}
KINDS = {label: _WORDS.get(label, "").split() for _, label in Activity.Kind.choices}


TITLES = ("活动名称", "活动主题", "主题", "活动内容", "内容", "事项")
NOTES = (("活动情况", "活动内容", "内容", "主要内容"), ("备注", "成效", "活动成效"))


def kind_in(text: str) -> str | None:
    """The kind a word or a title speaks of: 走访慰问困难户 → 走访."""
    words = sorted(
        ((word, kind) for kind, others in KINDS.items() for word in (kind, *others)), key=lambda w: -len(w[0])
    )
    return next((kind for word, kind in words if word in plain(text)), None)


# Other headings for the numbers that only some kinds have.
HEADINGS = {
    "households": ("户数",),
    "villages": ("村数",),
    "teams": ("组数",),
    "visited": ("走访人次", "走访群众"),
    "deeds": ("办实事", "实事件数", "解决问题数"),
    "papers": ("发放资料", "资料份数", "宣传资料份数"),
    "posters": ("张贴公告", "公告张数", "张贴张数"),
    "reports": ("调研报告", "调研报告篇数", "报告篇数"),
    "appraised": ("评议单位数", "被评议站所数"),
    "opinions": ("评议意见", "评议意见数"),
    "mended": ("整改落实", "整改落实数", "整改条数"),
}
COUNTS = ("half_days", "people", *Activity.COUNTS)


def _label(name: str) -> str:
    return str(Activity._meta.get_field(name).verbose_name)


def no_numbers(values, *keys: str) -> list[tuple[str, str]]:
    """Identity and telephone numbers do not belong into free text."""
    return [(key, "写有身份证号或者电话号码，请删去") for key in keys if find_personal(values.get(key) or "")]


@register
class Activities(Ledger):
    """Activities by name and day."""

    key = "deputies.activities"
    label = "活动台账"
    permission = RECORD_ACTIVITY
    noun = "件"
    order = (ActivityAttendance, Activity)
    shown = ("held_on", "title", "kind", "deputies", "people")
    hint = "以前的履职活动按台账一次登记，各计入活动当天所在的年份；参加的代表须已在花名册中。"

    def __init__(self, township, options):
        super().__init__(township, options)
        self.people = People()

    def columns(self):
        return [
            Column("held_on", "日期", ("活动日期", "活动时间", "时间", "开展日期", "开展时间"), required=True, kind="date"),
            Column("title", "名称", TITLES, required=True, max_length=100, wrapped=True, width=32),
            Column("kind", "类别", ("活动类别", "类型", "活动类型", "形式", "活动形式"), kind="choice", choices=KINDS, coarse=kind_in),
            Column("place", "地点", ("活动地点",), max_length=60, width=20),
            Column("organiser", "组织单位", ("主办单位", "组织者", "组织部门"), max_length=60, width=20),
            Column("deputies", "参加代表", ("代表", "参加人员", "参加代表姓名", "参与代表", "代表姓名"), max_length=2000, width=36),
            Column("reported", "述职代表", ("述职人员",), max_length=2000, width=24),
            Column("half_days", "时长（半天）", ("半天数",), kind="integer"),
            Column("people", "参加人次", ("参加人数", "人次", "群众人数"), kind="integer"),
            *(Column(name, _label(name), HEADINGS.get(name, ()), kind="integer") for name in Activity.COUNTS),
            Column("mended_on", "整改落实日期", ("整改日期",), kind="date"),
            Column("note", "情况", NOTES[0] + NOTES[1], max_length=2000, width=40, parts=NOTES, glue="；"),
        ]  # fmt: skip

    @classmethod
    def back(cls, township):
        return reverse("deputies-activities", args=[township.code])

    def key_of(self, values):
        return (
            (plain(values["title"]), str(values["held_on"])) if values.get("title") and values.get("held_on") else None
        )

    def lookup(self, keys):
        days = {day for _, day in keys}
        rows = Activity.objects.kept().filter(held_on__in=days).prefetch_related("attendances__deputy")
        known = {(plain(row.title), row.held_on.isoformat()): self._known(row) for row in rows}
        return {key: known[key] for key in keys if key in known}

    @staticmethod
    def _known(row: Activity) -> dict:
        return {
            "id": row.pk,
            "title": row.title,
            "held_on": row.held_on,
            "kind": row.get_kind_display(),
            **{name: getattr(row, name) or None for name in ("place", "organiser", "note")},
            **{name: getattr(row, name) for name in (*COUNTS, "mended_on")},
        }

    def settle(self, values):
        said = []
        if (values.get("deputies") or "").isdecimal():  # as our own list has it
            said.append(f"“参加代表”一栏是人数（{values['deputies']}），没有姓名，不登记谁参加")
            values["deputies"] = None
        said += self.people.leave_out_rest(values, {"deputies": "参加代表", "reported": "述职代表"})
        if not values.get("kind"):
            values["kind"] = kind_in(values["title"]) or "其他"
            said.append(f"没有写类别，按名称登记为“{values['kind']}”")
        return said

    def check_row(self, values):
        day = values["held_on"]
        wrong = [
            (key, said)
            for key in ("deputies", "reported")
            for said in self.people.check(names_in(values.get(key)), day)
        ]
        if day > clock.today():
            wrong.append(("held_on", "日期不能晚于今天"))
        beyond = [(key, "应为0到9999之间的整数") for key in COUNTS if not 0 <= (values.get(key) or 0) <= 9999]
        wrong += beyond or [(key, said.rstrip("。")) for bad, said, key in wrong_counts(self._counted(values)) if bad]
        return wrong + no_numbers(values, "title", "place", "organiser", "note")

    @staticmethod
    def _counted(values) -> Activity:
        numbers = {name: values.get(name) or 0 for name in Activity.COUNTS}
        return Activity(held_on=values["held_on"], mended_on=values.get("mended_on"), **numbers)

    def records_of(self, row):
        values = row.values
        codes = {label: code for code, label in Activity.Kind.choices}
        activity = Activity(
            township=self.township,
            kind=codes[values["kind"]],
            held_on=date.fromisoformat(values["held_on"]),
            title=values["title"],
            half_days=values.get("half_days") or 1,
            **{name: values.get(name) or "" for name in ("place", "organiser", "note")},
            **{name: values.get(name) or 0 for name in ("people", *Activity.COUNTS)},
            mended_on=date.fromisoformat(values["mended_on"]) if values.get("mended_on") else None,
        )
        yield activity
        reported = self.people.all_of(names_in(values.get("reported")))
        present = self.people.all_of([*names_in(values.get("deputies")), *names_in(values.get("reported"))])
        for deputy in present:
            part = ActivityAttendance.Part.REPORTED if deputy in reported else ActivityAttendance.Part.ATTENDED
            yield ActivityAttendance(township=self.township, activity=activity, deputy=deputy, part=part)
