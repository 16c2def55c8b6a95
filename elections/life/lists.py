"""The steps of a list of voters: frozen by two people, published, supplemented, or the freeze taken back before anybody saw it."""

from django.urls import reverse

from congress import order
from congress.guard.action import verb
from congress.law.finding import Finding, blocking
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.forms import ReasonForm
from congress.wording import chinese_date
from elections import permissions as may
from elections import queries
from elections.actions import lists as acts
from elections.forms.lists import FreezeForm, PublishForm, SupplementForm, UnfreezeForm
from elections.models import VoterList
from elections.queries.days import last_vote
from elections.stages.lists import ListStage

FREEZE = verb("elections.freeze_list", "将选民名单定稿")
REVOKE = verb("elections.revoke_freeze", "撤销了选民名单定稿的提出")
PUBLISH = verb("elections.publish_list", "登记了选民名单的公布")
SUPPLEMENT = verb("elections.supplement_list", "公布了选民名单补正")
UNFREEZE = verb("elections.unfreeze_list", "取消了选民名单的定稿")


_at = order.at(lambda attempt: attempt.record.stage)
_other = order.another("名单定稿由两个不同的人办理，您是提出的人，请另一人确认。", lambda row: row.asked_by_id)


def _against(found: VoterList) -> list[Finding]:
    return acts.against_freezing(found.election)


def _in_the_way(attempt: Attempt) -> list[Finding]:
    return blocking(attempt.once(_against))


def _freezing(attempt: Attempt) -> Consequences:
    """What the second person lets be so."""
    found: VoterList = attempt.record
    rows = (
        ("提出人", str(found.asked_by)),
        ("提出时间", chinese_date(found.created_at)),
        ("提出时选民", f"{found.voters}人"),
        ("名单指纹", found.fingerprint),
    )
    follows = ("定稿以后选民册的变动都要公布补正；还没有公布的可以取消定稿。",)
    return Consequences(rows, follows, tuple(attempt.once(_against)))


def _unpublished(attempt: Attempt) -> list[Finding]:
    found: VoterList = attempt.record
    if found.stage is ListStage.ASKED:
        return _at(ListStage.FROZEN)(attempt)
    if found.published_on is not None:
        return [Finding("order.published", f"名单已于{chinese_date(found.published_on)}公布。")]
    return []


def _publishing(attempt: Attempt) -> list[Finding]:
    found = _unpublished(attempt)
    if found:
        return found
    return acts.published_findings(attempt.record, attempt.on)


def _published(attempt: Attempt) -> list[Finding]:
    found: VoterList = attempt.record
    if found.published_on is None:
        return [Finding("order.unpublished", "名单还没有公布；公布以前的变动可以取消定稿后直接修改。")]
    if attempt.on < found.published_on:
        return [Finding("order.before", "补正公告日期不能早于名单公布日期。", field="on")]
    if attempt.on > last_vote(found.election):
        return [Finding("order.after", "最后一次投票以后不再补正选民名单。", field="on")]
    return []


def _something_to_tell(attempt: Attempt) -> list[Finding]:
    if queries.untold(attempt.record.election).exists():
        return []
    return [Finding("supplement.empty", "名单定稿以后选民册没有新的变动，不需要补正。")]


def _changes(attempt: Attempt) -> Consequences:
    found = attempt.record
    grouped = acts.sums(queries.untold(found.election))
    before = acts.latest_total(found)
    removed = sum(number for label, number in grouped.items() if label not in ("增加", "更正"))
    rows = [("原登记选民", f"{before}人"), *((label, f"{number}人") for label, number in grouped.items() if number)]
    rows.append(("现登记选民", f"{before + grouped['增加'] - removed}人"))
    return Consequences(tuple(rows), ("公布后不能取消，之后的变动另行补正",), title="这次补正")


def _freezing_page(attempt: Attempt) -> str:
    return reverse("elections-voter-list-new", args=[attempt.record.township.code, attempt.record.election_id])


VOTER_LIST = register(
    Life(
        name="elections-list-of-voters",
        kind="elections.voter_list",
        model=VoterList,
        read=lambda rows: rows.select_related(
            "election__campaign", "election__term", "township__county", "asked_by", "confirmed_by"
        ),
        visible=lambda standing: queries.voter_lists(),
        steps=(
            Step(
                "confirm",
                Words("确认定稿", "确认选民名单定稿", "确认定稿", "check-circle"),
                said="名单已由两人定稿。请印发公告并张贴，然后登记公布。",
                verb=FREEZE,
                form=FreezeForm,
                permission=may.EDIT,
                act=acts.freeze,
                who=_other,
                when=_at(ListStage.ASKED),
                lacks=_in_the_way,
                shows=_freezing,
                proved=True,
            ),
            Step(
                "revoke",
                Words("不定稿", "撤销定稿的提出", "撤销"),
                said="已撤销提出，选民册可以继续修改。",
                verb=REVOKE,
                form=ReasonForm,
                permission=may.EDIT,
                act=acts.revoke,
                when=_at(ListStage.ASKED),
                then=_freezing_page,
                main=False,
                apart=True,
            ),
            Step(
                "publish",
                Words("登记公布", "登记选民名单的公布", "登记公布", "megaphone"),
                said="已登记名单的公布；五日内可以申诉。",
                verb=PUBLISH,
                form=PublishForm,
                permission=may.EDIT,
                act=acts.publish,
                when=_publishing,
                initial=lambda attempt: {"places": attempt.record.places},
            ),
            Step(
                "supplement",
                Words("公布补正", "公布选民名单补正", "公布补正", "file-earmark-text"),
                said="已公布补正，名单的总数与增减相符。",
                verb=SUPPLEMENT,
                form=SupplementForm,
                permission=may.EDIT,
                act=acts.supplement,
                when=_published,
                lacks=_something_to_tell,
                shows=_changes,
            ),
            Step(
                "unfreeze",
                Words("取消定稿", "取消选民名单的定稿"),
                said="已取消定稿，选民册可以继续修改。",
                verb=UNFREEZE,
                form=UnfreezeForm,
                permission=may.EDIT,
                act=acts.unfreeze,
                when=_unpublished,
                then=_freezing_page,
                main=False,
                apart=True,
            ),
        ),
    )
)
