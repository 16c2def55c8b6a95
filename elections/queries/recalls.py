"""Recalls with their signatures, their count and what the law says of them."""

from datetime import date
from functools import cache, cached_property

from django.db.models import QuerySet

from congress.assembly.models import Officer
from congress.counting.actions import Result, result
from congress.counting.models import Count, CountTurn
from congress.guard.action import Refused
from congress.law import recalls as law
from congress.law.finding import PRACTICE, Finding
from congress.law.thresholds import VoteOutcome, recall_deputy_passes, recall_deputy_signers
from congress.prepared import Around
from congress.wording import chinese_date
from deputies.models import Level, Mandate
from deputies.queries import seats_held
from elections.models import Recall, RecallSigner, Registration
from elections.queries.rounds import closed_turn
from elections.stages.recalls import Known, RecallStage, recall_stage

DIRECT = (Level.TOWNSHIP, Level.COUNTY)  # deputies whom voters elect


def recalls() -> QuerySet:
    """Recalls that stand, with everything their pages and steps read."""
    return with_facts(Recall.objects.kept())


@cache
def _signers() -> Around:
    signers = RecallSigner.objects.kept().select_related("registration__voter", "registration__district")
    return Around("signers", signers.order_by("line"), to_attr="signed")


def with_facts(rows: QuerySet) -> QuerySet:
    """The same of any recalls; `closed` tells whether two people closed the count."""
    return (
        rows.select_related(
            "township__county", "mandate__deputy__data_key", "mandate__term", "mandate__district__term", "count"
        )
        .prefetch_related(_signers())
        .annotate(closed=closed_turn())
    )


def seats(on: date) -> QuerySet:
    """Those who may be recalled here: elected by voters of a district that is kept, and in office on a day."""
    held = seats_held(on, *DIRECT).filter(district__isnull=False)
    return held.select_related("deputy__data_key", "district", "term").order_by("level", "deputy__stroke_key")


def roll(mandate: Mandate) -> QuerySet:
    """The voters of the district that elected a deputy, of the newest list on which the district stands (选举法二十七)."""
    rows = Registration.objects.kept().filter(district=mandate.district_id, on_roll=True)
    newest = rows.order_by("-election__election_day").values("election")[:1]
    return rows.filter(election__in=newest)


class RecallFacts:
    """A recall with what follows from its signatures and its count; the row comes from `recalls()` or `with_facts`."""

    def __init__(self, row: Recall):
        self.row = row

    @property
    def level(self) -> str:
        """Which congress the deputy belongs to."""
        return str(self.row.mandate.level)

    @property
    def counting(self) -> list[RecallSigner]:
        """Signatures that count."""
        return [one for one in self.row.signed if one.counts]

    @property
    def needed(self) -> int:
        """How many the law asks for."""
        return recall_deputy_signers(self.row.demanded_on, self.level).number

    def demand(self, to_county: bool = True) -> list[Finding]:
        """What the law has against the demand."""
        row = self.row
        return list(
            law.check_demand(len(self.counting), self.level, bool(row.reason.strip()), to_county, row.demanded_on)
        )

    @property
    def count(self) -> Count | None:
        """Its count; none where it was taken back before anybody read a ballot."""
        found: Count | None = self.row.count
        return found if found is not None and found.withdrawn_at is None else None

    @cached_property
    def result(self) -> Result | None:
        """What was counted, once two people closed the count; nothing where what they closed reads otherwise."""
        if self.count is None or self.row.closed != CountTurn.What.CLOSE:
            return None
        try:
            return result(self.count)
        except Refused:
            return None

    @cached_property
    def outcome(self) -> VoteOutcome | None:
        """Whether more than half of all voters of the district are for it."""
        if self.result is None or not self.row.voters:
            return None
        yes = min(self.result.totals.lines[0].yes, self.row.voters)
        return recall_deputy_passes(yes, self.row.voters, self.row.held_on)

    @property
    def ballots(self) -> list[Finding]:
        """What is to be said of the ballots that came back."""
        if self.result is None:
            return []
        totals = self.result.totals
        return list(law.check_ballots(totals.collected, totals.took_part, self.row.held_on))

    @property
    def gone(self) -> list[Finding]:
        """That the seat ended otherwise while the recall is under way: there is nobody left to recall."""
        row, ended = self.row, self.row.mandate.ended_on
        if ended is None or row.result_on is not None or row.stopped_on is not None:
            return []
        why = row.mandate.get_end_reason_display()
        message = f"代表资格已于{chinese_date(ended)}终止（{why}），罢免已没有对象；还没有表决的，请与县级人大常委会核对后停止办理"
        return [Finding("recall.ended", message, None, blocking=False, force=PRACTICE)]

    @cached_property
    def posts(self) -> list[Officer]:
        """The offices of the congress that fall with a township's seat (选举法五十四): of somebody of this name, since there is no
        other tie between an office and the roster."""
        if self.level != Level.TOWNSHIP:
            return []
        posts = (Officer.Post.CHAIR, Officer.Post.VICE_CHAIR)
        rows = Officer.objects.kept().filter(post__in=posts, name=self.row.mandate.deputy.name, ended_on__isnull=True)
        return list(rows.select_related("session", "township"))

    @cached_property
    def stage(self) -> RecallStage:
        """Where the recall stands."""
        row = self.row
        return recall_stage(
            Known(
                submitted=row.submitted_on is not None,
                sent=row.sent_on is not None,
                arranged=row.held_on is not None,
                counting=self.count is not None,
                counted=self.count is not None and row.closed == CountTurn.What.CLOSE,
                passed=row.passed,
                announced=row.announced_on is not None,
                stopped=row.stopped_on is not None,
            )
        )
