"""One thread from the voter's first word to the deputy's rating, in order of days, with who, on what ground and how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congress.law.finding import Citation
from congress.law.sources import cite, states
from congress.models import AuditEvent, User
from congress.permissions import Standing
from congress.wording import chinese_date, until
from proposals import stages
from proposals.models import Assignment, Extension, Matter, Promise, Reception, Suggestion, Urging
from proposals.queries.facts import answering_shares, due_of, due_of_round, facts_of, months_of, stage_of
from proposals.queries.shares import asked_extension
from proposals.queries.visible import READS_ALL, sees_names

HIDDEN = "（应代表要求不公开）"


@dataclass(frozen=True)
class Entry:
    """A line of the thread. `text` is the step, `note` what was said; `state` is done, now or ahead."""

    date: date | None
    text: str
    actor: str = ""
    note: str = ""
    citation: Citation | None = None
    state: str = "done"
    attachments: tuple = ()


class Actors:
    """Who did what, from the trail of the records of one thread; two queries."""

    def __init__(self, ids: Iterable):
        events = list(AuditEvent.objects.filter(subject_id__in=[str(pk) for pk in ids]).order_by("seq"))
        users = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
        self._by_row: dict[tuple[str, str], str] = {}
        for event in events:
            name = str(users[event.actor_id]) if event.actor_id in users else ""
            self._by_row[event.verb, str(event.detail.get("行", ""))] = name

    def of(self, verb: str, row=None) -> str:
        """The name of who did it to this row (or to the record itself); empty when the trail does not say."""
        return self._by_row.get((f"proposals.{verb}", str(row.pk) if row is not None else ""), "")


def ground(on: date, *facts: tuple[str, str]) -> Citation | None:
    """The first of the (law, fact) pairs that was in force on the day; None when none of them is held."""
    return next((cite(law, fact, on) for law, fact in facts if states(law, fact, on)), None)


def suggestion_thread(standing: Standing, suggestion: Suggestion) -> list[Entry]:
    """The thread of a suggestion as this viewer may see it; `suggestion` comes with its facts."""
    named = sees_names(standing, suggestion)
    # Who may not know whose it is does not learn either where and when the voter came, nor in which words: a station on
    # its day has one deputy.
    matter = suggestion.matter if named else None
    actors = Actors([suggestion.pk, *([matter.pk, matter.reception_id] if matter else [])])
    entries = [*_origin(matter, actors, _reads_words(standing, suggestion))] if matter else []
    entries += _entering(suggestion, actors, named)
    for number in sorted({share.round for share in suggestion.assignments.all()}):
        entries += _round(suggestion, number, actors)
        entries += _answers(suggestion, number, actors, named)
    entries += [*_settled(suggestion, actors), *_urgings(suggestion, actors), *_ending(suggestion, actors, named)]
    if matter:
        entries += _matter_end(matter, actors)
    return [*sorted(entries, key=lambda entry: entry.date), *_waiting(suggestion), *_promised(suggestion)]


def _reads_words(standing: Standing, suggestion: Suggestion) -> bool:
    """Whether the voter's words may be read: those of one who asked for confidence by the office and the lead alone."""
    own = suggestion.lead.account_id is not None and suggestion.lead.account_id == standing.user.pk
    return not suggestion.matter.confidential or own or standing.has(*READS_ALL)


def _origin(matter: Matter, actors: Actors, readable: bool) -> list[Entry]:
    reception = matter.reception
    names = "、".join(row.deputy.name for row in reception.receivers.all())
    words = matter.words if readable else "（选民要求保密）"
    text = f"{_heard(reception)}{reception.people}人次"
    return [
        Entry(reception.held_on, text, actors.of("log_reception"), f"接待代表：{names}"),
        Entry(reception.held_on, f"选民反映（{matter.number}）", actors.of("add_matter"), words),
    ]


