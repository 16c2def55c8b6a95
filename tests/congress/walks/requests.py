"""Registration asked for from the public pages."""

from collections.abc import Iterator

from django.db.models import Model

from congress import clock
from elections.actions import requests as acts
from elections.life import REQUEST
from elections.models import RegistrationRequest, VoterGroup
from tests.congress.walks.walking import ON, Walk
from tests.elections.work import Ground, set_up


def requests(world) -> Iterator[tuple[str, Model]]:
    """Sent in by anybody and entered in the roll; another one refused."""
    work = set_up(world.township)
    acts.open_online(world.clerk, work.campaign, ON, ON, "0571-88880000", "0")
    yield "waiting", _asked(work, "丁一")
    row = _asked(work, "于二")
    REQUEST.take("accept", world.clerk, row, on=ON, **_place(world))
    yield "accepted", row
    row = _asked(work, "王三")
    REQUEST.take("refuse", world.clerk, row, on=ON, refusal="twice")
    yield "refused", row


def _asked(work, name: str) -> RegistrationRequest:
    work.campaign.refresh_from_db()
    given = {"gender": "male", "household": "local", "village": "东村一组", "phone": "0571-88880000"}
    born = work.campaign.election_day.replace(year=1980)
    row = RegistrationRequest(township=work.township, campaign=work.campaign, name=name, birth_date=born, **given)
    with clock.frozen(ON):
        return acts.ask(row)


def _place(world) -> dict:
    return {"group": VoterGroup.objects.kept().order_by("number").first(), "ground": Ground.MOVED_IN}


REQUESTS = Walk(requests, {"accept": _place, "refuse": lambda world: {"refusal": "unreached"}})
