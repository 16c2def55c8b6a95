"""Which suggestions, matters and receptions the search over all finds: those a standing may see in their lists."""

from congress.web.overall import Kind, register
from proposals import permissions as may
from proposals import queries
from proposals.listings.receptions import MATTERS, RECEPTIONS
from proposals.listings.suggestions import suggestions

register(
    Kind(
        "代表建议",
        "proposals-suggestions",
        may.SUGGESTIONS,
        queries.visible_suggestions,
        suggestions,
        subject="title",
        number="number",
        day="submitted_on",
        state="summary__stage",
        rank=20,
    )
)
register(
    Kind(
        "反映事项",
        "proposals-matters",
        may.MATTERS,
        queries.visible_matters,
        lambda standing: MATTERS,
        subject="words",
        number="number",
        day="reception__held_on",
        state="summary__state",
        rank=21,
    )
)
register(
    Kind(
        "接待选民",
        "proposals-receptions",
        may.RECEPTIONS,
        queries.visible_receptions,
        lambda standing: RECEPTIONS,
        subject="station__name",
        number="spot",
        day="held_on",
        state="origin",
        rank=22,
    )
)
