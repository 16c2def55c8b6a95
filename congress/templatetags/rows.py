"""The parts a page has hundreds of, `{% load rows %}`: cells of lists and choices, each written in one go. Put together by
template nodes they took a quarter of the time of a page.
"""

from collections.abc import Iterable
from functools import lru_cache

from crispy_forms.templatetags.crispy_forms_filters import optgroups
from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import escape, format_html, format_html_join

from congress.templatetags.ui import citation, status

register = template.Library()
_ESCAPE = escape.__wrapped__  # what stands round it looks for lazy texts, a thousand times a page
WRONG = "bootstrap5/layout/field_errors_block.html"
TICKED = '<td class="tick"><input class="form-check-input" type="checkbox" name="ticked" value="{}" aria-label="选择{}"{}></td>'


@register.simple_tag
def list_cells(line: list[dict], several=(), all_ticked: bool = False) -> str:
    """The cells of a line, of which a page has hundreds; the first one names the line. Before them where it is ticked for what
    `several` can be done with."""
    forms = [TICKED.format("{}", "{}", " checked" * bool(all_ticked))] if several else []
    values = [line[0]["key"], localize(line[0]["value"])] if several else []
    for at, cell in enumerate(line):
        form, given = _list_cell(cell)
        opened, closed = _around(cell["column"].label, cell["css"], at == 0)
        forms += [opened, form, closed]
        values += given
    return format_html("".join(forms), *[one if hasattr(one, "__html__") else _ESCAPE(one) for one in values])


@lru_cache(maxsize=2048)
def _around(label: str, css: str, first: bool) -> tuple[str, str]:
    """How the cells of a column begin and end, as parts of a format."""
    start, closed = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
    named = format_html('data-label="{}" class="{}"', label, css).replace("{", "{{").replace("}", "}}")
    return f"{start} {named}", closed


def _list_cell(cell: dict) -> tuple[str, list]:
    """The format of a cell and what is put in, escaped there with the rest of the line."""
    value = cell["value"]
    title, given = (' title="{}">', [value]) if cell["whole"] else (">", [])
    if cell["badge"]:
        return f"{title}{{}}", [*given, status(value.word, value.tone)]
    if cell["citation"]:
        return f"{title}<span>{{}}</span>", [
            *given,
            render_to_string("components/citation.html", citation(value, brief=True)),
        ]
    if cell["url"]:
        return f'{title}<a href="{{}}">{{}}</a>', [*given, cell["url"], value or "（未填写）"]
    return f"{title}<span>{{}}</span>", [*given, "" if value is None else value]


@register.simple_tag
def options(choices: Iterable[tuple], chosen: str) -> str:
    """The options of a filter: (value, label), the chosen one marked."""
    lines = ((value, " selected" * (str(value) == str(chosen)), label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


@register.simple_tag(takes_context=True)
def ticks(context, field: BoundField, inline: str = "") -> str:
    """The choices of a field that are ticked, by their groups; what is wrong stands under the last. As crispy's template, which
    includes another for each choice and asks for the errors twice."""
    wrong = field.errors
    groups = [(group, list(choices)) for group, choices, _ in optgroups(field)]
    last = groups[-1][1][-1] if wrong and not inline and groups else None
    below = context.template.engine.get_template(WRONG).render(context) if last else ""
    shared = (" form-check-inline" * bool(inline), " is-invalid" * bool(wrong), field.html_name)
    return format_html_join(
        "\n",
        "{}{}",
        (
            (
                format_html("<strong>{}</strong>", group) if group else "",
                format_html_join("\n", TICK, (_tick(one, *shared, below if one is last else "") for one in choices)),
            )
            for group, choices in groups
        ),
    )


TICK = (
    '<div class="form-check{}"><input type="{}" class="form-check-input{}" name="{}" value="{}"{}>'
    ' <label for="{}" class="form-check-label">{}</label>{}</div>'
)


def _tick(one: dict, inline: str, wrong: str, name: str, below: str) -> tuple:
    attributes = one["attrs"]
    return (
        inline,
        one["type"],
        wrong,
        name,
        _plain(one["value"]),
        format_html_join("", "{}", ((_attribute(*each),) for each in attributes.items() if each[1] is not False)),
        attributes.get("id", ""),
        _plain(one["label"]),
        below,
    )


def _plain(value) -> str:
    return str(localize(value, use_l10n=False))


def _attribute(name: str, value) -> str:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
