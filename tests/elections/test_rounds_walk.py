"""A district's votes walked at random, round after round, beside a simple model of the law: what pages offer is accepted and nothing
else, no seat is filled twice, each round has ballots, ledger and count of its own, and what was declared stays as it was.

ROUND_WALKS=200 walks farther.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from congress.guard import scope
from congress.guard.action import Conflict, Refused
from congress.steps import standing_of
from elections.actions import rounds as acts
from elections.life import ROUND
from elections.models import Round, Winner
from tests.counting import room
from tests.elections.campaigns import districts, peopled
from tests.elections.rounds import DECLARE, again, begun, facts, line, take
from tests.walks import Walk

pytestmark = pytest.mark.django_db

WALKS = int(os.environ.get("ROUND_WALKS", "1"))
SEATS, ROLL, PRINTED = 2, 24, 29
WRITTEN = (
    "东甲",
    "东乙",
    "东丙",
    "东丁",
    "东戊",
    "东己",
)  # a round has its own, so that nobody is written in who stands already
# Votes by the names of the ballot, in its order: everybody elected, one short, nobody, level at the last seat.
VOTES = {
    "whole": (15, 12, 9, 2),
    "short": (13, 6, 5, 4),
    "nobody": (6, 6, 5, 3),
    "level": (13, 12, 12, 1),
    "all level": (7, 7, 7, 7),
    "nobody came": (6, 5, 3, 1),
}
FURTHER = ("again", "another")
# What is reached before a walk goes on as it likes, with the ends that are met on the way.
BEGUN = (
    (("nobody came",), {"first then anew"}),
    (("level", "all level"), {"first then again", "again then nothing"}),
    (("short", "all level"), {"first then another", "another then again"}),
)
DEEDS = ("begin", "line", "settle", "count", "tally", "declare", "confirm", "revoke", "follow", "discard")
USERS = ("clerk", "chair")


@dataclass
class Vote:
    """A round as the model knows it."""

    row: Round
    kind: str
    seats: int
    names: list[str]
    has_line: bool = False
    settled: bool = False
    issued: int = 20
    counting: bool = False
    votes: dict[str, int] | None = None  # once two people closed the count
    asked: str = ""
    declared: bool = False
    told: tuple = ()  # what its declaration said
    followed: bool = False
    out: "Outcome | None" = field(default=None)

    @property
    def stage(self) -> str:
        if self.declared:
            return "open" if self.out.follow and not self.followed else "declared"
        if self.asked:
            return "asked"
        if self.counting:
            return "counting" if self.votes is None else "counted"
        return "balanced" if self.has_line and self.settled else "voting"

    def offered(self, who: str) -> set[str]:
        """The steps a page offers somebody."""
        if self.stage in ("voting", "balanced"):
            return {"settle", "count"} | (set() if self.has_line else {"discard"})
        if self.stage == "asked":
            return {"revoke"} | ({"confirm"} if self.asked != who else set())
        return {"counted": {"declare"}, "open": {"follow"}}.get(self.stage, set())


@dataclass
class Outcome:
    """By the law in a few lines: who is elected, who is level for how many seats, what follows for how many."""

    elected: list[str]
    level: list[str]
    level_seats: int
    follow: str
    follow_seats: int
    repeats: bool = False


def outcome(vote: Vote) -> Outcome:
    """选举法四十四、四十五 for whole votes: half of the voters, then more than half of those who voted, a third in 另行选举, or most."""
    if 2 * vote.issued <= ROLL:
        return Outcome([], [], 0, vote.kind if vote.kind in FURTHER else "anew", vote.seats, repeats=True)
    enough = {"again": lambda n: n > 0, "another": lambda n: n > 0 and 3 * n >= vote.issued}
    passed = {name: n for name, n in vote.votes.items() if enough.get(vote.kind, lambda n: 2 * n > vote.issued)(n)}
    order = sorted(passed.values(), reverse=True)
    over = len(order) > vote.seats and order[vote.seats - 1] == order[vote.seats]
    last = order[vote.seats - 1] if len(order) >= vote.seats else 0
    elected = [name for name, n in passed.items() if n > last or (n == last and not over)]
    level = [name for name, n in passed.items() if over and n == last]
    left = vote.seats - len(elected)
    if level and vote.kind != "again":
        return Outcome(elected, level, left, "again", left)
    if left and not level and vote.kind not in FURTHER:
        return Outcome(elected, [], 0, "another", left)
    return Outcome(elected, level, left if level else 0, "", 0)


class Rounds(Walk):
    """The model knows the votes of one district in their order; the other district's stands beside and never changes."""

    world = election = first = None
    through: tuple[str, ...] = ()
    seen: Counter = Counter()

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.votes = [Vote(self.first, "first", SEATS, ["丁一", "于二", "王三"])]
        other = Round.objects.get(election=self.election, district=districts(self.election)[1])
        self.beside = (other.pk, other.version)

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    @property
    def last(self) -> Vote | None:
        return self.votes[-1] if self.votes else None

    def tries(self, name, legal, act):
        """Do it: it succeeds where the model says so, and else is refused and changes nothing."""
        if not legal:
            with pytest.raises((Refused, Conflict)), transaction.atomic():
                act()
            return None
        self.seen[name] += 1
        self.looked_at = False
        with transaction.atomic():
            return act() or True

    # -- what is done

    @initialize(written=st.booleans())
    def begin_somewhere(self, written):
        """Walks get far: some votes are over already, and the next one was arranged; what was arranged or asked for by mistake was
        taken back."""
        self.one("discard", self.last, "chair", "", well=True)
        self.begin()
        for votes in self.through:
            self.to_its_end(votes, written)

    def to_its_end(self, votes: str, written: bool) -> None:
        for deed in ("line", "settle", "count", "tally", "declare", "revoke", "declare", "confirm", "follow"):
            if deed == "tally":
                self.tally(votes, written)
            elif deed != "follow" or self.last.stage == "open":
                self.one(deed, self.last, "chair" if deed == "confirm" else "clerk", votes, well=True)

    @rule(votes=st.sampled_from(tuple(VOTES)), who=st.sampled_from(USERS), written=st.booleans())
    def go_on(self, votes, who, written):
        """What comes next, by either of the two."""
        if self.last is None:
            return self.begin()
        waits = {
            "voting": "settle" if self.last.has_line else "line",
            "balanced": "count",
            "counted": "declare",
            "asked": "confirm",
            "open": "follow",
        }
        if self.last.stage == "counting":
            return self.tally(votes, written)
        if self.last.stage in waits:
            self.one(waits[self.last.stage], self.last, who, votes, well=True)
        return None

    @rule(
        deed=st.sampled_from(DEEDS),
        at=st.integers(0, 3),
        who=st.sampled_from(USERS),
        votes=st.sampled_from(tuple(VOTES)),
        well=st.booleans(),
    )
    def try_anything(self, deed, at, who, votes, well):
        """Any step of any round, whatever its turn."""
        if deed == "begin":
            return self.begin()
        if self.votes and deed != "tally":
            self.one(deed, self.votes[at % len(self.votes)], who, votes, well)
        return None

    def begin(self):
        made = self.tries("begin", not self.votes, lambda: acts.begin(self.world.clerk, self.election))
        if made:
            self.votes = [Vote(made[0], "first", SEATS, ["丁一", "于二", "王三"])]

    def one(self, deed: str, vote: Vote, who: str, votes: str, well: bool) -> None:
        user, on, open_now = self.world.users[who], vote.row.held_on, vote.stage in ("voting", "balanced")
        if deed == "line":
            vote_issued = 10 if votes == "nobody came" else 20
            legal = not vote.counting and not vote.has_line and vote in self.votes
            if vote.has_line and not vote.counting:
                return  # the same place again: refused by the database (test_rounds)
            if self.tries("line", legal, lambda: line(self.world, facts(vote.row).row, vote_issued)):
                vote.has_line, vote.issued, vote.settled = True, vote_issued, False
        elif deed == "settle":
            rest = PRINTED - vote.issued
            said = {"filed": 3, "destroyed": rest - 3, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
            early = on if well else on - timedelta(days=1)
            if self.tries("settle", open_now and well, lambda: take(user, vote.row, "settle", early, **said)):
                vote.settled = True
        elif deed == "count":
            if self.tries("count", vote.stage == "balanced", lambda: take(user, vote.row, "count", on)):
                vote.counting = True
        elif deed == "declare":
            if self.tries("declare", vote.stage == "counted", lambda: take(user, vote.row, "declare", on, **DECLARE)):
                vote.asked = who
        elif deed == "confirm":
            self.confirm(vote, who, user, on)
        elif deed == "revoke":
            legal = vote.stage == "asked"
            if self.tries("revoke", legal, lambda: take(user, vote.row, "revoke", on, reason="公告写错")):
                vote.asked = ""
        elif deed == "follow":
            self.follow(vote, user, well)
        else:
            self.discard(vote, user, on)

    def tally(self, votes: str, written: bool) -> None:
        """Two read, two sign, two close: the count is the room's, and tested there."""
        vote, self.looked_at = self.last, False
        room_for = vote.seats * vote.issued
        told = dict(zip(vote.names, VOTES[votes], strict=False))
        name = WRITTEN[len(self.votes) - 1]
        others = {name: 5} if written and vote.kind != "again" else {}
        wanted = sum((told | others).values())
        if wanted > room_for or vote.issued < 20:  # fewer seats or voters: the same shape, smaller
            told = {one: min(n * room_for // wanted, vote.issued) for one, n in told.items()}
            others = {one: 1 for one in others if sum(told.values()) < room_for}
        again(self.world, vote.row, tuple(told.values()), vote.issued, identified=tuple(others), write_ins=others)
        vote.votes = told | others
        vote.out = outcome(vote)
        self.seen[f"{vote.kind} {'void' if 2 * vote.issued <= ROLL else 'held'}"] += 1
        self.seen["written in"] += bool(others)

    def confirm(self, vote, who, user, on):
        legal = vote.stage == "asked" and vote.asked != who
        if self.tries("confirm", legal, lambda: take(user, vote.row, "confirm", on)):
            vote.declared = True
            vote.told = self.told(vote)
            self.seen[f"{vote.kind} then {vote.out.follow or 'nothing'}"] += 1

    def follow(self, vote, user, well):
        """Those whom the votes name stand, or (where `well` is not so) somebody is left out."""
        day = vote.row.held_on + timedelta(days=7)
        names = self.standing(vote) if vote.out else list(vote.names)
        chosen = names if well else names[1:]
        legal = vote.stage == "open" and (well or self.short_anyway(vote, chosen))
        given = {"names": chosen, "printed": PRINTED}
        made = self.tries("follow", legal, lambda: take(user, vote.row, "follow", day, **given))
        if made:
            vote.followed = True
            order = [*vote.names, *(one for one in names if one not in vote.names)]
            chosen = sorted(chosen, key=order.index)
            self.votes.append(Vote(made, vote.out.follow, vote.out.follow_seats, chosen))

    def standing(self, vote) -> list[str]:
        """Who stands next: all who are level, all who stood, or by their votes as many as there may be for so many seats."""
        if vote.out.repeats:
            return list(vote.names)
        if vote.out.follow == "again":
            return vote.out.level
        listed = [one for one in vote.names if one not in vote.out.elected]
        others = [one for one in vote.votes if one not in vote.names and one not in vote.out.elected]
        found = sorted(listed, key=lambda one: -vote.votes[one]) + others
        return found[: 2 * vote.out.follow_seats]

    def short_anyway(self, vote, chosen) -> bool:
        """Where too few are left of those who stood, whoever is there stands: no text says how to fill up."""
        if vote.out.follow != "another" or vote.out.repeats or not chosen:
            return False
        least = 2 if vote.out.follow_seats == 1 else 3
        left = [one for one in vote.names if one not in vote.out.elected]
        passed = any(vote.votes[one] > min(vote.votes[name] for name in chosen) for one in left if one not in chosen)
        inside = least <= len(chosen) <= 2 * vote.out.follow_seats
        return not passed if inside else len(left) < least

    def discard(self, vote, user, on):
        legal = vote.stage in ("voting", "balanced") and not vote.has_line and vote is self.last
        if self.tries("discard", legal, lambda: take(user, vote.row, "discard", on, reason="排错了")):
            self.votes.remove(vote)
            if self.votes:
                self.last.followed = False

    # -- what holds whatever is done

    def told(self, vote) -> tuple:
        row = Round.objects.get(pk=vote.row.pk)
        won = Winner.objects.kept().filter(round=row).order_by("position").values_list("name", "votes")
        return (row.declared_on, row.asked_by_id, row.confirmed_by_id, row.fingerprint, *won)

    def what_holds(self):
        self.pages_offer_what_the_model_has_and_nothing_else()
        self.every_seat_is_filled_once_or_open()
        for vote in self.votes:  # what was declared stays as it was
            assert not vote.declared or self.told(vote) == vote.told
        pk, version = self.beside
        assert Round.objects.get(pk=pk).version == version, "the other district is left alone"

    def pages_offer_what_the_model_has_and_nothing_else(self):
        rows = Round.objects.kept().filter(district=self.first.district, election=self.election)
        assert list(rows.order_by("number").values_list("pk", flat=True)) == [one.row.pk for one in self.votes]
        for vote in self.votes:
            found = facts(vote.row)
            assert (found.stage, found.row.kind, found.row.seats) == (vote.stage, vote.kind, vote.seats)
            for who in USERS:
                standing = standing_of(self.world.users[who], self.world.township)
                assert {step.key for step in ROUND.offered(standing, found.row)} == vote.offered(who)
            self.has_its_own(vote, found)

    def has_its_own(self, vote, found):
        """Names, ledger, count and outcome of a round are its own; every outcome stands on its articles."""
        assert [one.name for one in found.row.listed] == vote.names
        assert [one.round_id for one in found.row.lines] == [vote.row.pk] * vote.has_line
        assert (found.count is not None) is vote.counting
        if vote.counting:
            assert found.count.subject_id == vote.row.pk
            labels = [one.label for one in found.count.names.order_by("position")]
            assert labels == vote.names
            assert [one.source_id for one in found.count.units.all()] == [one.pk for one in found.row.lines]
        if vote.votes is None:
            assert found.result is None
            return
        tally = found.result.outcome.tally
        assert acts.votes_of(found) == vote.votes
        assert tally.citation.text
        assert ({*tally.elected}, {*tally.tied}) == ({*vote.out.elected}, {*vote.out.level})
        kind, seats = (found.follow.kind, found.follow.seats) if found.follow else ("", 0)
        assert (kind, seats) == (vote.out.follow, vote.out.follow_seats)
        assert not found.follow or (found.follow.words and found.follow.citation.text)
        open_seats = vote.seats - len(vote.out.elected)
        assert not open_seats or tally.findings, "an open seat says why"

    def every_seat_is_filled_once_or_open(self):
        if not self.votes:
            return
        won = [name for vote in self.votes if vote.declared for name in vote.out.elected]
        kept = Winner.objects.kept().filter(round__in=[one.row for one in self.votes])
        assert sorted(kept.values_list("name", flat=True)) == sorted(won)
        assert len(set(won)) == len(won) <= SEATS
        last = self.last
        still = last.seats - len(last.out.elected) if last.declared else last.seats
        assert len(won) + still == SEATS


@pytest.mark.slow
@pytest.mark.parametrize(("through", "ends"), BEGUN)
def test_the_votes_of_a_district_may_be_walked_in_any_order(world, through, ends):
    room.people(world)
    Rounds.world, Rounds.through, Rounds.seen = world, through, Counter()
    with scope.township(world.township):
        Rounds.election = peopled(world)
        Rounds.first = begun(world, Rounds.election)
        run_state_machine_as_test(
            Rounds,
            settings=settings(
                max_examples=WALKS,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert ({*DEEDS} - {"tally"} | ends) - set(+Rounds.seen) == set(), "these were never walked"
