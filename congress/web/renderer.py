"""Fields as HTML, letter by letter what Django's templates make of them: those take longer for the fields of a form than all that stands
around it. What has a template of its own, or is seldom asked, is left to the templates."""

from collections.abc import Callable, Mapping

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData

WIDGETS = "django/forms/widgets/"
OPTION = f"{WIDGETS}select_option.html"


class Renderer(TemplatesSetting):
    """What forms are written with (`FORM_RENDERER`)."""

    def render(self, template_name, context, request=None) -> str:
        write = WRITTEN.get(template_name)
        written = write(context["widget"]) if write else None
        return super().render(template_name, context, request) if written is None else written


def _text(value) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


def _attributes(widget: Mapping) -> str:
    written = ""
    for name, value in widget["attrs"].items():
        if value is True:
            written += f" {conditional_escape(name)}"
        elif value is not False:
            written += f' {conditional_escape(name)}="{_text(value)}"'
    return written


def _input(widget: Mapping) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Mapping) -> str:
    value = conditional_escape(localize(widget["value"])) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Mapping) -> str | None:
    written = f'<select name="{_text(widget["name"])}"{_attributes(widget)}>'
    for name, options, _ in widget["optgroups"]:
        if any(one["template_name"] != OPTION for one in options):
            return None
        written += f'\n  <optgroup label="{conditional_escape(localize(name))}">' if name else ""
        written += "".join(f"\n  {_option(one)}" for one in options)
        written += "\n  </optgroup>" if name else ""
    return f"{written}\n</select>"


def _option(option: Mapping) -> str:
    label = conditional_escape(localize(option["label"]))
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{label}</option>\n'


_INPUTS = ("text", "number", "email", "url", "tel", "password", "hidden", "date", "datetime", "time", "checkbox")
WRITTEN: dict[str, Callable[[Mapping], str | None]] = {
    **{f"{WIDGETS}{kind}.html": _input for kind in _INPUTS},
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
}