def _entering(suggestion: Suggestion, actors: Actors, named: bool) -> list[Entry]:
    on = suggestion.submitted_on
    fact = "suggestion_in_session" if suggestion.session_id else "suggestion_between_sessions"
    lead = f"领衔代表：{suggestion.lead.name if named else HIDDEN}"
    submitted = "由未列入议程的议案转为代表建议" if suggestion.from_motion else "提出代表建议"
    by = actors.of("submit") if named else ""
    found = [Entry(on, submitted, by, lead, ground(on, ("deputies_law", fact)))]
    for row in suggestion.cosigners.all():
        if row.confirmed_on:
            found.append(Entry(row.confirmed_on, "确认联名", "", row.deputy.name if named else HIDDEN))
    if suggestion.registered_on:
        words = f"登记，编号{suggestion.number}"
        found.append(Entry(suggestion.registered_on, words, actors.of("register")))
    if suggestion.joined_to_id:
        joined = f"并入第{suggestion.joined_to.number}号办理，编号不变，分别答复"
        found.append(Entry(suggestion.joined_on, joined, actors.of("join")))
        if suggestion.parted_on:
            found.append(Entry(suggestion.parted_on, "解除并案，单独办理", actors.of("part")))
    if suggestion.declined_on:
        note = f"理由：{suggestion.declined_reason}"
        citation = ground(suggestion.declined_on, ("deputies_law", "suggestion_between_sessions"))
        found.append(Entry(suggestion.declined_on, "不予受理并告知代表", actors.of("decline"), note, citation))
    return found


def _round(suggestion: Suggestion, number: int, actors: Actors) -> list[Entry]:
    """The assigning of the round, what each unit did, and each giving to another one after 退办: in the order in which they
    follow from each other, for several may be of one day."""
    shares = [share for share in suggestion.assignments.all() if share.round == number]
    shares.sort(key=lambda share: (share.assigned_on, share.created_at))
    facts = facts_of(suggestion)
    handling = next(one for one in facts.rounds if one.number == number)
    limit = stages.first_due(facts, handling, suggestion.township.pack, months_of(suggestion))
    begun: dict[int, Assignment] = {}
    for share in shares:
        if share.part in Assignment.ANSWERING:
            begun.setdefault(share.strand, share)
    found = [_given(list(begun.values()), shares, "assign" if number == 1 else "reopen", limit, actors)]
    for share in shares:
        if share.part in Assignment.ANSWERING and share is not begun[share.strand]:
            found.append(_given([share], shares, "reassign", limit, actors))
        found += _done_by(share, actors)
    return found


def _done_by(share: Assignment, actors: Actors) -> Iterable[Entry]:
    if share.delivered_on:
        yield Entry(share.delivered_on, f"交办单送达{share.unit}", actors.of("deliver", share))
    if share.signed_on:
        by = f"签收人：{share.signed_by}" if share.signed_by else ""
        words = "签收（协办）" if share.part == Assignment.Part.ASSIST else "签收"
        yield Entry(share.signed_on, f"{share.unit}{words}", actors.of("sign", share), by)
    if share.advice_on:
        yield Entry(share.advice_on, f"{share.unit}提出协办意见", actors.of("advise", share), share.advice)
    if share.returned_on:
        text, note = f"{share.unit}退办", f"理由：{share.return_reason}"
        yield Entry(share.returned_on, text, actors.of("return", share), note)


def _given(answering: list[Assignment], shares: list[Assignment], verb: str, limit, actors: Actors) -> Entry:
    on, part = answering[0].assigned_on, answering[0].get_part_display()
    assisting = [s.unit.name for s in shares if s.part == Assignment.Part.ASSIST and s.assigned_on == on]
    words = {"assign": "交办", "reassign": "重新确定承办单位", "reopen": "重新交办"}[verb]
    text = f"{words}：{'、'.join(share.unit.name for share in answering)}{part}"
    text += f"，{'、'.join(assisting)}协办" if assisting else ""
    note = f"答复期限{until(limit)}"
    if verb == "reassign":
        note = f"期限不重新起算，仍为{chinese_date(limit.date)}"
    return Entry(on, text, actors.of(verb), note, limit.citation)


