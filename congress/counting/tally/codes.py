"""The codes of what may be wrong with a count: for whoever types what to look at on the paper, for whoever is in charge who
decides and by which article."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress.law.finding import Citation, Finding
from congress.law.sources import cite


class Weight(StrEnum):
    """What a code asks for.

    BLOCKS: the sheet contradicts itself; nothing is final until it is put right. SETTLE: the paper itself may be so, and can be
    entered as it is; it is explained, and whoever is in charge writes what was found. EXPLAIN: unusual; a reason is written.
    """

    BLOCKS = "blocks"
    SETTLE = "settle"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its weight, what the typist looks at, what is for who is in charge, the fact of 选举法 it rests on (or none)."""

    key: str
    weight: Weight
    look: str
    decide: str
    fact: str = ""


_B, _S, _X = Weight.BLOCKS, Weight.SETTLE, Weight.EXPLAIN
CODES = {
    one.key: one
    for one in (
        Code(
            "E102",
            _B,
            "参加投票人数由领票登记得出，不在计票时修改。",
            "核对领票登记和选民名单；参加投票的不能多于选民总数。由选举委员会查明以前不宣布结果。",
            "turnout",
        ),
        Code(
            "E201",
            _S,
            "再数一遍收回的票，看有没有把别的票箱、另一级的票混进来；确实这样多的，照实录入并写明。",
            "收回多于参加投票：全部合计仍然多的，本次投票无效，重新投票；只是单个票箱多的，查明原因，"
            "是否无效按全部合计判断。",
            "ballots_exceed",
        ),
        Code(
            "E202",
            _S,
            "再数一遍收回的票，核对发票记录和换发的票；确实这样多的，照实录入并写明。",
            "收回多于发出是票箱的核对，不是法律的有效条件（法律比的是参加投票人数）；由总监票人查明多出的票从哪里来。",
        ),
        Code(
            "E203",
            _B,
            "有效票加各种废票应当等于收回的票。先数废票，再数有效票；废票不参加以后任何一栏的计算。",
            "录入人照计票单更正；计票单本身不平的，由总监票人组织重数这一单元。",
            "count_check",
        ),
        Code(
            "E204",
            _B,
            "同一人的赞成、反对、弃权（以及该处不计的）加起来应当等于有效票。看这一行的正字有没有漏数、串行。",
            "录入人照计票单更正；计票单本身不平的，由总监票人组织重唱这一单元。",
            "count_check",
        ),
        Code(
            "E205",
            _B,
            "一张有效票至多选应选名额那样多的人，全部弃权的一人也没有选。看有没有把废票上的圈计进去。",
            "所选多于应选的票作废，上面的圈都不计；由总监票人把废票挑出后重计这一单元。",
            "ballot_overfull",
        ),
        Code(
            "E206", _B, "空着不等于没有：没有的填0。", "空着的栏只能由录入人照计票单补上，别人不代填。", "count_check"
        ),
        Code(
            "E208",
            _B,
            "全部弃权的票在每个人名下都是弃权，所以不会多于有效票，也不会多于任何一人的弃权。",
            "录入人照计票单更正；口径是：整张没有任何符号、也没有另选人的有效票。",
            "vote_choices",
        ),
        Code(
            "E209",
            _B,
            "另选栏里写的是票上已有的人：同一人的，票计在他自己那一行，一张票对一人至多一票；确是同名的另一人，"
            "姓名后注明住址或者单位加以区分。",
            "是不是同一人由总监票人看票认定，报{decider}。",
            "vote_choices",
        ),
        Code(
            "E210",
            _B,
            "同一个另选人只写一行，票数加在一起；同名的不同人，姓名后注明住址或者单位加以区分。",
            "是不是同一人由总监票人看票认定，报{decider}。",
            "vote_choices",
        ),
        Code(
            "E211",
            _B,
            "另选人的票不会多于有效票减去全部弃权的票；写了姓名的至少一票，没有写姓名的圈不是一个选择，不录。",
            "由总监票人看另选的票核对。",
            "vote_choices",
        ),
        Code(
            "E213", _B, "争议票是收回的票里的一部分，不会更多。", "核对争议票登记：每张争议票由总监票人认定并记下结果。"
        ),
        Code(
            "E303",
            _B,
            "这一单元的票太少，单独计票会看出谁怎样投的票。不要录入，请告诉负责人先混合。",
            "在公开监督下与另一票箱的票混在一起，作为一个单元计票；各箱的发出、参加人数仍分别登记。无记名投票见条文。",
            "secret_ballot",
        ),
        Code(
            "E304",
            _B,
            "两次录入和复核必须由三个不同的人分别看纸录入，请换一人。",
            "另派一名计票人员；人手不够的，可以请监票人员录入。",
        ),
        Code(
            "E305",
            _B,
            "还没有开始计票（或者已经结束），不能录入。",
            "投票截止、票箱收齐以后，由两人先后验证身份开始计票；有错要改的，由两人重新开启。",
            "count_check",
        ),
        Code(
            "W101",
            _X,
            "收回少于参加投票：再找一遍箱底、桌面和写票处；确实少的，写明少了几张、可能的去向。",
            "少收不影响有效：等于或者少于投票人数的有效。当选的基数按事先确定的办法，两种参选率都列出。",
            "ballots_exceed",
        ),
        Code(
            "W102",
            _X,
            "废票偏多：再看一遍废票的原因，有没有把可以辨认的票也作废了。",
            "由总监票人抽看废票；无法辨认的怎样计，按投票以前确定的办法。",
            "ballot_overfull",
        ),
        Code(
            "W103",
            _X,
            "全部弃权的票偏多：看是不是把没有画圈但写了另选人的票算进来了。",
            "全部弃权的票有效，计入基数；数量异常的由总监票人看过。",
            "vote_choices",
        ),
        Code(
            "W106",
            _X,
            "另选他人的票偏多：看姓名有没有写法不一的同一人。",
            "是不是同一人由总监票人认定；能不能当选由{decider}核对选民资格。",
            "vote_choices",
        ),
        Code(
            "W107",
            _X,
            "",
            "参选率接近全部：核对领票登记、委托投票和流动票箱的签名，看有没有代领、集体领票。",
            "turnout",
        ),
        Code(
            "W108",
            _X,
            "",
            "当选与落选的票差不多于争议票：宣布以前由总监票人把争议票再看一遍，认定结果写入记录。",
            "winning",
        ),
        Code(
            "W109",
            _X,
            "",
            "票差不多于没有收回的票：结果有效，但宣布以前应当把少收的票的去向查清写明。",
            "winning",
        ),
        Code("W110", _X, "", "票数相等不能确定当选人：重新核对这几人的票，仍相等的再次投票，不抽签。", "tie"),
        Code("W111", _X, "", "票上有人一票赞成也没有：核对每一单元这一行有没有空录、串行。"),
        Code(
            "W113", _X, "", "这一单元与其余单元相差很大：看是不是两行、两栏录反了，必要时复核这一单元。", "count_check"
        ),
        Code(
            "W114",
            _X,
            "录得很快：请对着纸再核对一遍，写明怎样核对的。",
            "第二次录入应当看纸，不是照抄；必要时换人重录。",
        ),
    )
}
DECIDERS = {True: "选举委员会", False: "大会主席团"}


