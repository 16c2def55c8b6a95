"""Every life, walked by its own steps: in each state, for each role, what is offered is accepted, and nothing else is.

Button, page and door ask the same row. A copy of a right in an act or a view would make them differ, and is found here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from congress.guard.refusal import refuse
from congress.models import AuditEvent, Role
from congress.permissions import active_memberships
from congress.steps import Attempt, Life, Step, lives, standing_of
from congress.web import steps as web
from proposals.life import SUGGESTION
from tests.architecture import said
from tests.architecture.faults import faults, shut
from tests.architecture.test_urls import A_LONG_WALK, errors_drawn_once, without_engine
from tests.congress import walks

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 10)
RIGHTS, SHOWN = (Path(__file__).with_name(f"{name}.txt") for name in ("rights", "shown"))


DRAWN = re.compile(r"[0-9a-f]{40,}|[0-9a-f]{8}-[0-9a-f-]{27}|<QuerySet .*?>|[A-Za-z.]+ object at 0x[0-9a-f]+")
OF_THE_USER = {"not_permitted", "not_own"}  # why a step is not offered to somebody; other reasons are the record's


@dataclass
class Look:
    """One (state, user, step): whether it is offered, and what each way of taking it said."""

    life: str
    state: str
    user: str
    step: str
    offered: bool
    lacking: bool = False
    begins: str = ""  # what stands in its form beforehand, where it is offered for the first time in a state
    tells: str = ""  # what its event and its messages say, where it is taken
    ways: dict[str, bool] = field(default_factory=dict)
    prints: str = ""  # what the paper says that was issued by it
    asks: str = ""  # what its page says and takes
    answers: str = ""  # where its page leads, once it was taken there, and what is said
    shows: str = ""  # what the record's own page says, where the state is looked at first
    faults: list[str] = field(default_factory=list)  # of the record's own page, where the state is looked at first

    def __str__(self):
        return f"{self.life}, {self.state}, {self.user}, {self.step}: offered {self.offered}, {self.ways}"

    @property
    def differs(self) -> bool:
        """What is offered is shown; and taken, unless something has to be done first."""
        right = {"page": self.offered}
        return any(taken is not right.get(way, self.offered and not self.lacking) for way, taken in self.ways.items())


class Undone(Exception):
    """Rolls a trial back."""


def tried(act: Callable[[], bool]) -> bool:
    """What the trial says, with nothing of it left."""
    said = False
    try:
        with transaction.atomic():
            said = act()
            raise Undone
    except Undone:
        return said


def by_door(life: Life, key: str, standing, record, data: dict, seen: Look) -> bool:
    """Whether the door takes it; what is told of it is noted."""

    said.composed.clear()

    def act():
        try:
            attempt = life.door(key, standing, record.pk, dict(data), on=walks.ON)
        except Refused:
            return False
        seen.tells, seen.prints = telling(attempt), said.printed()
        return True

    return tried(act)


def telling(attempt: Attempt) -> str:
    """What the trail and the messages say of a step that was just taken."""
    event = AuditEvent.objects.filter(chain=attempt.record.township_id).latest("seq")
    notices = [f"{one.title}→{len(one.people)}人{len(one.units)}单位" for one in attempt.step.notices(attempt)]
    return plain(" ".join([*(f"{name}={value}" for name, value in event.detail.items()), *notices]))


def by_page(client, url: str, data: dict, permitted: bool, seen: Look) -> dict[str, bool]:
    """Whether the page shows its form, and whether it takes it; who has no permission comes to neither. What it says is noted."""
    answer = client.get(url)
    if not permitted:
        return {"page": answer.status_code not in (403, 404)}
    html = answer.content.decode()
    seen.asks = f"{said.words(html)} || {said.held(html)}" if answer.status_code == 200 else said.reply(answer)

    def act():
        answer = client.post(url, data)
        seen.answers = said.reply(answer)
        return answer.status_code == 302

    return {"page": answer.status_code == 200, "sent": tried(act)}


def by_list(client, life: Life, step: Step, record, data: dict) -> bool:
    """Whether the page for many takes it for this one."""
    url = reverse(f"{life.name}-several-{step.key}", args=[record.township.code])

    def act():
        answer = client.post(url, {**data, "version": "", "sent": "1", "ticked": [str(record.pk)]})
        return answer.status_code == 200 and bool(answer.context["done"])

    return tried(act)


def look_at(world, browse, life: Life, walk: walks.Walk, only: set[str] | None = None) -> Iterator[Look]:
    """Walk the life and look at every state with every role. What is offered is taken by the door in each state by one of
    those to whom it is, another one each time, and by each of them at least once; what is not offered is tried there once
    for each reason, by everybody whose own it is; the pages once by each to whom a step is offered, and where it is not, once
    by each whose own the reason is and once for all where it is the record's."""
    standings = {name: standing_of(world.users[name], world.township) for name in walk.users}
    tried_at: set[tuple] = set()
    known: set[str] = set()  # what the page of the record has said in a state before
    sit_down = seats(world, browse)
    for turn, (state, row) in enumerate(walk.states(world)):
        record = life.find(row.pk)
        reader = by_turns(standings, turn)[0][0]
        client = sit_down(reader)
        page = read(client, life.url(record))
        wrong, shows = faults_of_page(page, life, reader, world.users[reader]), said.pieces(page, known)
        for user, standing in by_turns(standings, turn):
            offered = {step.key for step in life.offered(standing, record)}
            for step in life.steps:
                if only and step.key not in only:
                    continue
                attempt = life.attempt(step.key, standing, record)
                lacking = step.key in offered and bool(attempt.lacking())
                seen = Look(life.name, state, user, step.key, step.key in offered, lacking, faults=wrong, shows=shows)
                wrong, shows = [], ""
                codes = [one.code for one in attempt.against()]
                whose = user if seen.offered or {*codes} & OF_THE_USER else ""
                reasons = (whose, step.key, lacking, *codes)
                if seen.offered and (state, step.key) not in tried_at:
                    seen.begins = begun(attempt)
                data = walks.entered(walk, step, world, attempt)
                here = (state, step.key) if seen.offered else reasons
                if here not in tried_at or reasons not in tried_at:
                    seen.ways["door"] = by_door(life, step.key, standing, record, data, seen)
                paged = (step.key, seen.offered, lacking, user if seen.offered else whose)
                if paged not in tried_at:
                    url, sent = life.url(record, step.key), walks.sent(step, record, data)
                    permitted = standing.allows(step.permission)
                    if user != reader:
                        client, reader = sit_down(user), user
                    seen.ways |= by_page(client, url, sent, permitted, seen)
                    if step.many:
                        seen.ways["several"] = by_list(client, life, step, record, sent)
                tried_at |= {here, reasons, paged}
                yield seen


