"""The steps of an appeal against the list of voters (选举法二十九; 民事诉讼法一百八十八、一百八十九)."""

from congress.guard.action import verb
from congress.law import elections as law
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections import permissions as may
from elections import queries
from elections.actions import appeals as acts
from elections.forms.appeals import DecideForm, DeliverForm, EnteredForm, JudgeForm, SueForm, TakeBackForm
from elections.models import Appeal

DECIDE = verb("elections.decide_appeal", "决定了对选民名单的申诉")
DELIVER = verb("elections.deliver_decision", "登记了申诉处理决定的送达")
SUE = verb("elections.sue", "登记了选民资格的起诉")
JUDGE = verb("elections.judge", "登记了选民资格的判决")
LINK = verb("elections.enter_by_decision", "登记了按决定补登的选民")
TAKE_BACK = verb("elections.take_back_appeal", "登记了申诉的撤回")


def facts_of(row: Appeal) -> tuple[tuple[str, str], ...]:
    """What was appealed, as rows of a page."""
    about = "" if row.registration is None else f"{row.registration.voter.name}（{row.registration.district}）"
    return (
        ("申诉事项", row.get_kind_display()),
        ("申诉人", row.appellant),
        ("被申诉人", row.subject),
        ("名单上的登记", about),
        ("提出日期", chinese_date(row.received_on)),
        ("申诉理由", row.words),
    )


def _undecided(attempt: Attempt) -> list[Finding]:
    if attempt.record.decided_on is not None:
        return [Finding("order.decided", f"已于{chinese_date(attempt.record.decided_on)}作出决定。")]
    return []


def _deciding(attempt: Attempt) -> list[Finding]:
    return _undecided(attempt) or list(acts.decided_findings(attempt))


def _decided(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.decided_on is None:
        return [Finding("order.undecided", "还没有作出处理决定。")]
    if attempt.on < row.decided_on:
        return [Finding("order.before", "日期不能早于决定日期。", field="on")]
    return []


def _undelivered(attempt: Attempt) -> list[Finding]:
    if attempt.record.delivered_on is not None:
        return [Finding("order.delivered", "处理决定已经送达。")]
    return _decided(attempt)


def _suing(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.sued_on is not None:
        return [Finding("order.sued", f"已于{chinese_date(row.sued_on)}起诉。")]
    found, voter_list = _decided(attempt), row.voter_list
    day = acts.day_of_appeal(row)
    if found or voter_list.published_on is None or voter_list.published_on >= day:
        return found
    dates = law.appeal_dates(voter_list.published_on, day)
    if attempt.on > dates.sue_by_lenient:
        message = f"应在{chinese_date(dates.sue_by_lenient)}以前起诉（选举日的五日以前），是否受理由人民法院决定"
        return [Finding("appeal.sued_late", message, dates.citation, blocking=False, field="on")]
    if attempt.on > dates.sue_by_strict:
        return [Finding("appeal.sued_disputed", dates.dispute, dates.citation, blocking=False, field="on")]
    return []


def _judging(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.sued_on is None:
        return [Finding("order.not_sued", "还没有登记起诉。")]
    if row.judged_on is not None:
        return [Finding("order.judged", f"已于{chinese_date(row.judged_on)}判决，判决为最后决定。")]
    if attempt.on < row.sued_on:
        return [Finding("order.before", "判决日期不能早于起诉日期。", field="on")]
    day = acts.day_of_appeal(row)
    if attempt.on >= day:
        citation = cite("election_law", "roll_appeal", day)
        return [Finding("appeal.judged_late", "人民法院应在选举日以前判决", citation, blocking=False, field="on")]
    return []


def _to_enter(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    held = row.judged_for if row.judged_on else row.upheld
    if row.kind != Appeal.Kind.MISSING or not held:
        return [Finding("order.nothing_to_enter", "没有需要补登的选民。")]
    if row.change_id is not None:
        return [Finding("order.entered", "已经补登。")]
    return []


def _anybody_entered(attempt: Attempt) -> list[Finding]:
    if queries.entered_late(attempt.record.voter_list.election).exists():
        return []
    return [Finding("appeal.nobody_entered", "请先在选民册登记这位选民，再回到这里选择。")]


def _shown(attempt: Attempt) -> Consequences:
    return Consequences(facts_of(attempt.record), (), title="申诉内容")


def _kind(attempt: Attempt) -> dict:
    return {"kind": attempt.record.kind}


APPEAL = register(
    Life(
        name="elections-appeal",
        kind="elections.appeal",
        model=Appeal,
        read=lambda rows: rows.select_related(
            "township__county",
            "voter_list__election__term",
            "registration__voter",
            "registration__district",
            "data_key",
        ),
        visible=lambda standing: Appeal.objects.kept(),
        about=lambda row: row.voter_list,
        steps=(
            Step(
                "decide",
                Words("作出决定", "作出申诉处理决定", "保存决定", "check-lg"),
                said="已登记处理决定；请印发处理决定书并送达申诉人。",
                verb=DECIDE,
                form=DecideForm,
                permission=may.EDIT,
                act=acts.decide,
                when=_deciding,
                check=acts.check_change,
                options=_kind,
                shows=_shown,
                guard=True,
            ),
            Step(
                "deliver",
                Words("登记送达", "登记处理决定的送达"),
                said="已登记送达。",
                verb=DELIVER,
                form=DeliverForm,
                permission=may.EDIT,
                act=acts.deliver,
                when=_undelivered,
            ),
            Step(
                "enter",
                Words("登记补登结果", "登记按决定补登的选民"),
                said="已登记，下一次补正公告写明。",
                verb=LINK,
                form=EnteredForm,
                permission=may.EDIT,
                act=acts.link,
                when=_to_enter,
                lacks=_anybody_entered,
                options=lambda attempt: {"entered": queries.entered_late(attempt.record.voter_list.election)},
            ),
            Step(
                "sue",
                Words("登记起诉", "登记选民资格的起诉"),
                said="已登记起诉；人民法院应在选举日以前判决。",
                verb=SUE,
                form=SueForm,
                permission=may.EDIT,
                act=acts.sue,
                when=_suing,
                main=False,
            ),
            Step(
                "judge",
                Words("登记判决", "登记选民资格的判决"),
                said="已登记判决，判决为最后决定。",
                verb=JUDGE,
                form=JudgeForm,
                permission=may.EDIT,
                act=acts.judge,
                when=_judging,
                check=acts.check_change,
                options=_kind,
                shows=_shown,
                guard=True,
            ),
            Step(
                "take-back",
                Words("申诉人撤回", "登记申诉人撤回申诉"),
                said="已登记撤回。",
                verb=TAKE_BACK,
                form=TakeBackForm,
                permission=may.EDIT,
                act=acts.take_back,
                when=_undecided,
                main=False,
                apart=True,
            ),
        ),
    )
)
