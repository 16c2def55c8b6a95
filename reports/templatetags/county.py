"""`{% county_cells row %}`: the numbers of a township's line, of which a page has hundreds, written in one go."""

from django import template
from django.utils.html import format_html

from congress.templatetags.ui import status

register = template.Library()
LINKED = '<a class="text-nowrap" href="{}">{}</a>'
SHARE = '<progress class="share" value="{}" max="{}" aria-label="{}{}"></progress>'


@register.simple_tag
def county_cells(row: dict) -> str:
    """Each number with the page of its rows; a share of one township as a bar beside, but where it is not told of a few."""
    forms, values, township = [], [], row["line"].township
    for cell in row["cells"]:
        told, url = cell["told"], cell["url"]
        forms += ['<td class="num">', LINKED if url else "{}"]
        values += [url, cell["shown"]] if url else [cell["shown"]]
        if told.denominator and township and not told.few:
            forms.append(SHARE)
            values += [told.value, told.denominator, township, told.figure.label]
        forms.append("</td>")
    late, url = row["line"].overdue, row["overdue_url"]
    forms.append('<td class="num">' + ('<a href="{}">{}</a></td>' if url else "{}</td>"))
    values += [url, status(late, "bad")] if url else [late]
    return format_html("".join(forms), *values)
