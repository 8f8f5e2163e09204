"""What lies over the picture: `viewer.scale_bar`, `viewer.axes`, `viewer.text_overlay` and the others.

Setting changes what everybody who looks sees, and what screenshots and films have.
"""

from __future__ import annotations

from typing import Any

from eyepiece._looking import Part


class Overlay(Part):
    """One of them: whether it is shown."""

    _name = ""

    def _get(self) -> dict[str, Any]:
        overlay: dict[str, Any] = self._viewer._view()["overlays"][self._name]
        return overlay

    def _set(self, **values: Any) -> None:
        self._viewer._look({"set": {"overlays": {self._name: values}}})

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self._get()["visible"])

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._set(visible=bool(visible))


class CanvasOverlay(Overlay):
    """One that has a place on the canvas."""

    @property
    def position(self) -> str:
        """top, middle or bottom, and left, center or right: `bottom_right`."""
        return str(self._get()["position"])

    @position.setter
    def position(self, position: str) -> None:
        # napari's enumeration is a string, too.
        self._set(position=str(getattr(position, "value", position)))


class Words(CanvasOverlay):
    """One that has words of a size."""

    @property
    def font_size(self) -> float:
        """Height of the words, in pixels of the screen."""
        return float(self._get()["font_size"])

    @font_size.setter
    def font_size(self, size: float) -> None:
        self._set(font_size=float(size))


class ScaleBar(Words):
    """A bar of a round length."""

    _name = "scale_bar"

    @property
    def unit(self) -> str | None:
        """Of the length; None for the one that suits the layers."""
        return self._get()["unit"] or None

    @unit.setter
    def unit(self, unit: str | None) -> None:
        self._set(unit="" if unit is None else str(unit))


class Axes(CanvasOverlay):
    """Arrows that turn with the camera."""

    _name = "axes"

    @property
    def labels(self) -> bool:
        """Whether they have the axes' names."""
        return bool(self._get()["labels"])

    @labels.setter
    def labels(self, labels: bool) -> None:
        self._set(labels=bool(labels))


class TextOverlay(Words):
    """Words of one's own."""

    _name = "text"

    @property
    def text(self) -> str:
        """The words; several lines are lines."""
        return str(self._get()["text"])

    @text.setter
    def text(self, text: str) -> None:
        self._set(text=str(text))


class CurrentSlice(CanvasOverlay):
    """Where the slice is, in words."""

    _name = "current_slice"


class ColorBar(CanvasOverlay):
    """The colours of the selected layer, or of the uppermost one, and what they mean."""

    _name = "color_bar"


class BoundingBox(Overlay):
    """The boxes of all layers."""

    _name = "bounding_box"
