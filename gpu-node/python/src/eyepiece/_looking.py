"""Where people look: `viewer.dims`, `viewer.camera` and `viewer.grid`.

Reading tells where the person looks who came last. Setting moves everybody who looks, and whoever comes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from eyepiece._events import EventGroup
from eyepiece._node import node
from eyepiece._properties import plain

if TYPE_CHECKING:
    from eyepiece._viewer import Viewer


class Part:
    """A part of a view, with its properties and their events."""

    _part = ""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.events = EventGroup(viewer._loop, self)

    def _get(self) -> dict[str, Any]:
        view: dict[str, Any] = self._viewer._view()[self._part]
        return view

    def _set(self, **values: Any) -> None:
        self._viewer._look({"set": {self._part: {key: plain(value) for key, value in values.items()}}})

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and name != "events" and not hasattr(type(self), name):
            raise AttributeError(f"{type(self).__name__} has no property {name}.")
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._get()}>"


class Camera(Part):
    """The camera of the view."""

    _part = "camera"

    @property
    def center(self) -> tuple[float, float, float]:
        """World coordinates of the displayed axes at the canvas' middle."""
        z, y, x = self._get()["center"]
        return (z, y, x)

    @center.setter
    def center(self, center: Sequence[float]) -> None:
        numbers = [float(value) for value in center]
        self._set(center=[0.0] * (3 - len(numbers)) + numbers)

    @property
    def zoom(self) -> float:
        """Canvas pixels for each unit of the world."""
        return float(self._get()["zoom"])

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._set(zoom=float(zoom))

    @property
    def angles(self) -> tuple[float, float, float]:
        """Euler angles in degrees, as napari's."""
        rx, ry, rz = self._get()["angles"]
        return (rx, ry, rz)

    @angles.setter
    def angles(self, angles: Sequence[float]) -> None:
        self._set(angles=[float(value) for value in angles])

    @property
    def perspective(self) -> float:
        """The vertical field of view in degrees; 0 is orthographic."""
        return float(self._get()["perspective"])

    @perspective.setter
    def perspective(self, perspective: float) -> None:
        self._set(perspective=float(perspective))

    @property
    def orientation(self) -> tuple[str, str, str]:
        """Where the axes point to: towards or away, down or up, right or left."""
        depth, vertical, horizontal = self._get()["orientation"]
        return (depth, vertical, horizontal)

    @orientation.setter
    def orientation(self, orientation: Sequence[str]) -> None:
        self._set(orientation=list(orientation))


