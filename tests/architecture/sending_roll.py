"""What is entered in the forms of the roll of voters and its districts, with the voters they ask for."""

from deputies.models import District
from elections.models import Voter
from tests.architecture.sending_case import DAY, Case, another


def _another_district(samples):
    """A district of the running term that has no vacancy."""
    return District.objects.create(township=samples.town, term=samples["term"], number=77, name="西山村", seats=1)


def another_voter(samples, name="程转") -> Voter:
    """One more voter of the roll, of whom nothing else is on record."""
    entry = samples["registration"]
    voter = another(entry.voter, name=name)
    another(entry, voter_id=voter.pk)
    return voter


def _a_district_without_note(samples):
    """Another district of the level that elects."""
    term = samples["next_district"].term
    return District.objects.create(township=samples.town, term=term, number=78, name="南山村", seats=1)


def _a_campaign_of_two_voters(samples):
    """The campaign on whose roll stand two more voters."""
    for name in ("程甲", "程乙"):
        another_voter(samples, name)
    return samples["campaign"]


def _a_level_with_a_prisoner(samples):
    """The level on whose roll stands somebody of whom nothing was agreed yet."""
    another_voter(samples)
    return samples["level"]


ROLL: dict[str, Case] = {
    "elections.forms.appeals.AppealForm": Case(
        "elections-appeal-new",
        {"received_on": "2026-11-25", "kind": "missing", "appellant": "程新", "subject": "程新", "words": "请补登"},
    ),
    "elections.forms.proxies.ProxyForm": Case(
        "elections-proxy-new", {"agent_is": "other", "agent": "程代", "came_on": "2022-01-05"}
    ),
    "elections.forms.proxy_table.ProxyTableForm": Case(
        "elections-proxy-table",
        {
            "came_on": "2022-01-05",
            "line-TOTAL_FORMS": "1",
            "line-INITIAL_FORMS": "0",
            "line-0-principal": "程甲",
            "line-0-agent": "程乙",
        },
        args={"pk": _a_campaign_of_two_voters},
    ),
    "elections.forms.proxies.ProxyNoteForm": Case(
        "elections-proxy-note-new", {"district": _a_district_without_note, "noted_on": DAY, "note": "外出务工多"}
    ),
    "elections.forms.proxies.DetainedForm": Case(
        "elections-detained-new",
        {"name": "程转", "situation": "held", "organ": "县看守所", "way": "proxy"},
        args={"pk": _a_level_with_a_prisoner},
    ),
    "elections.forms.pool.PoolForm": Case(
        "elections-pool-new", {"name": "程新", "owner": "程管", "due_on": "2026-11-20"}
    ),
    "elections.forms.voters.VoterForm": Case(
        "elections-voter-new",
        {
            "name": "程新",
            "gender": "male",
            "birth_date": "1990-01-02",
            "group": lambda samples: samples["voter_group"],
            "ground": "moved_in",
            "registered_on": "2026-10-08",
        },
    ),
    "elections.forms.transfers.AskTransferForm": Case(
        "elections-transfer-ask",
        {"reach": "beyond", "other_place": "外县城关镇", "cause": "work", "sent_on": "2026-10-08"},
        args={"pk": another_voter},
    ),
    "elections.forms.transfers.ReceiveForm": Case(
        "elections-transfer-receive",
        {
            "name": "程新",
            "gender": "male",
            "birth_date": "1990-01-02",
            "reach": "beyond",
            "other_place": "外省",
            "cause": "moved",
        },
    ),
    "elections.forms.groups.VoterGroupForm": Case("elections-group-new", {"number": 9, "name": "九组"}),
    "elections.forms.districts.DistrictDayForm": Case(
        "elections-district-day-new", {"district": _another_district, "day": "2026-12-05", "reason": "汛期"}
    ),
    "elections.forms.districts.VacancyForm": Case("elections-vacancy-new", {"district": _another_district}),
    "elections.forms.districts.OriginForm": Case("elections-origin-new", {"redrawn": "on", "reason": "新设"}),
}
