"""What may be done to a record: a step is one row of a table, and every step is taken through one door.

A row says the words of the step, its form, who may take it, when it may be taken, and what it does. Button, page, program
and JSON ask the same row; nobody else may ask for a right. The door (`Life.door`, for programs `Life.take`) opens the
action, locks the row, compares the version, looks for personal numbers, asks right, order and law, acts, leaves one event
with what the act tells of itself, and sends the messages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, Verb, action, lock, lock_around
from congress.guard.record import Record
from congress.guard.refusal import refuse_blocking
from congress.guard.savepoint import savepoint
from congress.law.finding import Finding, blocking
from congress.models import TOWNSHIP_ROLES, Role, Township, Unit, User
from congress.people.scrub import refuse_personal
from congress.permissions import Permission, Standing, standing_in_township
from congress.prepared import Prepared, given
from congress.work import outbox

DAY = "on"  # the field by which findings name the day of a step, however the form calls it
NOT_ENTERED = ("", None, [], ())


@dataclass(frozen=True)
class Who:
    """A right that depends on the record, with the words for those who do not have it."""

    test: Callable[[Standing, Any], bool]
    otherwise: str = ""


def who(otherwise: str) -> Callable[[Callable], Who]:
    """Make a right of a test (standing, record) → bool; `otherwise` is said to everybody else."""
    return lambda test: Who(test, otherwise)


anybody = Who(lambda standing, record: True)


@dataclass(frozen=True)
class Notice:
    """A message a step sends, once for each record and `event` however often that happens; `units` are told in their groups."""

    event: str
    people: Iterable[User]
    title: str
    body: str = ""
    url: str = ""  # the record's page unless said
    units: Iterable[Unit] = ()


@dataclass(frozen=True)
class Consequences:
    """What is shown before a step that cannot be taken back: the facts once more, and what follows from it; or under another
    title what one has before one's eyes while filling in the form, which stands beside it. A row may lead to a page."""

    rows: tuple[tuple[str, Any] | tuple[str, Any, str], ...]
    follows: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Words:
    """What the button says, the title of the page, and the word that sends the form; the button's where not said."""

    button: str
    title: str = ""
    submit: str = ""
    icon: str = ""


def always(attempt: "Attempt") -> Iterable:
    """Nothing stands against it, nothing is to be said, nothing goes along."""
    return ()


