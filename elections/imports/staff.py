"""Those who work on polling day as one table: the arrangement offices keep, a row for each person."""

from functools import cached_property

from congress import clock
from congress.imports import register
from congress.spreadsheets.columns import Column
from deputies.imports.headings import HEADINGS
from deputies.imports.tables import EMPLOYER_POST
from elections.actions.staff import number_cards
from elections.imports.by_level import PLACE, ByLevel, Called
from elections.models import PollStaff
from elections.queries.campaigns import last_vote
from elections.queries.staff import relation_findings, standing

ROLES = {
    "主持人": ("主持", "投票站主持人", "负责人", "责任人", "站长"),
    "总监票人": ("总监票", "总监票员"),
    "监票人": ("监票", "监票员"),
    "总计票人": ("总计票", "总计票员"),
    "计票人": ("计票", "计票员"),
    "唱票人": ("唱票", "唱票员"),
    "验证员": ("验证", "验证人", "核验员"),
    "发票员": ("发票", "发票人"),
    "引导员": ("引导", "引导人"),
    "秘书（记录）": ("秘书", "记录", "记录员", "文书"),
    "其他工作人员": ("其他", "工作人员", "宣传"),
}
UNSAID = "没有声明"  # as the list shows it: no change of what somebody declared
CHOSEN = {"选举委员会委派": ("委派", "指派", "安排"), "选民推选": ("推选", "选民选出")}
RELATIONS = {
    "不是候选人，也不是候选人的近亲属": ("无", "没有", "否", "不是"),
    "候选人本人": ("本人",),
    "候选人的配偶": ("配偶", "丈夫", "妻子"),
    "候选人的父母": ("父母", "父亲", "母亲"),
    "候选人的子女": ("子女", "儿子", "女儿"),
    "候选人的兄弟姐妹": ("兄弟姐妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹"),
    "候选人的祖父母、外祖父母": ("祖父母", "外祖父母"),
    "候选人的孙子女、外孙子女": ("孙子女", "外孙子女"),
}

UNIT_POST = (
    EMPLOYER_POST[0],
    tuple(word for word in EMPLOYER_POST[1] if "岗位" not in word),
)  # 岗位 is what they do here


@register
class Staff(ByLevel):
    """People by place and name."""

    key = "elections.staff"
    label = "选举工作人员"
    noun = "人"
    model = PollStaff
    natural = ("place", "name")
    shown = ("place", "name", "role", "employer_post", "relation")
    placed = ()
    called = {"place": PLACE, "nominee": Called(standing, "没有这位代表候选人，请核对姓名")}
    hint = (
        "每人一行；已经登记的按投票站和姓名核对，只补充、更正不同的。候选人的近亲属不得监票、计票，表里有的当场标出。"
    )
    list_route = "elections-staff-list"

    def columns(self):
        return [
            Column(
                "place",
                "投票站",
                ("投票站名称", "工作地点", "投票点", "会场", "投票站（选举大会）"),
                max_length=60,
                width=22,
                example="东山村投票站",
            ),
            Column(
                "name",
                "姓名",
                ("工作人员", "人员姓名"),
                required=True,
                kind="name",
                crossed="role",
                max_length=40,
                width=12,
            ),
            Column(
                "role",
                "岗位",
                ("职责", "分工", "任务", "岗位分工", "工作岗位", "岗位职责", "工作分工", "职责分工"),
                required=True,
                kind="choice",
                choices=ROLES,
                example="监票人",
            ),
            Column(
                "employer_post",
                "单位和职务",
                (*HEADINGS["employer_post"].split(), "工作单位及职务"),
                max_length=60,
                parts=UNIT_POST,
                width=22,
            ),
            Column("phone", "手机", HEADINGS["phone"].split(), kind="phone", personal=True, width=16),
            Column("chosen", "产生方式", kind="choice", choices=CHOSEN, width=16),
            Column("chosen_on", "委派（推选）日期", ("推选日期", "委派日期"), kind="date"),
            Column("chosen_how", "推选的方式", ("推选方式",), max_length=100),
            Column(
                "relation",
                "与候选人的关系",
                ("亲属关系", "是否近亲属", "是否候选人近亲属"),
                kind="choice",
                choices=RELATIONS | {UNSAID: ()},
                width=20,
            ),
            Column("nominee", "哪位候选人", ("候选人", "候选人姓名"), kind="name", max_length=40, width=12),
        ]

    @cached_property
    def _over(self) -> bool:
        """Whether the votes are cast: what has happened is entered as it was."""
        return clock.today() > last_vote(self.election.campaign)

    def common(self):
        return {"campaign": self.election.campaign}

    def born(self, rows):
        number_cards(rows)

    def kept(self):
        return super().kept().select_related("campaign", "place", "nominee__election", "data_key", "township__county")

    def key_of(self, values):
        return (values.get("place"), values["name"]) if values.get("name") else None

    def settle(self, values):
        if values.get("relation") == UNSAID:
            values["relation"] = None
        return super().settle(values)

    def check_row(self, values):
        wrong = super().check_row(values)
        if wrong or self._over or not values.get("role"):
            return wrong
        row = self._set(PollStaff(township=self.township, **self.common()), values)
        return [("relation", str(one)) for one in relation_findings(row) if one.blocking]