@dataclass(frozen=True, slots=True)
class Notice:
    """A code found in a sheet or in the sums, with its numbers; `cell` is where it is shown, `where` the unit it is about."""

    code: str
    message: str
    cell: str = ""
    where: str = ""

    @property
    def about(self) -> Code:
        """What the code asks for."""
        return CODES[self.code]

    @property
    def weight(self) -> Weight:
        """Whether it blocks, is to be settled, or explained."""
        return self.about.weight

    def decide(self, direct: bool) -> str:
        """What is said to who is in charge."""
        return self.about.decide.format(decider=DECIDERS[direct])

    def ground(self, direct: bool, on: date) -> Citation | None:
        """The article, where its text of that day is held; 选举法 speaks of voters and not of the hall, whose own 选举办法
        applies."""
        if not direct or not self.about.fact:
            return None
        found = cite("election_law", self.about.fact, on)
        return found if found.held else None

    def finding(self, direct: bool, on: date, *, typist: bool, field: str = "") -> Finding:
        """As pages and doors tell it: to the typist what to look at, to others who decides."""
        words = self.about.look if typist else self.decide(direct)
        place = f"{self.where}：" if self.where else ""
        message = f"{place}{self.code} {self.message}。{words}".rstrip()
        return Finding(self.code, message, self.ground(direct, on), self.weight == Weight.BLOCKS, field)