def _answers(suggestion: Suggestion, number: int, actors: Actors, named: bool) -> list[Entry]:
    found = []
    for row in suggestion.extensions.all():
        if row.round == number:
            found += _extension(row, _asker(suggestion, row), actors)
    for row in suggestion.talks.all():
        if row.round == number:
            citation = ground(row.held_on, ("deputies_law", "talk_with_deputy"))
            text = f"{row.unit}与代表面商（{row.get_way_display()}）"
            found.append(Entry(row.held_on, text, actors.of("talk", row), row.summary, citation))
    handling = next(one for one in facts_of(suggestion).rounds if one.number == number)
    for row in suggestion.replies.all():
        if row.round == number:
            limit = due_of_round(suggestion, handling.of(row.strand))
            late = (row.replied_on - limit.date).days
            text = f"{row.unit}书面答复，{row.get_grade_display()}" + (f"，逾期{late}天" if late > 0 else "")
            found.append(Entry(row.replied_on, text, actors.of("reply", row), row.text, limit.citation))
    for row in suggestion.ratings.all():
        if row.round == number:
            text = f"领衔代表评价：态度{row.get_attitude_display()}，结果{row.get_result_display()}"
            text += "（纸质征询意见表）" if row.on_paper else ""
            note = f"理由：{row.reason}" if row.reason else ""
            by = row.deputy.name if named else ""
            found.append(Entry(row.rated_on, text, by, note))
    return found


def _asker(suggestion: Suggestion, row: Extension) -> str:
    """Which of several units asks to reply later; nothing where one leads."""
    held = [
        share
        for share in suggestion.assignments.all()
        if share.part == Assignment.Part.SEPARATE
        and (share.round, share.strand) == (row.round, row.strand)
        and share.assigned_on <= row.asked_on
    ]
    return held[-1].unit.name if held else ""


def _extension(row: Extension, unit: str, actors: Actors) -> list[Entry]:
    asked = f"{unit}申请延期至{chinese_date(row.new_due)}"
    found = [Entry(row.asked_on, asked, actors.of("ask_extension", row), f"理由：{row.reason}")]
    if row.agreed_on:
        found.append(
            Entry(row.agreed_on, f"同意{unit}延期至{chinese_date(row.new_due)}", actors.of("agree_extension", row))
        )
    if row.declined_on:
        found.append(Entry(row.declined_on, f"不同意{unit}延期，期限不变", actors.of("decline_extension", row)))
    return found


def _ending(suggestion: Suggestion, actors: Actors, named: bool) -> list[Entry]:
    facts = facts_of(suggestion)
    found = []
    if facts.closed_on:
        found.append(Entry(facts.closed_on, "办结", actors.of("close"), suggestion.closing_note))
    if facts.withdrawn_on:
        note = f"理由：{suggestion.withdrawn_reason}"
        found.append(Entry(facts.withdrawn_on, "撤回，办理终止", actors.of("withdraw") if named else "", note))
    return found


def _waiting(suggestion: Suggestion) -> list[Entry]:
    here = stage_of(suggestion)
    if not here.next:
        return []
    if here not in stages.OWED:
        return [Entry(None, here.next, state="now")]
    facts, shares = facts_of(suggestion), answering_shares(suggestion)
    found = []
    for share in shares:
        part = facts.of(share.strand)
        if stages.stage(part) in stages.OWED:
            limit = due_of(suggestion, part)
            whose = f"{share.unit}：" if len(shares) > 1 else ""
            note = f"答复期限{chinese_date(limit.date)}"
            # The day is that of the reply, not of what is waited for before it.
            found.append(Entry(None, whose + stages.stage(part).next, state="now"))
            if asked_extension(suggestion, share):
                found.append(Entry(None, f"{whose}等待主席团答复延期申请", state="now"))
            found.append(Entry(limit.date, f"{whose}书面答复", note=note, state="ahead"))
    return sorted(found, key=lambda entry: entry.date or date.min)


def _settled(suggestion: Suggestion, actors: Actors) -> list[Entry]:
    """What became of promises that were kept, or explained."""
    verbs = {Promise.Outcome.KEPT: "fulfil", Promise.Outcome.UNKEPT: "explain"}
    return [
        Entry(row.settled_on, f"{row.unit}{_PROMISES[row.outcome]}", actors.of(verbs[row.outcome], row), row.note)
        for row in suggestion.promises.all()
        if row.outcome in verbs
    ]


_PROMISES = {Promise.Outcome.KEPT: "反馈承诺已落实", Promise.Outcome.UNKEPT: "说明承诺未能落实"}


def _promised(suggestion: Suggestion) -> list[Entry]:
    """What was promised and is still to come, whatever else became of the suggestion."""
    return [
        Entry(row.due_on, f"{row.unit}承诺完成", note=f"{chinese_date(row.made_on)}答复时承诺", state="ahead")
        for row in suggestion.promises.all()
        if row.settled_on is None and suggestion.withdrawn_at is None
    ]


