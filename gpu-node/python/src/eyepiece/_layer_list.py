"""`viewer.layers`: the layers of a viewer, bottom first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from eyepiece._events import EventGroup
from eyepiece._layer import Layer

if TYPE_CHECKING:
    from eyepiece._viewer import Viewer


class Selection(set[Layer]):
    """Layers that code has selected. What people select in a page is theirs."""

    @property
    def active(self) -> Layer | None:
        """The one selected layer; None for none or several."""
        return next(iter(self)) if len(self) == 1 else None

    @active.setter
    def active(self, layer: Layer | None) -> None:
        self.clear()
        if layer is not None:
            self.add(layer)


class LayerList:
    """Layers by place, by name, or one after the other."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.events = EventGroup(viewer._loop, self)
        self.selection = Selection()

    def _all(self) -> list[Layer]:
        return [self._viewer._object(known) for known in self._viewer._scene()["layers"]]

    def __len__(self) -> int:
        return len(self._viewer._scene()["layers"])

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._all())

    def __contains__(self, layer: object) -> bool:
        if isinstance(layer, str):
            return any(known["name"] == layer for known in self._viewer._scene()["layers"])
        return layer in self._all()

    @overload
    def __getitem__(self, key: int | str) -> Layer: ...
    @overload
    def __getitem__(self, key: slice) -> list[Layer]: ...
    def __getitem__(self, key: int | str | slice) -> Any:
        layers = self._viewer._scene()["layers"]
        if isinstance(key, slice):
            return [self._viewer._object(known) for known in layers[key]]
        if isinstance(key, int):
            return self._viewer._object(layers[key])
        for known in layers:
            if known["name"] == key:
                return self._viewer._object(known)
        raise KeyError(f"There is no layer named {key!r}.")

    def __delitem__(self, key: int | str | slice) -> None:
        found = self[key]
        for layer in found if isinstance(found, list) else [found]:
            layer.remove()

    def index(self, layer: Layer | str) -> int:
        """The place of a layer, from the bottom. Raises ValueError."""
        layers = self._viewer._scene()["layers"]
        for at, known in enumerate(layers):
            if known["name"] == layer or (isinstance(layer, Layer) and known["id"] == layer._id):
                return at
        raise ValueError(f"{layer!r} is not in this viewer.")

    def remove(self, layer: Layer | str) -> None:
        """Takes a layer out."""
        self[self.index(layer)].remove()

    def pop(self, key: int | str = -1) -> Layer:
        """Takes a layer out, the topmost by itself, and returns it."""
        layer = self[key]
        layer.remove()
        return layer

    def clear(self) -> None:
        """Takes all layers out."""
        for layer in self._all():
            layer.remove()

    def append(self, layer: Layer) -> Layer:
        """Puts a copy of a layer of another viewer on top, with its data and properties. Returns the copy."""
        return self.insert(len(self), layer)

    def extend(self, layers: Iterable[Layer]) -> list[Layer]:
        """As `append`, for each of them."""
        return [self.append(layer) for layer in list(layers)]

    def insert(self, index: int, layer: Layer) -> Layer:
        """Puts a copy of a layer of another viewer in before the one at `index`. Returns the copy. Raises ValueError for one of this viewer."""
        if layer._viewer is self._viewer:
            raise ValueError(f"{layer!r} is in this viewer already: `move` moves it.")
        count = len(self)
        at = max(0, index + count) if index < 0 else min(index, count)
        copy = self._viewer._copy_of(layer)
        if at < count:
            self._viewer._operate([{"op": "layer.move", "id": copy._id, "index": at}])
        return copy

    def move(self, source: int, destination: int = 0) -> None:
        """Moves a layer to before the one that is at `destination` now."""
        layers = self._viewer._scene()["layers"]
        at = source % len(layers)
        to = destination + len(layers) + 1 if destination < 0 else min(destination, len(layers))
        self._viewer._operate([{"op": "layer.move", "id": layers[at]["id"], "index": to - 1 if to > at else to}])

    def move_multiple(self, sources: Iterable[int], destination: int = 0) -> None:
        """Moves layers, in this order, to before the one that is at `destination` now."""
        moving = [self[at] for at in sources]
        rest = self._all()
        to = destination + len(rest) + 1 if destination < 0 else destination
        before = [layer for layer in rest[:to] if layer not in moving]
        last = len(rest) - 1
        for layer in moving:
            self._viewer._operate([{"op": "layer.move", "id": layer._id, "index": last}])
        for offset, layer in enumerate(moving):
            self._viewer._operate([{"op": "layer.move", "id": layer._id, "index": len(before) + offset}])

    def reverse(self) -> None:
        """Turns the order over."""
        for layer in self._all():
            self._viewer._operate([{"op": "layer.move", "id": layer._id, "index": 0}])

    def link_layers(self, layers: Iterable[Layer | str] | None = None) -> None:
        """What is set of one of them is set of all."""
        import secrets

        chosen = list(self if layers is None else layers)
        word = secrets.token_hex(4)
        for layer in chosen:
            (layer if isinstance(layer, Layer) else self[layer])._set(link=word)

    def unlink_layers(self, layers: Iterable[Layer | str] | None = None) -> None:
        """Each is alone again."""
        for layer in list(self if layers is None else layers):
            (layer if isinstance(layer, Layer) else self[layer])._set(link="")

    def save(self, path: str | Path, *, selected: bool = False) -> list[str]:
        """Saves all layers, or those that are selected: one into a file, several into a folder. Returns what was written."""
        chosen = [layer._id for layer in self._all() if not selected or layer in self.selection]
        return self._viewer._save(path, chosen, True)

    def __repr__(self) -> str:
        return f"[{', '.join(repr(layer) for layer in self)}]"
