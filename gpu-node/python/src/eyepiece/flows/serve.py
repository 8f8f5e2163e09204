"""A service: a FastAPI whose entered paths are forms that start runs."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import FlowsError, InputsError
from .forms.base import FormElement
from .forms.model import Model
from .forms.typed import TypedModel, model_of, model_of_signature
from .launch import FID_HEADER, LAUNCH_HEADER, OPTIONS

# Marks in the OpenAPI description the paths that are forms, as Kodosumi's.
MARK = "x-kodosumi"
_EXTRA = ("author", "organization", "version")
Function = Callable[..., Any]


class ServeAPI(FastAPI):
    """Collects forms (`enter`), the forms of locks (`lock`) and what takes their answers (`lease`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By a handler's code: what is told of the runs that it starts.
        self.entered: dict[Any, dict[str, Any]] = {}
        self._locks: dict[str, Function] = {}
        self._leases: dict[str, Function] = {}
        self.state.orders = {}
        self.add_middleware(_Caller)
        self.add_api_route("/_lock_/{name}", self._lock, methods=["POST"], include_in_schema=False)

    def enter(self, path: str, model: Any = None, **kwargs: Any) -> Callable[[Function], Function]:
        """A form at `path`: GET tells its elements, POST hands it in.

        model: a `Model`, a Pydantic model, or nothing: then the form is made of the function's parameters. The function gets
        `inputs` (a dict, or the Pydantic model) and `request`, or its own parameters, and returns what `Launch` returned.
        summary, description, tags, author, organization, version and so on are what the catalogue tells. ray_actor_options, retries
        and webhook are of each run that it launches (see `Launch`).
        """
        options = {name: kwargs.pop(name) for name in OPTIONS if name in kwargs}
        extra = dict(kwargs.pop("openapi_extra", None) or {})
        extra.update({f"x-{name}": kwargs.pop(name) for name in _EXTRA if kwargs.get(name) is not None})
        for name in _EXTRA:
            kwargs.pop(name, None)

        def decorate(function: Function) -> Function:
            form = model_of_signature(function) if model is None else model_of(model)
            told = {
                "summary": kwargs.get("summary") or function.__name__.replace("_", " "),
                "description": kwargs.get("description") or inspect.getdoc(function),
                "tags": kwargs.get("tags") or [],
                "deprecated": kwargs.get("deprecated"),
            }

            async def show() -> dict[str, Any]:
                return {**told, "openapi_extra": {**extra, MARK: True}, "elements": form.get_model()}

            async def hand_in(request: Request) -> dict[str, Any]:
                return await _handed_in(function, form, request, spread=model is None)

            common = {**kwargs, "response_model": None, **told}
            self.add_api_route(path, show, methods=["GET"], openapi_extra={**extra, MARK: True}, **common)
            self.add_api_route(path, hand_in, methods=["POST"], openapi_extra={**extra, **_body(form)}, **common)
            self.entered[function.__code__] = {**told, **{name: extra.get(f"x-{name}") for name in _EXTRA}}
            self.entered[function.__code__].update(options)
            return function

        return decorate

    def lock(self, name: str) -> Callable[[Function], Function]:
        """The form that a person sees where a run waits at `tracer.lock(name, data)`: gets `data`, returns a Model."""
        return _kept(self._locks, name)

    def lease(self, name: str) -> Callable[[Function], Function]:
        """Takes the answer to a lock: gets `inputs` and `data`, returns what the run goes on with, or raises InputsError."""
        return _kept(self._leases, name)

    async def _lock(self, name: str, request: Request) -> dict[str, Any]:
        given = await request.json()
        if name not in self._locks:
            raise HTTPException(404, f"This service has no @app.lock({name!r}).")
        form = await _call(self._locks[name], {"data": given.get("data"), "request": request})
        if not isinstance(form, Model):
            raise HTTPException(500, f"@app.lock({name!r}) returned {type(form).__name__} instead of a Model.")
        elements = form.get_model()
        if given.get("inputs") is None:
            return {"elements": elements}
        try:
            inputs = form.parse(given["inputs"])
            lease = self._leases.get(name)
            if lease is None:
                return {"result": inputs, "elements": elements}
            result = await _call(lease, {"data": given.get("data"), "inputs": inputs, "request": request})
            return {"result": result, "elements": elements}
        except InputsError as refused:
            return {"errors": refused.answer(), "elements": elements}


class _Caller:
    """Puts who calls, as the gateway tells it, where handlers look for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            state = scope.setdefault("state", {})
            state["user"] = headers.get(b"x-kodosumi_user", "_annon_")
            state["prefix"] = headers.get(b"x-kodosumi_base", "")
        await self.app(scope, receive, send)


async def _handed_in(function: Function, form: Model, request: Request, spread: bool) -> dict[str, Any]:
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        raise HTTPException(400, "The body is not JSON.") from None
    if not isinstance(given, dict):
        raise HTTPException(400, "The body is not an object of fields.")
    elements = form.get_model()
    try:
        inputs: Any = form.parse(given)
        if isinstance(form, TypedModel):
            inputs = form.build(inputs)
        arguments = {"inputs": inputs, "request": request}
        if spread:
            arguments.update({name: getattr(inputs, name) for name in type(inputs).model_fields})
        answer = await _call(function, arguments)
    except InputsError as refused:
        return {"errors": refused.answer(), "elements": elements}
    except FlowsError as why:
        raise HTTPException(500, str(why)) from why
    finally:
        # What a handler launched before it failed starts nothing.
        order = request.app.state.orders.pop(request.headers.get(FID_HEADER), None)
    fid = getattr(answer, "headers", {}).get(LAUNCH_HEADER)
    if fid is None:
        raise HTTPException(500, f"{function.__name__} returned no Launch and raised no InputsError.")
    # With the answer: who asks again may reach another process of the service.
    return {"result": fid, "elements": elements, "order": order}


async def _call(function: Function, arguments: dict[str, Any]) -> Any:
    """Calls it with those of the arguments that it has."""
    names = inspect.signature(function).parameters
    result = function(**{name: value for name, value in arguments.items() if name in names})
    return await result if inspect.isawaitable(result) else result


def _kept(table: dict[str, Function], name: str) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        table[name] = function
        return function

    return decorate


def _body(form: Model) -> dict[str, Any]:
    """The JSON schema of what is handed in, for clients that read OpenAPI."""
    if isinstance(form, TypedModel):
        schema: dict[str, Any] = form.kind.model_json_schema()
    else:
        names = [str(child.name) for child in form.children if isinstance(child, FormElement) and child.name]
        schema = {"type": "object", "properties": {name: {} for name in names}}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}
