"""A field of a form with its label, help and what is wrong, letter by letter what crispy's template makes of it, in a fraction of
the time: of a page with a form that template took a third. What is seldom (a file, choices to tick, groups of inputs, forms set in
columns, help with markup) is left to it."""

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join

register = template.Library()
# What crispy's template asks of a form that is set in another way than all of ours.
ELSEWHERE = ("tag", "form_class", "label_class", "field_class", "help_text_inline")
OURS = ("form_show_labels", "form_show_errors", "error_text_inline")
OTHERS = (forms.FileInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)

HIDDEN = "\n\n\n    {}\n\n"
AROUND = (
    '\n\n\n    \n    <div id="div_{}" class="mb-3{}">\n        {}\n\n        \n\n        \n            '
    "\n                \n                    \n                        {}"
    "\n                    \n                    \n                        {}"
    "\n                    \n                \n            \n        \n        \n    </div>\n    \n\n"
)
LABEL = (
    '\n            \n            <label\n                {} class="form-label{}">'
    "\n                {}{}\n            </label>\n        "
)
CHOSEN = "\n                            {}\n                        "
TICKED = (
    '\n\n\n    \n        <div class="mb-3">\n        \n    \n    <div id="div_{}" class="form-check{}">\n        '
    "\n\n        \n\n        \n            \n                    \n                        {}"
    '\n                    \n                <label for="{}" class="form-check-label{}">\n                    '
    "{}{}\n                </label>\n                {}\n            "
    "\n        \n        \n    </div>\n    \n        \n        </div>\n    \n\n"
)
BESIDE = "\n\n\n    {}\n\n\n\n\n    {}\n\n\n"
WRONG = '\n    <div id="{}_error" class="invalid-feedback">\n    {}\n    </div>\n'
ERROR = '\n        <span id="error_{}_{}"><strong>{}</strong></span>\n    '
HELP = '\n    \n        <div {}class="form-text">{}</div>\n    \n'
STAR = '<span class="asteriskField">{}</span>'


@register.simple_tag(takes_context=True)
def whole_field(context) -> str:
    """The field of the context."""
    field = context["field"]
    if field.is_hidden:
        return format_html(HIDDEN, str(field))
    if _is_apart(context, field):
        here = context.template
        found, _ = here.engine.find_template("bootstrap5/field.html", skip=[here.origin])
        return found.render(context)
    extra = (context.get("wrapper_class"), field.css_classes())
    classes = "".join(f" {one}" for one in extra if one)
    write = _ticked if isinstance(field.field.widget, forms.CheckboxInput) else _entered
    return write(field, field.auto_id, classes)


def _is_apart(context, field: BoundField) -> bool:
    widget, told = field.field.widget, field.help_text
    return (
        field.use_fieldset
        or isinstance(widget, OTHERS)
        or hasattr(widget, "widget")
        or conditional_escape(told) != told
        or any(context.get(name) for name in ELSEWHERE)
        or not all(context.get(name) for name in OURS)
    )


def _entered(field: BoundField, key: str, classes: str) -> str:
    if isinstance(field.field.widget, forms.Select):
        inside = format_html(CHOSEN, _styled(field, "form-select"))
    else:
        inside = _styled(field, "form-control")
    return format_html(AROUND, key, classes, _label(field), inside, _beside(field, key))


def _label(field: BoundField) -> str:
    if not field.label:
        return ""
    named = format_html('for="{}"', field.id_for_label) if field.id_for_label else ""
    return format_html(LABEL, named, _needed(field), field.label, _star(field))


def _needed(field: BoundField) -> str:
    return " requiredField" * field.field.required


def _star(field: BoundField) -> str:
    return format_html(STAR, "*") if field.field.required else ""


def _ticked(field: BoundField, key: str, classes: str) -> str:
    said = (field.id_for_label, _needed(field), field.label, _star(field))
    return format_html(TICKED, key, classes, _styled(field, "form-check-input"), *said, _beside(field, key))


def _beside(field: BoundField, key: str) -> str:
    """What is wrong, and the help."""
    wrong, told = "", ""
    if errors := field.errors:
        each = format_html_join("", ERROR, ((at, key, one) for at, one in enumerate(errors, 1)))
        wrong = format_html(WRONG, errors.field_id, each)
    if field.help_text:
        told = format_html(HELP, format_html('id="{}_helptext" ', key) if key else "", field.help_text)
    return format_html(BESIDE, wrong, told)


def _styled(field: BoundField, css: str) -> str:
    """The field itself with the classes crispy gives it."""
    attrs, kind = field.field.widget.attrs, type(field.field.widget).__name__.lower()
    kind = getattr(settings, "CRISPY_CLASS_CONVERTERS", {}).get(kind, kind)
    styled = attrs.get("class", "")
    if kind not in styled:
        styled = f"{styled} {kind}".lstrip()
    for one in (css, *(["is-invalid"] if field.errors else [])):
        if one not in styled.split():
            styled += f" {one}"
    attrs["class"] = styled
    return str(field)
