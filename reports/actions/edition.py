"""The edition for everybody: the issued report with figures and names put out of sight, beside the whole one under its number."""

import re
from collections.abc import Iterator, Mapping

from congress import figures
from congress.documents import kit, masking
from congress.documents.text import plain_text
from congress.law.finding import Finding
from congress.steps import Attempt
from congress.wording import people_in
from reports import drawing, revealing
from reports.content import blocks_of, body_of
from reports.models import AnnualReport, FigureUse
from reports.queries import annual, naming

KIND = "annual_report_edition"
FIGURE, NAME = "X", "某某"
SMALL = 10  # people fewer than this might be known by their number
PEOPLE = ("名", "人", "人次", "户")
_PAIR = re.compile(r"(.+?)[=＝](.*)")
TITLE = "（公开稿）"


def pairs(words: str) -> dict[str, str]:
    """What is put in place of what: one pair a line, 原文＝改成; a line without a second half is left out of sight by 某某."""
    lines = (line.strip() for line in words.splitlines())
    found = (_PAIR.fullmatch(line) or re.fullmatch("(.+)()", line) for line in lines if line)
    return {match[1].strip(): match[2].strip() or NAME for match in found if match}


def used(report: AnnualReport) -> list[FigureUse]:
    """The figures the text uses, in its order."""
    uses = annual.kept_figures(report)
    return [uses[key] for key in annual.used_keys(annual.sections(report)) if key in uses]


def names_in(report: AnnualReport) -> list[str]:
    """The people of the township whom the whole paper names, in the order of the text."""
    said = masking.bare(plain_text(blocks_of(report.document.context)))
    known = naming.people(report.township) | set(people_in(report.signers))
    known = {name for name in known if masking.bare(name) in said}
    return sorted(known, key=lambda name: said.index(masking.bare(name)))


def _proposed(use: FigureUse, names: list[str]) -> bool:
    """Whether a figure is put out of sight unless somebody says otherwise: few people, or words that name somebody."""
    known = figures.registered().get(use.key)
    if known is None:
        return False
    if known.kind is figures.Kind.WORDS:
        return any(name in use.words for name in names)
    return known.kind is figures.Kind.COUNT and known.unit in PEOPLE and 0 < use.value < SMALL


def proposal(attempt: Attempt) -> dict:
    """What is put out of sight unless somebody says otherwise; nothing of a draft."""
    if attempt.record.document_id is None:
        return {"figures": [], "words": ""}
    names, uses = names_in(attempt.record), {use.key: use for use in used(attempt.record)}
    hidden = [key for key, use in uses.items() if _proposed(use, names)]
    hidden = revealing.with_what_reveals(uses, _forms(attempt.record), hidden)
    return {"figures": hidden, "words": "\n".join(f"{name}＝{NAME}" for name in names)}


def check(attempt: Attempt) -> list[Finding]:
    """What is put in place of a word must not bring it back."""
    words = pairs(attempt.data["words"])
    back = [old for old in words if any(masking.bare(old) in masking.bare(new) for new in words.values())]
    unused = set(attempt.data["figures"]) - {use.key for use in used(attempt.record)}
    checks = (
        (bool(back), f"“{'、'.join(back)}”改成的字里还有它自己。", "words"),
        (any(len(old) < 2 for old in words), "一个字到处都会出现，请写两个字以上。", "words"),
        (bool(unused), "正文没有用这项数据。", "figures"),
    )
    found = [Finding("edition", message, field=field) for wrong, message, field in checks if wrong]
    return found or _given_away(attempt, words)


def _forms(report: AnnualReport) -> dict[str, set[str]]:
    return revealing.forms_used(section.text for section in annual.sections(report))


def _given_away(attempt: Attempt, words: Mapping[str, str]) -> list[Finding]:
    """Figures put out of sight that other figures tell all the same, or that somebody wrote by hand."""
    report, uses, hidden = attempt.record, annual.kept_figures(attempt.record), set(attempt.data["figures"])
    found = [
        Finding("edition", f"{one}，请一并隐去，或者不隐去它。", field="figures")
        for one in revealing.revealed(uses, _forms(report), hidden)
    ]
    said = masking.bare(_by_hand(report, uses, words))
    for key in hidden:
        typed = [word for word in revealing.words_of(uses[key]) if masking.place_of(masking.bare(word), said) >= 0]
        if typed:
            message = f"“{figures.names()[key]}”隐去了，别处还写着“{typed[0]}”，请把这里的写法列进“隐去的文字”。"
            found.append(Finding("edition", message, field="words"))
    return found


def _by_hand(report: AnnualReport, uses: Mapping[str, FigureUse], words: Mapping[str, str]) -> str:
    """What somebody wrote, without any figure: the text, the title and all that stands above and below it."""
    sections = annual.sections(report)
    body = body_of(sections, uses, dict.fromkeys(uses, masking.APART))
    written = {**report.document.context, "body": body, "figures": [], "title": [str(report), *report.title_lines]}
    return masking.APART.join(_strings(masking.replaced(written, words)))


def _strings(content) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def act(attempt: Attempt) -> dict:
    """Make the edition from the frozen text. Nothing of what was put out of sight stands in it or in what is kept with it."""
    report, words = attempt.record, pairs(attempt.data["words"])
    uses = annual.kept_figures(report)
    masks = {
        key: NAME if figures.registered()[key].kind is figures.Kind.WORDS else FIGURE for key in attempt.data["figures"]
    }
    sections = annual.sections(report)
    body = body_of(sections, uses, masks, drawing.charts_of(report, sections, uses))
    context = masking.replaced({**report.document.context, "body": body, "figures": []}, words)
    told = masking.bare(plain_text(blocks_of(context)))
    numbers = [word for key in masks for word in revealing.words_of(uses[key])]
    numbers = [word for word in numbers if masking.place_of(masking.bare(word), told) < 0]  # else another figure's
    attempt.made = kit.edition(
        attempt.actor,
        kit.kind_of(KIND),
        report.document,
        title=masking.replaced(str(report), words) + TITLE,
        context=context,
        hidden=[*words, *(uses[key].words for key in masks if uses[key].words), *numbers],
        key=attempt.data["key"],
    )
    labels = [figures.registered()[key].label for key in masks]
    return {"隐去的数据": labels, "隐去的文字": f"{len(words)}处写法", "SHA-256": attempt.made.file.sha256}
