"""In which writing the papers of an election are made here (选举法二十三)."""

from datetime import date

from congress.law import papers as law
from congress.law.finding import Finding
from congress.models import Township


def language_findings(township: Township, confirmed: bool, on: date) -> list[Finding]:
    """What the law says of the writing of election papers here; `confirmed`: the text in the local writing is ready."""
    languages = (law.HAN, "当地通用的民族文字") if confirmed else (law.HAN,)
    return list(law.check_languages(autonomous(township), township.kind == "民族乡", languages, on))


def second_writing(township: Township) -> bool:
    """Whether papers may bear the local writing beside the Chinese one: it must in an autonomous county, and may in a
    nationality township."""
    return autonomous(township) or township.kind == "民族乡"


def autonomous(township: Township) -> bool:
    """Whether the county is an autonomous one (自治县、自治旗)."""
    return "自治" in township.county.name + township.county.kind
