"""Agent flows: a function with a form that people start from a browser, watch and answer.

    from eyepiece.flows import InputsError, Launch, ServeAPI, Tracer, forms

    app = ServeAPI()

    @app.enter("/", model=forms.Model(forms.InputText("topic", "Topic", required=True), forms.Submit("Write")))
    async def form(inputs: dict, request: Request):
        return Launch(request, write, inputs=inputs)

    async def write(inputs: dict, tracer: Tracer):
        await tracer.markdown(f"# {inputs['topic']}")
        return {"words": 1}

The names and their meaning are those of kodosumi's `core` and `forms`, so that porting a service is changing the import.
"""

from . import forms, response
from .errors import FlowsError, InputsError
from .files import AsyncFileSystem, SyncFileSystem
from .launch import Launch
from .response import HTML, Markdown, Text
from .serve import ServeAPI
from .tracer import Tracer

# Kodosumi's name for it.
KodosumiError = FlowsError

__all__ = [
    "HTML",
    "AsyncFileSystem",
    "FlowsError",
    "InputsError",
    "KodosumiError",
    "Launch",
    "Markdown",
    "ServeAPI",
    "SyncFileSystem",
    "Text",
    "Tracer",
    "forms",
    "response",
]
