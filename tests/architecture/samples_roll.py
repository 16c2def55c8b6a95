"""One row of everything kept of the roll of voters, for the walk over all addresses."""

from datetime import UTC, date, datetime

from elections.models import (
    Appeal,
    Exclusion,
    Likeness,
    PoolEntry,
    PublishedPage,
    Registration,
    RegistrationRequest,
    RollChange,
    StatisticsNote,
    Supplement,
    Transfer,
    Voter,
    VoterCard,
    VoterGroup,
    VoterList,
)


def registered(s, election, district, key) -> tuple:
    """A voter of a group, on the roll."""
    group = s.make("voter_group", VoterGroup, district=district, number=1, name=f"一组{s.mark}", leader=f"组长{s.mark}")
    voter = s.make(
        "voter",
        Voter,
        name=f"选民{s.mark}",
        gender="male",
        birth_date=date(1970, 5, 6),
        stroke_key="1",  # the two are alike: a list of them has one order
        village=f"东山村{s.mark}",
        employer=f"供销社{s.mark}",
        remark=f"外出{s.mark}",
        data_key=key,
    )
    registration = s.make(
        "registration",
        Registration,
        voter=voter,
        election=election,
        district=district,
        group=group,
        ground=Registration.Ground.CARRIED,
        way=Registration.Way.DOOR,
        registered_on=election.begun_on,
    )
    return voter, registration


def card(s, registration) -> None:
    s.make(
        "voter_card",
        VoterCard,
        election=registration.election,
        registration=registration,
        district=registration.district,
        number=1,
        issued_on=date(2026, 11, 25),
    )


def published_list(s, election, registration) -> None:
    """The published list with a supplement, a note of its statistics, an appeal, and the change the supplement tells."""
    frozen = datetime(2026, 11, 20, 2, tzinfo=UTC)
    voters = s.make(
        "voter_list",
        VoterList,
        election=election,
        asked_by=s.clerk,
        confirmed_by=s["vice"].user,
        frozen_at=frozen,
        voters=1,
        fingerprint="0" * 64,
        published_on=date(2026, 11, 23),
    )
    supplement = s.make(
        "supplement",
        Supplement,
        voter_list=voters,
        number=1,
        published_on=date(2026, 12, 1),
        before=1,
        added=0,
        removed=0,
        after=1,
    )
    s.make(
        "statistics_note", StatisticsNote, election=election, key="people.adults", value=900, source=f"派出所{s.mark}"
    )
    s.make(
        "appeal",
        Appeal,
        voter_list=voters,
        kind=Appeal.Kind.LISTED,
        appellant=f"申诉人{s.mark}",
        subject=f"被申诉人{s.mark}",
        registration=registration,
        words=f"已迁出{s.mark}",
        received_on=date(2026, 11, 24),
    )
    s.make(
        "roll_change",
        RollChange,
        registration=registration,
        election=election,
        kind=RollChange.Kind.CORRECTED,
        happened_on=date(2026, 11, 25),
        reason=f"姓名写错{s.mark}",
        after_freeze=True,
        supplement=supplement,
    )


def beside_the_roll(s, campaign, voter, key) -> None:
    """Who is kept off, who is looked for, who is handed over, and two of one name."""
    twin = s.make(
        "voter_twin",
        Voter,
        name=f"选民{s.mark}",
        gender="male",
        birth_date=date(1970, 5, 6),
        stroke_key="2",
        village=f"西山村{s.mark}",
        data_key=key,
    )
    s.make("likeness", Likeness, one=voter, other=twin, same=False, told_by=Likeness.Told.HUKOU)
    s.make(
        "exclusion",
        Exclusion,
        voter=twin,
        ground="deprived",
        body="court",
        paper=f"刑事判决书{s.mark}",
        since=date(2025, 1, 1),
        until=date(2027, 1, 1),
    )
    pool = {"campaign": campaign, "data_key": key, "owner": f"村干部{s.mark}", "due_on": date(2026, 11, 10)}
    s.make("pool_entry", PoolEntry, name=f"外出{s.mark}", village=f"东山村{s.mark}", clue=f"在外务工{s.mark}", **pool)
    _transfers(s, campaign, voter, key)
    _public(s, campaign, key)


def _transfers(s, campaign, voter, key) -> None:
    """One handed over, one taken over."""
    moved = {
        "campaign": campaign,
        "name": f"转移{s.mark}",
        "gender": "female",
        "birth_date": date(1980, 2, 3),
        "data_key": key,
        "sent_on": date(2026, 10, 8),
    }
    s.make(
        "transfer",
        Transfer,
        direction=Transfer.Direction.OUT,
        reach=Transfer.Reach.BEYOND,
        number=1,
        cause=Transfer.Cause.WORK,
        other_place=f"外县{s.mark}",
        voter=voter,
        **moved,
    )
    s.make(
        "transfer_in",
        Transfer,
        direction=Transfer.Direction.IN,
        reach=Transfer.Reach.BEYOND,
        number=1,
        cause=Transfer.Cause.MOVED,
        other_place=f"外省{s.mark}",
        **moved | {"sent_on": date(2026, 10, 9)},  # another day, so that the list has one order
    )


def _public(s, campaign, key) -> None:
    """What the public pages show and take."""
    s.make(
        "published_page",
        PublishedPage,
        voter_list=s["voter_list"],
        district=1,
        district_name=f"东山{s.mark}",
        group=1,
        group_name=f"一组{s.mark}",
        lines=[[f"选民{s.mark}", "男"]],
    )
    s.make(
        "request",
        RegistrationRequest,
        campaign=campaign,
        receipt="ABCD-2345",
        name=f"申请人{s.mark}",
        gender="female",
        birth_date=date(1985, 1, 2),
        household="local",
        village=f"东山村{s.mark}",
        note=f"在外{s.mark}",
        data_key=key,
    )