def _urgings(record: Suggestion | Matter, actors: Actors) -> list[Entry]:
    """How the units were pressed: by a message, or by a letter that can be opened from here."""
    found = []
    for row in record.urgings.all():
        url = reverse("proposals-urging", args=[record.township.code, row.pk])
        if row.way == Urging.Way.LETTER:
            note = f"{row.demand}请于{chinese_date(row.answer_by)}前答复。"
            paper, text = f"督办函{row.document.number}", f"督办：向{row.unit}印发督办函"
            by = actors.of("supervise", row)
        else:
            note, paper, text = "", "催办单", f"催办：{row.unit}"
            by = actors.of("urge", row) or actors.of("urge_matter", row)
        found.append(Entry(row.urged_on, text, by, note, attachments=({"url": url, "name": paper},)))
    return found


def _matter_end(matter: Matter, actors: Actors | None) -> list[Entry]:
    found = []
    if matter.told_on:
        opinion = f"选民评价：{matter.get_opinion_display()}" if matter.opinion else ""
        by = actors.of("tell_voter") if actors else ""
        found.append(Entry(matter.told_on, f"向选民反馈（{matter.told_how}）", by, opinion))
    return found


_CHANNELS: Mapping[str, str] = {
    Matter.Channel.ON_THE_SPOT: "answer_matter",
    Matter.Channel.UNIT: "hand_matter",
    Matter.Channel.SUGGESTION: "turn_matter",
    Matter.Channel.UPWARD: "pass_matter",
    Matter.Channel.DECLINED: "decline_matter",
}


def _heard(reception: Reception) -> str:
    """How the voters were heard, in words."""
    return f"{reception.where}接待选民" if reception.origin in Reception.HELD else f"{reception.where}听取选民意见"


def matter_thread(matter: Matter, reception: Reception) -> list[Entry]:
    """The thread of a matter that did not become a suggestion (or has not yet)."""
    actors = Actors([matter.pk, reception.pk])
    names = "、".join(row.deputy.name for row in reception.receivers.all())
    held_on = reception.held_on
    found = [
        Entry(held_on, _heard(reception), actors.of("log_reception"), f"接待代表：{names}"),
        Entry(held_on, f"登记反映事项{matter.number}", actors.of("add_matter"), matter.words),
    ]
    for row in matter.handings.all():
        found.append(Entry(row.handed_on, f"转办：{row.unit}"))
        found.append(Entry(row.ended_on, f"{row.unit}不再办理", actors.of("give_back_matter"), f"理由：{row.reason}"))
    if matter.proposed_unit_id and not matter.channel:
        text = f"代表建议转办{matter.proposed_unit}，等待办事员确认"
        found.append(Entry(held_on, text, actors.of("propose_unit") or actors.of("add_matter"), matter.proposed_note))
    if matter.channel:
        where = matter.unit or matter.passed_to or matter.proper_channel
        text = matter.get_channel_display() + (f"：{where}" if where else "")
        # A way that was clear at once was written down with the matter.
        by = actors.of(_CHANNELS[matter.channel]) or actors.of("agree_to_unit") or actors.of("add_matter")
        # What was said with the hand-over, or came of asking above; the result begins with it once there is one.
        elsewhere = matter.channel in (Matter.Channel.UNIT, Matter.Channel.UPWARD)
        note = matter.answer if elsewhere and not matter.resolved_on else ""
        found.append(Entry(matter.channelled_on, text, by, note))
    if matter.delivered_on:
        found.append(Entry(matter.delivered_on, f"交办单送达{matter.unit}", actors.of("deliver_matter")))
    found += _urgings(matter, actors)
    if matter.resolved_on:
        found.append(Entry(matter.resolved_on, "办结", actors.of("resolve_matter"), matter.answer))
    found += _matter_end(matter, actors)
    found.sort(key=lambda entry: entry.date)
    if matter.ask_on and matter.resolved_on is None:
        found.append(Entry(matter.ask_on, f"询问{matter.passed_to}的办理情况", state="ahead"))
    if matter.resolved_on is None and matter.channel != Matter.Channel.DECLINED:
        waits = "等待分流" if not matter.channel else "正在办理"
        found.append(Entry(None, waits, state="now"))
    return found
