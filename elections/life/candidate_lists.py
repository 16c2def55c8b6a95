"""The steps of a list of candidates: who stands on it and in which order, closed, published, changed by notice."""

from dataclasses import replace

from django.urls import reverse

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import candidate_lists as acts
from elections.forms import candidate_lists as forms
from elections.models import CandidateList
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Kind

CHOOSE = verb("elections.choose_candidates", "修改了名单所列候选人")
ARRANGE = verb("elections.arrange_candidates", "核对了候选人次序")
LOCK = verb("elections.lock_candidates", "将候选人名单定稿")
PUBLISH = verb("elections.publish_candidates", "登记了候选人名单的公布")
NOTICE = verb("elections.notice_candidates", "公告了候选人变动")
UNLOCK = verb("elections.unlock_candidates", "取消了候选人名单的定稿")
DISCARD = verb("elections.discard_candidates", "撤回了拟定的候选人名单")


def _open(attempt: Attempt) -> list[Finding]:
    """It is not closed yet."""
    if attempt.record.locked_at is not None:
        return [Finding("order.locked", "名单已经定稿；没有公布的可以取消定稿后修改，公布以后只能公告变动。")]
    return []


def _locked(attempt: Attempt) -> list[Finding]:
    """It is closed, and nobody outside has seen it."""
    row: CandidateList = attempt.record
    if row.locked_at is None:
        return [Finding("order.open", "名单还没有定稿。")]
    if row.published_on is not None:
        return [
            Finding("order.published", f"名单已于{chinese_date(row.published_on)}公布，不能收回；有变动的公告变动。")
        ]
    return []


def _publishing(attempt: Attempt) -> list[Finding]:
    """Not published yet; a list that may be closed is closed first. What hangs on paper and may not be closed is entered as it
    hangs there, and what stands against it is told."""
    row: CandidateList = attempt.record
    if row.published_on is not None:
        return [Finding("order.published", f"名单已于{chinese_date(row.published_on)}公布。")]
    against = [] if row.locked_at else acts.against_locking(row, acts.facts_of(attempt))
    if row.locked_at is None and not any(one.blocking for one in against):
        return [Finding("order.open", "名单可以定稿，请先定稿再登记公布。")]
    told = [replace(one, blocking=False) for one in against]
    return [*told, *acts.published_findings(row, attempt.on)]


def _unlocking(attempt: Attempt) -> list[Finding]:
    found = _locked(attempt)
    if not found and attempt.record.kind == Kind.FIRST and acts.facts_of(attempt).formal is not None:
        return [Finding("order.formal", "正式候选人名单已经拟定，请先撤回正式候选人名单。")]
    return found


def _published(attempt: Attempt) -> list[Finding]:
    row: CandidateList = attempt.record
    if row.published_on is None:
        return [Finding("order.unpublished", "名单还没有公布；公布以前的变动可以取消定稿后直接修改。")]
    if attempt.on < row.published_on:
        return [Finding("order.before", "变动公告日期不能早于名单公布日期。", field="on")]
    return []


def _something_to_tell(attempt: Attempt) -> list[Finding]:
    if acts.facts_of(attempt).changes(attempt.record.kind):
        return []
    return [Finding("notice.empty", "名单所列候选人没有新的变动：退出、除名、补列和更正先在候选人的页面登记。")]


def _in_the_way(attempt: Attempt) -> list[Finding]:
    return acts.against_locking(attempt.record, acts.facts_of(attempt))


def _telling(attempt: Attempt) -> Consequences:
    """What the notice says, who is left, and what is lost with it."""
    row: CandidateList = attempt.record
    facts = acts.facts_of(attempt)
    found, before = facts.changes(row.kind), len(facts.entries[row.kind])
    after = before - len(found.gone) + len(found.lacking)
    rows = [("原列候选人", f"{before}名")]
    rows += [(one.nominee.get_left_how_display(), one.nominee.name) for one in found.gone]
    rows += [("补列", one.name) for one in found.lacking]
    rows += [("更正", one.nominee.name) for one in found.mended]
    rows.append(("现列候选人", f"{after}名"))
    follows = ["公布后不能取消，之后的变动另行公告。"]
    if facts.printed and row.kind == Kind.FORMAL:
        follows.append(f"已经付印的选票{facts.printed.copies}张（{facts.printed}）与名单不符的一律作废，应当重新付印。")
    alarm = facts.leaving(after) if row.kind == Kind.FORMAL else []
    return Consequences(tuple(rows), tuple(follows), tuple(alarm))


