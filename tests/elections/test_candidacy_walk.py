"""A district's candidates walked at random from the first form to the printed ballot, beside a simple model of the law."""

from collections import Counter
from contextlib import suppress
from copy import deepcopy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from congress.guard import scope
from congress.guard.action import Refused, action
from elections.actions import ballots, nominations, proxies
from elections.actions import candidate_lists as lists
from elections.life import CANDIDATE_LIST, NOMINATION, NOMINEE, PROXY
from elections.models import BallotPrint, CandidateEntry, CandidateList, Nomination, NominationSigner, ProxyVote
from elections.queries import candidate_lists as queries
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, districts, voters
from tests.elections.candidates import FIRST_ON, FORMAL_ON, PLACES, named, talk
from tests.walks import Walk

pytestmark = pytest.mark.django_db

SEATS, LEAST, MOST = 2, 3, 4  # one third to one time more candidates than seats
PEOPLE = ("丁一", "于二", "王三", "张四", "李五", "赵六")
VOTERS = tuple(f"{family}{word}" for family in "东西南" for word in "甲乙丙丁戊己庚辛壬癸")
SOMETHING, KIND = st.integers(0, 20), st.sampled_from(("first", "formal"))
DEEDS = (
    *("propose", "settle", "settle", "reopen", "leave", "leave"),
    *("draw", "choose", "lock", "publish", "take back", "take back", "notice", "notice", "order", "entrust"),
)
WHY = {"reason": "再看一遍"}


class Form:
    """A form as the model knows it."""

    def __init__(self, row, who, signers):
        self.row, self.who, self.signers, self.state = row, who, signers, "received"


class Listed:
    """A list as the model knows it: who stands on it, who was taken off by notice."""

    def __init__(self, row):
        self.row, self.on, self.off, self.closed, self.hangs = row, set(), set(), False, False


