"""What is entered in the forms of candidates and ballots, with the levels that wait for what is sent."""

from datetime import date

from deputies.models import District
from elections.models import CandidateEntry, CandidateList, Election, Nomination, Nominee, VoterGroup
from elections.queries import candidate_lists as queries
from tests.architecture.sending_case import Case, another

WAITS = "待选片"


def _level(samples, people: int, **district) -> Election:
    """The other level of the campaign with one district and its nominees."""
    other = another(samples["next_term"], level="county", number=12)
    days = {"begun_on": date(2026, 9, 1), "election_day": date(2026, 12, 20)}
    election = Election.objects.create(township=samples.town, campaign=samples["campaign"], term=other, **days)
    place = District.objects.create(township=samples.town, term=other, number=5, name=WAITS, seats=1, **district)
    for number in range(people):
        own = {"election_id": election.pk, "district_id": place.pk, "name": "甲乙丙丁"[number] + "某"}
        one = another(samples["nominee"], **own)
        Nomination.objects.create(
            township=samples.town, nominee=one, kind="bodies", submitted_on=date(2026, 12, 1), state="accepted"
        )
    return election


def _listed(samples, election: Election, kind: str) -> None:
    """A closed list of the level's district with all its nominees."""
    people = list(Nominee.objects.filter(election=election).order_by("pk"))
    row = CandidateList.objects.create(
        township=samples.town,
        election=election,
        district=people[0].district,
        kind=kind,
        locked_at="2026-12-04T00:00:00Z",
        fingerprint=queries.fingerprint(people),
        published_on=date(2026, 12, 4),
    )
    for at, one in enumerate(people, start=1):
        CandidateEntry.objects.create(
            township=samples.town, candidate_list=row, nominee=one, position=at, mark=queries.mark_of(one)
        )


def _to_draw(samples) -> Election:
    """A level whose first lists are not drawn up."""
    return _level(samples, 2)


def to_print(samples) -> Election:
    """A level whose formal list is closed, with a voter."""
    election = _level(samples, 2)
    _listed(samples, election, "formal")
    place = District.objects.get(term=election.term, name=WAITS)
    another(samples["registration"], election_id=election.pk, district_id=place.pk, group_id=None)
    return election


def _to_vote_beforehand(samples) -> Election:
    """A level with more nominees than the margin allows."""
    election = _level(samples, 4)
    _listed(samples, election, "first")
    return election


def _to_settle(samples) -> Election:
    """A level for whose ballots no rules are fixed, with a voters' group."""
    election = _level(samples, 2)
    place = District.objects.get(term=election.term, name=WAITS)
    VoterGroup.objects.filter(pk=samples["voter_group"].pk).update(county_district=place)
    return election


def _the_district(samples) -> District:
    """The district of that level."""
    return District.objects.get(name=WAITS)


def _never_asked_about(samples) -> Nominee:
    """Somebody named about whom no unit was asked."""
    return samples["nominee.declined"]


CANDIDATES: dict[str, Case] = {
    "elections.forms.candidates.NomineeForm": Case(
        "elections-nominee-new", {"name": "程新", "birth_date": "1980-01-02", "employer_post": "教师"}
    ),
    "elections.forms.candidates.BodyForm": Case("elections-body-new", {"name": "云溪镇妇联", "kind": "people"}),
    "elections.forms.candidates.VettingUnitForm": Case("elections-vetting-unit-new", {"name": "司法所"}),
    "elections.forms.nominations.NominationForm": Case("elections-nomination-new", {"kind": "voters"}),
    "elections.forms.nominations.SignerForm": Case("elections-signer-new", {"written": "程签"}),
    "elections.forms.nominations.VettingForm": Case(
        "elections-vetting-new",
        {"asked_on": "2026-12-01", "due_on": "2026-12-04", "opinion": "waiting"},
        args={"pk": _never_asked_about},
    ),
    "elections.forms.candidate_lists.VotingRulesForm": Case(
        "elections-voting-rules-new", {"fixed_on": "2026-12-01", "paper": "选举办法"}, args={"pk": _to_settle}
    ),
    "elections.forms.candidate_lists.DrawForm": Case("elections-draw-first", args={"pk": _to_draw}),
    "elections.forms.candidate_lists.PrintForm": Case(
        "elections-ballots-order", {"colour": "浅黄"}, args={"pk": to_print}
    ),
    "elections.forms.consultations.ConsultationForm": Case(
        "elections-consultation-new",
        {
            "group": lambda samples: samples["voter_group"],
            "round": 2,
            "held_on": "2026-12-08",
            "expected": 30,
            "present": 20,
            "recorder": "程记",
        },
    ),
    "elections.forms.consultations.PreliminaryForm": Case(
        "elections-preliminary-new",
        {"district": _the_district, "held_on": "2026-12-10"},
        args={"pk": _to_vote_beforehand},
    ),
    "elections.forms.consultations.MeetingForm": Case(
        "elections-meeting-new",
        {"district": lambda samples: samples["next_district"], "held_on": "2026-12-14", "place": "礼堂"},
    ),
}
