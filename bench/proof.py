"""Proof bundles of a whole county, recomputed by `verify_result.py` as a stranger runs it: seconds, memory, with the library's SM3 and with
the verifier's own. Needs neither servers nor a database: `python -m bench.proof` measures it alone.
"""

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import count as numbers
from pathlib import Path
from uuid import UUID

from congress.counting.tally import Kind, Measure, Name, Paper, Sheet, Unit, written
from congress.counting.tally.packed import canonical, packed
from congress.crypto.sm3 import sm3
from congress.law.ballots import BallotRules
from congress.law.tallies import VoteLine, direct_result

ROOT = Path(__file__).resolve().parent.parent
VERIFIER = ROOT / "script" / "verify_result.py"
DAY, TOWNSHIPS, DISTRICTS, VOTERS, UNITS, SEATS = "2026-12-20", 20, 60, 834, 3, 2
RULES = BallotRules()
CHAIR, CLERK = 1, 2
_MEMORY = (
    "import resource,runpy,sys;sys.argv=sys.argv[1:];code=0\ntry: runpy.run_path(sys.argv[0],run_name='__main__')\n"
)
_MEMORY += "except SystemExit as end: code=end.code\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024);sys.exit(code)"


class Township:
    """One township's bundle: its chain of events grows while its districts are counted."""

    def __init__(self, number: int, chance: random.Random):
        self.number, self.chance, self.ids = number, chance, numbers(1)
        self.events: list[list] = []
        self.head = b""

    def id(self) -> str:
        """An id that no other record of the township has."""
        return str(UUID(int=(self.number << 64) + next(self.ids)))

    def tell(self, actor: int, verb: str, of: str, **detail) -> None:
        """An event, chained as the database chains them."""
        seq = len(self.events) + 1
        parts = [self.id(), str(self.number), str(seq), f"{DAY}T12:00:00.000000", str(actor), verb, "bench", of, "记录"]
        parts += [json.dumps(detail, ensure_ascii=False), "ok", hashlib.sha256(str(seq).encode()).hexdigest()]
        digest = hashlib.sha256(self.head + "\x1f".join(parts).encode()).digest()
        self.events.append([seq, self.head.hex(), digest.hex(), parts])
        self.head = digest

    def bundle(self, districts: int, voters: int) -> bytes:
        """The whole bundle of so many districts of so many voters."""
        election = self.id()
        self.tell(CLERK, "elections.begin_rounds", election, 选区=districts)
        rounds = [self.district(number, voters) for number in range(1, districts + 1)]
        candidates = [
            {
                "id": self.id(),
                "district": row["district"]["id"],
                "kind": "formal",
                "entries": [{"id": self.id(), "name": name}],
            }
            for row in rounds
            for name in row["names"]
        ]
        files = {
            "election.json": {"id": election, "title": f"{self.number}号镇选举", "level": "township"},
            "rules.json": {"ballot": {key: getattr(RULES, key) for key in RULES.__dataclass_fields__}},
            "lists.json": {"candidates": candidates},
            "districts.json": [row["district"] | {"seats": SEATS, "voters": voters} for row in rounds],
            **{f"rounds/{row['district']['number']:04}-1.json": row for row in rounds},
            "events.json": self.events,
            "chain.json": {"chain": self.number, "first": 1, "hashes": [row[2] for row in self.events]},
        }
        return packed({name: canonical(value) for name, value in files.items()})

    def district(self, number: int, voters: int) -> dict:
        """A district that voted, was counted and declared."""
        names = tuple(Name(f"k{at}", f"{name}{number}") for at, name in enumerate("甲乙丙", start=1))
        paper = Paper(Kind.ELECTION, names, SEATS, Measure.DIRECT, RULES, True)
        votes = [voters // UNITS - self.chance.randint(5, 60) for _ in range(UNITS)]
        sheets = [self.sheet(paper, one) for one in votes]
        units = [
            Unit(at, f"{at}号票箱", one, one, sheet)
            for at, (one, sheet) in enumerate(zip(votes, sheets, strict=True), 1)
        ]
        count_id, row_id, title = self.id(), self.id(), f"第{number}选区第一次投票"
        head = f"{title}\t{DAY}\t{voters}\t0\n"
        lines = [{"id": self.id(), "whose": one.label, "received": one.issued, "in_person": one.issued, "by_proxy": 0,
                  "replaced": 0, "left_over": 0, "note": ""} for one in units]  # fmt: skip
        told = [self.unit(paper, head, unit, line["id"]) for unit, line in zip(units, lines, strict=True)]
        print_ = sm3((head + written(paper, units)).encode()).hex()
        signatures = [self.sign(count_id, user, print_) for user in (CHAIR, CLERK)]
        turns = []
        for at, (what, shown) in enumerate((("open", ""), ("close", print_)), start=1):
            turns.append(
                {"id": self.id(), "number": at, "what": what, "fingerprint": shown, "first": CLERK, "second": CHAIR}
            )
            for user in (CLERK, CHAIR):
                self.tell(user, "counting.turn", count_id, 计票指纹=shown)
        for user in (CLERK, CHAIR):
            self.tell(user, "elections.declare", row_id, 计票指纹=print_)
        outcome = self.outcome(paper, units, voters)
        return {
            "id": row_id,
            "district": {"id": self.id(), "number": number, "name": f"第{number}选区"},
            "kind": "first",
            "number": 1,
            "held_on": DAY,
            "seats": SEATS,
            "voters": voters,
            "printed": sum(votes),
            "names": [one.label for one in names],
            "follows": None,
            "ledger": {"lines": lines, "filed": 0, "destroyed": 0, "lost": 0},
            "count": {
                "id": count_id, "title": title, "kind": "election", "measure": "direct", "held_on": DAY, "seats": SEATS,
                "registered": voters, "present": 0, "write_ins": True, "written_in": [], "recounts": [], "fingerprint": print_,
                "rules": {key: getattr(RULES, key) for key in RULES.__dataclass_fields__ if key != "fixed_on"},
                "names": [{"key": one.key, "label": one.label} for one in names],
                "units": told, "turns": turns, "signatures": signatures,
            },
            "outcome": outcome,
            "declaration": {"on": DAY, "asked_by": CLERK, "confirmed_by": CHAIR, "fingerprint": print_},
            "above": [],
            "winners": [{"id": self.id(), "name": name, "votes": number, "void": False} for name, number in outcome["elected"]],
        }  # fmt: skip

    def sheet(self, paper: Paper, ballots: int) -> Sheet:
        """A reading of a box whose sums hold."""
        void = self.chance.randint(0, 5)
        valid, cells = ballots - void, {}
        for one in paper.names:
            yes = self.chance.randint(valid // 3, valid * 2 // 3)
            cells |= {
                f"{one.key}_yes": yes,
                f"{one.key}_no": valid - yes,
                f"{one.key}_abstain": 0,
                f"{one.key}_unclear": 0,
            }
        cells |= {f"void_{key}": 0 for key in paper.voids} | {"void_unreadable": void}
        return Sheet(cells | {"collected": ballots, "valid": valid, "blank": 0, "disputed": 0}, (("另选的人", 1),))

    def unit(self, paper: Paper, head: str, unit: Unit, source: str) -> dict:
        """A unit that two people read alike and two signed."""
        key, print_ = self.id(), sm3((head + written(paper, [unit])).encode()).hex()
        readers = []
        for place in (1, 2):
            entry = {"id": self.id(), "number": 1, "final": True, "corrects": None, "explanation": "", "sent_back_by": None,
                     "sheet": unit.sheet.as_json()}  # fmt: skip
            said = canonical({"explanation": "", "sheet": entry["sheet"]})
            self.tell(2 + place, "counting.finish", key, SM3=sm3(f"{entry['id']}\n".encode() + said).hex())
            readers.append({"id": self.id(), "place": place, "user": 2 + place, "withdrawn": False, "entries": [entry]})
        signatures = [self.sign(key, user, print_) for user in (CHAIR, CLERK)]
        return {"id": key, "number": unit.number, "name": unit.label, "kind": "box", "issued": unit.issued,
                "took_part": unit.took_part, "mixed_into": None, "source": source, "readers": readers,
                "signatures": signatures}  # fmt: skip

    def sign(self, of: str, user: int, print_: str) -> dict:
        """A signature, and its event."""
        self.tell(user, "counting.sign", of, 计票指纹=print_)
        return {"id": self.id(), "by": user, "fingerprint": print_}

    def outcome(self, paper: Paper, units: list[Unit], voters: int) -> dict:
        """What the product says of the sums."""

        def total(key: str) -> int:
            return sum(unit.sheet.get(key) for unit in units)

        took_part = sum(unit.took_part for unit in units)
        lines = [
            [one.label, *(total(f"{one.key}_{mark}") for mark in ("yes", "no", "abstain", "unclear"))]
            for one in paper.names
        ]
        votes = {one[0]: one[1] for one in lines} | {"另选的人": len(units)}
        asked = tuple(VoteLine(name, number) for name, number in votes.items())
        found = direct_result(voters, took_part, total("collected"), SEATS, asked, date.fromisoformat(DAY))
        follow = {"kind": "another", "seats": found.unfilled, "names": []} if found.unfilled else None
        follow = {"kind": "again", "seats": found.tied_seats, "names": list(found.tied)} if found.tied else follow
        follow = follow if found.valid else {"kind": "anew", "seats": SEATS, "names": []}
        return {
            "issued": took_part, "took_part": took_part, "void": {key: total(f"void_{key}") for key in paper.voids},
            **{key: total(key) for key in ("collected", "valid", "blank", "disputed")},
            "lines": lines, "write_ins": [["另选的人", len(units)]], "void_by": "" if found.valid else "turnout",
            "base": found.base, "needed": found.needed, "elected": [[name, votes[name]] for name in found.elected],
            "tied": list(found.tied), "tied_seats": found.tied_seats, "unfilled": found.unfilled, "follow": follow,
        }  # fmt: skip


def run(paths: list[str], *, own_sm3: bool) -> tuple[float, int, str]:
    """Seconds, MiB and what the verifier says, in a process of its own; `own_sm3`: as where the library knows none."""
    without = "import hashlib;hashlib.new=lambda *a:(_ for _ in ()).throw(ValueError());" if own_sm3 else ""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", without + _MEMORY, str(VERIFIER), *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    *said, memory = done.stdout.strip().splitlines()
    return round(time.monotonic() - began, 1), int(memory), "\n".join(said)


def measure(seconds: float) -> dict:
    """A county of a million voters, written and recomputed. Raises CalledProcessError where anything does not agree."""
    began, chance = time.monotonic(), random.Random(9)  # noqa: S311  the same county every time
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(1, TOWNSHIPS + 1):
            path = Path(folder) / f"{number}号镇.zip"
            path.write_bytes(Township(number, chance).bundle(DISTRICTS, VOTERS))
            paths.append(str(path))
        made = round(time.monotonic() - began, 1)
        size = sum(Path(path).stat().st_size for path in paths) >> 20
        library, memory, said = run(paths, own_sm3=False)
        own, _, _ = run(paths, own_sm3=True)
    return {
        "voters": TOWNSHIPS * DISTRICTS * VOTERS,
        "districts": TOWNSHIPS * DISTRICTS,
        "bundles": TOWNSHIPS,
        "size_mib": size,
        "made_s": made,
        "verified_s": library,
        "verified_own_sm3_s": own,
        "memory_mib": memory,
        "said": said.splitlines()[-2],
    }


if __name__ == "__main__":
    print(json.dumps(measure(0), ensure_ascii=False))