class Candidacy(Walk):
    """The model knows forms with who signed them, who left, and the names on each list; of the rules it knows ten signers, two
    seats, three to four candidates, nobody left out."""

    world = election = None
    seen: Counter = Counter()
    way: list[tuple] = []  # the places where walks begin, as far as one has come: savepoint, what the model knows there

    def __init__(self):
        super().__init__()
        self.roll = {one.voter.name: one for one in self.election.registrations.select_related("voter")}
        self.nominees, self.forms, self.gone, self.lists, self.round = {}, [], set(), {}, 0
        if not self.way:
            self.way.append(self.place())

    def teardown(self):
        transaction.savepoint_rollback(self.way[-1][0])

    def place(self) -> tuple:
        model = (self.nominees, self.forms, self.gone, self.lists, self.round)
        return transaction.savepoint(), deepcopy(model)

    # -- the model

    def lawful(self, form) -> bool:
        named = Counter()
        for voter in form.signers:
            named[voter] = len({one.who for one in self.forms if voter in one.signers and one.state != "refused"})
        return len(form.signers) >= 10 and max(named.values()) <= SEATS

    @property
    def wanted(self) -> set:
        return {one.who for one in self.forms if one.state == "accepted"} - self.gone

    @property
    def unchecked(self) -> bool:
        return any(one.state == "received" and one.who not in self.gone for one in self.forms)

    def closable(self, kind) -> bool:
        found, first = self.lists[kind], self.lists.get("first")
        if not found.on or found.on & self.gone:
            return False
        if kind == "first":
            return found.on == self.wanted and not self.unchecked
        return first and first.hangs and first.closed and found.on <= first.on and LEAST <= len(found.on) <= MOST

    def lacking(self, kind) -> set:
        found = self.lists[kind]
        return (self.wanted if kind == "first" else found.off - self.gone) - found.on

    def changed(self, kind) -> bool:
        found = self.lists.get(kind)
        return bool(found and found.closed and (found.on & self.gone or self.lacking(kind)))

    def tries(self, name, legal, act):
        """Do it: it succeeds where the model says so, and else is refused and changes nothing."""
        if not legal:
            with pytest.raises(Refused), transaction.atomic():
                act()
            return None
        self.seen[name] += 1
        self.looked_at = False
        with transaction.atomic():
            return act() or True

    def step(self, kind, key, on=FORMAL_ON, **data):
        return CANDIDATE_LIST.take(key, self.world.clerk, self.lists[kind].row, on=on, **data)

    # -- what is done

    @rule(deed=st.sampled_from(DEEDS), kind=KIND, at=SOMETHING, well=st.booleans())
    def go_on(self, deed, kind, at, well):
        """One rule, and not one for each step: every walk may take every step. What waits is done first, so that walks get on."""
        waiting = [place for place, one in enumerate(self.forms) if one.state == "received"]
        told = [one for one in self.lists if self.changed(one)]
        todo = {
            "propose": lambda: self.propose(at % len(PEOPLE), (9, 10, 11, 13)[at % 4], at),
            "settle": lambda: self.settle((waiting or [at])[0], well),
            "reopen": lambda: self.reopen(at),
            "leave": lambda: self.leave(at, bool(self.gone) and well),
            "draw": lambda: self.draw(kind),
            "choose": lambda: self.choose(kind, at % len(PEOPLE) + 1),
            "lock": lambda: self.lock(kind),
            "publish": lambda: self.publish(kind),
            "take back": lambda: self.take_back(kind, well),
            "notice": lambda: self.notice((told or [kind])[-1]),
            "order": self.order,
            "entrust": lambda: self.entrust(at, at % 3, well),
        }
        todo[deed]()

    # -- forms and people

    @initialize(far=st.sampled_from((0, 3, 4, 6, 7, 9, 11, 12, 13, 14, 15, 16, 17, 20, 21)))
    def begin_somewhere(self, far):
        """Walks get far: three people on lawful forms and one with a signature too few, and then what comes next. What an earlier
        walk has gone already is not gone again."""
        onward = (
            lambda: [self.propose(*one) for one in ((0, 10, 0), (1, 11, 6), (2, 10, 12), (LEAST, 9, 0))],
            lambda: [self.settle(at, self.lawful(self.forms[at])) for at in (3, 0, 1, 2)],
            lambda: self.draw("first"),
            lambda: self.choose("first", 4),
            lambda: self.take_back("first", True),
            lambda: self.draw("first"),
            lambda: self.lock("first"),
            lambda: self.take_back("first", False),
            lambda: self.lock("first"),
            lambda: self.publish("first"),
            lambda: self.draw("formal"),
            lambda: self.lock("formal"),
            lambda: self.publish("formal"),
            self.order,
            lambda: self.leave(1, False),
            lambda: self.notice("formal"),
            lambda: self.leave(0, True),
            lambda: self.notice("formal"),
            lambda: self.propose(4, 10, 20),
            lambda: self.settle(len(self.forms) - 1, True),
            lambda: self.notice("first"),
        )
        del self.way[far + 1 :]
        point, model = self.way[-1]
        transaction.savepoint_rollback(point)
        self.nominees, self.forms, self.gone, self.lists, self.round = deepcopy(model)
        for act in onward[len(self.way) - 1 : far]:
            act()
            self.way.append(self.place())

    def propose(self, who, number, first):
        """Voters hand in a form."""
        if len(self.forms) == 9:
            return
        if who not in self.nominees:
            (self.nominees[who],) = named(self.election, PEOPLE[who], form="")
        signers = [VOTERS[(first + at) % len(VOTERS)] for at in range(number)]
        with action(SET_UP, actor=None):
            row = Nomination.objects.create(
                township=self.world.township, nominee=self.nominees[who], kind="voters", submitted_on=FIRST_ON
            )
        nominations.enter_signers(self.world.clerk, row, [nominations.Signature(one) for one in signers])
        self.looked_at = False
        self.forms.append(Form(row, who, set(signers)))

    def settle(self, at, well):
        if not self.forms:
            return
        form, key = self.forms[at % len(self.forms)], "accept" if well else "refuse"
        legal = form.state == "received" and self.lawful(form) is well
        if self.tries(key, legal, lambda: NOMINATION.take(key, self.world.clerk, form.row, on=FIRST_ON)):
            form.state = "accepted" if well else "refused"

    def reopen(self, at):
        if not self.forms:
            return
        form = self.forms[at % len(self.forms)]
        others = {one.who for one in self.forms if one.state == "accepted" and one is not form}
        listed = any(one.closed and form.who in one.on for one in self.lists.values())
        rests = form.state == "accepted" and listed and form.who not in others | self.gone
        legal = form.state != "received" and not rests
        if self.tries(
            "reopen", legal, lambda: NOMINATION.take("reopen", self.world.clerk, form.row, on=FIRST_ON, **WHY)
        ):
            form.state = "received"

    def leave(self, who, back):
        if not self.nominees:
            return
        people = self.gone if back else set(self.nominees)
        who = sorted(people)[who % len(people)]
        key, data = ("return", WHY) if back else ("leave", {"how": "withdrew", "paper": "本人声明"})
        legal = (who in self.gone) is back
        nominee = self.nominees[who]
        if self.tries(key, legal, lambda: NOMINEE.take(key, self.world.clerk, nominee, on=FORMAL_ON, **data)):
            self.gone ^= {who}

    # -- lists

    def draw(self, kind):
        first = self.lists.get("first")
        people = self.wanted if kind == "first" else first.on - self.gone if first else set()
        legal = kind not in self.lists and people
        if made := self.tries(f"draw {kind}", legal, lambda: lists.draw(self.world.clerk, self.election, kind)):
            self.lists[kind] = found = Listed(made[0])
            found.on = self.on_paper(found.row)
            assert found.on == people or (kind == "formal" and len(people) > MOST and found.on < people)

    def choose(self, kind, most):
        """Whoever is put on an open list by hand."""
        if kind not in self.lists or not self.nominees:
            return
        chosen = [self.nominees[who] for who in sorted(self.nominees)[:most]]
        legal = not self.lists[kind].closed
        if self.tries("choose", legal, lambda: self.step(kind, "choose", nominees=chosen)):
            self.lists[kind].on = set(sorted(self.nominees)[:most])

    def lock(self, kind):
        if kind not in self.lists:
            return
        legal = not self.lists[kind].closed and self.closable(kind)
        if self.tries(f"lock {kind}", legal, lambda: self.step(kind, "lock")):
            self.lists[kind].closed = True

    def publish(self, kind):
        """A list that may be closed is closed first; what hangs all the same is entered as it hangs."""
        if kind not in self.lists:
            return
        found = self.lists[kind]
        legal = not found.hangs and (found.closed or not self.closable(kind))
        on = FIRST_ON if kind == "first" else FORMAL_ON
        if self.tries(f"publish {kind}", legal, lambda: self.step(kind, "publish", on, **PLACES)):
            found.hangs = True
            if kind == "first":
                self.round += 1
                talk(self.world, self.election, round=self.round)

    def take_back(self, kind, whole):
        if kind not in self.lists:
            return
        found, key = self.lists[kind], "discard" if whole else "unlock"
        follows = kind == "first" and "formal" in self.lists
        legal = not found.closed if whole else found.closed and not found.hangs and not follows
        if self.tries(key, legal, lambda: self.step(kind, key, **WHY)):
            found.closed = False
            if whole:
                del self.lists[kind]

    def notice(self, kind):
        if kind not in self.lists:
            return
        found = self.lists[kind]
        legal = found.hangs and self.changed(kind)
        gone, more = found.on & self.gone, self.lacking(kind)
        if made := self.tries(f"notice {kind}", legal, lambda: self.step(kind, "notice")):
            assert (made.removed, made.added, made.after) == (len(gone), len(more), len(found.on - gone | more))
            found.on, found.off = found.on - gone | more, found.off | gone
            self.seen.update([f"put on {kind}"] if more else [])

    def order(self):
        formal = self.lists.get("formal")
        printed = BallotPrint.objects.kept().filter(election=self.election, void_on=None).exists()
        legal = formal and formal.closed and not printed and not self.changed("formal")
        given = {"ordered_on": FORMAL_ON, "spare": 3, "first_stub": 1, "colour": "浅红"}
        self.tries("order", legal, lambda: ballots.order(self.world.clerk, self.election, **given))

    # -- proxies

    def entrust(self, who, agent, agreed):
        """One of the voters entrusts one of the first three; what the law has against it keeps the consent away."""
        principal, to = (self.roll[VOTERS[at % len(VOTERS)]].voter for at in (who, agent))
        given = proxies.Authority(came_on=self.election.begun_on, where="外省务工")
        with suppress(Refused), transaction.atomic():
            (row,) = proxies.enter(self.world.clerk, principal, proxies.Agent(to), [self.election], given)
            self.looked_at = False
            said = {"by": "committee", "approver": "程主任"}
            if agreed:
                PROXY.take("agree", self.world.clerk, row, on=self.election.begun_on, **said)
                self.seen["proxy"] += 1

    # -- what holds whatever is done

    def on_paper(self, row) -> set:
        rows = CandidateEntry.objects.kept().filter(candidate_list=row, left_by=None).order_by("position")
        names = list(rows.values_list("nominee__name", flat=True))
        assert len(names) == len(set(names))
        return {PEOPLE.index(name) for name in names}

    def what_holds(self):
        self.lists_read_as_the_model_has_them()
        self.nobody_names_more_than_there_are_seats()
        self.an_agent_has_three_a_voter_one_and_nothing_is_passed_on()

    def lists_read_as_the_model_has_them(self):
        """Nobody who is lawfully named vanishes: on the closed first list, or told to be lacking there. Ballots show the list, or it
        waits for a notice."""
        facts = queries.facts_of(self.election)[districts(self.election)[0].pk]
        kept = CandidateList.objects.kept().filter(election=self.election)
        assert {one.kind: self.on_paper(one) for one in kept} == {key: one.on for key, one in self.lists.items()}
        assert {PEOPLE.index(one.name) for one in facts.lawful} == self.wanted
        for kind, found in self.lists.items():
            told = facts.changes(kind)
            assert bool(told) is self.changed(kind)
            assert {PEOPLE.index(one.name) for one in told.lacking} == (self.lacking(kind) if found.closed else set())
        assert facts.printed is None or queries.ballots_hold(facts) or facts.changes("formal")

    def nobody_names_more_than_there_are_seats(self):
        signed = NominationSigner.objects.kept().filter(nomination__state="accepted")
        named = set(signed.values_list("registration", "nomination__nominee"))
        assert max(Counter(voter for voter, _ in named).values(), default=0) <= SEATS

    def an_agent_has_three_a_voter_one_and_nothing_is_passed_on(self):
        rows = ProxyVote.objects.kept().filter(election=self.election, state="agreed")
        pairs = list(rows.values_list("principal", "agent"))
        assert max(Counter(agent for _, agent in pairs).values(), default=0) <= 3
        assert len({one for one, _ in pairs}) == len(pairs)
        assert not {one for one, _ in pairs} & {agent for _, agent in pairs}


@pytest.mark.slow
def test_a_district_may_be_walked_in_any_order(world):
    Candidacy.world, Candidacy.seen, Candidacy.way = world, Counter(), []
    with scope.township(world.township):
        Candidacy.election = campaign(world)
        voters(Candidacy.election, *VOTERS)
        run_state_machine_as_test(
            Candidacy,
            settings=settings(
                max_examples=20,
                stateful_step_count=16,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    wanted = {"accept", "refuse", "reopen", "leave", "return", "choose", "discard", "unlock", "order", "proxy"}
    wanted |= {
        f"{key} {kind}" for key in ("draw", "lock", "publish", "notice", "put on") for kind in ("first", "formal")
    }
    assert wanted - set(Candidacy.seen) == set(), "these steps were never walked"
