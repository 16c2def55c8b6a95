#!/usr/bin/env python3
"""Recomputes the results of an election from its proof bundles and says 相符, or where they are not.

    python3 verify_result.py BUNDLE.zip …                  every sum, outcome, hash and event anew
    python3 verify_result.py --paper 指纹 BUNDLE.zip         and whether the fingerprint on the signed paper is among them
    python3 verify_result.py --earlier OLD.zip NEW.zip     and whether everything of OLD is in NEW
    python3 verify_result.py --draw SEED FINGERPRINT UNITS N  which N units a seed draws; UNITS: how many there are, or 1,2,5

Leaves 0 where everything agrees, 1 where something does not, 2 where there is nothing to read. One file of standard Python, written
apart from the program that counted: it shares no line with it and reads the law (选举法四十四至四十六) by itself.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

FORMAT = "election-proof-1"
KINDS = {"first": "第一次投票", "again": "再次投票", "another": "另行选举", "anew": "重新选举"}
MEASURES = {"first": "direct", "anew": "direct", "again": "tie", "another": "another"}
VOID = (
    ("overfull", "所选多于应选"),
    ("unreadable", "全部无法辨认"),
    ("foreign", "不是本次的票"),
    ("other", "其他原因"),
)
MARKS = (("yes", "赞成"), ("no", "反对"), ("abstain", "弃权"), ("unclear", "该处不计"))
RULES = ("unreadable", "unmarked_write_in", "marks", "abstain_write_in", "write_in_from", "base", "fixed_on")
TWO = 2  # people who sign, and who open and close

# -- SM3 (GB/T 32905), where the machine's own library lacks it

WORD = 0xFFFFFFFF
BEGIN = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _turn(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & WORD


def _block(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for at in range(16, 68):
        x = words[at - 16] ^ words[at - 9] ^ _turn(words[at - 3], 15)
        words.append(x ^ _turn(x, 15) ^ _turn(x, 23) ^ _turn(words[at - 13], 7) ^ words[at - 6])
    a, b, c, d, e, f, g, h = state
    for at in range(64):
        early, turned = at < 16, _turn(a, 12)
        one = _turn((turned + e + _turn(0x79CC4519 if early else 0x7A879D8A, at)) & WORD, 7)
        first = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        second = e ^ f ^ g if early else (e & f) | (~e & g)
        left = (first + d + (one ^ turned) + (words[at] ^ words[at + 4])) & WORD
        right = (second + h + one + words[at]) & WORD
        a, b, c, d, e, f, g, h = left, a, _turn(b, 9), c, right ^ _turn(right, 9) ^ _turn(right, 17), e, _turn(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3_by_hand(data: bytes) -> str:
    """The SM3 of data in hex, by this file alone."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = BEGIN
    for at in range(0, len(padded), 64):
        state = _block(state, padded[at : at + 64])
    return "".join(f"{word:08x}" for word in state)


def sm3(data: bytes) -> str:
    """The SM3 of data in hex, by the machine's library where it has it."""
    try:
        return hashlib.new("sm3", data).hexdigest()
    except ValueError:
        return sm3_by_hand(data)


# -- the law


@dataclass
class Outcome:
    """What the law makes of the sums of one vote; `void` names the ground: turnout (选举法四十五) or exceeded (四十四)."""

    void: str
    base: int
    needed: int
    elected: list[str]
    tied: list[str]
    tied_seats: int
    unfilled: int


def void_by(voters: int, took_part: int, collected: int) -> str:
    """Why a vote is void: half of the voters or fewer took part, or more ballots came back than people voted."""
    if 2 * took_part <= voters:
        return "turnout"
    return "exceeded" if collected > took_part else ""


def fill(lines: list[tuple[str, int]], seats: int) -> tuple[list[str], list[str], int]:
    """Who has a seat by most votes, who are level at the last one, and about how many seats they are."""
    elected: list[str] = []
    for votes in sorted({number for _, number in lines}, reverse=True):
        level = [name for name, number in lines if number == votes]
        open_seats = seats - len(elected)
        if not open_seats:
            break
        if len(level) > open_seats:
            return elected, level, open_seats
        elected += level
    return elected, [], 0


def outcome(
    measure: str, voters: int, took_part: int, collected: int, seats: int, lines: list[tuple[str, int]], base: str
) -> Outcome:
    """A vote by its measure. direct: more than half of those who took part (of the ballots, where so fixed before). tie: most
    votes. another: most votes, and a third of the ballots or more. Nobody is elected without a vote."""
    if measure == "direct":
        of = collected if base == "recovered" else took_part
        needed, passed = of // 2 + 1, [one for one in lines if 2 * one[1] > of]
    elif measure == "tie":
        of, needed, passed = took_part, 1, [one for one in lines if one[1]]
    elif measure == "another":
        of, needed = collected, (collected + 2) // 3
        passed = [one for one in lines if one[1] and 3 * one[1] >= of]
    else:
        raise ValueError(f"没有这种当选条件：{measure}")
    if why := void_by(voters, took_part, collected):
        return Outcome(why, of, needed, [], [], 0, seats)
    elected, tied, tied_seats = fill(passed, seats)
    return Outcome("", of, needed, elected, tied, tied_seats, seats - len(elected) - tied_seats)


