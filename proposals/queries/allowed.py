"""Which steps of a matter a viewer may take now."""

from dataclasses import dataclass

from congress.models import Role
from congress.permissions import Permission, Standing
from proposals import permissions as may
from proposals.models import Matter
from proposals.queries.matters import matter_is_open
from proposals.queries.visible import may_reveal


@dataclass(frozen=True)
class Button:
    """A step with its words; the address is made of `slug`. `main` is what is expected next, the others are side ways."""

    slug: str
    label: str
    permission: Permission
    main: bool = True


def matter_steps_for(standing: Standing, matter: Matter) -> list[Button]:
    """The steps the viewer may take with a matter; it comes from `with_matter`."""
    if not standing.writes or matter.withdrawn_at is not None:
        return []
    received = may_reveal(standing, matter)
    near = received or standing.has(Role.CHAIR)
    unit = matter.unit_id in standing.unit_ids
    handed = matter.channel in (Matter.Channel.UNIT, Matter.Channel.UPWARD)
    offered = [
        (not matter.channel and near, Button("answer", "当场答复", may.CHANNEL)),
        (not matter.channel and near, Button("unit", "转办", may.CHANNEL)),
        (not matter.channel and near, Button("suggestion", "转建议", may.SUBMIT)),
        (not matter.channel and near, Button("upward", "报上级", may.CHANNEL)),
        (not matter.channel and near, Button("decline", "不予受理并告知", may.CHANNEL)),
        (handed and matter_is_open(matter) and (near or unit), Button("resolve", "记录办理结果", may.RESOLVE)),
        (matter.resolved_on and not matter.told_on and near, Button("tell", "向选民反馈", may.TELL)),
        (near, Button("correct", "更正", may.CHANNEL, False)),
        (not matter.suggestions.all(), Button("withdraw", "撤回误录", may.UNDO, False)),
    ]
    return [button for wanted, button in offered if wanted and standing.allows(button.permission)]
