"""A draft handed in for the chair's signature, signed, sent back. What was handed in is known by the digest of all it says."""

import hashlib
import json
from collections.abc import Mapping

from congress.steps import Attempt, change
from reports.queries.missing import look_over


def digest(content: Mapping) -> str:
    """SHA-256 of what a report says: text, headings, and the figures with their definitions and records, but not the hour at
    which these were computed."""
    figures = [{key: value for key, value in one.items() if key != "computed_at"} for one in content["figures"]]
    said = json.dumps({**content, "figures": figures}, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _text(attempt: Attempt) -> str:
    return digest(attempt.once(look_over)[1])


def submit(attempt: Attempt) -> dict:
    """Hand the draft in; from now on nobody writes in it."""
    text = _text(attempt)
    change(attempt.record, submitted_on=attempt.on, submitted_by=attempt.actor, signed_text=text)
    return {"日期": attempt.on, "SHA-256": text}


def sign(attempt: Attempt) -> dict:
    """Sign what was handed in; a chair who wrote it hands it in by signing."""
    row, text = attempt.record, _text(attempt)
    handed = {} if row.submitted_on else {"submitted_on": attempt.on, "submitted_by": attempt.actor}
    change(row, signed_on=attempt.on, signed_by=attempt.actor, signed_text=text, **handed)
    return {"日期": attempt.on, "SHA-256": text}


def reopen(attempt: Attempt) -> dict:
    """Send it back: what was handed in or signed holds no more. The outcome is who had handed it in."""
    row = attempt.record
    attempt.outcome = row.submitted_by
    word = "送签" if row.signed_on is None else "签发"
    change(row, submitted_on=None, submitted_by=None, signed_on=None, signed_by=None, signed_text="")
    return {"失效的": word, "理由": attempt.data["reason"]}
