"""The steps of a report that an election was disturbed (选举法五十八、五十九), and of an election that is void (四十七、五十八)."""

from congress import order
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.law.offences import ruling
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import breaches as acts
from elections.forms import breaches as forms
from elections.forms.candidate_lists import BackForm
from elections.models import Annulment, Breach
from elections.queries.breaches import annulments_with_facts
from elections.queries.credentials import body_of
from elections.stages.breaches import AnnulmentStage, BreachStage

LOOK = verb("elections.look_into_breach", "确定了反映的调查人")
SETTLE = verb("elections.settle_breach", "登记了反映的查明情况")
HAND = verb("elections.hand_breach", "将查实的反映移送有关机关")
CLOSE = verb("elections.close_breach", "办结了破坏选举的反映")
REOPEN = verb("elections.reopen_breach", "重新调查破坏选举的反映")
DECIDE = verb("elections.decide_annulment", "登记了当选是否无效的确定")
ANNOUNCE = verb("elections.announce_annulment", "登记了当选无效的公布")


_at = order.at(lambda attempt: attempt.record.stage)


def _articles(attempt: Attempt) -> list[Finding]:
    """By which article it is forbidden, and whether who was elected by it is not."""
    row: Breach = attempt.record
    found = ruling(row.kind, row.received_on)
    said = [Finding("breach.looks", "应当及时调查处理；法律没有规定几日以内", found.looks, blocking=False)]
    if found.listed:
        said.append(Finding("breach.listed", row.get_kind_display(), found.listed, blocking=False))
    if found.voids:
        said.append(Finding("breach.voids", "以这种行为当选的，当选无效", found.voids, blocking=False))
    return said


BREACH = register(
    Life(
        name="elections-breach",
        kind="elections.breach",
        model=Breach,
        read=lambda rows: rows.select_related("township__county", "campaign", "district"),
        visible=lambda standing: Breach.objects.kept(),
        steps=(
            Step(
                "look",
                Words("开始调查", "确定调查人", "保存", "search"),
                said="已登记调查人。",
                verb=LOOK,
                form=forms.LookForm,
                permission=may.BREACHES,
                act=acts.look,
                when=_at(BreachStage.RECEIVED, since="received_on"),
                check=acts.check_lookers,
                hints=_articles,
            ),
            Step(
                "settle",
                Words("登记查明情况", "登记查明的情况", "保存", "clipboard-check"),
                said="已登记查明的情况。",
                verb=SETTLE,
                form=forms.SettleBreachForm,
                permission=may.BREACHES,
                act=acts.settle,
                when=_at(BreachStage.LOOKING, since="looked_on"),
                hints=_articles,
                guard=True,
            ),
            Step(
                "hand",
                Words("移送有关机关", "移送有关机关处理", "登记移送", "send"),
                said="已登记移送。",
                verb=HAND,
                form=forms.HandForm,
                permission=may.BREACHES,
                act=acts.hand,
                when=_at(BreachStage.UPHELD, since="settled_on"),
                hints=_articles,
                lead="需要追究法律责任的，及时移送：治安管理处罚由公安机关，国家工作人员另由监察机关，犯罪的依法追究刑事责任。",
            ),
            Step(
                "close",
                Words("登记处理结果", "登记处理结果", "办结", "check-circle"),
                said="已办结。",
                verb=CLOSE,
                form=forms.CloseForm,
                permission=may.BREACHES,
                act=acts.close,
                when=_at(BreachStage.UPHELD, BreachStage.NOT_UPHELD, BreachStage.HANDED, since="settled_on"),
            ),
            Step(
                "reopen",
                Words("重新调查", "重新调查", "重新调查"),
                said="已重新调查。",
                verb=REOPEN,
                form=BackForm,
                permission=may.BREACHES,
                act=acts.reopen,
                when=_at(
                    BreachStage.UPHELD,
                    BreachStage.NOT_UPHELD,
                    BreachStage.HANDED,
                    BreachStage.CLOSED,
                    since="settled_on",
                ),
                main=False,
                apart=True,
            ),
        ),
    )
)


def _body(attempt: Attempt) -> dict:
    return {"decided_by": body_of(attempt.record.election)}


def _void(attempt: Attempt) -> Consequences:
    row: Annulment = attempt.record
    rows = (
        ("代表", row.mandate.deputy.name),
        ("选区、当选日期", f"{row.mandate.district or ''}，{chinese_date(row.mandate.elected_on)}"),
        ("无效的情形", row.get_ground_display()),
        ("审查意见", row.review),
    )
    follows = [
        "确定无效后，这次当选自始无效，不是代表资格终止；名额出缺，由原选区补选",
        "代表资格同日失效，代表角色随即停用",
    ]
    return Consequences(rows, tuple(follows), tuple(acts.grounds_of(row)), title="审查意见")


ANNULMENT = register(
    Life(
        name="elections-annulment",
        kind="elections.annulment",
        model=Annulment,
        read=annulments_with_facts,
        visible=lambda standing: Annulment.objects.kept(),
        steps=(
            Step(
                "decide",
                Words("登记确定", "登记是否无效的确定", "保存", "check-circle"),
                said=lambda attempt: f"已登记：{attempt.record.stage.label}。",
                verb=DECIDE,
                form=forms.DecideVoidForm,
                permission=may.ISSUE,
                act=acts.decide,
                when=lambda attempt: [
                    *_at(AnnulmentStage.OPEN, since="reviewed_on")(attempt),
                    *acts.against_void(attempt),
                ],
                shows=_void,
                initial=_body,
                proved=True,
            ),
            Step(
                "announce",
                Words("登记公布", "登记当选无效的公布", "保存", "megaphone"),
                said="已登记公布。",
                verb=ANNOUNCE,
                form=forms.AnnounceForm,
                permission=may.ISSUE,
                act=acts.announce,
                when=_at(AnnulmentStage.VOID, since="decided_on"),
            ),
        ),
    )
)