@dataclass(frozen=True)
class Step:
    """A row of the table. The functions get the `Attempt` and nothing else; none of them but `act` changes anything.

    `when` is asked for the button and again at the door: order and law; a finding at the day's field (`on`) concerns the
    day alone and hides no button. `lacks` is what has to be done first: it hides no button either, because who presses it
    is told what is missing; the page shows it in place of the form, and the door refuses. `check` is asked at the door only:
    what was entered, against the record. `hints` stand above the form beside the warnings of `when`. `act` writes facts and
    returns what the trail tells of them. `along` names other records of this life for which the step is taken as well, with
    the same entries: each by its own right, order, act, event and messages, and either all of them or none.
    """

    key: str  # of its address, and of its page's name after the life's
    words: Words
    said: str | Callable[["Attempt"], str]  # that it was done, and what happened to this one
    verb: Verb | Callable[[Mapping], Verb]
    form: type[forms.Form]
    permission: Permission
    act: Callable[["Attempt"], dict | None]
    who: Who = anybody
    when: Callable[["Attempt"], Iterable[Finding]] = always
    lacks: Callable[["Attempt"], Iterable[Finding]] = always
    check: Callable[["Attempt"], Iterable[Finding]] = always
    hints: Callable[["Attempt"], Iterable[Finding]] = always
    notices: Callable[["Attempt"], Iterable[Notice]] = always
    lead: str | Callable[["Attempt"], str] = ""  # the sentence above the form
    initial: Callable[["Attempt"], dict] | None = None
    options: Callable[["Attempt"], dict] | None = None  # further arguments of the form
    along: Callable[["Attempt"], Iterable[Record]] = always
    before: Callable[[Mapping], Record | None] | None = None  # what the same form has made already, sent twice
    shows: Callable[["Attempt"], Consequences] | None = None  # above the form, whatever is entered
    confirm: Callable[["Attempt"], Consequences] | None = None  # shown, and confirmed, before the step binds
    back: Callable[[Any], str] | None = None  # the page it is taken from; the record's unless said
    then: Callable[["Attempt"], str] | None = None  # where to go afterwards; the page it was taken from unless said
    prefilled: tuple[str, ...] = ()  # entries that the address may bring (?after=…)
    day: str = DAY
    sealed: tuple[str, ...] = ()  # entries that hold personal numbers on purpose; they are stored encrypted
    main: bool = True  # expected next, or a side way
    apart: bool = False  # takes back, refuses or mends: its button is no twin of what comes next
    guard: bool = False  # unsaved text is not left without asking
    proved: bool = False  # its page asks for the password once more, where the last time was too long ago
    many: bool = False  # may be taken for several records of a list at once, with the same entries

    def __post_init__(self):
        if self.many and (self.confirm or self.before or self.shows or self.proved):
            raise ValueError(f"{self.key} shows, makes or asks something of its own for each record")

    @property
    def title(self) -> str:
        """The title of its page."""
        return self.words.title or self.words.button

    @property
    def at_once(self) -> bool:
        """Whether its button takes it: there is nothing to enter and nothing to weigh."""
        return not (
            self.shows or self.confirm or any(not one.widget.is_hidden for one in self.form.base_fields.values())
        )

    def speak(self, words: str | Callable[["Attempt"], str], attempt: "Attempt") -> str:
        """Words of the row, made for this attempt where they are a function."""
        return words if isinstance(words, str) else words(attempt)

    def filled(self, attempt: "Attempt") -> dict:
        """What was entered, stripped; what was not, as the form shows it at first. Raises TypeError for other names."""
        entries = {name: one for name, one in self.form.base_fields.items() if name not in ("version", self.day)}
        if unknown := attempt.data.keys() - entries:
            raise TypeError(f"{self.key} takes no {'、'.join(sorted(unknown))}")
        shown = self.initial(attempt) if self.initial else {}
        values = {name: _first(one, shown.get(name)) for name, one in entries.items()} | attempt.data
        return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _first(entry: forms.Field, shown: Any) -> Any:
    """What a field holds before anybody touches it."""
    if shown is not None:
        return shown
    initial = entry.initial() if callable(entry.initial) else entry.initial
    return entry.to_python("") if initial is None else initial


@dataclass
class Attempt:
    """A step looked at or taken: by whom, with which record (its facts read), on which day, with what was entered."""

    life: "Life"
    step: Step
    standing: Standing
    record: Any
    on: date
    data: dict = field(default_factory=dict)
    warnings: list[Finding] = field(default_factory=list)
    made: Record | None = None  # another record that came of it, set by the act
    outcome: Any = None  # what the act found out, for the words that tell of it
    beside: "Attempt | None" = None  # the one on another record, along with which it is taken
    along: list[Record] = field(default_factory=list)  # the records for which it was taken as well
    answers: dict[Callable, Any] = field(default_factory=dict)

    @property
    def actor(self) -> User | None:
        """Who takes it; None is the system itself."""
        return self.standing.user

    @cached_property
    def after(self) -> Any:
        """The record read again after the act, with its facts."""
        return self.life.find(self.record.pk)

    @property
    def back(self) -> str:
        """The address of the page the step is taken from."""
        return self.step.back(self.record) if self.step.back else self.life.url(self.record)

    @property
    def onward(self) -> str:
        """Where to go once it is taken."""
        return self.step.then(self) if self.step.then else self.back

    def once(self, ask: Callable[[Any], Any]) -> Any:
        """What a costly question to the record answers; it is asked once, whoever of the row's functions wants to know."""
        if ask not in self.answers:
            self.answers[ask] = ask(self.record)
        return self.answers[ask]

    def asked(self) -> list[Finding]:
        """What stands against the step, and what is to be said of it: the right first, then order and law."""
        if self.actor is not None:
            wanted = self.step.permission
            if not (self.standing.writes and self.standing.allows(wanted)):
                by = "、".join(label for role, label in Role.choices if role in wanted.roles)
                return [Finding("not_permitted", f"这一步由{by}办理，您没有“{wanted.label}”的权限。")]
            if not self.step.who.test(self.standing, self.record):
                return [Finding("not_own", self.step.who.otherwise)]
        return [self._placed(finding) for finding in self.step.when(self)]

    def against(self) -> list[Finding]:
        """What forbids the step whatever the day and whatever is entered; empty where it is offered."""
        return [finding for finding in blocking(self.asked()) if not finding.field]

    def lacking(self) -> list[Finding]:
        """What has to be done first; of an offered step, and whatever is entered."""
        return blocking(self.step.lacks(self))

    def entered(self) -> list[Finding]:
        """What is wrong with the values: missing as the form has it, personal numbers, the row's own check."""
        found = list(_as_the_form_has_it(self.step.form, self.data))
        found += _personal(self.data, self.step.sealed)
        return found or [self._placed(finding) for finding in self.step.check(self)]

    def weigh(self) -> None:
        """Raises Refused with everything that stands against the step as it was entered; keeps the warnings. Changes
        nothing, so that consequences can be shown before the step binds."""
        asked = self.asked()
        refuse_blocking(finding for finding in asked if not finding.field)
        refuse_blocking(self.lacking())
        self.data = self.step.filled(self)
        self.warnings = refuse_blocking([*asked, *self.entered()])

    def _placed(self, finding: Finding) -> Finding:
        return replace(finding, field=self.step.day) if finding.field == DAY else finding


