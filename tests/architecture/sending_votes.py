"""What is entered in the forms of polling day and after: places, rounds, halls, credentials, recalls, archive."""

from datetime import date

from congress import clock
from deputies.models import Deputy, Level, Mandate
from deputies.queries import seats_held
from elections.models import BallotPrint, Election, Round
from elections.queries import candidate_lists as queries
from tests.architecture.sending_candidates import to_print
from tests.architecture.sending_case import DAY, Case, another
from tests.architecture.sending_roll import another_voter


def _another_place(samples):
    """The campaign, with a polling place nobody has looked at."""
    another(samples["polling_place"], name="西山投票站")
    return samples["campaign"]


def _who_cannot_come(samples):
    """The campaign, with a voter on the roll whom no mobile box has yet."""
    another_voter(samples, "程行")
    return samples["campaign"]


def _another_seat(samples):
    """A seat of the next term of which nobody says that it was void."""
    other = Deputy.objects.filter(township=samples.town).exclude(pk=samples["deputy"].pk).first()
    day = date(2026, 12, 20)
    return Mandate.objects.create(township=samples.town, deputy=other, term=samples["next_term"], elected_on=day)


def _a_seat_to_recall(samples):
    """A seat in a district that nobody demands back, of somebody in office."""
    others = seats_held(clock.today(), Level.TOWNSHIP).filter(township=samples.town)
    held = others.exclude(deputy=samples["deputy"]).first()
    Mandate.objects.filter(pk=held.pk).update(district=samples["district"], elected_on="2021-11-01")
    return held


def _to_vote(samples) -> Election:
    """A level whose ballots are printed and whose vote is not arranged."""
    election = to_print(samples)
    (facts,) = (one for one in queries.facts_of(election).values() if one.formal)
    BallotPrint.objects.create(
        township=samples.town,
        election=election,
        candidate_list=facts.formal,
        ordered_on=date(2026, 12, 14),
        voters=1,
        spare=1,
        first_stub=1,
        colour="浅红",
        fingerprint=queries.ballot_print(facts),
    )
    return election


def _without_ledger(samples) -> Round:
    """A further round of the same district, of whose ballots nothing is entered."""
    return another(samples["round"], number=3, follows_id=None)


def _to_examine(samples) -> Election:
    """The level, with somebody declared elected whom no review has."""
    another(samples["winner"], position=2, name="于二")
    return samples["level"]


def _to_issue(samples):
    """A campaign in which a vote of today is waiting for the register of its place."""
    row = _without_ledger(samples)
    Round.objects.filter(pk=row.pk).update(held_on=clock.today(), number=4, count=None)
    return samples["campaign"]


def _to_take_along(samples):
    """A register of today that is open."""
    return another(samples["issue_register"], held_on=clock.today(), closed_on=None)


VOTES: dict[str, Case] = {
    "elections.forms.recalls.RecallForm": Case(
        "elections-recall-new", {"mandate": _a_seat_to_recall, "demanded_on": DAY, "reason": "不履职"}
    ),
    "elections.forms.breaches.BreachForm": Case(
        "elections-breach-new", {"received_on": DAY, "kind": "force", "words": "在村口拦人"}
    ),
    "elections.forms.breaches.AnnulmentForm": Case(
        "elections-annulment-new",
        {"mandate": _another_seat, "ground": "procedure", "reviewed_on": "2026-12-23", "review": "票数不符"},
    ),
    "elections.forms.credentials.OpenForm": Case(
        "elections-review-new", {"opened_on": "2026-12-21"}, args={"pk": _to_examine}
    ),
    "elections.forms.archive.ArchiveForm": Case(
        "elections-archive-new",
        {
            "kind": "forms",
            "number": "表-09",
            "title": "登记表",
            "amount": 9,
            "filed_on": "2027-01-10",
            "keeper": "主席团",
        },
    ),
    "elections.forms.rounds.BeginForm": Case("elections-rounds-begin", {}, args={"pk": _to_vote}),
    "elections.forms.issue.OpenRegisterForm": Case("elections-issue-open", args={"pk": _to_issue}),
    "elections.forms.tablets.TakeForm": Case("elections-tablet-take", {"name": "3号平板"}, args={"pk": _to_take_along}),
    "elections.forms.rounds.LedgerForm": Case(
        "elections-ledger-new",
        {
            "place": lambda samples: samples["polling_place"],
            "received": 30,
            "in_person": 20,
            "by_proxy": 0,
            "replaced": 0,
            "left_over": 10,
        },
        args={"pk": _without_ledger},
    ),
    "elections.forms.places.PlaceForm": Case(
        "elections-place-new", {"name": "西山投票站", "spot": "西山村委会", "opens_at": "8:00", "closes_at": "16:00"}
    ),
    "elections.forms.mobile.MobileBoxForm": Case(
        "elections-mobile-box-new", {"number": 9, "route": "东山五组", "leaves_at": "8:00"}
    ),
    "elections.forms.mobile.MobileVoterForm": Case(
        "elections-mobile-voter-new",
        {"registration": "程行", "reason": "unwell"},
        args={"pk": _who_cannot_come},
    ),
    "elections.forms.workers.StaffAccountsForm": Case("elections-staff-accounts", {"everyone": "on"}),
    "elections.forms.boxes.BallotBoxForm": Case(
        "elections-ballot-box-new", {"number": "9", "place": lambda samples: samples["polling_place"]}
    ),
    "elections.forms.boxes.RoomForm": Case(
        "elections-room-new", {"checked_on": "2026-12-18", "checked_by": "程查"}, args={"pk": _another_place}
    ),
    "elections.forms.boxes.HandedFormForm": Case(
        "elections-handed-new", {"what": "推荐表", "copies": 10, "handed_to": "东山村", "handed_on": "2026-11-20"}
    ),
    "elections.forms.staff.StaffForm": Case("elections-staff-new", {"name": "程新", "role": "guide"}),
    "congress.counting.forms.halls.HallForm": Case(
        "counting-hall-new",
        {
            "title": "决算表决",
            "scale": "vote",
            "questions": "关于决算的决议",
            "held_on": DAY,
            "deputies": 9,
            "present": 7,
        },
    ),
}
