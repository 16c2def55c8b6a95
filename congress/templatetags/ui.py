"""The parts our pages are made of: `{% load ui %}`. Every part works without JavaScript and never speaks by colour alone.

Parts that need the query string take the request from the context; they render nothing else of it.
"""

import copy
import uuid
from functools import cache, lru_cache
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join

from congress import clock, wording
from congress.law.finding import Citation
from congress.law.sources import gist as gist_of
from congress.people.keys import is_destroyed
from congress.permissions import ERASE
from congress.web import search_words
from congress.web.days import FROM, UNTIL
from congress.web.lacking import gaps
from congress.web.offered import offered
from congress.web.once import SENT, key_of
from congress.web.records import url_of

register = template.Library()
register.filter("cdate", wording.chinese_date)
for words in (wording.cdatew, wording.idate, wording.clock_time, wording.moment, wording.relative, wording.percent):
    register.filter(words.__name__, words)

TONES = {
    "neutral": "circle",
    "info": "info-circle",
    "good": "check-circle",
    "warning": "exclamation-circle",
    "bad": "exclamation-triangle-fill",
}
PROSE = 60  # characters of a fact that is read as a text
MESSAGE_ICONS = {"success": "check-circle", "info": "info-circle", "warning": "exclamation-triangle"}


@register.simple_tag
@cache  # a page has hundreds of a few dozen
def icon(name: str, label: str = "") -> str:
    """An icon of static/img/icons.txt; hidden from screen readers unless it has a label of its own."""
    href = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}" focusable="false"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


@register.simple_tag
def marked(text: str, query: str) -> str:
    """A text in which the words that were looked for are marked; of a long one what stands round the first."""
    pieces = search_words.marked(text, query)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if hit else piece,) for piece, hit in pieces)
    )


@register.simple_tag(takes_context=True)
def erase_link(context, row) -> str:
    """Where a person's data can be asked to be erased, for those who may ask; nothing where they are gone already."""
    standing = context["standing"]
    if not (standing.allows(ERASE) and standing.writes) or is_destroyed(row.data_key):
        return ""
    address = reverse("erasure-new", args=[standing.township.code, row._meta.label_lower, row.pk])
    return format_html('<p class="no-print"><a href="{}">不应再保存？申请销毁个人信息</a></p>', address)


@register.filter
def message_icon(tags: str) -> str:
    """The icon of a Django message by its level tag."""
    return next((MESSAGE_ICONS[tag] for tag in (tags or "").split() if tag in MESSAGE_ICONS), "exclamation-circle")


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The present query string with some parameters changed (None removes one); `page` starts anew unless it is given."""
    present = context["request"].GET.lists()
    kept = [(key, value) for key, values in present if key != "page" and key not in changes for value in values]
    return "?" + urlencode([*kept, *((key, value) for key, value in changes.items() if value not in (None, ""))])


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox") -> dict:
    """What an empty list says: what would stand here, and the one next step."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@lru_cache(maxsize=2048, typed=True)  # what is markup by itself equals the same words that are none
def _status(word, tone: str, name: str, title: str = "") -> str:
    about = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="status tone-{}"{}>{}{}</span>', tone, about, icon(name), word)


@register.simple_tag
def status(word, tone: str = "neutral", icon: str = "") -> str:
    """A state as icon and word. `word` may be an object that brings word, tone and icon itself."""
    if hasattr(word, "tone"):
        word, tone, icon = word.word, word.tone, icon or word.icon
    return _status(word, tone, icon or TONES.get(tone, "circle"))


@register.simple_tag(takes_context=True)
def deadline(context, due, done=None) -> str:
    """A due date as 还有3天, 逾期2天 or 已按期, with the date itself as its title."""
    spoken = wording.deadline(due, done, context.get("today"))
    return _status(spoken.word, spoken.tone, spoken.icon, f"期限：{wording.chinese_date(due)}" if due else "")


@register.inclusion_tag("components/citation.html")
def citation(source, gist: str = "", url: str = "", brief: bool = False) -> dict:
    """The article something rests on, in small print; a Citation opens to its full title and its gist and leads to the
    article. `brief`: in a table whose column says already what it is."""
    if isinstance(source, Citation) and source.held and source.article:
        url = url or reverse("law-article", args=[source.source_key, source.edition, source.article])
        gist = gist or gist_of(source)
    whole = getattr(source, "text", None) or source
    shown = {"text": whole, "lead": "依据：", "whole": "", "gist": gist or getattr(source, "gist", ""), "url": url}
    if isinstance(source, Citation):
        shown |= {"text": source.brief if brief else source.dated, "whole": whole}
    return shown | ({"lead": ""} if brief else {})


