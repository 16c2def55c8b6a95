"""Turning a folder of law texts into one mapping, and comparing it with the fingerprints. Reads files, no database."""

import json
from dataclasses import dataclass
from pathlib import Path

from congress.law.finding import Citation
from congress.law.sources import cited_articles, official_fingerprint
from congress.law.texts import articles_of, fingerprint, identify


@dataclass(frozen=True, slots=True)
class LoadedText:
    """One recognised text: law, edition, file name and its articles (number → wording)."""

    source_key: str
    edition: str
    file_name: str
    articles: dict[int, str]


def store_name(source_key: str, edition: str) -> str:
    """The name of the file an edition is stored under."""
    return f"{source_key}-{edition}.json"


def stored_article(store: Path, citation: Citation) -> str:
    """The wording of a cited article from the texts an office has loaded; empty when it has not loaded them."""
    path = store / store_name(citation.source_key, citation.edition)
    if not citation.article or not path.is_file():
        return ""
    content = json.loads(path.read_text(encoding="utf-8"))
    return str(content["articles"].get(str(citation.article), ""))


def read_folder(folder: Path) -> tuple[tuple[LoadedText, ...], tuple[str, ...]]:
    """Reads every .md and .txt below `folder`: the texts recognised, and the names of files that were not."""
    loaded: list[LoadedText] = []
    unknown: list[str] = []
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.txt"))):
        text = path.read_text(encoding="utf-8")
        known = identify(text)
        if known is None:
            unknown.append(path.name)
            continue
        law, edition = known
        loaded.append(LoadedText(law.key, edition.label, path.name, articles_of(text, law.numbering)))
    return tuple(loaded), tuple(unknown)


def differing(loaded: tuple[LoadedText, ...]) -> tuple[Citation, ...]:
    """Cited articles whose wording in these texts is not the one the rules were checked against."""
    texts = {(item.source_key, item.edition): item.articles for item in loaded}
    wrong = []
    for key, edition, article in cited_articles():
        articles = texts.get((key, edition))
        if articles is None:
            continue
        if fingerprint(articles.get(article, "")) != official_fingerprint(key, edition, article):
            wrong.append(Citation(key, article, edition))
    return tuple(wrong)


def fingerprint_module(loaded: tuple[LoadedText, ...]) -> str:
    """The source of `fingerprints.py` for these texts: one line per cited article, sorted."""
    texts = {(item.source_key, item.edition): item.articles for item in loaded}
    lines = [
        '"""SHA-256 of the official wording of each cited article, normalised. Written by `load_law_texts`."""',
        "",
    ]
    lines.append("FINGERPRINTS: dict[str, str] = {")
    for key, edition, article in cited_articles():
        wording = texts[key, edition][article]
        lines.append(f'    "{key}|{edition}|{article}": "{fingerprint(wording)}",')
    return "\n".join([*lines, "}", ""])
