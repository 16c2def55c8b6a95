"""What the issue register does not tell: tried by the transaction that wrote a row, by its place in the table, by order, history,
events and keys (ADR 20)."""

import random
import uuid

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from congress.guard import scope
from congress.models import AuditEvent, RowHistory
from elections.actions import issue as acts
from elections.actions import tablets
from elections.life import CONFLICT
from elections.models import BallotIssue, IssueConflict, IssueHour, Registration, Tablet
from tests.conftest import owner_connection
from tests.elections.campaigns import ELECTION_DAY, campaign, peopled, voters
from tests.elections.desks import at_hour, closed, desk, handed, opened, polling, voter
from tests.elections.rounds import PEOPLE

pytestmark = pytest.mark.django_db
MANY = 400  # several pages of the table


@pytest.fixture
def election(world):
    """A district whose voters come in an order of their own; the township's scope is open."""
    with scope.township(world.township):
        found = peopled(world)
        polling(world, found)
        yield found


def many(world, register, vote, number: int) -> list[BallotIssue]:
    """Rows of so many voters nobody knows."""
    given = {"township": world.township, "register": register, "round": vote, "way": "person"}
    return [BallotIssue(**given, registration_key=uuid.uuid4(), issued_on=ELECTION_DAY) for _ in range(number)]


def rows(table: str) -> list[tuple]:
    """Key, writing transaction and place in the table of every row, as whoever reads the catalogue sees them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text::bigint, ctid::text FROM {table}")
        return [(key, writer, tuple(map(int, at.strip("()").split(",")))) for key, writer, at in cursor.fetchall()]


def by(position: int, table: str = "elections_ballotissue") -> list:
    return [row[0] for row in sorted(rows(table), key=lambda row: row[position])]


def test_once_a_register_is_closed_neither_writer_nor_place_tells_the_order(world, election):
    came = list(PEOPLE)
    random.Random(7).shuffle(came)
    with at_hour(9):
        register = opened(world, election)
        handed(register, election, *came)
        vote = desk(register).rounds[0]
        order = [
            BallotIssue.objects.get(registration_key=Registration.objects.get(voter__name=name).pk).pk for name in came
        ]
        # The place tells as well, but where other tests left room in the pages.
        assert by(1) == order, "while it is open the table does tell: this is what closing takes away"
        BallotIssue.objects.bulk_create(many(world, register, vote, MANY))
    closed(world, register)
    for table in ("elections_ballotissue", "elections_issuehour"):
        assert len({writer for _, writer, _ in rows(table)}) == 1, "one transaction has written every row"
        assert by(2, table) == sorted(key for key, _, _ in rows(table)), "they lie in the order of chance keys"
    assert len({at[0] for _, _, at in rows("elections_ballotissue")}) > 3, "over several pages of the table"


def locks_on(who) -> list[tuple]:
    """The transactions that locked a voter and the voter's line of the roll last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT voter.xmax::text, entry.xmax::text FROM elections_voter voter"
            " JOIN elections_registration entry ON entry.voter_id = voter.id WHERE voter.id = %s",
            [who],
        )
        return cursor.fetchall()


def test_handing_out_leaves_no_mark_on_the_roll_no_history_and_no_event(world, election):
    who = voter(election, "丁一")
    with at_hour(9):
        register = opened(world, election)
        events, history, locks = AuditEvent.objects.count(), RowHistory.objects.count(), locks_on(who)
        acts.issue(register, who)
    assert locks_on(who) == locks, "no lock of the writing transaction stands on the voter's lines"
    assert (AuditEvent.objects.count(), RowHistory.objects.count()) == (events, history)


