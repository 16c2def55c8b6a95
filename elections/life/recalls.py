"""The steps of the recall of a deputy (选举法四十九、五十、五十二至五十四)."""

from congress import order
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.records import url_of
from congress.wording import chinese_date
from deputies.models import Level
from elections import permissions as may
from elections.actions import recalls as acts
from elections.forms import recalls as forms
from elections.forms.candidate_lists import BackForm
from elections.models import Recall
from elections.queries.recalls import RecallFacts, with_facts
from elections.stages.recalls import RecallStage

SIGN = verb("elections.sign_recall", "登记了罢免要求的联名")
STRIKE = verb("elections.strike_recall_signer", "不计罢免要求的一个签名")
SUBMIT = verb("elections.submit_recall", "呈报了罢免要求")
DEFEND = verb("elections.defend_recall", "登记了被提出罢免的代表的申辩")
SEND = verb("elections.send_recall", "登记了罢免要求的印发")
ARRANGE = verb("elections.arrange_recall", "安排了罢免的表决")
COUNT = verb("elections.count_recall", "准备了罢免表决的计票")
SETTLE = verb("elections.settle_recall", "登记了罢免表决的结果")
REPORT = verb("elections.report_recall", "登记了罢免决议的备案")
ANNOUNCE = verb("elections.announce_recall", "登记了罢免结果的公告")
STOP = verb("elections.stop_recall", "停止了罢免的办理")
OPEN = (RecallStage.SIGNING, RecallStage.SUBMITTED, RecallStage.SENT, RecallStage.ARRANGED)
AFTER = (RecallStage.SUBMITTED, RecallStage.SENT, RecallStage.ARRANGED)


_at = order.at(lambda attempt: attempt.once(RecallFacts).stage)


def _lacking(attempt: Attempt) -> list[Finding]:
    return attempt.once(RecallFacts).demand()


def _some_count(attempt: Attempt) -> list[Finding]:
    found = _at(RecallStage.SIGNING, since="demanded_on")(attempt)
    if not found and not attempt.once(RecallFacts).counting:
        found.append(Finding("recall.none", "还没有有效的签名。"))
    return found


def _open_points(attempt: Attempt) -> list[Finding]:
    """What the law leaves open, said before it matters."""
    facts = attempt.once(RecallFacts)
    found = facts.gone
    if facts.level == Level.COUNTY:
        message = (
            "县级代表的选区跨几个乡镇的，这里只核对本乡镇的选民名单；其他乡镇的签名和选民总数由县级人大常委会汇总核对，"
            "条文没有规定怎样合并"
        )
        found.append(Finding("recall.several_places", message, cite("election_law", "recall_demand"), blocking=False))
    return found


def _before_the_vote(attempt: Attempt) -> list[Finding]:
    message = "条文没有规定印发多久以后表决、以哪一天的选民名单为准；这里按安排时选民册上的原选区选民计算"
    told = Finding("recall.open_days", message, cite("election_law", "recall_sent"), blocking=False)
    return [told, *_open_points(attempt)]


def _undefended(attempt: Attempt) -> list[Finding]:
    gone = attempt.once(RecallFacts).gone
    if attempt.record.defended:
        return gone
    message = "还没有登记申辩：代表有权在选民会议上或者书面提出申辩意见，请先征询"
    return [*gone, Finding("recall.undefended", message, cite("election_law", "recall_reasons"), blocking=False)]


def _no_result(attempt: Attempt) -> list[Finding]:
    if attempt.once(RecallFacts).outcome is not None:
        return []
    return [Finding("recall.no_result", "计票结束以后内容与结束时不一致，请停止使用这一结果并查明。")]


def _result(attempt: Attempt) -> Consequences:
    facts = attempt.once(RecallFacts)
    found = facts.outcome
    if found is None:
        return Consequences((), ())
    line = facts.result.totals.lines[0]
    rows = [
        ("赞成、反对、弃权", f"{line.yes}、{line.no}、{line.abstain}"),
        ("通过须有", f"{found.needed}人（{found.formula}）"),
        ("依据", found.citation.text),
        ("结果", "通过" if found.passed else "没有通过"),
    ]
    ended = attempt.record.mandate.ended_on
    if ended:
        follows = [f"代表资格已于{chinese_date(ended)}终止，表决结果只作记录"]
    else:
        follows = ["代表资格同日终止，原因是被罢免；名额出缺，由原选区补选"] if found.passed else ["代表继续任职"]
    for post in facts.posts if found.passed and not ended else ():
        follows.append(
            f"{post.called}的职务相应撤销，由主席团予以公告（{cite('election_law', 'chair_falls_recalled').text}）"
        )
    return Consequences(tuple(rows), tuple(follows), tuple(facts.ballots), title="表决结果")


def _result_said(attempt: Attempt) -> str:
    return "已登记：罢免通过，代表资格终止。" if attempt.outcome.passed else "已登记：罢免没有通过。"


def _signed_said(attempt: Attempt) -> str:
    made, counting = attempt.outcome
    return f"已登记{made}个签名，其中{counting}个有效。"


def _committee(attempt: Attempt) -> dict:
    return {"submitted_to": attempt.record.township.county.standing_committee}


