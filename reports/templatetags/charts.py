"""`{% chart one %}`: a chart with the table behind it."""

from django import template

from reports.queries.charts import Chart

register = template.Library()


@register.inclusion_tag("reports/_chart.html")
def chart(chart: Chart) -> dict:
    """The figure as it stands without scripts: a table, which `static/js/charts.js` draws and folds away."""
    rows = [(label, [one.points[at] for one in chart.series]) for at, label in enumerate(chart.labels)]
    return {"chart": chart, "rows": rows if chart.kind == "bar" else []}
