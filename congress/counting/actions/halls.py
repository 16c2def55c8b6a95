"""A secret vote of the hall: prepared with its stack of codes, opened and closed by two people, and voted in."""

import secrets
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import BooleanField, Case, F, IntegerField, Value, When
from django.utils.crypto import salted_hmac

from congress import clock
from congress.counting.models import HallCode, HallQuestion, HallTotal, HallVote
from congress.counting.queries.halls import MARKS, SILENT, HallFacts, HallStage, with_facts
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_where
from congress.models import Township, User
from congress.steps import Attempt, change

PREPARE = verb("counting.prepare_hall", "准备了会场表决")
CODES = verb("counting.print_codes", "印制了表决码")
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
LENGTH = 10  # of 31 letters each: nobody finds one by trying
MOST = 30  # questions on one screen
UNKNOWN = "表决码不对，或者已经用过。请对照纸条再输一遍；看不清的，请工作人员帮您认。"


def prepare(
    actor: User,
    township: Township,
    *,
    title: str,
    scale: str,
    held_on: date,
    deputies: int,
    present: int,
    questions: Sequence[str],
    key: uuid.UUID | None = None,
) -> HallVote:
    """Prepare a vote with everything it asks. Raises Refused for questions nobody could tell apart. Side effect: one event."""
    refuse_where(
        [
            (not questions, "请至少写一项。", "questions"),
            (len({*questions}) < len(questions), "有两项相同，请加以区分。", "questions"),
            (len(questions) > MOST, f"一次最多{MOST}项，多的请分几次表决。", "questions"),
            (any(len(one) > 100 for one in questions), "一项最多100个字。", "questions"),
            (not 1 <= present <= deputies, "出席人数在1和全体代表之间。", "present"),
        ]
    )
    row = HallVote(
        id=key or uuid.uuid4(),
        township=township,
        title=title,
        scale=scale,
        held_on=held_on,
        deputies=deputies,
        present=present,
    )
    with action(PREPARE, actor=actor, subject=row) as act:
        row.save(force_insert=True)
        for at, label in enumerate(questions, start=1):
            one = HallQuestion(township=township, hall=row, position=at, label=label)
            one.save(force_insert=True)
            for mark in MARKS[HallVote.Scale(scale)]:
                HallTotal(township=township, question=one, mark=mark).save(force_insert=True)
        act.detail = {"方式": row.get_scale_display(), "事项": len(questions), "出席": present}
    return row


# -- the stack of codes


def plain(code: str) -> str:
    """A code as it is printed, however it was typed: with spaces or strokes, in small letters or in the wide ones of a Chinese keyboard."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", code).upper() if letter.isalnum())


def digest_of(township: Township, code: str) -> str:
    """By what a code is known."""
    return str(salted_hmac("counting.hall", f"{township.pk}:{plain(code)}", algorithm="sha256").hexdigest())


def draw(actor: User, row: HallVote) -> list[str]:
    """A fresh stack of as many codes as people are there, shuffled by chance; those printed before are good no more. They are told
    this once and kept as digests. Raises Refused once somebody asked to open the vote. Side effect: one event."""
    with action(CODES, actor=actor, subject=row) as act:
        held = lock(row)
        facts = HallFacts(with_facts(HallVote.objects.kept()).get(pk=held.pk))
        if facts.stage != HallStage.PREPARED:
            refuse("表决已经提出开启，不能再印制表决码；要重印的先撤销开启。")
        HallCode.objects.kept().filter(hall=held).update(withdrawn_at=clock.now(), withdrawn_reason="已重新印制")
        codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(held.present)]
        made = [HallCode(township=held.township, hall=held, digest=digest_of(held.township, one)) for one in codes]
        HallCode.objects.bulk_create(made)
        change(held, codes_on=clock.today())
        secrets.SystemRandom().shuffle(codes)
        act.detail = {"张数": len(codes)}
    return codes


# -- voted in


def hall_of(township: Township, code: str) -> HallFacts:
    """What is voted on by a code. Raises Refused for one that is unknown or used, and where nobody votes now."""
    if (typed := len(plain(code))) != LENGTH:
        refuse(f"表决码有{LENGTH}位，您输了{typed}位，请对照纸条再输。", field="code")
    unspent = HallCode.objects.kept().filter(digest=digest_of(township, code), spent=False)
    found = unspent.values_list("hall", flat=True).first()
    rows = with_facts(HallVote.objects.kept()).filter(pk=found)
    if found is None or not rows:
        refuse(UNKNOWN, field="code")
    facts = HallFacts(rows[0])
    if facts.stage != HallStage.OPEN:
        over = facts.over
        refuse("表决已经结束。" if over else "表决还没有开启，请等主持人宣布开始。", field="code")
    return facts


def cast(township: Township, code: str, answers: Mapping[uuid.UUID, str]) -> None:
    """One vote: the code is used, every answer adds one to its sum; what is not answered is an abstention.

    All codes and all sums of the hall are written anew, so that no row's transaction, place or version tells which were meant.
    No event, no history, no time. Raises Refused as `hall_of`; call in a transaction in the township's scope.
    """
    row = hall_of(township, code).row
    HallVote.objects.select_for_update().get(pk=row.pk)
    facts = hall_of(township, code)  # once more, behind whoever voted or asked to close meanwhile
    chosen = {one.pk: answers.get(one.pk, SILENT) for one in facts.row.asked}
    meant = [each.pk for one in facts.row.asked for each in one.counted if each.mark == chosen[one.pk]]
    used = When(digest=digest_of(township, code), then=Value(True))
    HallCode.objects.kept().filter(hall=row).update(spent=Case(used, default=F("spent"), output_field=BooleanField()))
    more = Case(When(pk__in=meant, then=Value(1)), default=Value(0), output_field=IntegerField())
    HallTotal.objects.filter(question__hall=row).update(number=F("number") + more)


# -- opened and closed by two people


def ask_open(attempt: Attempt) -> dict:
    """The first of two asks that people may vote."""
    change(attempt.record, open_asked_by=attempt.actor)
    return {"表决码": attempt.once(HallFacts).printed}


def ask_close(attempt: Attempt) -> dict:
    """The first of two asks that it be over; from here on nobody votes. Nothing of the sums is told yet: it may be taken back."""
    change(attempt.record, close_asked_by=attempt.actor)
    return {"投票": attempt.once(HallFacts).cast}


def let(attempt: Attempt) -> dict:
    """The second of two lets it be so."""
    row, facts = attempt.record, attempt.once(HallFacts)
    if facts.stage == HallStage.OPENING:
        change(row, opened_by=attempt.actor)
        return {"事项": "开启", "提出人": row.open_asked_by.username}
    change(row, closed_by=attempt.actor, fingerprint=facts.fingerprint)
    return {"事项": "结束", "投票": facts.cast, "提出人": row.close_asked_by.username, "计票指纹": row.fingerprint}


def take_back(attempt: Attempt) -> dict:
    """What the first asked for is not done."""
    row, facts = attempt.record, attempt.once(HallFacts)
    if facts.stage == HallStage.OPENING:
        change(row, open_asked_by=None)
        return {"事项": "开启"}
    change(row, close_asked_by=None)
    return {"事项": "结束"}


def discard(attempt: Attempt) -> dict:
    """A vote that was prepared by mistake and never opened."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}
