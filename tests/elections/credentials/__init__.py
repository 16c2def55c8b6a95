"""A review of credentials brought to its end, for the tests: the committee, opinions, report, confirmation, publication."""

from datetime import date, timedelta

from congress.assembly.models import CredentialsMember, Session
from congress.guard.action import action
from deputies.models import Mandate
from elections.actions import credentials as acts
from elections.life import ENTRY, REVIEW
from elections.models import CredentialsReview, Election, Nominee, ReviewedWinner
from elections.queries.credentials import ReviewFacts, with_facts
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.rounds import begun, counted, declared

OPENED, REPORTED, DECIDED, PUBLISHED = (ELECTION_DAY + timedelta(days=n) for n in (1, 3, 5, 6))
DECIDE = {"decided_by": "云溪镇人民代表大会主席团", "paper": "主席团会议纪要〔2026〕5号"}


def committee(world, opened_on=date(2021, 11, 10)) -> None:
    """The credentials committee of the outgoing congress: one head, and another deputy."""
    with action(SET_UP, actor=None):
        of = {"township": world.township}
        session = Session.objects.create(**of, term=world.term, number=1, opened_on=opened_on, entitled=2, present=2)
        for post, mandate in zip(
            ("head", "member"), Mandate.objects.filter(term=world.term).order_by("pk"), strict=False
        ):
            CredentialsMember.objects.create(**of, session=session, deputy=mandate.deputy, post=post)


def answered(*names: str, **values) -> None:
    """These have declared what is asked of nominees."""
    with action(SET_UP, actor=None):
        rows = Nominee.objects.filter(name__in=names)
        rows.update(**{"declared_on": date(2026, 12, 5), "funding": "no", "consent": "agreed"} | values)


def elected(world, election, **more):
    """丁一 and 于二 are declared elected."""
    row = begun(world, election)
    answered("丁一", "于二")
    return won(world, row, **more)


def won(world, row, yes=(15, 12, 9), **more):
    """The vote of the first district, counted and declared."""
    counted(world, row, yes, **more)
    return declared(world, row)


def opened(world, election: Election, on=OPENED) -> CredentialsReview:
    """A review of everybody who waits."""
    return acts.open_review(world.clerk, election, opened_on=on)


def take(user, row: CredentialsReview, key: str, on=OPENED, **data):
    """A step of a review."""
    return REVIEW.take(key, user, row, on=on, **data)


def judge(user, entry: ReviewedWinner, opinion="valid", on=OPENED, **data):
    """An opinion of one of them."""
    return ENTRY.take("judge", user, entry, on=on, **{"opinion": opinion, "ground": "", "words": ""} | data)


def reported(world, row: CredentialsReview) -> None:
    """Nobody is disputed; the committee reports."""
    take(world.clerk, row, "clear")
    take(world.clerk, row, "report", REPORTED, present=2, report_paper="审查报告")


def confirmed(world, row: CredentialsReview) -> None:
    """Confirmed, as clerk and chair entered."""
    take(world.clerk, row, "decide", DECIDED, **DECIDE)
    take(world.chair, row, "confirm", DECIDED)


def published(world, row: CredentialsReview, user=None):
    """Made public and seated."""
    return take(user or world.clerk, row, "publish", PUBLISHED, publication="主席团公告")


def facts(row: CredentialsReview) -> ReviewFacts:
    """A review as it stands."""
    return ReviewFacts(with_facts(CredentialsReview.objects.all()).get(pk=row.pk))


def entries(row: CredentialsReview) -> dict[str, ReviewedWinner]:
    """Those of a review by name."""
    return {one.name: one for one in facts(row).row.listed}
