"""One row of everything kept of those who vote through another or are detained, for the walk over all addresses."""

from datetime import date

from elections.models import DetainedVoting, ProxyNote, ProxyVote


def proxies(s, registration) -> None:
    """A proxy that waits for consent and one that was agreed to, the note of a district's share, how a prisoner votes."""
    _given(s, registration)
    _beside(s, registration)


def _given(s, registration) -> None:
    of = {"election": registration.election, "principal": registration}
    s.make(
        "proxy",
        ProxyVote,
        **of,
        number=1,
        agent_is="relative",
        agent_name=f"程亲{s.mark}",
        agent_place=f"西山{s.mark}",
        where=f"外省务工{s.mark}",
        came_on=date(2026, 11, 26),
    )
    s.make(
        "proxy.agreed",
        ProxyVote,
        **of,
        number=2,
        place=1,
        agent_is="relative",
        agent_name=f"程戚{s.mark}",
        agent_place=f"东山{s.mark}",
        reason="special",
        where=f"进修{s.mark}",
        form="letter",
        came_on=date(2026, 11, 27),
        state="agreed",
        consent_by="committee",
        approver=f"程主{s.mark}",
        settled_on=date(2026, 11, 28),
    )


def _beside(s, registration) -> None:
    s.make(
        "proxy_note",
        ProxyNote,
        election=registration.election,
        district=registration.district,
        noted_on=date(2026, 12, 1),
        note=f"外出务工多{s.mark}",
    )
    s.make(
        "detained",
        DetainedVoting,
        election=registration.election,
        registration=registration,
        situation="custody",
        organ=f"清江县拘留所{s.mark}",
        way="mobile_box",
        agreed_on=date(2026, 12, 2),
        paper=f"商定函{s.mark}",
    )