def test_no_column_holds_a_moment_and_no_key_leads_from_the_row_to_the_voter(db):
    for model in (BallotIssue, IssueHour):
        moments = [one.name for one in model._meta.concrete_fields if isinstance(one, models.DateTimeField)]
        assert moments == ["withdrawn_at"]
        assert (model.guard_action, model.guard_history) == (False, False)
        assert isinstance(model._meta.pk, models.UUIDField)
    leads = {one.related_model._meta.label_lower for one in BallotIssue._meta.concrete_fields if one.is_relation}
    assert leads == {"congress.township", "elections.issueregister", "elections.round"}
    hours = {one.name for one in IssueHour._meta.concrete_fields}
    assert not hours & {"registration", "registration_key", "voter", "issue"}
    counting = [model for model in apps.get_models() if model._meta.app_label == "counting"]
    from_a_count = {one.related_model for model in counting for one in model._meta.get_fields() if one.is_relation}
    assert not from_a_count & {BallotIssue, IssueHour}, "nothing that is counted leads to who was handed a ballot"


@pytest.mark.django_db(transaction=True)
def test_the_order_is_taken_away_where_old_pages_have_room_for_rows_to_stay_on(world):
    """A table of many years has holes: here so many on each page that a row might stay there however often it is written."""
    came = list(PEOPLE)
    random.Random(7).shuffle(came)
    with scope.township(world.township):
        election = campaign(world)
        voters(election, "张四", district=2)
        polling(world, election)
        register = opened(world, election)
        vote = desk(register).rounds[0]
        for name in came:
            with at_hour(9):
                handed(register, election, name)
            with transaction.atomic():
                BallotIssue.objects.bulk_create(many(world, register, vote, 80))
                transaction.set_rollback(True)
    with owner_connection() as owner:
        owner.execute("VACUUM elections_ballotissue")
    with scope.township(world.township):
        assert len({at[0] for _, _, at in rows("elections_ballotissue")}) > len(came) // 2, "hardly two on a page"
        closed(world, register)
        assert by(2) == sorted(key for key, _, _ in rows("elections_ballotissue"))


def test_what_a_tablet_sends_in_the_order_of_coming_lies_in_the_order_of_chance_keys(world, election):
    """Already while the register is open: one transaction, no order, no moment; after closing as every other row."""
    came = list(PEOPLE)
    random.Random(7).shuffle(came)
    with at_hour(9):
        register = opened(world, election)
        tablet = tablets.take_along(world.clerk, register, "1号平板")
        vote = desk(register).rounds[0].pk
        lines = [Registration.objects.get(voter__name=name).pk for name in came]
        sent = [tablets.Entry(uuid.uuid4(), vote, line, "person", ELECTION_DAY) for line in lines]
        assert lines != sorted(lines), "they came in another order"
        handed(register, election, came[0])  # the first becomes a conflict
        tablets.merge(world.clerk, tablet, sent, {}, back=True)
    there = [BallotIssue.objects.get(pk=key) for key in by(2)][1:]
    assert [row.registration_key for row in there] == sorted(lines[1:]), "by the line of the roll, a chance key"
    assert len({writer for key, writer, _ in rows("elections_ballotissue") if key in [row.pk for row in there]}) == 1
    assert {row.issued_on for row in there} == {ELECTION_DAY}
    assert not {one.key for one in sent} & {row.pk for row in there}, "the device's keys lead to no row"
    CONFLICT.take("decide", world.clerk, IssueConflict.objects.get(), on=ELECTION_DAY, decision="mistake", note="误点")
    closed(world, register)
    assert len({writer for _, writer, _ in rows("elections_ballotissue")}) == 1
    assert by(2) == sorted(key for key, _, _ in rows("elections_ballotissue"))


def test_a_conflict_holds_no_moment_and_no_key_leads_from_it_to_the_voter(db):
    moments = [one.name for one in IssueConflict._meta.concrete_fields if isinstance(one, models.DateTimeField)]
    assert moments == ["withdrawn_at"]
    leads = {one.related_model._meta.label_lower for one in IssueConflict._meta.concrete_fields if one.is_relation}
    assert leads == {"congress.township", "elections.tablet", "elections.round"}
    held = {one.name for one in Tablet._meta.concrete_fields}
    assert not held & {"registration", "registration_key", "voter", "issue"}
