"""Forms made from types: of a function's parameters, or of a Pydantic model."""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import AnyUrl, BaseModel, SecretStr, ValidationError, create_model
from pydantic.fields import FieldInfo

from ..errors import GLOBAL, FlowsError, InputsError
from .base import Element
from .choices import Checkbox, InputOption, Select
from .content import Cancel, Errors, Submit
from .model import Model
from .numbers import InputNumber
from .text import InputArea, InputPassword, InputText, InputUrl
from .times import InputDate, InputDateTime, InputTime

# Parameters that the service gives, not the person.
GIVEN = ("request", "inputs", "tracer")
# Longer texts are typed into several lines.
_LINE = 200


class TypedModel(Model):
    """A form whose values become an instance of a Pydantic model."""

    def __init__(self, kind: type[BaseModel]) -> None:
        self.kind = kind
        fields = [_element(name, field) for name, field in kind.model_fields.items()]
        super().__init__(Errors(), *fields, Submit("Run"), Cancel("Cancel"))

    def build(self, values: dict[str, Any]) -> BaseModel:
        """The instance. Raises InputsError with what the model says against it."""
        # An empty field is one that was not filled in: the model's default holds.
        given = {name: value for name, value in values.items() if value is not None and value != ""}
        try:
            return self.kind.model_validate(given)
        except ValidationError as why:
            refused = InputsError()
            for error in why.errors(include_url=False, include_input=False):
                field = str(error["loc"][0]) if error["loc"] else GLOBAL
                refused.add(**{field: error["msg"]})
            raise refused from None


def model_of(kind: Any) -> Model:
    """The form of what `@app.enter` was given. Raises FlowsError for what no form can be made of."""
    if isinstance(kind, Model):
        return kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return TypedModel(kind)
    raise FlowsError(f"model={kind!r} is neither a Model nor a Pydantic model.")


def model_of_signature(function: Callable[..., Any]) -> TypedModel:
    """The form of a function's parameters, but for those that the service itself gives."""
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in GIVEN:
            continue
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise FlowsError(f"{function.__name__} has *{name}, of which no form can be made.")
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (hints.get(name, str), default)
    return TypedModel(create_model(function.__name__, **fields))


def _element(name: str, field: FieldInfo) -> Element:
    kind, optional = _without_none(field.annotation)
    # A factory may need what else was filled in: the field opens empty then.
    value = None if field.is_required() else _shown(field.get_default())
    common: dict[str, Any] = {
        "label": field.title or name.replace("_", " ").capitalize(),
        "value": value,
        "required": field.is_required() and not optional,
    }
    bounds = _bounds(field)
    if kind is bool:
        return Checkbox(name, option=field.description or common["label"], value=bool(value))
    options = _options(kind)
    if options is not None:
        return Select(name, option=options, **common)
    if kind in (int, float):
        step = bounds.get("multiple_of") or (1 if kind is int else None)
        low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
        return InputNumber(name, placeholder=field.description, min_value=low, max_value=high, step=step, **common)
    times: dict[Any, type[InputDate | InputDateTime | InputTime]] = {date: InputDate, datetime: InputDateTime, time: InputTime}
    if kind in times:
        return times[kind](name, **common)
    lengths: dict[str, Any] = {"min_length": bounds.get("min_length"), "max_length": bounds.get("max_length")}
    if kind is SecretStr:
        return InputPassword(name, placeholder=field.description, **lengths, **{**common, "value": None})
    if isinstance(kind, type) and issubclass(kind, AnyUrl):
        return InputUrl(name, placeholder=field.description, **common)
    if kind is str:
        if (lengths["max_length"] or 0) > _LINE:
            return InputArea(name, placeholder=field.description, max_length=lengths["max_length"], **common)
        return InputText(name, placeholder=field.description, pattern=bounds.get("pattern"), **common)
    raise FlowsError(f"{name}: no field of a form is made for {field.annotation}; write the form as a Model.")


def _without_none(kind: Any) -> tuple[Any, bool]:
    """`X | None` as X."""
    if get_origin(kind) in (Union, types.UnionType):
        rest = [one for one in get_args(kind) if one is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return kind, False


def _options(kind: Any) -> list[InputOption] | None:
    if get_origin(kind) is Literal:
        return [InputOption(str(one), str(one)) for one in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return [InputOption(str(one.value), one.name.replace("_", " ").capitalize()) for one in kind]
    return None


def _shown(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _bounds(field: FieldInfo) -> dict[str, Any]:
    """What the annotations say of least and most."""
    found: dict[str, Any] = {}
    for one in field.metadata:
        for name in ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern"):
            value = getattr(one, name, None)
            if value is not None:
                found[name] = value
    return found