def _named(attempt: Attempt) -> dict:
    """Who may be put on the list: everybody named in the district, so that a paper can be entered as it is."""
    return {"nominees": acts.facts_of(attempt).nominees}


def _standing(attempt: Attempt) -> dict:
    entries = acts.facts_of(attempt).entries[attempt.record.kind]
    return {"nominees": [one.nominee_id for one in entries]}


def _in_order(attempt: Attempt) -> dict:
    return {"order": "\n".join(acts.typed_order(attempt))}


def _listing_page(attempt: Attempt) -> str:
    return reverse("elections-candidate-board", args=[attempt.record.township.code, attempt.record.election_id])


CANDIDATE_LIST = register(
    Life(
        name="elections-candidates-of",
        kind="elections.candidate_list",
        model=CandidateList,
        read=queries.with_numbers,
        visible=lambda standing: CandidateList.objects.kept(),
        steps=(
            Step(
                "lock",
                Words("定稿", "候选人名单定稿", "定稿", "lock"),
                said="名单已定稿。请印发公告并张贴，然后登记公布。",
                verb=LOCK,
                form=forms.LockForm,
                permission=may.EDIT,
                act=acts.lock_list,
                when=_open,
                lacks=_in_the_way,
                many=True,
            ),
            Step(
                "publish",
                Words("登记公布", "登记候选人名单的公布", "登记公布", "megaphone"),
                said="已登记名单的公布。",
                verb=PUBLISH,
                form=forms.PublishCandidatesForm,
                permission=may.EDIT,
                act=acts.publish,
                when=_publishing,
                many=True,
            ),
            Step(
                "notice",
                Words("公告变动", "公告候选人变动", "公告变动", "file-earmark-text"),
                said="已公告变动，名单与公告相符。",
                verb=NOTICE,
                form=forms.NoticeForm,
                permission=may.EDIT,
                act=acts.notice,
                when=_published,
                lacks=_something_to_tell,
                shows=_telling,
            ),
            Step(
                "choose",
                Words("修改名单", "修改名单所列候选人", "保存", "pencil"),
                said="已修改名单所列候选人。",
                verb=CHOOSE,
                form=forms.ChooseForm,
                permission=may.EDIT,
                act=acts.choose,
                when=_open,
                options=_named,
                initial=_standing,
                lead="照纸上的名单勾选。依法推荐的都应当列入代表候选人名单；正式候选人从公布的代表候选人名单中确定。",
                main=False,
            ),
            Step(
                "arrange",
                Words("核对次序", "核对候选人次序", "确认次序", "list-ol"),
                said="已确认次序。",
                verb=ARRANGE,
                form=forms.ArrangeForm,
                permission=may.EDIT,
                act=acts.arrange,
                when=_open,
                check=acts.check_arranged,
                initial=_in_order,
                lead="笔画表里没有或者次序不定的字，由人看过再定；没有疑问的不用改。",
                main=False,
            ),
            Step(
                "unlock",
                Words("取消定稿", "取消候选人名单的定稿"),
                said="已取消定稿，名单可以继续修改。",
                verb=UNLOCK,
                form=forms.BackForm,
                permission=may.EDIT,
                act=acts.unlock,
                when=_unlocking,
                main=False,
                apart=True,
            ),
            Step(
                "discard",
                Words("撤回名单", "撤回拟定的名单", "撤回"),
                said="已撤回拟定的名单。",
                verb=DISCARD,
                form=forms.BackForm,
                permission=may.EDIT,
                act=acts.discard,
                when=_open,
                then=_listing_page,
                main=False,
                apart=True,
            ),
        ),
    )
)