def following(kind: str, found: Outcome) -> tuple[str, int, list[str]] | None:
    """Which vote follows, about how many seats, between whom (nobody named: whoever stood): a void one is held anew as
    what it was, those who are level vote again once, seats that stayed open are filled by another vote once."""
    if found.void:
        return kind if kind in ("again", "another") else "anew", found.unfilled, []
    if found.tied and kind != "again":
        return "again", found.tied_seats, found.tied
    if found.unfilled and kind in ("first", "anew"):
        return "another", found.unfilled, []
    return None


def drawn(seed: str, fingerprint: str, units: Iterable[int], size: int) -> list[int]:
    """The units a seed draws: those whose SHA-256 of 「seed TAB fingerprint TAB number」 is smallest."""
    order = sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\t{fingerprint}\t{unit}".encode()).hexdigest())
    return sorted(order[:size])


# -- what was found


@dataclass
class Report:
    """What does not agree, what is to be known, and what agrees."""

    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    prints: set[str] = field(default_factory=set)

    def same(self, where: str, what: str, stated: Any, found: Any) -> None:
        """Tell where two things that have to be equal are not."""
        if type(stated) is not type(found) or stated != found:
            self.wrong.append(f"{where}：{what}：写的是{stated!r}，重算是{found!r}")

    def must(self, holds: bool, where: str, what: str) -> None:
        """Tell what does not hold."""
        if not holds:
            self.wrong.append(f"{where}：{what}")

    def guarded(self, where: str, check: Callable[[], Any]) -> Any:
        """Run a check and return what it says; what it cannot read does not agree, and says nothing."""
        try:
            return check()
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            self.wrong.append(f"{where}：内容残缺或者形式不对（{type(error).__name__} {error}）")
            return None


def canonical(value: Any) -> bytes:
    """A JSON value in the one way it is written."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


class Unreadable(Exception):
    """Not a bundle at all."""


@dataclass
class Bundle:
    """The files of a bundle by name."""

    name: str
    files: dict[str, bytes]
    doubled: bool

    @classmethod
    def read(cls, path: str) -> "Bundle":
        """Raises Unreadable."""
        try:
            with zipfile.ZipFile(path) as held:
                names = held.namelist()
                bundle = cls(path, {name: held.read(name) for name in names}, len({*names}) != len(names))
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            raise Unreadable(f"{path}：不能打开（{error}）") from error
        if "manifest.json" not in bundle.files:
            raise Unreadable(f"{path}：不是计票验证包，没有 manifest.json")
        return bundle

    def json(self, name: str) -> Any:
        """The content of one file. Raises ValueError, also where it is not written in the one way there is."""
        value = json.loads(self.files[name])
        if canonical(value) != self.files[name]:
            raise ValueError("不是规定的写法")
        return value

    @property
    def rounds(self) -> list[str]:
        """The names of the votes' files."""
        return sorted(name for name in self.files if name.startswith("rounds/"))


def check_files(bundle: Bundle, report: Report) -> None:
    """Every file of the manifest, with its hash, and none besides."""
    manifest = bundle.json("manifest.json")
    report.same("manifest.json", "格式", manifest["format"], FORMAT)
    report.same("manifest.json", "栏目", sorted(manifest), ["files", "format"])
    report.must(not bundle.doubled, bundle.name, "有同名的文件")
    stated = manifest["files"]
    report.same("manifest.json", "文件清单", sorted(stated), sorted({*bundle.files} - {"manifest.json"}))
    for name, digest in stated.items():
        found = hashlib.sha256(bundle.files.get(name, b"")).hexdigest()
        report.same(name, "SHA-256", digest, found)


# -- one count


