"""One row of everything an election keeps between the first nomination and the ballot, for the walk over all addresses."""

from datetime import UTC, date, datetime

from congress.people import keys
from elections.models import (
    BallotPrint,
    CandidateEntry,
    CandidateList,
    CandidateMeeting,
    CandidateNotice,
    Consultation,
    NominatingBody,
    Nomination,
    NominationBody,
    NominationSigner,
    Nominee,
    PreliminaryVote,
    Vetting,
    VettingUnit,
    VotingRules,
)

NAMED_ON, LOCKED = date(2026, 12, 1), datetime(2026, 12, 4, 1, tzinfo=UTC)


def candidates(s) -> None:
    """Somebody named by a body and by voters, asked about and not answered yet."""
    nominee = _nominee(s)
    body = s.make("body", NominatingBody, campaign=s["campaign"], name=f"总工会{s.mark}", kind="people")
    by_bodies = s.make(
        "nomination",
        Nomination,
        nominee=nominee,
        kind="bodies",
        submitted_on=NAMED_ON,
        number=f"1{s.mark}",
        state="accepted",
        settled_on=date(2026, 12, 3),
    )
    s.make("nomination_body", NominationBody, nomination=by_bodies, body=body)
    by_voters = s.make("joint_nomination", Nomination, nominee=nominee, kind="voters", submitted_on=date(2026, 12, 2))
    s.make(
        "signer",
        NominationSigner,
        nomination=by_voters,
        line=1,
        written=f"签名{s.mark}",
        registration=s["registration"],
        struck=f"涂改{s.mark}",
    )
    _declined(s)
    unit = s.make("vetting_unit", VettingUnit, campaign=s["campaign"], name=f"派出所{s.mark}")
    s.make(
        "vetting",
        Vetting,
        nominee=nominee,
        unit=unit,
        asked_on=NAMED_ON,
        due_on=date(2026, 12, 4),
        words=f"另有建议{s.mark}",
        paper=f"复函{s.mark}",
    )


def _declined(s) -> None:
    """Somebody who did not accept."""
    key = keys.new_data_key(s.town.pk, "elections.nominee")
    key.save(force_insert=True)
    s.make(
        "nominee.declined",
        Nominee,
        election=s["level"],
        district=s["next_district"],
        name=f"不愿{s.mark}",
        stroke_key="2",
        gender="male",
        birth_date=date(1975, 3, 4),
        employer_post=f"经商{s.mark}",
        consent="declined",
        consent_on=NAMED_ON,
        left_how="declined",
        left_on=NAMED_ON,
        left_paper=f"本人书面声明{s.mark}",
        data_key=key,
    )


def _nominee(s):
    key = keys.new_data_key(s.town.pk, "elections.nominee")
    key.save(force_insert=True)
    return s.make(
        "nominee",
        Nominee,
        election=s["level"],
        district=s["next_district"],
        name=f"被推荐{s.mark}",
        gender="female",
        birth_date=date(1980, 3, 4),
        native_place=f"浙江{s.mark}",
        employer_post=f"教师{s.mark}",
        resume=f"从教二十年{s.mark}",
        data_key=key,
    )


def candidate_lists(s) -> None:
    """The lists of the same district with all that stands beside them, in the order in which they come about."""
    of = {"election": s["level"], "district": s["next_district"]}
    _first_list(s, of)
    _ballots(s, of)
    _consultation(s)
    _preliminary(s, of)
    _meeting(s, of)


def _first_list(s, of: dict) -> None:
    """Published, and changed by notice."""
    first = s.make("first_list", CandidateList, **of, kind="first", locked_at=LOCKED, published_on=date(2026, 12, 4))
    first_notice = s.make(
        "candidate_notice",
        CandidateNotice,
        candidate_list=first,
        number=1,
        published_on=date(2026, 12, 6),
        before=1,
        removed=0,
        corrected=1,
        fingerprint="0" * 64,
    )
    s.make(
        "candidate_entry",
        CandidateEntry,
        candidate_list=first,
        nominee=s["nominee"],
        position=1,
        corrected_by=first_notice,
    )


def _ballots(s, of: dict) -> None:
    """The formal list with the ballots printed from it, and the rules they are judged by."""
    formal = s.make("candidate_list", CandidateList, **of, kind="formal", locked_at=LOCKED)
    s.make("formal_entry", CandidateEntry, candidate_list=formal, nominee=s["nominee"], position=1)
    s.make(
        "ballot_print",
        BallotPrint,
        election=s["level"],
        candidate_list=formal,
        ordered_on=date(2026, 12, 14),
        voters=1,
        spare=1,
        first_stub=1,
        colour="浅红",
        fingerprint="0" * 64,
    )
    s.make("voting_rules", VotingRules, election=s["level"], fixed_on=date(2026, 11, 30), paper=f"选举办法{s.mark}")


def _consultation(s) -> None:
    s.make(
        "consultation",
        Consultation,
        election=s["level"],
        group=s["voter_group"],
        held_on=date(2026, 12, 7),
        expected=30,
        present=26,
        opinions={str(s["nominee"].pk): 26},
        agreed=True,
        recorder=f"记录{s.mark}",
        returned=f"请再议{s.mark}",
    )


def _preliminary(s, of: dict) -> None:
    s.make(
        "preliminary",
        PreliminaryVote,
        **of,
        held_on=date(2026, 12, 10),
        place=f"村委会{s.mark}",
        registered=900,
        took_part=600,
        recovered=600,
        void=2,
        results={str(s["nominee"].pk): 480},
        settled=f"抽签{s.mark}",
    )


def _meeting(s, of: dict) -> None:
    s.make(
        "candidate_meeting",
        CandidateMeeting,
        **of,
        asked_by=f"一组选民{s.mark}",
        held_on=date(2026, 12, 15),
        place=f"礼堂{s.mark}",
        attended=80,
        note=f"问了修路{s.mark}",
    )
