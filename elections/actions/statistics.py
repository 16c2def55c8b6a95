"""What a township writes beside its election statistics: official item numbers, and values no record says."""

from collections.abc import Mapping

from congress.guard.action import action, lock, verb
from elections.models import Election, StatisticsNote

WRITE = verb("elections.write_statistics", "填写了选举统计的项号和来源")


def write_notes(actor, election: Election, entries: Mapping[str, dict]) -> int:
    """Keep what was written beside indicators: {key: {official_no, value, source}}; returns how many differ. One event."""
    changed = 0
    with action(WRITE, actor=actor, subject=election) as act:
        lock(election)
        held = {row.key: row for row in StatisticsNote.objects.kept().filter(election=election)}
        for key, entered in entries.items():
            row = held.get(key) or StatisticsNote(township=election.township, election=election, key=key)
            if row._state.adding and not any(value not in ("", None) for value in entered.values()):
                continue
            if all(getattr(row, name) == value for name, value in entered.items()):
                continue
            for name, value in entered.items():
                setattr(row, name, value)
            row.save()
            changed += 1
        act.detail = {"项数": changed}
    return changed
