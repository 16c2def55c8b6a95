"""The office's own periods, decided by the presidium for its own house."""

import uuid
from datetime import date

from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import Township
from proposals.actions.common import clean_words, need
from proposals.models import OfficePeriod

SET = verb("proposals.set_period", "设定了内部时限")
_MOST = {OfficePeriod.Kind.FOLLOW_UP: 180, OfficePeriod.Kind.SECOND_HANDLING: 3}


def set_period(
    actor,
    township: Township,
    *,
    kind: str,
    value: int,
    effective_from: date,
    basis: str,
    key: uuid.UUID | None = None,
) -> OfficePeriod:
    """Set a period for facts from a day on; earlier facts keep the period they had. `key` becomes its id.

    Raises Refused out of bounds.
    """
    basis = need(basis, "basis", "请写明依据，如主席团哪次会议确定。")
    clean_words(basis=basis)
    most = _MOST[OfficePeriod.Kind(kind)]
    if not 1 <= value <= most:
        refuse(f"应在1到{most}之间。", "value")
    if OfficePeriod.objects.filter(kind=kind, effective_from=effective_from).exists():
        refuse("同一天起已经设定过这一时限，请另选日期。", "effective_from")
    with action(SET, actor=actor, township=township) as act:
        row = OfficePeriod.objects.create(
            id=key or uuid.uuid4(),
            township=township,
            kind=kind,
            value=value,
            effective_from=effective_from,
            basis=basis,
        )
        act.subject = row
        act.detail = {"自": str(effective_from)}
    return row
