"""What the field asks of statistics: shares are computed from counts, sums are checked, and what was published is never copied."""

from congress.law.thresholds import hundredths
from congress.wording import percent
from elections.models import StatisticsNote
from elections.queries import voted
from tests.field import cases, named

CAUSE = {"one_round": "first", "rerun": "another", "repeat": "anew"}


def districts_of(given: dict) -> voted.Votes:
    """Votes of so many districts of one seat each: filled at once, or by the further vote named, as many vacant as said."""
    causes = [kind for name, kind in CAUSE.items() for _ in range(given[name])]
    rounds: list[dict] = []
    filled, vacant = {}, given["vacant_after"]
    for district, cause in enumerate(causes):
        for number, kind in enumerate(dict.fromkeys(("first", cause)), 1):
            one = {"pk": len(rounds), "district_id": district, "number": number, "kind": kind}
            rounds.append(one | {"seats": 1, "declared": True})
        if cause != "first" and vacant:
            vacant -= 1
        else:
            filled[rounds[-1]["pk"]] = {"number": 1, "written": 0}
    return voted.Votes(rounds, {}, filled, {})


def test_districts_are_those_of_one_vote_and_those_of_another_y07() -> None:
    """X-Y07: 31 districts, 29 of them by the first vote; one seat stays vacant."""
    for case in named("elections.json", "X-Y07"):
        given, right = case["given"], case["expected"]
        read = districts_of(given)
        found = voted.causes(read)
        assert (found[voted.SETTLED], found["another"], found["anew"]) == tuple(given[name] for name in CAUSE)
        assert (sum(found.values()) != given["districts"]) is right["error"]
        assert percent(found[voted.SETTLED], given["districts"]) == f"{right['one_round_pct']}%"
        assert voted.seats(read)["vacant"] == given["vacant_after"]


def test_shares_are_rounded_half_up_in_whole_numbers() -> None:
    """X-Y01, X-Y04: of 16,520 candidates 1,581 by bodies; of 63 million voters 52 million took part."""
    for case in named("elections.json", "X-Y01"):
        given, right = case["given"], case["expected"]
        whole = given["party_group"] + given["joint"]
        assert (whole != given["formal"]) is right["error"]
        shares = [percent(given[name], whole) for name in ("party_group", "joint")]
        assert shares == [f"{right['party_pct']}%", f"{right['joint_pct']}%"]
    for case in named("elections.json", "X-Y04"):
        given, right = case["given"], case["expected"]
        assert percent(given["participated"], given["registered"]) == f"{right['turnout_pct']}%"
        seats = hundredths(given["deputies"], given["districts"] * 100)
        assert seats is not None
        assert f"{seats // 100}.{seats % 100:02d}" == right["seats_per_district"]
        registered, districts = given["registered"], given["districts"]
        assert (2 * registered + districts) // (2 * districts) == right["per_district"]
        assert (20 * districts + given["townships"]) // (2 * given["townships"]) == int(
            right["districts_per_township"].replace(".", "")
        )


def test_what_was_published_and_does_not_agree_is_not_taken_over() -> None:
    """X-Y02, X-Y03: the share is told from the counts; a share can be typed nowhere, only a count with its source."""
    for case in named("elections.json", "X-Y02", "X-Y03"):
        given, right = case["given"], case["expected"]
        whole = given.get("county_deputies") or given["township_deputies"]
        told = percent(given.get("party_members") or given["women"], whole)
        assert told == f"{right['computed_pct']}%"
        assert (told != f"{given['published_pct']}%") is right["mismatch"]
        assert StatisticsNote._meta.get_field("value").get_internal_type() == "PositiveIntegerField"


def test_who_took_part_is_the_sum_of_the_ways() -> None:
    """X-A04: 412 + 96 + 151 make 659; the total is added up and typed nowhere, so that it cannot be 660."""
    for case in cases("elections.json", "tally_arithmetic"):
        given = case["given"]
        if "station" in given:
            first = {"pk": 1, "district_id": 1, "number": 1, "kind": "first"}
            lines = [
                {"at": "station", "in_person": given["station"], "by_proxy": given["proxy"]},
                {"at": None, "in_person": given["mobile"], "by_proxy": 0},
            ]
            found = voted.took_part(voted.Votes([first], {1: lines}, {}, {}))
            assert found == {name: given[name] for name in voted.WAYS}
            assert sum(found.values()) == case["expected"]["sum"] != given["participated"]
