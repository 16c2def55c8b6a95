"""Reads the text in which a report's structure is written, and says at its line what cannot be.

    一、{年}年工作总结
    3.【有其一 elections.registered deputies.township_elected】抓好换届选举。
    *【有 trainings.count】加强代表培训。
    举办代表学习培训{{trainings.count}}期，
    【好 suggestions.on_time_rate 90】按期答复率{{suggestions.on_time_rate}}。

A heading begins with its number, which is given anew by its place; —— begins a part without a heading. A paragraph is a run
of lines, an empty line ends it; with * it is one of 一是、二是. A line is a sentence or a piece of one. Conditions before the
words of a * or of a heading govern the whole of it, and so do those that stand alone at the beginning of a paragraph.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congress.figures import Kind
from reports.conditions import RULES, Condition
from reports.placeholders import FORMS, TABLES
from reports.sentences import FIGURE, INSERTS, WORD, Line, Paragraph, Part, is_table
from reports.story import WORDS

_HEADING = re.compile(r"(?:([一二三四五六七八九十]+、)|(（[一二三四五六七八九十]+）)|(\d{1,2}\.(?!\d)))(.+)")
_CONDITION = re.compile(r"【([^【】]*)】")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line of a structure."""

    at: int
    message: str

    def __str__(self):
        return f"第{self.at}行：{self.message}" if self.at else self.message


class Reader:
    """Reads a structure line by line; `faults` says what cannot be."""

    def __init__(self, known: Mapping[str, str], called: Mapping[str, str] | None = None):
        """`known` tells the kind of each figure there is, `called` what each is called where people write it."""
        self.known, self.called = known, called or {}
        self.faults: list[Fault] = []
        self.parts: list[Part] = [Part()]
        self._paragraph: Paragraph | None = None

    def read(self, text: str) -> list[Part]:
        """The parts of a structure; a first one without text is left out."""
        for at, line in enumerate(text.splitlines(), start=1):
            self._line(at, line.strip())
        self.parts = [part for part in self.parts if part.level or part.paragraphs]
        if not any(part.level for part in self.parts):
            self.faults.append(Fault(0, "至少要有一个标题，如“一、{年}年工作总结”。"))
        ahead = False
        for part in self.parts:
            ahead = ahead or (part.level == 1 and "{明年}" in part.heading)
            part.ahead = ahead
        return self.parts

    def sentence(self, at: int, text: str) -> Line:
        """One sentence with its conditions, outside of a structure."""
        conditions, words = self._conditions(at, text.strip())
        return Line(at, conditions, self._words(at, words))

    def _line(self, at: int, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        if not line:
            self._paragraph = None
        elif line.strip("—") == "":
            self._begin(Part(at=at))
        elif heading and not line.startswith("*"):
            level = next(level for level in (1, 2, 3) if heading.group(level))
            conditions, words = self._conditions(at, heading.group(4))
            self._heading(at, words)
            self._begin(Part(level, words, at, conditions))
        else:
            self._text(at, line)

    def _begin(self, part: Part) -> None:
        self.parts.append(part)
        self._paragraph = None

    def _text(self, at: int, line: str) -> None:
        numbered = line.startswith("*")
        conditions, words = self._conditions(at, line.removeprefix("*"))
        governing = numbered or not words
        if numbered or self._paragraph is None:
            self._paragraph = Paragraph(numbered, conditions if governing else ())
            self.parts[-1].paragraphs.append(self._paragraph)
        elif not words:
            self.faults.append(Fault(at, "条件后面没有句子。单独成行的条件只能写在一段的开头。"))
        if numbered and not words:
            self.faults.append(Fault(at, "*后面没有句子。"))
        if words:
            self._paragraph.lines.append(Line(at, () if governing else conditions, self._words(at, words)))

    def _heading(self, at: int, words: str) -> None:
        if "{{" in words:
            self.faults.append(Fault(at, "标题中不能使用数据。"))
        if len(words) > 80:
            self.faults.append(Fault(at, "标题太长，不能超过80字。"))
        self._words(at, words)

    def _conditions(self, at: int, line: str) -> tuple[tuple[Condition, ...], str]:
        found = []
        while match := _CONDITION.match(line):
            line = line[match.end() :].lstrip()
            if (condition := self._condition(at, match.group(1))) is not None:
                found.append(condition)
        if "【" in line or "】" in line:
            self.faults.append(Fault(at, "条件要写在句子前面，用一对【】括起来。"))
        return tuple(found), line

    def _condition(self, at: int, text: str) -> Condition | None:
        word, *names = text.split() or [""]
        rule = RULES.get(word)
        if rule is None:
            self.faults.append(Fault(at, f"不认识的条件“{word}”。可用的条件见下面的说明。"))
            return None
        number = names.pop().rstrip("%") if rule.number and names else ""
        if rule.number and not number.isdecimal():
            self.faults.append(Fault(at, f"条件“{word}”最后要写一个数，如【{word} {' '.join(names) or '数据'} 90】。"))
            return None
        unknown = [name for name in names if name not in self.known]
        if unknown:
            self.faults.append(Fault(at, f"没有这项数据：{'、'.join(unknown)}。"))
            return None
        if not rule.least <= len(names) <= rule.most:
            self.faults.append(Fault(at, f"条件“{word}”{rule.wanted}。"))
            return None
        counts = [name for name in names if rule.share and self.known[name] != Kind.SHARE]
        if counts:
            self.faults.append(Fault(at, f"“{self._name(counts[0])}”不是百分比，不能用条件“{word}”。"))
            return None
        return Condition(word, tuple(names), int(number or 0))

    def _name(self, key: str) -> str:
        return self.called.get(key, key)

    def _words(self, at: int, text: str) -> str:
        for match in FIGURE.finditer(text):
            if match.group(2)[1:] not in ("", *FORMS) and not (match.group(2)[1:] in TABLES and is_table(text)):
                self.faults.append(Fault(at, f"不认识的写法“{match.group(2)[1:]}”，可以用{'、'.join(FORMS)}。"))
            if match.group(1) not in self.known:
                self.faults.append(Fault(at, f"没有这项数据：{match.group(1)}。"))
        rest = FIGURE.sub("", text)
        for name in WORD.findall(rest):
            if name not in WORDS and name not in INSERTS:
                self.faults.append(Fault(at, f"不认识的词语“{{{name}}}”。可用的词语见下面的说明。"))
            elif name in INSERTS and text != f"{{{name}}}":
                self.faults.append(Fault(at, f"“{{{name}}}”要单独写一行。"))
        left = WORD.sub("", rest)
        if unnamed := re.search(r"\{\{([^{}]*)\}\}", left):
            self.faults.append(Fault(at, f"没有这项数据：{unnamed.group(1).strip() or '（空）'}。"))
        elif "{" in left or "}" in left:
            self.faults.append(Fault(at, "大括号没有成对。"))
        return text
