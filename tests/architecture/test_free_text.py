"""Numbers of persons: no free text of any form and no file name takes one, unless the form says why."""

import copy
import importlib
import inspect
import pkgutil
from datetime import date

import pytest
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.web.forms import is_free_text, plain_helper

APPS = ("congress", "deputies", "elections", "proposals", "reports")
NUMBERS = ("11010519491231002X", "请打13800138000", "一三八零零一三八零零零")
# Form (and those made from it) → fields; the reasons stand at the forms, and a new one is seen in review here.
WELCOME = {
    "congress.web.forms_people.ChannelForm": {"address"},
    "deputies.forms.CorrectionForm": {"value"},
    "congress.imports.kinds.UploadForm": {"text"},
    "elections.forms.requests.OnlineForm": {"contact"},
}


def named(kind: type) -> str:
    """The form as WELCOME names it."""
    return f"{kind.__module__}.{kind.__name__}"


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of the product."""
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if "forms" in module.name or "views" in module.name or "imports" in module.name or ".web." in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {each for each in below if each.__module__.split(".")[0] in APPS and hasattr(each, "base_fields")}
    return sorted(found, key=lambda form: (form.__module__, form.__name__))


FORMS = all_forms()


def dressed(kind: type[forms.BaseForm]):
    """The form's fields as a page has them, without what a form needs to be made."""
    form = kind.__new__(kind)
    form.fields = copy.deepcopy(kind.base_fields)
    plain_helper(form)
    return form


@pytest.mark.parametrize("kind", FORMS, ids=named)
def test_no_free_text_takes_a_number_of_a_person(kind):
    form, taken = dressed(kind), set()
    for name, field in form.fields.items():
        for number in NUMBERS:
            value = SimpleUploadedFile(f"{number}.txt", b"x") if isinstance(field, forms.FileField) else number
            if not is_free_text(field) and not isinstance(field, forms.FileField):
                continue
            try:
                field.run_validators(value)
            except forms.ValidationError as error:
                if "personal" not in {each.code for each in error.error_list}:
                    continue
            else:
                taken.add(name)
    assert taken == set().union(*(WELCOME.get(named(base), set()) for base in kind.__mro__))
    assert taken <= set(getattr(kind, "numbers_welcome", {}))


def days_of(kind: type[forms.BaseForm]) -> list[forms.Field]:
    return [field for field in dressed(kind).fields.values() if isinstance(field, forms.DateField)]


@pytest.mark.parametrize("kind", [form for form in FORMS if days_of(form)], ids=named)
def test_no_day_lies_in_a_year_nobody_means(kind):
    """A calendar takes 22 for the year 22, and the law would reckon from there."""
    for field in days_of(kind):
        for day in (date(1, 1, 1), date(22, 6, 1), date(9999, 12, 31)):
            with pytest.raises(forms.ValidationError, match="年份应在1900到2100之间"):
                field.run_validators(day)


def makes_it(base: type) -> bool:
    """Whether a form of ours calls the helper where it is made."""
    ours = base.__module__.split(".")[0] in APPS and "__init__" in vars(base)
    return ours and "plain_helper" in inspect.getsource(base.__init__)


def test_every_form_is_dressed():
    """What refuses stands in `plain_helper`; a form that is made without it would take everything."""
    # What proves who somebody is is kept nowhere, and says of itself what it may be.
    proofs = (LoginForm, ChangePasswordForm, AuthenticateForm, ActivateTOTPForm)
    forms_of_texts = [kind for kind in FORMS if not issubclass(kind, proofs)]
    assert [kind for kind in forms_of_texts if not any(makes_it(base) for base in kind.__mro__)] == []


def test_every_reason_is_one():
    for kind in FORMS:
        for name, reason in getattr(kind, "numbers_welcome", {}).items():
            assert name in kind.base_fields
            assert len(reason) > 5
