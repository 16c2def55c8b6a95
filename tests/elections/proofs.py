"""Proof bundles for the tests: one of a township with everything that happens, taken apart and put together again."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from congress import clock
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.tally.packed import MANIFEST, canonical, with_manifest
from elections.documents.proof import PROOF
from elections.models import Election, Round
from script.verify_result import Bundle, Report, check_bundle
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.rounds import again, balanced, begun, declared, facts, take

LATER = ELECTION_DAY + timedelta(days=7)


def eventful(world, election: Election) -> Round:
    """A vote read by two who differ, of which one reading was sent back and corrected; with somebody written in, and two who are level
    at the last seat. It is declared; returns it."""
    row = begun(world, election)
    balanced(world, row)
    take(world.clerk, row, "count")
    room.people(world)
    count = facts(row).count
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    unit = room.unit_of(count)
    right = room.good(count, (15, 11, 11), 20, 0, write_ins={"东甲": 2})
    room.read(world.teller, unit, room.good(count, (15, 12, 11), 20, 0, write_ins={"东甲": 2}))
    room.read(world.teller2, unit, right)
    UNIT.take("send-back", world.clerk2, unit, which="1", look_at=["write_ins"], reason="再看一遍")
    entry = room.unit_facts(unit).seats[1].entry
    ENTRY.take("finish", world.teller, entry, sheet=right, explanation="看纸更正")
    room.signed(world, unit)
    for person in ("东乙", "东甲"):
        said = {"names": ["东甲"], "votes": 2, "person": person, "who": "district", "reason": "看票"}
        COUNT.take("identify", world.clerk, count, **said)
        which = str(COUNT.find(count.pk).identified[0].pk)
        COUNT.take("agree", world.chair, count, which=which)
        if person == "东乙":
            COUNT.take("undo", world.clerk, count, which=which, reason="认错了")
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, on=ELECTION_DAY, capacity="scrutineer", note="已查明")
    COUNT.take("close", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    declared(world, row)
    return row


def voted_again(world, row: Round) -> Round:
    """Those who were level are voted on again, and one of them is declared elected."""
    with clock.frozen(LATER):
        take(world.clerk, row, "follow", LATER, names=list(facts(row).follow.names), printed=29)
        next_ = Round.objects.get(follows=row)
        balanced(world, next_, on=LATER)
        take(world.clerk, next_, "count", LATER)
        again(world, next_, (12, 8))
        declared(world, next_, LATER)
    return next_


def made(election: Election) -> bytes:
    """The bundle as the job makes it."""
    found = PROOF.rows().get(pk=election.pk)
    return PROOF.kind.compose(PROOF.gather(found, {}), False)


def files_of(bundle: bytes) -> dict[str, bytes]:
    """Its files by name."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as held:
        return {name: held.read(name) for name in held.namelist()}


class Alike(Bundle):
    """A bundle most of whose files were read before in others; the verifier changes nothing of what it read."""

    known: dict[bytes, Any] = {}

    def json(self, name: str) -> Any:
        content = self.files[name]
        if content not in self.known:
            self.known[content] = super().json(name)
        return self.known[content]


def verified(files: dict[str, bytes], kind: type[Bundle] = Bundle) -> Report:
    """What the verifier finds in these files."""
    report = Report()
    check_bundle(kind("包.zip", files, False), report)
    return report


def rehashed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same with a manifest that fits: as somebody would who changes a bundle and knows how it is made."""
    return with_manifest({name: content for name, content in files.items() if name != MANIFEST})


def leaves(value, path: tuple = ()) -> Iterator[tuple]:
    """The path of every number, word and empty place of a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for key, one in inside:
        found = True
        yield from leaves(one, (*path, key))
    if not found:
        yield path


def changed(content: bytes, path: tuple) -> bytes:
    """The JSON with that leaf otherwise than it was."""
    whole = {"": json.loads(content)}
    place, steps = whole, ("", *path)
    for step in steps[:-1]:
        place = place[step]
    before = place[steps[-1]]
    place[steps[-1]] = _other(before)
    return canonical(whole[""])


def _other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return "多出来的"
