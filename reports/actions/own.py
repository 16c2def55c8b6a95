"""The county's own rows: rules by which it is alerted, and the map of its townships."""

from collections.abc import Iterable
from datetime import date

from congress import clock, figures
from congress.figures import Kind
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import County, Township
from reports.models import AlertRule, Tile
from reports.queries.shown import SHOWN

SET = verb("reports.set_rule", "设置了预警规则")
END = verb("reports.end_rule", "停用了预警规则")
LAY = verb("reports.lay_tiles", "排定了乡镇示意图")
YEARS_AHEAD = 5


def set_rule(
    actor, county: County, *, figure: str, comparison: str, threshold: int, until: date, key=None
) -> AlertRule:
    """Alert the county from now until a day. Call in its scope that writes.

    Raises Refused for a figure it does not read, a comparison that holds always or never, and a rule that has ended before
    it begins or never ends.
    """
    if figure not in SHOWN:
        refuse("请选择要比较的数据。", "figure")
    share, below = figures.registered()[figure].kind is Kind.SHARE, comparison == AlertRule.Comparison.BELOW
    if below and threshold == 0:
        refuse("没有低于0的数，这样的规则永远不会提醒。", "threshold")
    if share and threshold > 100:
        refuse("比例不超过100%，请填写0至100。", "threshold")
    if share and not below and threshold == 100:
        refuse("没有高于100%的比例，这样的规则永远不会提醒。", "threshold")
    if until < clock.today():
        refuse("这一天已经过去，这样的规则不会提醒。", "until")
    if until.year > clock.today().year + YEARS_AHEAD:
        refuse(f"请定一个{YEARS_AHEAD}年以内的日期，到期再看是否还要提醒。", "until")
    rule = AlertRule(county=county, figure=figure, comparison=comparison, threshold=threshold, until=until)
    if key is not None:
        rule.pk = key
    with action(SET, actor=actor, subject=rule):
        rule.save(force_insert=True)
    return rule


def end_rule(actor, rule: AlertRule) -> AlertRule:
    """Alert no more by this rule. Raises Refused where it was ended before."""
    if rule.ended_on is not None:
        refuse("这条规则已经停用。")
    with action(END, actor=actor, subject=rule):
        rule.ended_on = clock.today()
        rule.save(update_fields=["ended_on"])
    return rule


def lay_tiles(actor, county: County, places: Iterable[tuple[Township, int, int]]) -> None:
    """Put the townships where the county wants them: (township, row, column), each field of the map once.

    Raises Refused where two would lie on one another.
    """
    wanted = {place: (row, column) for place, row, column in places}
    taken: dict[tuple[int, int], Township] = {}
    for place, field in wanted.items():
        if field in taken:
            refuse(f"{taken[field]}和{place}排在了同一格。", "tiles")
        taken[field] = place
    kept = {tile.place_id: tile for tile in Tile.objects.filter(county=county)}
    with action(LAY, actor=actor, subject=county, detail={"乡镇": len(wanted)}):
        for place, (row, column) in wanted.items():
            tile = kept.get(place.pk) or Tile(county=county, place=place)
            tile.row, tile.column, tile.laid_at = row, column, clock.now()
            tile.save()