def seats(world, browse) -> Callable:
    """Everybody has a browser of their own that is as it was when they logged in: each logs in once on a walk."""
    left = {}

    def sit_down(name: str):
        if name not in left:
            client = browse(world.users[name])
            left[name] = (client, client.cookies[settings.SESSION_COOKIE_NAME].value)
        client, key = left[name]
        client.cookies.clear()
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return sit_down


def faults_of_page(answer, life: Life, who: str, user) -> list[str]:
    """What the record's own page shows in this state that it must not: links that are shut for who reads it among others.
    The walk over all addresses sees each page in one state alone."""
    roles = {row.role for row in active_memberships(user)}
    return faults(answer, who, life.name) + shut(answer, who, life.name, roles)


def read(client, url: str) -> HttpResponse:
    """A page, with nothing left of its having been read."""
    answers = []
    tried(lambda: answers.append(client.get(url)))
    return answers[0]


def by_turns(standings: dict, turn: int) -> list[tuple]:
    """Everybody, beginning with another one each time."""
    everybody = list(standings.items())
    first = turn % len(everybody)
    return everybody[first:] + everybody[:first]


@pytest.fixture
def town(world, monkeypatch):
    # What an issued paper says is looked at here; what it looks like is measured elsewhere, and takes its time.
    without_engine(monkeypatch)
    errors_drawn_once(monkeypatch)
    monkeypatch.setattr(settings, "PROOF_MINUTES", A_LONG_WALK)
    with world.in_township(), clock.frozen(TODAY):
        walks.people(world)
        yield world


def test_every_life_is_walked_and_every_step_has_a_sample():
    assert set(walks.WALKS) == set(lives())
    for name, life in lives().items():
        assert set(walks.WALKS[name].samples) == {step.key for step in life.steps}, name


def begun(attempt: Attempt) -> str:
    """What stands in the form of a step before anybody typed, without the keys that are drawn anew each time."""
    found = attempt.step.initial(attempt) if attempt.step.initial else {}
    return plain(" ".join(f"{name}={value}" for name, value in found.items() if value not in (None, "", [], {})))


def plain(words: str) -> str:
    """In a line, without the keys that are drawn anew each time."""
    return re.sub(r"\s+", " ", DRAWN.sub("#", words))


