"""Eyepiece from Python: live viewers in a notebook's cells, with napari's names."""

from eyepiece._events import Event
from eyepiece._image import Image, Labels
from eyepiece._items import Shapes, Surface, Tracks, Vectors
from eyepiece._layer import Layer
from eyepiece._layer_list import LayerList
from eyepiece._looking import Camera, Dims, Grid
from eyepiece._models import keep_model
from eyepiece._node import NodeError
from eyepiece._points import Points
from eyepiece._viewer import Viewer

#: The older name of `Image`.
ImageLayer = Image

__version__ = "0.1.0"

__all__ = [
    "Camera",
    "Dims",
    "Event",
    "Grid",
    "Image",
    "ImageLayer",
    "Labels",
    "Layer",
    "LayerList",
    "NodeError",
    "Points",
    "Shapes",
    "Surface",
    "Tracks",
    "Vectors",
    "Viewer",
    "__version__",
    "keep_model",
]
