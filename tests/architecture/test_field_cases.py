"""Every case that was collected in the field is asked by some test: whole areas are read from the file, others are named."""

from pathlib import Path

import pytest

from tests.field import cases

TESTS = Path(__file__).resolve().parents[1]
# Areas that one test reads whole: a new case of theirs is asked at once. Every other case is named by its id where it is asked.
WHOLE = {
    "tally_round": "counting/test_tally.py",
    "tally_arithmetic": "counting/test_tally.py",
    "rerun_list": "law/test_field_votes.py",
    "ballot_mark": "law/test_field_votes.py",
    "ballot_ledger": "law/test_field_votes.py",
    "chamber_election": "law/test_field_votes.py",
    "by_election_check": "law/test_field_votes.py",
    "voter_eligibility": "law/test_field_roll.py",
    "election_day_change": "law/test_field_roll.py",
    "district_equality": "law/test_field_roll.py",
    "calendar_derive": "law/test_field_days.py",
    "calendar_conflict": "law/test_field_days.py",
}


def unasked(collected: list[dict], said: str) -> list[str]:
    """The cases that no area covers and no test names."""
    said = said.lower().replace("_", "-")
    return [one["id"] for one in collected if one["area"] not in WHOLE and one["id"].lower() not in said]


def test_every_case_is_asked_by_some_test():
    others = (path for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__).resolve())
    said = "\n".join(path.read_text(encoding="utf-8") for path in others)
    assert unasked(cases("elections.json"), said) == []


def test_a_new_case_is_noticed():
    collected = [{"id": "X-Q98", "area": "proxy_register"}, {"id": "X-Q99", "area": "proxy_register"}]
    assert unasked(collected, "def test_somebody_else_x_q98():") == ["X-Q99"]
    assert unasked([{"id": "X-T99", "area": "tally_round"}], "") == []


@pytest.mark.parametrize(("area", "path"), WHOLE.items())
def test_an_area_is_read_from_the_file_where_it_is_said_to_be(area, path):
    assert f'"{area}"' in (TESTS / path).read_text(encoding="utf-8")
    areas = {one["area"] for one in cases("elections.json")}
    assert not areas or area in areas
