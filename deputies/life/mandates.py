"""The steps of a mandate: confirmed, suspended and resumed as often as it happens, ended, taken back as a mistake."""

from django.urls import reverse

from congress import clock
from congress.guard.action import verb
from congress.keeping import dependants
from congress.law.deputies import rest_words
from congress.law.finding import Finding, blocking
from congress.models import Role
from congress.permissions import active_memberships
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.forms import ReasonForm
from congress.wording import chinese_date
from deputies import permissions as may
from deputies.actions import seats
from deputies.forms import ConfirmForm, EndForm, ResumeForm, SuspendForm
from deputies.models import Mandate
from deputies.queries import is_last_seat, with_suspensions

# -- when


def _may_confirm(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.confirmed_on:
        return [Finding("order.done", f"该代表资格已于{chinese_date(row.confirmed_on)}确认。")]
    return seats.no_day_before(attempt.on, row.elected_on, "当选日期")


def _rests(row: Mandate) -> bool:
    return bool(row.rests) and row.rests[-1].until is None


def _may_suspend(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.ended_on:
        return blocking(seats.suspension(row, "", attempt.on))
    if _rests(row):
        return [Finding("order.done", "已登记暂时停止执行代表职务。")]
    first, words = (row.rests[-1].until, "上一次恢复日期") if row.rests else (row.elected_on, "当选日期")
    return seats.no_day_before(attempt.on, first, words, "暂停起始日期")


def _may_resume(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if not _rests(row):
        return [Finding("order.nothing", "该代表没有暂时停止执行代表职务。")]
    if row.ended_on:
        return blocking(seats.suspension(row, "", attempt.on))
    return seats.no_day_before(attempt.on, row.rests[-1].since, "暂停起始日期", "恢复日期")


def _may_withdraw_suspension(attempt: Attempt) -> list[Finding]:
    return [] if attempt.record.rests else [Finding("order.nothing", "该代表没有暂停执行职务的登记。")]


def _may_withdraw(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.ended_on:
        return [Finding("order.ended", "已终止的代表资格是履职历史，不能撤回。")]
    if depending := dependants(row):
        return [Finding("order.used", f"该代表资格已有{'、'.join(depending)}，不能撤回。")]
    return []


# -- what the page says


def _ending(attempt: Attempt) -> Consequences:
    """What the law says of the end: who decides, who announces, what falls with it."""
    ruling, row = seats.ruling_of(attempt), attempt.record
    announced = f"由{ruling.announced_by}予以公告（依据：{ruling.announcement}）" if ruling.announcement else "不需公告"
    follows = [
        f"{ruling.label}，决定机关：{ruling.decided_by}（依据：{ruling.decision}）",
        announced,
        "缺额可以补选" if ruling.by_election else "本届任期结束",
        ruling.note,
        _of_the_account(row),
        "终止的资格是履职历史，登记后不能撤回",
    ]
    rows = (("终止日期", attempt.on), ("终止原因", ruling.label), ("依据", str(ruling.citation)))
    return Consequences(rows, tuple(one for one in follows if one), tuple(ruling.also))


def _of_the_account(row: Mandate) -> str:
    """What becomes of the deputy's account with this seat."""
    user = row.deputy.account
    if user is None or not is_last_seat(row, clock.today()):
        return ""
    others = [one for one in active_memberships(user) if (one.role, one.township_id) != (Role.DEPUTY, row.township_id)]
    kept = "、".join(str(one) for one in others)
    return f"代表角色随即停用；账号另有“{kept}”，照常使用" if others else "代表角色和登录账号随即停用"


def _reported(attempt: Attempt) -> str:
    row = attempt.record
    return rest_words(row.level, attempt.on, row.township.pack)


def _last_suspension(attempt: Attempt) -> str:
    rests = attempt.record.rests
    return f"撤回{chinese_date(rests[-1].since)}起的这一次登记；情形消失的，请登记恢复执行职务。" if rests else ""


MANDATE = register(
    Life(
        name="deputies-mandate",
        kind="mandate",
        model=Mandate,
        read=lambda rows: with_suspensions(
            rows.select_related("township__county", "deputy__data_key", "deputy__account", "term", "district")
        ),
        visible=lambda standing: Mandate.objects.kept(),
        called=lambda row: f"{row.deputy}（{row.get_level_display()}{row.term}）",
        page=lambda row: reverse("deputies-detail", args=[row.township.code, row.deputy_id]),
        about=lambda row: row.deputy,
        steps=(
            Step(
                "confirm",
                Words("登记资格确认", "代表资格确认"),
                said="已登记代表资格确认。",
                verb=verb("deputies.confirm_mandate", "登记了代表资格确认"),
                form=ConfirmForm,
                permission=may.EDIT,
                act=seats.confirm,
                when=_may_confirm,
                proved=True,
                day="confirmed_on",
                lead="代表资格审查委员会审查后，由主席团（县级为常委会）确认；补选的代表自确认之日起在任。",
            ),
            Step(
                "end",
                Words("登记终止", "代表资格终止", "下一步"),
                said="已登记代表资格终止。",
                verb=verb("deputies.end_mandate", "登记了代表资格终止"),
                form=EndForm,
                permission=may.EDIT,
                act=seats.end,
                when=lambda attempt: seats.against_end(attempt.record, attempt.on),
                check=seats.check_reason,
                confirm=_ending,
                day="ended_on",
                lead="请按实际的法定程序办理后登记；下一步会列出依据和由谁决定、由谁公告。",
            ),
            Step(
                "suspend",
                Words("暂停执行职务", "暂时停止执行代表职务", "保存"),
                said="已登记暂时停止执行代表职务。",
                verb=verb("deputies.suspend_mandate", "登记了暂时停止执行代表职务"),
                form=SuspendForm,
                permission=may.EDIT,
                act=seats.suspend,
                when=_may_suspend,
                day="since",
                lead=_reported,
                main=False,
            ),
            Step(
                "resume",
                Words("恢复执行职务", "恢复执行代表职务", "保存"),
                said="已登记恢复执行代表职务。",
                verb=verb("deputies.resume_mandate", "登记了恢复执行代表职务"),
                form=ResumeForm,
                permission=may.EDIT,
                act=seats.resume,
                when=_may_resume,
                day="until",
                lead=_reported,
            ),
            Step(
                "unsuspend",
                Words("暂停登记有误", "撤回误登的暂停执行职务", "撤回"),
                said="已撤回暂停执行职务的登记。",
                verb=verb("deputies.withdraw_suspension", "撤回了误登的暂停执行职务"),
                form=ReasonForm,
                permission=may.EDIT,
                act=seats.withdraw_suspension,
                when=_may_withdraw_suspension,
                lead=_last_suspension,
                main=False,
            ),
            Step(
                "withdraw",
                Words("登记有误", "撤回误登的代表资格", "撤回"),
                said="已撤回代表资格。",
                verb=verb("deputies.withdraw_mandate", "撤回了误登的代表资格"),
                form=ReasonForm,
                permission=may.EDIT,
                act=seats.withdraw,
                when=_may_withdraw,
                lead="只用于登记有误；辞职、调离等请登记资格终止。",
                main=False,
            ),
        ),
    )
)
