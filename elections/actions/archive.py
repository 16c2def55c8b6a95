"""Papers on file: recorded, sealed and opened before two witnesses, destroyed when their time is over (see `destroying` for the roll)."""

from congress import clock
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.law.archives import check_destroying
from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.wording import people_in
from elections.models import ArchiveItem
from elections.queries.archive import session_closed


def _check_item(row: ArchiveItem) -> None:
    by_district = bool(row.kind) and row.paper.by_district
    refuse_where(
        [
            (row.sealed_on is not None, "已经封存，先启封再改。", ""),
            (row.destroyed_on is not None, "已经销毁，记录不能再改。", ""),
            (
                by_district and row.district is None,
                f"{row.kind and row.paper.label}按选区归档，请选择选区。",
                "district",
            ),
            (
                row.district is not None and row.district.term_id != row.election.term_id,
                "这个选区不是这一级选举的。",
                "district",
            ),
        ]
    )


def _stays(row: ArchiveItem) -> None:
    if row.sealed_on is not None or row.destroyed_on is not None:
        refuse("已经封存或者销毁的不能撤回。")


ITEMS = Keeping(ArchiveItem, "elections.archive", check=_check_item, stays=_stays, route="elections-archive")


def seal(attempt: Attempt) -> dict:
    """It is sealed before two witnesses."""
    said = attempt.data
    change(attempt.record, sealed_on=attempt.on, seals=said["seals"], sealed_by=said["witnesses"])
    return {"封存日期": attempt.on, "封签号": said["seals"]}


def unseal(attempt: Attempt) -> dict:
    """The seal is broken for a reason, before two witnesses; which seal it was the event tells for ever."""
    row = attempt.record
    told = {"封签号": row.seals, "原因": attempt.data["reason"]}
    why, who = attempt.data["reason"], attempt.data["witnesses"]
    change(row, sealed_on=None, seals="", sealed_by="", opened_on=attempt.on, opened_by=who, opened_why=why)
    return told


def destroy(attempt: Attempt) -> dict:
    """It is destroyed before two witnesses, by somebody's decision; the record stays."""
    said = attempt.data
    change(attempt.record, destroyed_on=attempt.on, destroyed_by=said["witnesses"], destroyed_paper=said["paper"])
    return {"销毁日期": attempt.on, "批准销毁的文件": said["paper"], "份（张）数": attempt.record.amount}


def too_early(attempt: Attempt) -> list[Finding]:
    """What stands against destroying it today."""
    row: ArchiveItem = attempt.record
    election = row.election
    return list(check_destroying(row.kind, clock.today(), election.campaign.closed_on, session_closed(election)))


def check_witnesses(attempt: Attempt) -> list[Finding]:
    """Two people watch, and the day is not before it was filed."""
    found = []
    if len(people_in(attempt.data["witnesses"])) < 2:
        found.append(Finding("archive.witnesses", "请填写监督的两人姓名，用顿号分开。", field="witnesses"))
    if attempt.on < attempt.record.filed_on:
        found.append(Finding("archive.before", "不能早于归档日期。", field="on"))
    return found
