"""What may be written about those who work on polling day, and the numbers of their cards."""

from collections.abc import Sequence

from django.db import transaction

from congress import clock
from congress.guard.refusal import refuse_blocking, refuse_where
from congress.keeping import Keeping
from congress.numbers import next_numbers
from elections.actions.workers import close_accounts
from elections.models import PollStaff
from elections.numbers import STAFF_CARD
from elections.queries.campaigns import last_vote
from elections.queries.staff import relation_findings

Relation = PollStaff.Relation


def _check_staff(row: PollStaff) -> None:
    campaign, nominee = row.campaign, row.nominee
    refuse_where(
        [
            (
                row.place is not None and row.place.campaign_id != campaign.pk,
                "请选这次选举工作的投票站（选举大会）。",
                "place",
            ),
            (
                row.mobile is not None and row.mobile.campaign_id != campaign.pk,
                "请选这次选举工作的流动票箱。",
                "mobile",
            ),
            (
                nominee is not None and nominee.election.campaign_id != campaign.pk,
                "请选这次选举工作的候选人。",
                "nominee",
            ),
            (
                nominee is not None and row.relation in ("", Relation.NONE),
                "选了候选人的，请选是什么关系。",
                "relation",
            ),
        ]
    )
    # Until the votes are cast somebody else can be found. What has happened is entered as it was, and shown as unlawful.
    if clock.today() <= last_vote(campaign):
        refuse_blocking(relation_findings(row))


def number_cards(rows: Sequence[PollStaff]) -> None:
    """Give new rows of one campaign the next numbers of their cards; call inside an action."""
    if rows:
        first = rows[0]
        given = next_numbers(first.township, STAFF_CARD.counter(first), STAFF_CARD.round(clock.today()), len(rows))
        for row, number in zip(rows, given, strict=True):
            row.card_no = number


def _number(row: PollStaff) -> None:
    number_cards([row])


class _Staff(Keeping):
    """Who is taken off the list, or turns out to be near to a candidate, has no account from then on."""

    def change(self, actor, row, values, version, also=None):
        """As every kind; see the class."""
        with transaction.atomic():
            kept = super().change(actor, row, values, version, also)
            close_accounts(actor, kept.township, [kept.account])
        return kept

    def withdraw(self, actor, row, reason, version):
        """As every kind; see the class."""
        with transaction.atomic():
            gone = super().withdraw(actor, row, reason, version)
            close_accounts(actor, gone.township, [gone.account])
        return gone


STAFF = _Staff(PollStaff, "elections.staff", check=_check_staff, born=_number, route="elections-staff")
