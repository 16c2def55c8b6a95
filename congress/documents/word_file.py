"""Read a docx back as paragraphs with the font, size and place each has in the end, whoever wrote it.

Knows nothing of how ours are made: the package is read as it lies, styles are followed to their base.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 20_000_000  # bytes of one part unpacked: a report has a hundred thousand
HALF = 2.0


class NotWord(ValueError):
    """The bytes are no docx that can be read; ``args`` say why."""


@dataclass(frozen=True)
class Span:
    """A stretch of text in one font."""

    text: str
    font: str
    size: float
    spacing: float = 0.0
    colour: str = ""


@dataclass
class Told:
    """A paragraph: its stretches, its own and inherited properties, the bookmarks that begin in it."""

    spans: list[Span] = field(default_factory=list)
    properties: dict[str, dict[str, str]] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    in_table: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)

    def of(self, name: str, attribute: str, default: str = "") -> str:
        """An attribute of one of its properties."""
        return self.properties.get(name, {}).get(attribute, default)


def _plain(element: ElementTree.Element | None) -> dict[str, dict[str, str]]:
    """Properties by name, each with its attributes without their namespace."""
    return {
        child.tag.removeprefix(W): {name.removeprefix(W): value for name, value in child.attrib.items()}
        for child in (element if element is not None else ())
    }


def _over(under: dict[str, dict[str, str]], own: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Inherited properties with one's own over them, attribute by attribute."""
    return {name: {**under.get(name, {}), **own.get(name, {})} for name in (*under, *own)}


class WordFile:
    """A docx. Raises NotWord for bytes that are none."""

    def __init__(self, data: bytes) -> None:
        try:
            self.package = zipfile.ZipFile(io.BytesIO(data))
            self.names = set(self.package.namelist())
            self.document = self.part("word/document.xml")
            self.styles = self.part("word/styles.xml")
        except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, RuntimeError, OSError) as wrong:
            raise NotWord("这不是 Word 文档（.docx），或者文件已损坏。") from wrong

    def part(self, name: str) -> ElementTree.Element:
        """A part of the package. Raises NotWord for one that unpacks to more than any text has, KeyError for none."""
        if self.package.getinfo(name).file_size > MOST:
            raise NotWord("文件展开后过大，不像是一份报告。")
        written = self.package.read(name)
        if b"<!DOCTYPE" in written[:2000] or b"<!ENTITY" in written:
            raise NotWord("文件里有不该有的内容（DOCTYPE）。")
        return ElementTree.fromstring(written)  # noqa: S314  no entities: refused in the line above

    @cached_property
    def section(self) -> ElementTree.Element:
        """The properties of its last section."""
        found = self.document.find(f"{W}body/{W}sectPr")
        return found if found is not None else ElementTree.Element("none")

    @cached_property
    def _defaults(self) -> tuple[dict, dict]:
        base = f"{W}docDefaults/{W}"
        return (
            _plain(self.styles.find(f"{base}rPrDefault/{W}rPr")),
            _plain(self.styles.find(f"{base}pPrDefault/{W}pPr")),
        )

    @cached_property
    def _styles(self) -> dict[str, ElementTree.Element]:
        return {style.get(f"{W}styleId", ""): style for style in self.styles.iter(f"{W}style")}

    def _style(self, key: str, seen: int = 0) -> tuple[dict, dict]:
        """(properties of runs, of paragraphs) of a style with all it is based on."""
        style = self._styles.get(key)
        if style is None or seen > len(self._styles):
            return self._defaults
        based = style.find(f"{W}basedOn")
        runs, paragraphs = self._style(based.get(f"{W}val", ""), seen + 1) if based is not None else self._defaults
        return _over(runs, _plain(style.find(f"{W}rPr"))), _over(paragraphs, _plain(style.find(f"{W}pPr")))

    @cached_property
    def _normal(self) -> str:
        standing = (
            key
            for key, style in self._styles.items()
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph"
        )
        return next(standing, "")

    def _told(self, paragraph: ElementTree.Element) -> Told:
        own = _plain(paragraph.find(f"{W}pPr"))
        runs, properties = self._style(own.get("pStyle", {}).get("val", self._normal))
        told = Told(properties=_over(properties, own))
        for element in paragraph.iter():
            if element.tag == f"{W}bookmarkStart":
                told.marks.append(element.get(f"{W}name", ""))
            elif element.tag == f"{W}r" and (text := _words(element)):
                has = _over(runs, _plain(element.find(f"{W}rPr")))
                told.spans.append(
                    Span(
                        text,
                        has.get("rFonts", {}).get("eastAsia", ""),
                        float(has.get("sz", {}).get("val", "0")) / HALF,
                        float(has.get("spacing", {}).get("val", "0")),
                        has.get("color", {}).get("val", ""),
                    )
                )
        return told

    def paragraphs(self, root: ElementTree.Element | None = None) -> Iterator[Told]:
        """The paragraphs of the text (or of another part), those of tables too, in their order."""
        root = self.document if root is None else root
        inside = {id(paragraph) for table in root.iter(f"{W}tbl") for paragraph in table.iter(f"{W}p")}
        for paragraph in root.iter(f"{W}p"):
            told = self._told(paragraph)
            told.in_table = id(paragraph) in inside
            yield told

    def around(self, kind: str) -> dict[str, ElementTree.Element]:
        """The parts at the edge of a page, `header` or `footer`, by the pages they stand on (default, even, first)."""
        relations = self.part("word/_rels/document.xml.rels")
        targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
        found = {}
        for reference in self.section.findall(f"{W}{kind}Reference"):
            name = f"word/{targets.get(reference.get(f'{R}id', ''), '')}"
            if name in self.names:
                found[reference.get(f"{W}type", "default")] = self.part(name)
        return found

    def outside(self) -> list[str]:
        """What in it leads out of it or is a program: addresses that are loaded, macros, embedded objects."""
        found = [
            name for name in sorted(self.names) if "vbaProject" in name or "/embeddings/" in name or "activeX" in name
        ]
        for name in sorted(self.names):
            if name.endswith(".rels"):
                found += [one.get("Target", "") for one in self.part(name) if one.get("TargetMode", "") == "External"]
        return found


def _words(run: ElementTree.Element) -> str:
    """The text of a run; what was taken out under tracked changes (w:delText) is none."""
    parts = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
    return "".join((child.text or "") if child.tag == f"{W}t" else parts.get(child.tag, "") for child in run)