@register.inclusion_tag("components/findings.html")
def findings(found) -> dict:
    """What the law or plain order says beside a step: each finding as a note with its ground."""
    return {"findings": found}


@register.inclusion_tag("components/ground.html")
def ground(finding) -> dict:
    """What a finding rests on, in small print: its article, or that it is practice and no law."""
    shown = citation(finding.citation) if finding.citation else {"gist": "", "url": "", "lead": "依据："}
    return shown | {"text": finding.ground, "whole": ""}


SORTED = {  # how a column is sorted → its arrow, and what is said of it
    "ascending": ("arrow-up", "，已升序，点此降序"),
    "descending": ("arrow-down", "，已降序，点此升序"),
    "none": ("arrow-down-up", "，点此排序"),
}
SORT_HEADER = '<th scope="col" aria-sort="{}"{}><a class="sort-link" href="{}">{}{}<span class="visually-hidden">{}</span></a></th>'


@register.simple_tag(takes_context=True)
def sort_header(context, key: str, label: str, default: str = "", numeric: bool = False, css: str = "") -> str:
    """A <th> whose link sorts by `key` and turns the order round when it already does; keeps the other parameters."""
    current = context["request"].GET.get("sort") or default
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    arrow, said = SORTED[order]
    css = css or "num" * numeric
    named = format_html(' class="{}"', css) if css else ""
    url = query(context, sort=f"-{key}" if current == key else key)
    return format_html(SORT_HEADER, order, named, url, label, icon(arrow), said)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page) -> dict:
    """共 N 条 and the links to the other pages of one of `paging.Pages`."""
    here = page.number or page.paginator.num_pages
    numbers = [
        (number, query(context, page=number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
    ]
    around = {
        "previous": query(context, page=page.back) if page.back else "",
        "next": query(context, page=page.on) if page.on else "",
    }
    return {"page": page, "numbers": numbers, **around}


@register.inclusion_tag("components/toolbar.html", takes_context=True)
def toolbar(
    context,
    search="",
    sorts=(),
    filters=(),
    folded=(),
    days=None,
    view=None,
    xlsx: str = "",
    pdf: str = "",
    printing: bool = False,
) -> dict:
    """Above a list: search box (its hint is `search`), filters, those `folded` away and the `days` from and until, order
    (value, label) pairs, the choice of columns (of the `view`), and the ways to take the list along.

    With scripts on, searching fetches the page anew and replaces `#rows`, `#filters` and the links taken from here, so
    that all of them follow the search.
    """
    request = context["request"]
    own = {"q", "sort", "page", *(each["param"] for each in (*filters, *folded)), *((FROM, UNTIL) if days else ())}
    kept = [(key, value) for key, value in request.GET.items() if key not in own]
    return {
        "filters": filters,
        "folded": folded,
        "days": days,
        "folded_open": bool(days and days["given"]) or any(each["value"] for each in folded),
        "view": view,
        "listing": context.get("listing"),
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
        "search": search,
        "q": request.GET.get("q", ""),
        "sorts": sorts,
        "sort": request.GET.get("sort", ""),
        "kept": kept,
        "xlsx": _with_query(xlsx, query(context)),
        "pdf": _with_query(pdf, query(context)),
        "printing": printing,
        "path": request.path,
    }


def _with_query(url: str, here: str) -> str:
    if not url or here == "?":
        return url
    return f"{url}{'&' if '?' in url else '?'}{here[1:]}"


@register.inclusion_tag("components/chips.html", takes_context=True)
def chips(context, param: str, choices, label: str = "筛选") -> dict:
    """Filters as links: (value, label) or (value, label, count) for one parameter, 全部 first."""
    current = context["request"].GET.get(param, "")
    items = [{"label": "全部", "url": query(context, **{param: None}), "active": not current, "count": None}]
    for value, word, *count in choices:
        items.append(
            {
                "label": word,
                "url": query(context, **{param: value}),
                "active": current == str(value),
                "count": count[0] if count else None,
            }
        )
    return {"items": items, "label": label}


@register.inclusion_tag("components/timeline.html")
def timeline(entries) -> dict:
    """What happened, in order. An entry has at (or date), actor, text, and perhaps attachments (name, url), citation,
    note and state: done (default), now or ahead."""
    return {"entries": entries}


@register.simple_tag(takes_context=True)
def link(context, url: str, text) -> str:
    """A link where its page opens to the reader, else the words alone."""
    there = offered(context.get("standing"), url or "")
    return format_html('<a href="{}">{}</a>', there, text) if there else conditional_escape(text)


@register.simple_tag(takes_context=True, name="offered")
def offered_here(context, url: str) -> str:
    """An address where its page opens to the reader, else nothing: for what is a button or not there at all."""
    return offered(context.get("standing"), url or "")


@register.inclusion_tag("components/facts.html", takes_context=True)
def facts(context, rows) -> dict:
    """A detail page's (term, value) or (term, value, url) rows; an empty value shows a dash, a long one reads as prose."""
    standing = context.get("standing")
    return {
        "rows": [
            (
                term,
                value,
                offered(standing, rest[0]) if rest else "",
                isinstance(value, str) and (len(value) > PROSE or "\n" in value),
            )
            for term, value, *rest in rows
        ]
    }


@register.inclusion_tag("components/figure.html")
def figure(label: str, value, unit: str = "", url: str = "", note: str = "", tone: str = "") -> dict:
    """One number of a dashboard; `url` leads to the rows it counts."""
    return {"label": label, "value": value, "unit": unit, "url": url, "note": note, "tone": tone}


@register.inclusion_tag("components/masked.html")
def masked(value, url: str = "", label: str = "敏感信息") -> dict:
    """A masked value with the way to see it whole (asks for a reason, is recorded); without url only the mask."""
    return {"value": value, "url": url, "label": label}


@register.inclusion_tag("components/diff.html")
def text_diff(old: str, new: str, old_label: str = "原来的内容", new_label: str = "您填写的内容") -> dict:
    """Two texts side by side with their differences marked; both are kept whole."""
    left, right = wording.differences(old or "", new or "")
    return {"left": left, "right": right, "old_label": old_label, "new_label": new_label}


@register.inclusion_tag("components/job.html", takes_context=True)
def job_progress(context, job, url: str, cancel_url: str = "") -> dict:
    """A long job's progress; asks `url` for itself every two seconds until an answer (status 286) tells it to stop.

    `job` is a congress.models.Job or brings the same title, state, done, total, note, result_url and seconds_left().
    """
    return {
        "job": job,
        "url": url,
        "cancel_url": cancel_url,
        "running": str(job.state) in ("queued", "running"),
        "share": wording.whole_percent(job.done, job.total),
        "left": wording.span(job.seconds_left()),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def form_helper(form: BaseForm) -> FormHelper:
    """The form's own crispy helper, or a plain one, made to render fields only: components/form.html brings the rest."""
    helper = copy.copy(getattr(form, "helper", None)) or FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


@register.simple_tag(takes_context=True)
def lacking(context, form: BaseForm) -> dict:
    """What the form's choosers lack, and whether that stands in place of the form; of one that was sent nothing is lost."""
    stops, hints = gaps(form, getattr(context.get("request"), "standing", None))
    return {"stopped": bool(stops) and not form.is_bound, "gaps": [*stops, *hints]}


@register.simple_tag(takes_context=True)
def sent_once(context, form: BaseForm) -> str:
    """The hidden key by which a form sent twice does its work once; nothing where the form brings a key of its own."""
    if "key" in form.fields:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', SENT, key_of(context["request"]) or uuid.uuid4())


@register.simple_tag
def page_of(record) -> str:
    """The address of a record's page."""
    return url_of(record)


def _anchor(field) -> str:
    """Where a link to a field has to go: a group of choices has no element of the field's own id."""
    return field.id_for_label or f"{field.auto_id}_0"


def _errors_of(form: BaseForm) -> list[tuple[str, str]]:
    found = [(getattr(form, "asks_at", ""), str(error)) for error in form.non_field_errors()]
    for field in form:
        found += [(_anchor(field), f"{field.label}：{error}") for error in field.errors]
    return found


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms) -> dict:
    """What is wrong, above everything else, each line a link to its field, and the records that stand in the way. Takes forms and
    form sets."""
    found: list[tuple[str, str]] = []
    there = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [("", str(error)) for error in form.non_form_errors()]
            for number, row in enumerate(form.forms, start=1):
                found += [(anchor, f"第{number}行，{text}") for anchor, text in _errors_of(row)]
        elif form is not None and form.is_bound:
            found += _errors_of(form)
            there += getattr(form, "there", [])
    return {"errors": found, "there": [(row.audit_label or row._meta.verbose_name, url_of(row)) for row in there]}


@register.simple_tag
def idle_seconds() -> int:
    """Seconds without a request after which the session ends (settings.SESSION_IDLE_SECONDS)."""
    return getattr(settings, "SESSION_IDLE_SECONDS", 1800)


@register.simple_tag
def now_date():
    """Today in Asia/Shanghai, for pages whose context does not say."""
    return clock.today()
