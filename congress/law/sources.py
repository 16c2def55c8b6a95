"""Citing: from a fact and the day it happened to the article that governed it on that day.

The edition in force on the day of the fact is cited, never the newest one by habit: the duty to reply to
suggestions is article 42 of the 2015 edition of the deputies law and article 51 of the 2025 edition. A day before the
oldest text held gives a citation that prints 依据未收录原文.
"""

from dataclasses import dataclass
from datetime import date

from congress.law.catalogue import LAWS
from congress.law.facts_national import NATIONAL
from congress.law.finding import Citation
from congress.law.fingerprints import FINGERPRINTS
from congress.law.packs_congress import ROWS as CONGRESS_ROWS
from congress.law.packs_suggestions import ROWS as SUGGESTION_ROWS

PACK_ROWS = SUGGESTION_ROWS + CONGRESS_ROWS


class UnknownFact(LookupError):
    """A fact that no held edition of the law states, or that the edition in force does not state."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands in one edition: article, clause, and its gist in our own words."""

    article: int
    clause: str
    gist: str


def _collect() -> dict[tuple[str, str, str], Place]:
    places: dict[tuple[str, str, str], Place] = {}
    for key, rows in NATIONAL.items():
        for fact, edition, article, clause, gist in rows:
            places[key, fact, edition] = Place(article, clause, gist)
    for row in PACK_ROWS:
        places[row.law, row.key, LAWS[row.law].latest.label] = Place(row.article, row.clause, row.gist)
    return places


PLACES: dict[tuple[str, str, str], Place] = _collect()


def cite(source_key: str, fact: str = "", on: date | None = None) -> Citation:
    """The citation of a fact in the edition in force on day `on` (the newest edition when no day is given).

    Without a fact the law as a whole is cited. A day before the oldest text held gives a citation with `held` False.
    Raises KeyError for an unknown law and UnknownFact when the edition in force does not state the fact.
    """
    source = LAWS[source_key]
    edition = source.edition_on(on) if on else source.latest
    if edition is None:
        return Citation(source_key, 0, source.before_held)
    if not fact:
        return Citation(source_key, 0, edition.label)
    place = PLACES.get((source_key, fact, edition.label))
    if place is None:
        raise UnknownFact(f"《{source.title}》（{edition.label}）没有收录“{fact}”这一条")
    return Citation(source_key, place.article, edition.label, place.clause)


def states(source_key: str, fact: str, on: date) -> bool:
    """True when the edition in force on that day is held and states the fact."""
    edition = LAWS[source_key].edition_on(on)
    return edition is not None and (source_key, fact, edition.label) in PLACES


def gist(citation: Citation, fact: str = "") -> str:
    """What the cited article says, in our own words; empty when nothing is noted. `fact` narrows the choice."""
    notes = [
        place.gist
        for (key, name, edition), place in PLACES.items()
        if key == citation.source_key
        and edition == citation.edition
        and place.article == citation.article
        and place.clause == citation.clause
        and (not fact or name == fact)
    ]
    return notes[0] if notes else ""


def said_in(citation: Citation) -> tuple[str, ...]:
    """What the whole article says in our own words, each thing once."""
    wanted = (citation.source_key, citation.edition, citation.article)
    found = [place.gist for (key, _, edition), place in PLACES.items() if (key, edition, place.article) == wanted]
    return tuple(dict.fromkeys(found))


def cited_articles() -> tuple[tuple[str, str, int], ...]:
    """Every (law, edition, article) some rule or pack cites, sorted."""
    return tuple(sorted({(key, edition, place.article) for (key, _, edition), place in PLACES.items()}))


def official_fingerprint(source_key: str, edition: str, article: int) -> str:
    """SHA-256 of the official wording of an article, normalised; KeyError when the article is not cited anywhere."""
    return FINGERPRINTS[f"{source_key}|{edition}|{article}"]


def edition_note(citation: Citation) -> str:
    """What a reader should know about the date of an edition; empty when the text itself states its day of effect."""
    source = LAWS.get(citation.source_key)
    edition = source.edition(citation.edition) if source else None
    if source is None or edition is None:
        return "该版本原文未收录，条号与内容未核对"
    if edition.stated:
        return ""
    return "施行日期由修改决定规定，决定原文未收录；本系统按通过之日起适用"