def cells_of(count: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The cells of a sheet in their order: key, group, what it is called."""
    apart = count["rules"].get("unreadable") == "mark" or count["rules"].get("marks") == "symbol"
    marks = MARKS if apart else MARKS[:3]
    heads = [("collected", "", "收回的票"), *((f"void_{key}", "废票", words) for key, words in VOID)]
    heads += [("valid", "", "有效票"), ("blank", "", "有效票中全部弃权的"), ("disputed", "", "经总监票人认定的争议票")]
    rows = [(f"{one['key']}_{key}", one["label"], words) for one in count["names"] for key, words in marks]
    return heads + rows


def check_sheet(count: dict[str, Any], sheet: dict[str, Any], where: str, report: Report) -> None:
    """The equations every reading keeps."""
    cells, keys = sheet["cells"], [key for key, _, _ in cells_of(count)]
    report.same(where, "栏目", sorted(cells), sorted(keys))
    report.must(all(type(cells[key]) is int and cells[key] >= 0 for key in keys), where, "有的栏不是0以上的整数")
    valid, blank, void = cells["valid"], cells["blank"], sum(cells[f"void_{key}"] for key, _ in VOID)
    report.same(where, "收回＝有效＋废票", cells["collected"], valid + void)
    chosen = 0
    for one in count["names"]:
        row = [cells[f"{one['key']}_{mark}"] for mark, _ in MARKS if f"{one['key']}_{mark}" in keys]
        report.same(where, f"{one['label']}一行合计＝有效票", valid, sum(row))
        report.must(blank <= cells[f"{one['key']}_abstain"], where, f"全部弃权的多于{one['label']}的弃权")
        chosen += cells[f"{one['key']}_yes"]
    listed = {one["label"] for one in count["names"]}
    for name, votes in sheet["write_ins"]:
        report.must(type(name) is str, where, "另选人的姓名不是文字")
        report.must(bool(name.strip()) and name not in listed, where, f"另选人“{name}”没有写或者是票上的人")
        report.must(type(votes) is int and 1 <= votes <= valid - blank, where, f"另选人{name}的票数{votes}不可能")
    names = [name for name, _ in sheet["write_ins"]]
    report.must(len({*names}) == len(names), where, "同一个另选人写了两行")
    report.must(count["write_ins"] or not names, where, "这次投票没有另选栏")
    chosen += sum(votes for _, votes in sheet["write_ins"])
    report.must(blank <= valid and cells["disputed"] <= cells["collected"], where, "全部弃权的或者争议票太多")
    report.must(chosen <= count["seats"] * max(valid - blank, 0), where, "赞成合计多于应选名额乘以有效票")


def alike(count: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The keys in which two readings differ."""
    found = [key for key, _, _ in cells_of(count) if one["cells"].get(key) != other["cells"].get(key)]
    return found + ([] if sorted(one["write_ins"]) == sorted(other["write_ins"]) else ["write_ins"])


def standing(count: dict[str, Any], unit: dict[str, Any], where: str, report: Report) -> dict[str, Any]:
    """The reading of a unit that stands: two people read alike, or a third decided over these two."""
    people = [reader["user"] for reader in unit["readers"]]
    report.must(len({*people}) == len(people), where, "同一个人占了两个席位")
    last = {}
    for reader in unit["readers"]:
        numbers = [entry["number"] for entry in reader["entries"]]
        report.same(where, f"第{reader['place']}席位录入的次序", numbers, list(range(1, len(numbers) + 1)))
        for before, after in zip([None, *reader["entries"]], reader["entries"], strict=False):
            corrects = before["id"] if before else None
            report.same(where, f"第{reader['place']}席位第{after['number']}份更正的一份", after["corrects"], corrects)
        if not reader["withdrawn"] and reader["entries"]:
            report.must(reader["place"] not in last, where, f"第{reader['place']}席位有两个人")
            last[reader["place"]] = reader["entries"][-1]
    first, second, third = last[1], last[2], last.get(3)
    report.must(all(e["final"] and not e["sent_back_by"] for e in (first, second)), where, "两份录入没有都录完")
    differ = alike(count, first["sheet"], second["sheet"])
    if not differ:
        return dict(first["sheet"])
    if (
        third is None
        or not third["final"]
        or (third["over_first"], third["over_second"]) != (first["id"], second["id"])
    ):
        words = {key: f"{group}{label}" for key, group, label in cells_of(count)}
        named = "、".join(words.get(key, "另选他人") for key in differ)
        raise ValueError(f"两份录入不一致（{named}），没有第三人就这两份作出的确定")
    moved = {*alike(count, first["sheet"], third["sheet"])} - {*differ}
    report.must(not moved, where, f"第三人改动了两份一致的栏：{'、'.join(sorted(moved))}")
    return dict(third["sheet"])


def may_be_chosen(who: str, rules: dict[str, Any]) -> bool:
    """Whether votes for somebody written in count: any voter, or those of the district alone where so fixed before."""
    return who == "district" or (who == "elsewhere" and rules.get("write_in_from") != "district")


def holding(count: dict[str, Any]) -> list[dict[str, Any]]:
    """What two people said of written names, and nobody took back."""
    return [one for one in count["written_in"] if one["second"] is not None and not one["withdrawn"]]


def meant(count: dict[str, Any], votes: dict[str, int]) -> tuple[list[list[Any]], list[str]]:
    """The votes written in by whom they mean, most first, and the names of which nobody said whose they are. Who said only some of a name's
    votes takes them first; what does not fit is nobody's; who may not be chosen gets none."""
    left = dict(votes)
    sums: dict[str, int] = {}
    for one in sorted(holding(count), key=lambda one: one["votes"] is None):
        if any(left.get(name, 0) < max(one["votes"] or 0, 1) for name in one["names"]):
            continue
        for name in one["names"]:
            number = left[name] if one["votes"] is None else one["votes"]
            left[name] -= number
            if may_be_chosen(one["who"], count["rules"]):
                sums[one["person"]] = sums.get(one["person"], 0) + number
    waiting = [name for name, number in left.items() if number]
    told = [[name, number] for name, number in sums.items()]
    told += [[f"{name}（未认定）" if name in sums else name, left[name]] for name in waiting]
    return sorted(told, key=lambda one: (-one[1], one[0])), waiting


def said_of_names(count: dict[str, Any]) -> list[str]:
    """The same as lines, for the fingerprint of the whole."""
    lines = []
    for one in holding(count):
        names, votes = "、".join(sorted(one["names"])), "all" if one["votes"] is None else one["votes"]
        counts = "counts" if may_be_chosen(one["who"], count["rules"]) else "not"
        lines.append(f"meant\t{one['person']}\t{names}\t{votes}\t{counts}")
    return sorted(lines)


def written(count: dict[str, Any], units: list[tuple[dict[str, Any], dict[str, Any]]], more: Iterable[str] = ()) -> str:
    """The fingerprint of readings: the SM3 of them written out line by line; of the whole with what was said of written names."""
    lines = [f"{count['title']}\t{count['held_on']}\t{count['registered']}\t{count['present']}"]
    lines.append(f"{count['kind']}\t{count['measure']}\t{count['seats']}")
    lines += [f"rule\t{key}\t{count['rules'].get(key)}" for key in RULES]
    lines += [f"name\t{at}\t{one['label']}" for at, one in enumerate(count["names"], start=1)]
    for unit, sheet in sorted(units, key=lambda one: int(one[0]["number"])):
        lines.append(f"unit\t{unit['number']}\t{unit['name']}\t{unit['issued']}\t{unit['took_part']}")
        lines += [f"{group}\t{label}\t{sheet['cells'][key]}" for key, group, label in cells_of(count)]
        lines += [f"written in\t{name}\t{votes}" for name, votes in sorted(sheet["write_ins"])]
    lines += more
    return sm3("".join(f"{line}\n" for line in lines).encode())


def check_signed(
    rows: list[dict[str, Any]], fingerprint: str, where: str, events: "Events", of: str, report: Report
) -> None:
    """Two people signed what stands, and the trail tells of every signature."""
    holding = {one["by"] for one in rows if one["fingerprint"] == fingerprint}
    report.must(len(holding) >= TWO, where, f"对现在内容的签认不足{TWO}人")
    for one in rows:
        report.must(events.told(of, one["by"], one["fingerprint"]), where, f"{one['by']}号账号的签认在操作记录里没有")
    if fallen := len(rows) - len([one for one in rows if one["fingerprint"] == fingerprint]):
        report.notes.append(f"{where}：{fallen}个签认是对更正以前的内容，已经失效")


def check_unit(
    count: dict[str, Any], unit: dict[str, Any], where: str, events: "Events", report: Report
) -> dict[str, Any]:
    """The reading of a unit that stands, whose equations hold, which the trail knows as every other, and which two people signed."""
    sheet = standing(count, unit, where, report)
    check_sheet(count, sheet, where, report)
    for reader in unit["readers"]:
        for entry in reader["entries"]:
            said = {"explanation": entry["explanation"], "sheet": entry["sheet"]}
            typed = sm3(f"{entry['id']}\n".encode() + canonical(said))
            known = not entry["final"] or events.told(unit["id"], reader["user"], typed)
            report.must(known, where, f"第{reader['place']}席位第{entry['number']}份与操作记录不符")
    check_signed(unit["signatures"], written(count, [(unit, sheet)]), where, events, unit["id"], report)
    return sheet


def check_units(count: dict[str, Any], where: str, events: "Events", report: Report) -> list[tuple[Any, Any]]:
    """Every unit that was read, with the reading that stands; mixed ones add up their parts."""
    numbers = [unit["number"] for unit in count["units"]]
    report.same(where, "单元序号", numbers, list(range(1, len(numbers) + 1)))
    found = []
    for unit in count["units"]:
        here = f"{where} {unit['name']}"
        parts = [one for one in count["units"] if one["mixed_into"] == unit["number"]]
        for key, words in (("issued", "发出"), ("took_part", "参加")):
            if parts:
                report.same(here, f"混合各单元的{words}", unit[key], sum(one[key] for one in parts))
        report.same(here, "种类是混合", unit["kind"] == "mixed", bool(parts))
        if unit["mixed_into"] is not None:
            report.must(unit["mixed_into"] in numbers and not unit["readers"], here, "并入的单元不在，或者又单独录入")
        elif sheet := report.guarded(here, partial(check_unit, count, unit, here, events, report)):
            found.append((unit, sheet))
    return found


def check_count(count: dict[str, Any], where: str, events: "Events", report: Report) -> list[tuple[Any, Any]]:
    """Readings, signatures, opening and closing of a count that two people closed."""
    labels = [one["label"] for one in count["names"]]
    report.must(len({*labels}) == len(labels), where, "票上有相同的姓名")
    units = check_units(count, where, events, report)
    for one in count["written_in"]:
        here = f"{where} 第{one['number']}项另选人的认定"
        report.must(one["second"] is None or one["second"] != one["first"], here, "不是由两个人办理")
        report.must(one["second"] is not None or one["withdrawn"], here, "没有确认，也没有撤销")
        for person in (one["first"], *([one["second"]] if one["second"] is not None else [])):
            report.must(events.told(count["id"], person), here, f"{person}号账号没有操作记录")
    found = written(count, units, said_of_names(count))
    report.same(where, "计票指纹", count["fingerprint"], found)
    report.prints.add(found)
    check_signed(count["signatures"], found, where, events, count["id"], report)
    turns = count["turns"]
    report.same(where, "开启和结束的次序", [one["number"] for one in turns], sorted(one["number"] for one in turns))
    wanted = ["open", "close"] * ((len(turns) + 1) // 2)
    report.same(where, "开启和结束", [one["what"] for one in turns], wanted[: len(turns)])
    report.same(where, "结束时的计票指纹", turns[-1]["fingerprint"], found)
    for one in turns:
        here = f"{where} 第{one['number']}次开启或者结束"
        report.must(one["second"] is not None and one["first"] != one["second"], here, "不是由两个人办理")
        report.must(one["what"] == "close" or not one["fingerprint"], here, "开启没有指纹")
        for person in (one["first"], one["second"]):
            report.must(events.told(count["id"], person, one["fingerprint"]), here, f"{person}号账号没有操作记录")
    return units


def check_recount(
    count: dict[str, Any], units: list[Any], one: dict[str, Any], where: str, events: "Events", report: Report
) -> None:
    """The units were those the seed draws; what the recount read otherwise is told."""
    numbers = [unit["number"] for unit, _ in units]
    report.same(where, "抽出的单元", one["drawn"], drawn(one["seed"], one["fingerprint"], numbers, one["size"]))
    report.must(one["first"] != one["second"], where, "种子数字不是由两个人分别录入")
    report.must(
        one["fingerprint"] in {turn["fingerprint"] for turn in count["turns"]}, where, "不是对这次计票的结果抽取"
    )
    bound = sm3(canonical({key: one[key] for key in ("drawn", "fingerprint", "seed", "size")}))
    report.must(events.told(count["id"], one["first"]), where, f"{one['first']}号账号没有操作记录")
    report.must(events.told(count["id"], one["second"], bound), where, "抽取与操作记录不符")
    again = one["count"]
    if again is None:
        report.notes.append(f"{where}：还没有复核完")
        return
    before = {unit["id"]: (unit, sheet) for unit, sheet in units}
    read = check_count(again, where, events, report)
    report.same(where, "复核的单元", sorted(before[unit["source"]][0]["number"] for unit, _ in read), one["drawn"])
    report.same(where, "票上的姓名", [n["label"] for n in again["names"]], [n["label"] for n in count["names"]])
    for unit, sheet in read:
        first = _by_words(count, before[unit["source"]][1])
        for words, votes in _by_words(again, sheet).items():
            if first.get(words, 0) != votes:
                report.notes.append(f"{where} {unit['name']}：{words}原来{first.get(words, 0)}，复核{votes}")


def _by_words(count: dict[str, Any], sheet: dict[str, Any]) -> dict[str, int]:
    found = {f"{group}{words}": sheet["cells"][key] for key, group, words in cells_of(count)}
    return found | {f"另选{name}": votes for name, votes in sheet["write_ins"]}


def sums(count: dict[str, Any], units: list[tuple[Any, Any]]) -> dict[str, Any]:
    """What the readings add up to."""
    totals: dict[str, Any] = {key: sum(unit[key] for unit, _ in units) for key in ("issued", "took_part")}
    add = {key: sum(sheet["cells"][key] for _, sheet in units) for key, _, _ in cells_of(count)}
    totals |= {key: add[key] for key in ("collected", "valid", "blank", "disputed")}
    totals["void"] = {key: add[f"void_{key}"] for key, _ in VOID}
    totals["lines"] = [
        [one["label"], *(add.get(f"{one['key']}_{mark}", 0) for mark, _ in MARKS)] for one in count["names"]
    ]
    votes: dict[str, int] = {}
    for _, sheet in units:
        for name, number in sheet["write_ins"]:
            votes[name] = votes.get(name, 0) + number
    in_order = {name: votes[name] for name in sorted(votes, key=lambda name: (-votes[name], name))}
    totals["write_ins"], _ = meant(count, in_order)
    return totals


# -- one vote, and the votes of a district


def check_ledger(row: dict[str, Any], where: str, report: Report) -> None:
    """Every ballot is accounted for, and the units took their numbers from the ledger."""
    ledger, lines = row["ledger"], {one["id"]: one for one in row["ledger"]["lines"]}
    issued = sum(one["in_person"] + one["by_proxy"] for one in lines.values())
    gone = sum(one["replaced"] for one in lines.values()) + ledger["filed"] + ledger["destroyed"] + ledger["lost"]
    report.same(where, "票账：印制＝发出＋换发作废＋存档＋销毁＋遗失", row["printed"], issued + gone)
    for one in lines.values():
        handed = one["in_person"] + one["by_proxy"] + one["replaced"] + one["left_over"]
        if handed != one["received"]:
            report.must(bool(one["note"]), where, f"{one['whose']}：领取{one['received']}，去向合计{handed}，没有说明")
    taken = [unit for unit in row["count"]["units"] if unit["kind"] != "mixed"]
    report.same(where, "票账的各处都有计票单元", sorted(one["source"] for one in taken), sorted(lines))
    for unit in taken:
        line = lines[unit["source"]]
        given = (unit["name"], unit["issued"], unit["took_part"])
        number = line["in_person"] + line["by_proxy"]
        report.same(f"{where} {unit['name']}", "名称、发出、参加", given, (line["whose"], number, number))


def check_round(
    row: dict[str, Any], where: str, rules: dict[str, Any], above: bool, events: "Events", report: Report
) -> Outcome | None:
    """One vote: ledger, count, sums, outcome, declaration. Returns what the law makes of it."""
    count, names = row["count"], row["names"]
    report.must(row["declaration"] is not None or not row["winners"], where, "没有宣布而有当选人")
    if count is None:
        report.same(where, "没有计票结果而有结果", (row["outcome"], row["declaration"]), (None, None))
        report.notes.append(f"{where}：计票没有结束，没有结果")
        return None
    check_ledger(row, where, report)
    stated = {"kind": count["kind"], "measure": count["measure"], "held_on": count["held_on"], "seats": count["seats"]}
    wanted = {"kind": "election", "measure": MEASURES[row["kind"]], "held_on": row["held_on"], "seats": row["seats"]}
    report.same(where, "计票的条件", stated, wanted)
    report.same(where, "选民数", (count["registered"], count["present"]), (row["voters"], 0))
    report.same(where, "票上的姓名", [one["label"] for one in count["names"]], names)
    for key in RULES[:-1]:  # the day they were fixed on is no part of the count
        report.same(where, f"认定办法 {key}", count["rules"].get(key), rules[key])
    units = check_count(count, where, events, report)
    for at, one in enumerate(count["recounts"], start=1):
        here = f"{where} 第{at}次抽查"
        report.guarded(here, partial(check_recount, count, units, one, here, events, report))
    totals = sums(count, units)
    if totals["took_part"] > row["voters"]:
        report.must(False, where, f"参加投票{totals['took_part']}人，多于选民{row['voters']}人")
        return None
    lines = [(one[0], one[1]) for one in (*totals["lines"], *totals["write_ins"])]
    found = outcome(
        count["measure"], row["voters"], totals["took_part"], totals["collected"], row["seats"], lines, rules["base"]
    )
    follow, votes = following(row["kind"], found), dict(lines)
    wanted = totals | {
        "void_by": found.void,
        "base": found.base,
        "needed": found.needed,
        "elected": [[name, votes[name]] for name in found.elected],
        "tied": found.tied,
        "tied_seats": found.tied_seats,
        "unfilled": found.unfilled,
        "follow": follow and {"kind": follow[0], "seats": follow[1], "names": follow[2]},
    }
    report.same(where, "结果的栏目", sorted(row["outcome"]), sorted(wanted))
    for key, value in wanted.items():
        report.same(where, f"结果 {key}", row["outcome"][key], value)
    check_declared(row, wanted["elected"], above, where, events, report)
    told = "、".join(f"{name}{number}票" for name, number in wanted["elected"]) or "没有人当选"
    shown = count["fingerprint"]
    marks = " ".join(shown[at : at + 16] for at in range(0, len(shown), 16))
    report.said.append(f"{where}：{'无效' if found.void else '有效'}；{told}\n    计票指纹 {marks}")
    return found


def check_declared(
    row: dict[str, Any], elected: list[list[Any]], above: bool, where: str, events: "Events", report: Report
) -> None:
    """Two people declared what was counted; of deputies of the county (`above`) they entered what its committee declared."""
    said = row["declaration"]
    if said is None:
        report.notes.append(f"{where}：还没有由两人宣布")
        return
    report.same(where, "宣布时的计票指纹", said["fingerprint"], row["count"]["fingerprint"])
    report.must(said["asked_by"] != said["confirmed_by"], where, "宣布不是由两个人办理")
    for person in (said["asked_by"], said["confirmed_by"]):
        known = events.told(row["id"], person, said["fingerprint"])
        report.must(known, where, f"{person}号账号的宣布在操作记录里没有")
    report.must(said["on"] >= row["held_on"], where, "宣布日期早于投票日期")
    named = [[one["name"], one["votes"]] for one in row["winners"]]
    told = [[one["name"], one["votes"]] for one in row["above"]]
    report.same(where, "县级宣布的当选人", told, named if above else [])
    for one in row["winners"]:
        if one["void"]:
            report.notes.append(f"{where}：{one['name']}后来依法确定当选无效，计票结果不因此改变")
    if not above:
        report.same(where, "当选人", named, elected)
    elif named != elected:
        report.notes.append(f"{where}：县级宣布的当选人是{named!r}，本地计票是{elected!r}")


def check_district(rows: list[tuple[str, dict[str, Any], Outcome | None]], report: Report) -> None:
    """Each further vote is the one the law wants after the one before."""
    before: tuple[str, dict[str, Any], Outcome | None] | None = None
    for at, (where, row, found) in enumerate(rows, start=1):
        report.same(where, "次序", row["number"], at)
        report.same(where, "选区", row["district"], rows[0][1]["district"])
        report.same(where, "接续的投票", row["follows"], before[1]["id"] if before else None)
        report.must(bool(before) or row["kind"] == "first", where, "第一次投票以前没有别的投票")
        if before and before[2]:
            wanted = following(before[1]["kind"], before[2])
            report.same(where, "种类和应选", (row["kind"], row["seats"]), wanted and wanted[:2])
            report.must(row["held_on"] >= before[1]["held_on"], where, "早于所接续的投票")
            check_names(where, row, before[1], before[2], wanted[2] if wanted else [], report)
        before = (where, row, found and as_declared(row, found))
    if before and before[2] and before[1]["declaration"] and (wanted := following(before[1]["kind"], before[2])):
        report.notes.append(f"{before[0]}：依法还要{KINDS[wanted[0]]}，应选{wanted[1]}名，还没有安排")


def as_declared(row: dict[str, Any], found: Outcome) -> Outcome:
    """What the next vote goes by: where the county declared others elected than were counted, the seats its declaration leaves open."""
    named = [one["name"] for one in row["winners"]]
    if row["declaration"] is None or {*named} == {*found.elected}:
        return found
    return Outcome("", found.base, found.needed, named, [], 0, row["seats"] - len(named))


def check_names(
    where: str, row: dict[str, Any], former: dict[str, Any], found: Outcome, tied: list[str], report: Report
) -> None:
    """Between whom a further vote is held; who left since is missing there, which is told."""
    votes = {one[0]: one[1] for one in (*former["outcome"]["lines"], *former["outcome"]["write_ins"])}
    by_votes = row["kind"] == "another" and not found.void
    could = tied or ([name for name in votes if name not in found.elected] if by_votes else former["names"])
    report.must(
        {*row["names"]} <= {*could}, where, f"票上有不该列的人：{'、'.join(sorted({*row['names']} - {*could}))}"
    )
    if not by_votes and (left := [name for name in could if name not in row["names"]]):
        report.notes.append(f"{where}：{'、'.join(left)}没有列在票上（退出的）")
    least, most = row["seats"] + (row["seats"] + 2) // 3, 2 * row["seats"]
    if by_votes and not least <= len(row["names"]) <= most:
        report.notes.append(f"{where}：候选人{len(row['names'])}名，依法应为{least}至{most}名")


# -- the trail


class Events:
    """The events that concern the election, and the hashes of all between the first and the last of them."""

    def __init__(self, bundle: Bundle):
        self.links, self.rows = bundle.json("chain.json"), bundle.json("events.json")
        self.known: dict[str, list[tuple[str, set[str]]]] = {}
        for _, _, _, fields in self.rows:
            detail = json.loads(fields[9])
            self.known.setdefault(fields[7], []).append(
                (fields[4], {str(detail.get(key)) for key in ("计票指纹", "SM3")})
            )

    def told(self, of: str, actor: int, fingerprint: str = "") -> bool:
        """Whether the trail tells that somebody did something to a record, and over which fingerprint."""
        rows = self.known.get(of, ())
        return any(who == str(actor) and (not fingerprint or fingerprint in said) for who, said in rows)

    def check(self, report: Report) -> None:
        """Every event under its hash, every hash in its place of the chain."""
        first, hashes = self.links["first"], self.links["hashes"]
        for seq, prev, digest, fields in self.rows:
            where = f"events.json 第{seq}条"
            found = hashlib.sha256(bytes.fromhex(prev) + "\x1f".join(fields).encode()).hexdigest()
            report.same(where, "散列", digest, found)
            report.same(where, "链和序号", fields[1:3], [str(self.links["chain"]), str(seq)])
            report.same(where, "在链上的散列", hashes[seq - first], digest)
            if seq > first:
                report.same(where, "与前一条相连", prev, hashes[seq - first - 1])
        numbers = [row[0] for row in self.rows]
        report.same("events.json", "次序", numbers, sorted({*numbers}))
        report.same("chain.json", "起止", (first, first + len(hashes) - 1), (numbers[0], numbers[-1]))
        report.must(
            all(len(bytes.fromhex(one)) == hashlib.sha256().digest_size for one in hashes), "chain.json", "散列长度"
        )
        report.same("chain.json", "栏目", sorted(self.links), ["chain", "first", "hashes"])


# -- whole bundles


def check_lists(bundle: Bundle, rows: list[dict[str, Any]], report: Report) -> None:
    """The districts are those that vote, and nobody stands on a first ballot who was on no formal list."""
    districts = {one["id"]: one for one in bundle.json("districts.json")}
    listed: dict[str, list[str]] = {}
    for one in bundle.json("lists.json")["candidates"]:
        if one["kind"] == "formal":
            listed.setdefault(one["district"], []).extend(entry["name"] for entry in one["entries"])
    for row in rows:
        if row["kind"] != "first":
            continue
        where, district = f"{row['district']['name']}{KINDS[row['kind']]}", districts[row["district"]["id"]]
        told = {"id": row["district"]["id"], "name": row["district"]["name"], "number": row["district"]["number"]}
        report.same(where, "选区", told | {"seats": row["seats"], "voters": row["voters"]}, district)
        for name in row["names"]:
            on_list = any(name == one or name.startswith(f"{one}（") for one in listed.get(district["id"], ()))
            report.must(on_list, where, f"票上的{name}不在正式代表候选人名单上")


def ids_in(value: Any) -> set[str]:
    """Every id that stands in it."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = {str(value["id"])} if isinstance(value, dict) and "id" in value else set()
    return own.union(*(ids_in(one) for one in inside))


def check_whole(bundle: Bundle, rows: list[dict[str, Any]], events: "Events", report: Report) -> None:
    """Nothing was left out: the trail tells of no record that is missing, and every district has its vote."""
    known, election = ids_in(rows), bundle.json("election.json")["id"]
    begun = 0
    for seq, _, _, fields in events.rows:
        if fields[7] == election:
            begun += int(json.loads(fields[9]).get("选区", 0))
        else:
            report.must(fields[7] in known, f"events.json 第{seq}条", f"所记的“{fields[8]}”不在包里")
    firsts = sorted(row["district"]["id"] for row in rows if row["kind"] == "first")
    report.same("districts.json", "选区", sorted(one["id"] for one in bundle.json("districts.json")), firsts)
    if begun != len(firsts):
        report.notes.append(f"安排了{begun}个选区的投票，包里有{len(firsts)}个；撤回误排的不在包里")


def check_bundle(bundle: Bundle, report: Report) -> list[dict[str, Any]]:
    """Everything of one bundle; returns its votes."""
    report.guarded(bundle.name, lambda: check_files(bundle, report))
    report.said.append(f"{bundle.name}\n    验证包指纹 {hashlib.sha256(bundle.files['manifest.json']).hexdigest()}")
    rows: list[dict[str, Any]] = []

    def all_of_it() -> None:
        events = Events(bundle)
        report.guarded("events.json", lambda: events.check(report))
        rules = bundle.json("rules.json")["ballot"]
        above = bundle.json("election.json")["level"] == "county"
        by_district: dict[str, list[tuple[str, dict[str, Any], Outcome | None]]] = {}
        for name in bundle.rounds:
            row = bundle.json(name)
            rows.append(row)
            where = f"{row['district']['name']}{KINDS[row['kind']]}"
            found = report.guarded(f"{name} {where}", partial(check_round, row, where, rules, above, events, report))
            by_district.setdefault(row["district"]["id"], []).append((where, row, found))
        for held in by_district.values():
            held.sort(key=lambda one: int(one[1]["number"]))
            report.guarded(held[0][0], partial(check_district, held, report))
        check_lists(bundle, rows, report)
        check_whole(bundle, rows, events, report)

    report.guarded(bundle.name, all_of_it)
    return rows


def contained(old: Any, new: Any, where: str, report: Report) -> None:
    """What stood somewhere stands there still; what was empty may be filled, and rows may come to rows."""
    if old in (None, "", [], {}, False):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            report.must(key in new, where, f"少了“{key}”")
            contained(value, new.get(key), f"{where}.{key}", report)
    elif isinstance(old, list) and isinstance(new, list) and all(isinstance(one, dict) and "id" in one for one in old):
        there = {one["id"]: one for one in new}
        for one in old:
            report.must(one["id"] in there, where, f"少了 {one['id']}")
            contained(one, there.get(one["id"]), f"{where}[{one['id']}]", report)
    else:
        report.same(where, "与以前的不同", new, old)


def check_earlier(old: Bundle, new: Bundle, report: Report) -> None:
    """Everything that an earlier bundle showed stands in a later one, and its chain is the beginning of the later one's."""
    before, after = Events(old), Events(new)
    report.same("chain.json", "链", after.links["chain"], before.links["chain"])
    offset, hashes = before.links["first"] - after.links["first"], before.links["hashes"]
    report.must(offset >= 0, "chain.json", "后来的包从更晚的记录开始")
    report.must(
        hashes == after.links["hashes"][offset : offset + len(hashes)], "chain.json", "以前的链不是后来的链的开头"
    )
    there = {row[0]: row for row in after.rows}
    for row in before.rows:
        report.must(there.get(row[0]) == row, "events.json", f"以前的第{row[0]}条不在后来的包里，或者不同")
    for name in sorted(old.files):
        if name.endswith(".json") and name not in ("manifest.json", "events.json", "chain.json"):
            report.must(name in new.files, name, "以前有，后来的包里没有")
            if name in new.files:
                contained(old.json(name), new.json(name), name, report)


# -- what a person reads

AUTHORITY = (
    "本程序只说明验证包的内容前后一致、依法重算相符。效力在于纸：请把上面每个计票指纹与签字的《投票结果报告单》页脚逐段核对，"
    "指纹相同，才是签字的那一份结果。验证包没有数字签名。"
)


def told(report: Report, rows: list[dict[str, Any]]) -> int:
    """Write everything down; the exit code."""
    lines = list(report.said)
    if report.notes:
        lines += ["", "请注意：", *(f"  {one}" for one in report.notes)]
    firsts = [row for row in rows if row["kind"] == "first"]
    if firsts:
        voters, elected = sum(row["voters"] for row in firsts), sum(len(row["winners"]) for row in rows)
        lines += ["", f"合计：{len(firsts)}个选区，{len(rows)}次投票，选民{voters}人，宣布当选{elected}人。"]
    if report.wrong:
        lines += ["", f"结论：不相符，共{len(report.wrong)}处：", *(f"  {one}" for one in report.wrong)]
    else:
        lines += ["", "结论：相符。"]
    print("\n".join([*lines, AUTHORITY]))
    return 1 if report.wrong else 0


def main(given: list[str]) -> int:
    """Read the command line and do what it asks."""
    asked = argparse.ArgumentParser(description="重算选举结果的计票验证包，指出相符或者哪里不符")
    asked.add_argument("bundles", nargs="*", metavar="验证包.zip")
    asked.add_argument("--earlier", metavar="以前的.zip", help="核对以前的验证包的全部内容都在后来的里面")
    asked.add_argument("--paper", action="append", default=[], metavar="指纹", help="签字的报告单上的计票指纹")
    asked.add_argument("--draw", nargs=4, metavar=("种子", "计票指纹", "单元", "抽几个"), help="重做公开抽取")
    options = asked.parse_args(given)
    if options.draw:
        seed, fingerprint, number, size = options.draw
        among = [int(one) for one in number.split(",")] if "," in number else range(1, int(number) + 1)
        units = drawn(seed, fingerprint.replace(" ", ""), among, int(size))
        print("抽出的单元：" + "、".join(map(str, units)))
        return 0
    report = Report()
    try:
        bundles = [Bundle.read(path) for path in options.bundles]
        old = Bundle.read(options.earlier) if options.earlier else None
    except Unreadable as error:
        print(error)
        return 2
    if not bundles:
        asked.print_help()
        return 2
    rows = [row for bundle in bundles for row in check_bundle(bundle, report)]
    if old is not None:
        report.guarded(old.name, lambda: check_files(old, report))
        report.guarded(f"{old.name} → {bundles[-1].name}", lambda: check_earlier(old, bundles[-1], report))
        report.said.append(f"以前的 {old.name} 与后来的 {bundles[-1].name} 已经比较。")
    for one in options.paper:
        report.must(one.replace(" ", "") in report.prints, "--paper", f"验证包里没有指纹为 {one} 的计票")
    return told(report, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