def told(life: Life, looks: list[Look]) -> list[str]:
    """The table of rights: what each role is offered in each state, a line each; with what a step's form begins, and what is
    told of it when it was taken."""
    rows: dict[tuple[str, str], list[str]] = {}
    for look in looks:
        rows.setdefault((look.state, look.user), []).extend([look.step] if look.offered else [])
    begun = {look.step: f"{life.name} | {look.step} begins with | {look.begins}" for look in looks if look.begins}
    tells = {look.step: f"{life.name} | {look.step} tells | {look.tells}" for look in reversed(looks) if look.tells}
    return [
        *(f"{life.name} | {state} | {user} | {' '.join(keys)}" for (state, user), keys in rows.items() if keys),
        *begun.values(),
        *tells.values(),
    ]


def pages(life: Life, looks: list[Look]) -> Iterator[str]:
    """What is new on the page of a record in each state, what the page of each step asks, and what is answered to who takes it
    there, or may not, and what the paper says that is issued by it."""
    asks, answers, prints = {}, {}, {}
    for look in looks:
        if look.shows:
            yield f"{life.name} | {look.state} shows | {look.shows}"
        if look.asks:
            asks.setdefault((look.step, "asks" if look.offered else "is shut"), look.asks)
        if look.answers:
            answers.setdefault((look.step, "answers" if look.offered else "refuses"), look.answers)
        if look.prints:
            prints.setdefault((look.step, "prints"), look.prints)
    for (step, what), words in (asks | answers | prints).items():
        yield f"{life.name} | {step} {what} | {words}"


@pytest.mark.parametrize("name", walks.WALKS)
def test_a_record_is_found_by_one_query_on_any_day(world, name):
    """What the door reads is put together once: a day in it would be that of the first step."""
    life, said = lives()[name], []
    for day in (TODAY, TODAY.replace(year=2031)):
        with clock.frozen(day):
            rows = life.read(life.model.objects.all())
            statements = [rows.query, *(lookup.queryset.query for lookup in rows._prefetch_related_lookups)]
            said.append([one.sql_with_params() for one in statements])
    assert said[0] == said[1]
    with scope.reading([world.township]), pytest.raises(life.model.DoesNotExist):
        life.find(uuid4())


@pytest.mark.parametrize("name", sorted(walks.WALKS))
def test_what_is_offered_is_accepted_and_nothing_else(town, browse, name):
    life = lives()[name]
    looks = list(look_at(town, browse, life, walks.WALKS[name]))
    assert [str(look) for look in looks if look.differs] == []
    assert [f"{look.state}: {fault}" for look in looks for fault in look.faults] == []
    # A walk that offers a step nowhere, or everywhere, would prove nothing of it.
    assert {look.step for look in looks if look.offered and not look.lacking} == {step.key for step in life.steps}
    assert {look.step for look in looks if not look.offered} == {step.key for step in life.steps}
    # The table of rights itself: whoever changes a rule reads in the change of this file what it means.
    assert said.differing(RIGHTS, told(life, looks), f"{name} | ", write="RIGHTS") == [], "RIGHTS=write pytest …"
    assert said.differing(SHOWN, pages(life, looks), f"{name} | ", write="RIGHTS") == [], "RIGHTS=write pytest …"


def with_act(life: Life, key: str, act: Callable) -> Life:
    steps = tuple(replace(step, act=act) if step.key == key else step for step in life.steps)
    return replace(life, steps=steps)


def test_a_copy_of_a_right_in_an_act_would_be_found(town, browse):
    def stricter(attempt: Attempt):
        if attempt.standing.has(Role.CLERK):
            refuse("只有承办单位本身可以面商。")
        return SUGGESTION.step("talk").act(attempt)

    life = with_act(SUGGESTION, "talk", stricter)
    looks = look_at(town, browse, life, walks.WALKS[SUGGESTION.name], only={"talk"})
    assert {(look.user, look.state) for look in looks if look.differs} >= {("clerk", "the lead has signed")}


def test_a_view_with_a_mind_of_its_own_would_be_found(town, browse, monkeypatch):
    monkeypatch.setattr(web, "turned_away", lambda request, findings, back: HttpResponse("表单"))
    looks = look_at(town, browse, SUGGESTION, walks.WALKS[SUGGESTION.name], only={"sign"})
    found = next(look for look in looks if look.differs)
    assert (found.offered, found.ways["door"], found.ways["page"]) == (False, False, True)
