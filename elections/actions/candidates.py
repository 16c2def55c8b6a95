"""Who is named for the deputies: the person, what that person answers and declares, and how one leaves the list."""

from congress import clock
from congress.documents.writings import problem
from congress.guard.action import verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.keeping import Keeping
from congress.law.finding import Finding
from congress.names.keys import set_keys
from congress.people.entries import fill_from_number, identity_findings
from congress.steps import Attempt, change
from congress.wording import chinese_date
from elections.models import NominatingBody, Nomination, Nominee, VettingUnit
from elections.queries.candidates import districts_of

ANSWER = verb("elections.nominee_answers", "登记了被推荐人的答复")
DECLARE = verb("elections.nominee_declares", "登记了被推荐人的声明")
LEAVE = verb("elections.nominee_leaves", "登记了被推荐人的退出")
TELL = verb("elections.tell_nominators", "登记了不接受推荐的告知")
UNTRUE = verb("elections.tell_untrue", "登记了不实情况的通报")
RETURN = verb("elections.nominee_returns", "撤销了误登的退出")


def _check_nominee(row: Nominee) -> None:
    set_keys(row)
    fill_from_number(row, clock.today())
    election = row.election
    elects = districts_of(election).filter(pk=row.district_id).exists()
    forms = Nomination.objects.kept().filter(nominee=row.pk)
    named = forms.exclude(nominee__district=row.district_id).exists()
    refuse_where(
        [
            (not elects, "这个选区不在这次选举中。", "district"),
            (named, "已有推荐表，签名和推荐者都属于原来的选区，不能改选区；在别的选区被推荐的，另行登记。", "district"),
        ]
    )
    if row.name_beside and (why := problem(row.name_beside)):
        refuse(why, "name_beside")
    refuse_blocking(identity_findings(row, clock.today()))


NOMINEES = Keeping(Nominee, "elections.nominee", check=_check_nominee, route="elections-nominee")
BODIES = Keeping(NominatingBody, "elections.body", route="elections-body")
VETTING_UNITS = Keeping(VettingUnit, "elections.vetting_unit", route="elections-vetting-unit")


def stands(attempt: Attempt) -> list[Finding]:
    """Whether nothing has taken the person off."""
    row: Nominee = attempt.record
    if row.left_on is None:
        return []
    return [Finding("order.left", f"{chinese_date(row.left_on)}已登记退出：{row.get_left_how_display()}。")]


def answer(attempt: Attempt) -> dict:
    """The person accepts or does not: who does not is taken off by that own word, and stays on record."""
    said = attempt.data
    values = {"consent": said["consent"], "consent_on": attempt.on}
    if said["consent"] == Nominee.Consent.DECLINED:
        values |= {"left_how": Nominee.Left.DECLINED, "left_on": attempt.on, "left_paper": said["paper"]}
    change(attempt.record, **values)
    return {"答复": str(Nominee.Consent(said["consent"]).label), "日期": attempt.on}


def check_answer(attempt: Attempt) -> list[Finding]:
    """A refusal is taken off nobody's list by hearsay: it needs the paper that bears the person's own word."""
    said = attempt.data
    if said["consent"] == Nominee.Consent.DECLINED and not said["paper"].strip():
        return [Finding("nominee.paper", "本人不接受推荐的，请填写本人的书面材料。", field="paper")]
    return []


def declare(attempt: Attempt) -> dict:
    """What the person declared under date and signature."""
    said = attempt.data
    names = ("mandates", "mandates_where", "mandates_related", "residence", "funding")
    return {"项目": change(attempt.record, declared_on=attempt.on, **{name: said[name] for name in names})}


def check_declaration(attempt: Attempt) -> list[Finding]:
    """Who sits elsewhere says where, and whether the two areas are one above the other (选举法四十八)."""
    said = attempt.data
    if said["mandates"] != Nominee.Answer.YES:
        return []
    found = []
    if not said["mandates_where"].strip():
        found.append(Finding("nominee.where", "请写明在哪里担任人大代表。", field="mandates_where"))
    if said["mandates_related"] is None:
        words = "请选择两个行政区域有没有隶属关系。"
        found.append(Finding("nominee.related", words, field="mandates_related"))
    return found


def leave(attempt: Attempt) -> dict:
    """Somebody leaves the list: by own written word, for foreign funding, or by death. The paper proves it."""
    said = attempt.data
    change(attempt.record, left_how=said["how"], left_on=attempt.on, left_paper=said["paper"])
    return {"情形": str(Nominee.Left(said["how"]).label), "日期": attempt.on}


def tell(attempt: Attempt) -> dict:
    """Who had named the person was told that he or she does not accept."""
    change(attempt.record, told_on=attempt.on)
    return {"告知日期": attempt.on}


def untrue(attempt: Attempt) -> dict:
    """What was untrue in the particulars, and how the voters were told: nothing is deleted for it (选举法三十)."""
    said = attempt.data
    change(attempt.record, untrue=said["untrue"], untrue_told_on=attempt.on, untrue_told_how=said["how"])
    return {"通报日期": attempt.on}


def come_back(attempt: Attempt) -> dict:
    """An entry that somebody had left was made by mistake."""
    row = attempt.record
    consent = {} if row.left_how != Nominee.Left.DECLINED else {"consent": Nominee.Consent.WAITING, "consent_on": None}
    change(row, left_how="", left_on=None, left_paper="", told_on=None, **consent)
    return {"原因": attempt.data["reason"]}