def _as_the_form_has_it(form: type[forms.Form], data: Mapping) -> Iterable[Finding]:
    for name, value in data.items():
        entry = form.base_fields[name]
        if entry.required and value in NOT_ENTERED:
            yield Finding("required", str(entry.error_messages["required"]), field=name)
        longest = getattr(entry, "max_length", None)
        if longest and isinstance(value, str) and len(value) > longest:
            yield Finding("too_long", f"{entry.label}请不超过{longest}个字。", field=name)


def _personal(data: Mapping, sealed: tuple[str, ...]) -> Iterable[Finding]:
    """Identity and mobile numbers in any text (个人信息保护法: no more than needed)."""
    for name, value in data.items():
        try:
            refuse_personal(value if isinstance(value, str) and name not in sealed else "")
        except ValidationError as error:
            yield Finding("personal", error.messages[0], field=name)


def standing_of(actor: User | None, township: Township) -> Standing:
    """The actor's standing in a township; the system itself (None) stands for every role there."""
    if actor is None:
        return Standing(None, township, township.county, frozenset(str(role) for role in TOWNSHIP_ROLES))
    return standing_in_township(actor, township)


@dataclass(frozen=True)
class Life:
    """All steps of one kind of record, and the door through which they are taken.

    `read` brings what the rows' functions read in a constant number of queries, the same on any day and for anybody; `visible`
    gives the records a standing may see; `settle` brings stored projections up to date after a step.
    """

    name: str  # of the record's page; the pages of its steps are called after it
    kind: str  # of its messages
    model: type[Record]
    steps: tuple[Step, ...]
    read: Callable[[QuerySet], QuerySet]
    visible: Callable[[Standing], QuerySet]
    settle: Callable[[Any], None] | None = None
    called: Callable[[Any], str] = str  # what people call the record
    page: Callable[[Any], str] | None = None  # where the record is shown, if not on a page of its own
    about: Callable[[Any], Record] = lambda record: record  # the record the event speaks of
    inside: str = ""  # the path to the record whose closing ends the steps of this one

    def step(self, key: str) -> Step:
        """The row of a key. Raises KeyError."""
        return {step.key: step for step in self.steps}[key]

    def find(self, pk) -> Any:
        """The record with its facts, read anew. Raises the model's DoesNotExist."""
        found = self._whole(pk=self.model._meta.pk.to_python(pk))
        if not found:
            raise self.model.DoesNotExist
        return found[0]

    @cached_property
    def _whole(self) -> Prepared:
        return Prepared(lambda: self.read(self.model._default_manager.filter(pk=given("pk"))))

    def url(self, record, key: str = "") -> str:
        """Address of the record's page, or of a step's."""
        if not key and self.page:
            return self.page(record)
        return reverse(f"{self.name}-{key}" if key else self.name, args=[record.township.code, record.pk])

    def attempt(
        self, key: str, standing: Standing, record, on: date | None = None, data: dict | None = None
    ) -> Attempt:
        """The step as it would be taken; `record` comes with its facts. Changes nothing."""
        return Attempt(self, self.step(key), standing, record, on or clock.today(), data or {})

    def offered(self, standing: Standing, record, on: date | None = None) -> list[Step]:
        """The steps the standing may take now, in the order of the table; `record` comes with its facts."""
        attempts = (self.attempt(step.key, standing, record, on) for step in self.steps)
        return [one.step for one in attempts if not one.against()]

    def take(self, key: str, actor: User | None, record, /, *, on: date | None = None, version=None, **data) -> Any:
        """Take a step from a program: as a user with the user's rights, or as the system itself (None), for which order
        and law hold all the same. Returns what the act made; the record (for its facts read it anew) where it made nothing.

        Raises Refused, and Conflict when somebody else changed the record since `version`.
        """
        taken = self.door(key, standing_of(actor, record.township), record.pk, data, on=on, version=version)
        return taken.made or taken.record

    def door(self, key: str, standing: Standing, pk, data: dict, *, on: date | None = None, version=None) -> Attempt:
        """The one way in. Raises Refused with everything that stands against the step, and Conflict for an old version;
        else writes the facts, leaves one event and sends the step's messages; so for each record that goes along."""
        step, on = self.step(key), on or clock.today()
        if step.before and (made := step.before(data)):
            return Attempt(self, step, standing, self.find(pk), on, data, made=made)
        with savepoint():
            attempt = self._through(Attempt(self, step, standing, self.model(pk=pk), on, data), version)
            for record in attempt.along:
                self._beside(attempt, record, data)
        return attempt

    def _beside(self, first: Attempt, record: Record, data: dict) -> None:
        """Take the step for another record as well; a refusal names it."""
        attempt = Attempt(
            self, first.step, first.standing, self.model(pk=record.pk), first.on, dict(data), beside=first
        )
        try:
            self._through(attempt)
        except Refused as refused:
            named = f"一并办理的{self.called(record)}"
            refuse_blocking(replace(one, message=f"{named}：{one.message}") for one in refused.findings)

    def _through(self, attempt: Attempt, version=None) -> Attempt:
        """One record through the door."""
        step, data = attempt.step, attempt.data
        verb = step.verb if isinstance(step.verb, Verb) else step.verb(data)
        with action(verb, actor=attempt.actor) as act:
            if self.inside:
                lock_around(attempt.record, self.inside)
            lock(attempt.record, version)
            attempt.record = self.find(attempt.record.pk)
            act.subject = self.about(attempt.record)
            attempt.weigh()
            attempt.along = [] if attempt.beside else list(step.along(attempt))
            act.detail = step.act(attempt) or {}
            if self.settle:
                self.settle(attempt.after)
            self._tell(attempt)
        return attempt

    def _tell(self, attempt: Attempt) -> None:
        record = attempt.record
        notes = [
            outbox.Note(
                **whom,
                key=f"{self.kind}:{record.pk}:{notice.event}",
                kind=self.kind,
                title=f"{notice.title}：{self.called(record)}"[:120],
                body=notice.body,
                url=notice.url or self.url(record),
            )
            for notice in attempt.step.notices(attempt)
            for whom in (*({"recipient": one} for one in notice.people), *({"unit": one} for one in notice.units))
        ]
        outbox.send(record.township, notes)


_lives: dict[str, Life] = {}


def register(life: Life) -> Life:
    """Declare a life. Raises ValueError when its name is taken by another."""
    if _lives.setdefault(life.name, life) is not life:
        raise ValueError(f"life {life.name} is declared twice")
    return life


def lives() -> dict[str, Life]:
    """Every declared life by name."""
    return dict(_lives)


def change(record: Record, **values) -> list[str]:
    """Set the values and save; returns the names of those that differ from what stood, which is what the trail tells."""
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    if changed:
        record.save(update_fields=changed)
    return changed
