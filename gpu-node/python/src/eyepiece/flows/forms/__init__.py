"""The elements of forms."""

from .base import Element, FormElement
from .choices import Checkbox, InputColor, InputFiles, InputOption, InputRadio, Select
from .content import HR, HTML, Action, Break, Cancel, Errors, Markdown, Submit
from .model import Model
from .numbers import InputNumber, InputRange
from .text import (
    InputArea,
    InputEmail,
    InputHidden,
    InputPassword,
    InputSearch,
    InputTel,
    InputText,
    InputUrl,
)
from .times import InputDate, InputDateTime, InputMonth, InputTime, InputWeek

__all__ = [
    "HR",
    "HTML",
    "Action",
    "Break",
    "Cancel",
    "Checkbox",
    "Element",
    "Errors",
    "FormElement",
    "InputArea",
    "InputColor",
    "InputDate",
    "InputDateTime",
    "InputEmail",
    "InputFiles",
    "InputHidden",
    "InputMonth",
    "InputNumber",
    "InputOption",
    "InputPassword",
    "InputRadio",
    "InputRange",
    "InputSearch",
    "InputTel",
    "InputText",
    "InputTime",
    "InputUrl",
    "InputWeek",
    "Markdown",
    "Model",
    "Select",
    "Submit",
]
