"""The words at items: `layer.text`, with napari's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eyepiece._colors import rgba
from eyepiece._properties import Property, plain
from eyepiece._table import read_features

if TYPE_CHECKING:
    from eyepiece._layer import Layer

_SETTINGS = ("string", "visible", "size", "color", "anchor", "translation", "rotation", "scaling")


class Text(dict[str, Any]):
    """The settings of a layer's words, as napari's `TextManager` names them; setting one changes the layer: `layer.text.visible = False`."""

    _layer: Layer

    def __init__(self, layer: Layer, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        object.__setattr__(self, "_layer", layer)

    def __getattr__(self, name: str) -> Any:
        if name not in _SETTINGS:
            raise AttributeError(f"text has no setting {name}: {', '.join(_SETTINGS)}.")
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _SETTINGS:
            raise AttributeError(f"text has no setting {name}: {', '.join(_SETTINGS)}.")
        # What others changed meanwhile stays: only this setting is new.
        self._layer.text = {**self._layer.text, name: value}  # type: ignore[attr-defined]
        self.clear()
        self.update(self._layer.text)  # type: ignore[attr-defined]

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


class TextOf(Property[Text]):
    """The words at items, set as napari's `text`: see `text_of`. Words for each item become the feature `text`."""

    def __get__(self, layer: Layer | None, owner: type) -> Any:
        return self if layer is None else Text(layer, layer._known(self._name))

    def __set__(self, layer: Layer, value: Any) -> None:
        from eyepiece._layer import ItemLayer

        assert isinstance(layer, ItemLayer)
        features: dict[str, NDArray[Any]] = {}
        known = text_of(value, features, layer._table().count)
        if features:
            layer.features = {**layer.properties, **features}
        layer._set(text={"string": ""} if known is None else known)


def text_of(text: Any, features: dict[str, NDArray[Any]], count: int) -> dict[str, Any] | None:
    """napari's `text`: a feature's name, words with features in braces, one word for each item, or a dict of all settings."""
    if text is None:
        return None
    given = dict(text) if isinstance(text, dict) else {"string": text}
    string = given.pop("string", given.pop("text", ""))
    if isinstance(string, (list, tuple, np.ndarray)):
        features["text"] = read_features({"text": [str(one) for one in string]}, count)["text"]
        string = "text"
    known: dict[str, Any] = {"string": str(string)}
    for name in ("visible", "size", "scaling", "anchor", "rotation"):
        if name in given:
            known[name] = plain(given.pop(name))
    if "color" in given:
        known["color"] = rgba(given.pop("color"))
    if "translation" in given:
        known["translation"] = [float(one) for one in np.atleast_1d(given.pop("translation"))]
    given.pop("blending", None)
    if given:
        raise ValueError(f"text has no setting {next(iter(given))}.")
    return known
