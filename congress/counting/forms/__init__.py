"""Forms of the counting room."""

from congress.counting.forms.halls import AnswersForm, CodeForm, CodesForm, HallForm
from congress.counting.forms.sheet import ChosenField, SheetField, SheetForm
from congress.counting.forms.steps import (
    DecideForm,
    LetForm,
    MixForm,
    ReleaseForm,
    ReopenForm,
    SendBackForm,
    SignForm,
    TurnForm,
)

__all__ = [
    "AnswersForm",
    "ChosenField",
    "CodeForm",
    "CodesForm",
    "DecideForm",
    "HallForm",
    "LetForm",
    "MixForm",
    "ReleaseForm",
    "ReopenForm",
    "SendBackForm",
    "SheetField",
    "SheetForm",
    "SignForm",
    "TurnForm",
]