def _arranged(attempt: Attempt) -> dict:
    """A vote that is put off is arranged once more, from what was said before."""
    row = attempt.record
    return {"on": row.held_on, "place": row.place, "led_by": row.led_by} if row.held_on else {}


def _announcer(attempt: Attempt) -> dict:
    return {"announced_by": attempt.record.submitted_to}


RECALL = register(
    Life(
        name="elections-recall",
        kind="elections.recall",
        model=Recall,
        read=with_facts,
        visible=lambda standing: Recall.objects.kept(),
        steps=(
            Step(
                "sign",
                Words("登记签名", "登记罢免要求的联名", "登记", "plus-lg"),
                said=_signed_said,
                verb=SIGN,
                form=forms.RecallSignersForm,
                permission=may.EDIT,
                act=acts.sign,
                when=_at(RecallStage.SIGNING, since="demanded_on"),
                check=acts.check_lines,
                hints=_open_points,
                lead="照罢免要求书逐行录入；按原选区选民名单核对，不是原选区选民的保留原样、不计。",
            ),
            Step(
                "strike",
                Words("不计签名", "不计一个签名", "不计"),
                said="已不计这个签名。",
                verb=STRIKE,
                form=forms.StrikeForm,
                permission=may.EDIT,
                act=acts.strike,
                when=_some_count,
                check=acts.check_which,
                options=lambda attempt: {"rows": attempt.once(RecallFacts).counting},
                main=False,
                apart=True,
            ),
            Step(
                "submit",
                Words("呈报县级人大常委会", "呈报罢免要求", "登记呈报", "send"),
                said="已登记呈报。",
                verb=SUBMIT,
                form=forms.SubmitForm,
                permission=may.EDIT,
                act=acts.submit,
                when=_at(RecallStage.SIGNING, since="demanded_on"),
                lacks=_lacking,
                check=acts.check_addressee,
                hints=_open_points,
                initial=_committee,
            ),
            Step(
                "defend",
                Words("登记申辩", "登记申辩意见", "保存", "chat-left-text"),
                said="已登记申辩。",
                verb=DEFEND,
                form=forms.DefendForm,
                permission=may.EDIT,
                act=acts.defend,
                when=_at(*AFTER, since="demanded_on"),
                check=acts.check_defence,
                guard=True,
            ),
            Step(
                "send",
                Words("登记印发", "登记罢免要求和申辩意见的印发", "保存", "printer"),
                said="已登记印发。",
                verb=SEND,
                form=forms.SendForm,
                permission=may.EDIT,
                act=acts.send,
                when=_at(RecallStage.SUBMITTED, RecallStage.SENT, since="submitted_on"),
                hints=_undefended,
            ),
            Step(
                "arrange",
                Words("安排表决", "安排罢免的表决", "保存", "calendar-event"),
                said="已安排表决。",
                verb=ARRANGE,
                form=forms.ArrangeForm,
                permission=may.EDIT,
                act=acts.arrange,
                when=_at(RecallStage.SENT, RecallStage.ARRANGED, since="sent_on"),
                lacks=acts.no_voters,
                check=acts.check_vote,
                hints=_before_the_vote,
                initial=_arranged,
            ),
            Step(
                "count",
                Words("开始计票", "准备罢免表决的计票", "开始计票", "clipboard-data"),
                said="已准备计票，请两人开启，各票箱由两人分别录入。",
                verb=COUNT,
                form=forms.CountForm,
                permission=may.EDIT,
                act=acts.count,
                when=_at(RecallStage.ARRANGED, since="held_on"),
                check=acts.check_units,
                then=lambda attempt: url_of(attempt.after.count, attempt.record.township),
                lead="罢免代表采用无记名的表决方式；票箱打开以前登记每个票箱发出的票和参加的人数。",
            ),
            Step(
                "settle",
                Words("登记结果", "登记罢免表决的结果", "登记结果", "check-circle"),
                said=_result_said,
                verb=SETTLE,
                form=forms.ResultForm,
                permission=may.ISSUE,
                act=acts.settle,
                when=_at(RecallStage.COUNTED, since="held_on"),
                lacks=_no_result,
                shows=_result,
                proved=True,
            ),
            Step(
                "report",
                Words("登记备案", "登记罢免决议的报送备案", "保存"),
                said="已登记报送备案。",
                verb=REPORT,
                form=forms.ReportForm,
                permission=may.EDIT,
                act=acts.report,
                when=_at(RecallStage.PASSED, RecallStage.FAILED, RecallStage.TOLD, since="result_on"),
            ),
            Step(
                "announce",
                Words("登记公告", "登记罢免结果的公告", "保存", "megaphone"),
                said="已登记公告。",
                verb=ANNOUNCE,
                form=forms.AnnounceRecallForm,
                permission=may.EDIT,
                act=acts.announce,
                when=_at(RecallStage.PASSED, RecallStage.FAILED, since="result_on"),
                initial=_announcer,
            ),
            Step(
                "stop",
                Words("停止办理", "停止罢免的办理", "停止"),
                said="已停止办理。",
                verb=STOP,
                form=BackForm,
                permission=may.EDIT,
                act=acts.stop,
                when=_at(*OPEN, since="demanded_on"),
                main=False,
                apart=True,
                lead="联名的选民撤回要求、县级人大常委会不予办理、代表已经离任的，写明原因；条文没有规定撤回的程序。",
            ),
        ),
    )
)