class Dims(Part):
    """Which slice of which axes is shown."""

    _part = "dims"

    @property
    def ndim(self) -> int:
        """Axes of the world."""
        return int(self._get()["ndim"])

    @property
    def ndisplay(self) -> int:
        """Axes on the screen: 2 or 3."""
        return int(self._get()["ndisplay"])

    @ndisplay.setter
    def ndisplay(self, ndisplay: int) -> None:
        self._set(ndisplay=int(ndisplay))

    @property
    def order(self) -> tuple[int, ...]:
        """The axes; the last ones are displayed."""
        return tuple(self._get()["order"])

    @order.setter
    def order(self, order: Sequence[int]) -> None:
        self._set(order=[int(axis) for axis in order])

    @property
    def point(self) -> tuple[float, ...]:
        """World coordinates of the slice."""
        return tuple(self._get()["point"])

    @point.setter
    def point(self, point: Sequence[float]) -> None:
        self._set(point=[float(value) for value in point])

    @property
    def range(self) -> tuple[tuple[float, float, float], ...]:
        """Start, stop and step of each axis, in the world. It follows from the layers."""
        return tuple((low, high, step) for low, high, step in self._get()["range"])

    @property
    def nsteps(self) -> tuple[int, ...]:
        """Steps along each axis."""
        return _counts(self._get())

    @property
    def current_step(self) -> tuple[int, ...]:
        """The step along each axis at which the slice lies."""
        return steps(self._get())

    @current_step.setter
    def current_step(self, step: Sequence[int]) -> None:
        self.point = self._points(step)

    @property
    def axis_labels(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(self._get()["axis_labels"])

    @axis_labels.setter
    def axis_labels(self, labels: Sequence[str]) -> None:
        self._set(axis_labels=[str(label) for label in labels])

    @property
    def margin_left(self) -> tuple[float, ...]:
        """How far the slice reaches to the left of its point, along each axis."""
        return tuple(self._get()["margin_left"])

    @margin_left.setter
    def margin_left(self, margin: Sequence[float]) -> None:
        self._set(margin_left=[float(value) for value in margin])

    @property
    def margin_right(self) -> tuple[float, ...]:
        """How far the slice reaches to the right of its point, along each axis."""
        return tuple(self._get()["margin_right"])

    @margin_right.setter
    def margin_right(self, margin: Sequence[float]) -> None:
        self._set(margin_right=[float(value) for value in margin])

    @property
    def thickness(self) -> tuple[float, ...]:
        """Both margins together."""
        return tuple(left + right for left, right in zip(self.margin_left, self.margin_right, strict=True))

    @thickness.setter
    def thickness(self, thickness: Sequence[float]) -> None:
        half = [float(value) / 2 for value in thickness]
        self._set(margin_left=half, margin_right=half)

    @property
    def displayed(self) -> tuple[int, ...]:
        """The axes on the screen."""
        return self.order[-self.ndisplay :]

    @property
    def not_displayed(self) -> tuple[int, ...]:
        """The axes with sliders."""
        return self.order[: -self.ndisplay]

    def set_point(self, axis: int | Sequence[int], value: float | Sequence[float]) -> None:
        """Moves the slice along an axis, or several, to world coordinates."""
        point = list(self.point)
        for one, where in _pairs(axis, value):
            point[one] = float(where)
        self.point = point

    def set_current_step(self, axis: int | Sequence[int], value: float | Sequence[float]) -> None:
        """Moves the slice along an axis, or several, to a step."""
        step = list(self.current_step)
        for one, where in _pairs(axis, value):
            step[one] = int(where)
        self.current_step = step

    def roll(self) -> None:
        """The next axis is displayed: all move on by one."""
        order = self.order
        self.order = (order[-1], *order[:-1])

    def transpose(self) -> None:
        """Swaps the last two displayed axes."""
        order = list(self.order)
        order[-2:] = order[-1], order[-2]
        self.order = order

    def _points(self, step: Sequence[int]) -> list[float]:
        known = self._get()
        counts = _counts(known)
        if len(step) != len(counts):
            raise ValueError(f"There are {len(step)} steps for {len(counts)} axes.")
        inside = (min(max(0, int(at)), count - 1) for at, count in zip(step, counts, strict=True))
        return [low + at * size for at, (low, _, size) in zip(inside, known["range"], strict=True)]


class Grid(Part):
    """Layers beside each other."""

    _part = "grid"

    @property
    def enabled(self) -> bool:
        """Whether layers lie beside each other, not over each other."""
        return bool(self._get()["enabled"])

    @enabled.setter
    def enabled(self, enabled: bool) -> None:
        self._set(enabled=bool(enabled))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns; -1 for as many as are needed."""
        rows, columns = self._get()["shape"]
        return (rows, columns)

    @shape.setter
    def shape(self, shape: Sequence[int]) -> None:
        self._set(shape=[int(value) for value in shape])

    @property
    def stride(self) -> int:
        """Layers in each cell; negative from the other end."""
        return int(self._get()["stride"])

    @stride.setter
    def stride(self, stride: int) -> None:
        self._set(stride=int(stride))

    @property
    def spacing(self) -> float:
        """Canvas pixels between cells; below 1 a part of a cell."""
        return float(self._get()["spacing"])

    @spacing.setter
    def spacing(self, spacing: float) -> None:
        self._set(spacing=float(spacing))


def _counts(dims: dict[str, Any]) -> tuple[int, ...]:
    return tuple(max(1, int((high - low) / size + 1 + 1e-9)) for low, high, size in dims["range"])


def steps(dims: dict[str, Any]) -> tuple[int, ...]:
    """The steps of a view's point."""
    counts = _counts(dims)
    at = (int((point - low) / size + 0.5) for point, (low, _, size) in zip(dims["point"], dims["range"], strict=True))
    return tuple(min(max(0, step), count - 1) for step, count in zip(at, counts, strict=True))


def _pairs(axis: Any, value: Any) -> list[tuple[int, float]]:
    if isinstance(axis, Sequence):
        return list(zip(axis, value, strict=True))
    return [(axis, value)]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """What differs between two views: part, property, and the new value."""
    found: list[tuple[str, str, Any]] = []
    then, now = _parts(before), _parts(after)
    for part, properties in now.items():
        for name, value in properties.items():
            if then.get(part, {}).get(name) != value:
                found.append((part, name, value))
    if before and steps(before["dims"]) != steps(after["dims"]):
        found.append(("dims", "current_step", steps(after["dims"])))
    return found


def _parts(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Camera, dims, grid, and each of the overlays."""
    own = {part: view[part] for part in ("camera", "dims", "grid") if part in view}
    return {**own, **view.get("overlays", {})}


def ask_view(session: str) -> dict[str, Any]:
    """Where the person looks who came last."""
    view: dict[str, Any] = node().ask({"op": "scene", "session": session})["view"]
    return view
